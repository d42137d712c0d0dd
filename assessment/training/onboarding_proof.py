"""Whether a plan comes out of every cell: each facet, side and role has its modules, its steps and its words."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from assessment.instruments.instrument import Facet
from assessment.instruments.reading_grade import too_hard
from assessment.instruments.wording_proof import said_twice, same_ids
from assessment.training.module import ENGLISH, ModuleKey
from assessment.training.onboarding import DIRECTIONS, KINDS, PHASES, Kind, PlanRule, PlanRules, PlanWording

Problems = list[str]
WEEKS = 4
DAYS_OF_PHASES = ((1, 7), (8, 30), (31, 60), (61, 90))
_JUDGES = {
    "en": re.compile(r"\b(?:you are too|fail\w*|poor\w*|weak\w*|scores?|tests?|tested)\b", re.IGNORECASE),
    "es": re.compile(
        r"\b(?:usted es demasiado|fracas\w*|fall[óa]\w*|débil\w*|puntua\w*|puntaje\w*|prueba psico\w*)\b", re.IGNORECASE
    ),
}


def prove_plan_rules(
    rules: PlanRules, *, facets: Mapping[str, Facet], roles: Collection[str], modules: Mapping[str, ModuleKey]
) -> Problems:
    """All facets on both sides for all roles, with modules that are there and are for the role.

    facets : of the questionnaire; roles : those with a form; modules : those that ship
    """
    problems = _once("role", "families", rules.roles, roles)
    cells = [f"{rule.facet} {rule.direction}" for rule in rules.rules]
    problems += _once("rule", "rules", cells, [f"{facet} {way}" for facet in facets for way in DIRECTIONS])
    for rule in rules.rules:
        where = f"rule {rule.facet} {rule.direction}"
        problems += _once(f"{where}: role", "modules", rule.modules, roles)
        problems += _kind(rule, facets)
        for role, named in rule.modules.items():
            problems += _modules(f"{where}, {role}", named, role, modules)
    problems += _once("role", "phases", rules.phases, roles)
    for role, phases in rules.phases.items():
        found = [(phase.id, phase.from_day, phase.to_day) for phase in phases]
        due = [(name, *days) for name, days in zip(PHASES, DAYS_OF_PHASES, strict=True)]
        if found != due:
            problems.append(f"phases of {role}: {_listed(found)}; expected {_listed(due)}")
        for phase in phases:
            problems += _modules(f"{phase.id} of {role}", phase.modules, role, modules)
        problems += said_twice(f"phases of {role}", (module for phase in phases for module in phase.modules))
    return problems + [f"no module {named!r}" for named in rules.supervisor_modules if named not in modules]


def prove_plan_wording(wording: PlanWording, rules: PlanRules) -> Problems:
    """Everything in the key is worded once; what a newcomer reads is easy and judges nobody."""
    families, roles = rules.families, rules.roles
    problems = same_ids("direction", wording.directions, DIRECTIONS)
    problems += same_ids("kind", wording.kinds, KINDS)
    problems += same_ids("phase", wording.phases, PHASES)
    problems += same_ids("role", wording.check_in_with, roles)
    problems += same_ids("goals of role", wording.goals, roles)
    for role, goals in wording.goals.items():
        problems += same_ids(f"goal of {role}", goals, PHASES)
    cells = [f"{rule.facet} {rule.direction}" for rule in wording.rules]
    problems += same_ids("rule", cells, [f"{rule.facet} {rule.direction}" for rule in rules.rules])
    problems += said_twice("rules", cells)
    for cell, rule in zip(cells, wording.rules, strict=True):
        problems += same_ids(f"rule {cell}: on the job of", rule.on_the_job, families)
        if len(rule.weeks) != WEEKS:
            problems.append(f"rule {cell}: {len(rule.weeks)} weeks, expected {WEEKS}")
    problems += said_twice("signs", (rule.sign for rule in wording.rules))
    problems += said_twice("steps", (step for rule in wording.rules for step in rule.weeks))
    for screen, parts in newcomer_screens(wording, rules):
        problems += judging_words(screen, parts, wording.language)
        if wording.language == ENGLISH:
            problems += too_hard(screen, parts)
    return list(dict.fromkeys(problems))  # a step stands on the screens of five families


def newcomer_screens(wording: PlanWording, rules: PlanRules) -> Iterator[tuple[str, list[str]]]:
    """What a newcomer reads together: the goals of a role, and for each rule the steps with the practice on the job."""
    for role, goals in wording.goals.items():
        yield f"goals of {role}", list(goals.values())
    for rule in wording.rules:
        for family, practice in rule.on_the_job.items():
            yield f"rule {rule.facet} {rule.direction}, {family}", [*rule.weeks, practice]
    for role in wording.goals.keys() & set(rules.roles):
        family = rules.family_of(role)
        for rule in wording.rules:
            for phase, goal in wording.goals[role].items():
                if family in rule.on_the_job:
                    name = f"{phase} of {role} with rule {rule.facet} {rule.direction}"
                    yield name, [goal, *rule.weeks, rule.on_the_job[family]]


def judging_words(screen: str, parts: Iterable[str], language: str) -> Problems:
    """Words that judge a person or make a trial of it; none for languages without a list."""
    known = _JUDGES.get(language)
    return [
        f"{screen}: “{found[0]}” judges; say what to try"
        for text in parts
        for found in (known.finditer(text) if known else ())
    ]


def _kind(rule: PlanRule, facets: Mapping[str, Facet]) -> Problems:
    """Below is growth; above is a strength where a facet has no upper limit, else a balance."""
    if rule.facet not in facets:
        return []
    due: Kind = "growth"
    if rule.direction == "above":
        due = "strength" if facets[rule.facet].shape == "floor" else "balance"
    return [] if rule.kind == due else [f"rule {rule.facet} {rule.direction}: kind {rule.kind}, expected {due}"]


def _modules(where: str, named: Collection[str], role: str, modules: Mapping[str, ModuleKey]) -> Problems:
    problems = [] if named else [f"{where}: no module"]
    problems += said_twice(where, named)
    for module in named:
        if module not in modules:
            problems.append(f"{where}: no module {module!r}")
        elif role not in modules[module].roles:
            problems.append(f"{where}: module {module} is for {', '.join(modules[module].roles)}")
    return problems


def _once(what: str, part: str, found: Iterable[str], due: Collection[str]) -> Problems:
    there = list(found)
    return [
        *(f"{what} {name}: missing in {part}" for name in due if name not in there),
        *(f"{what} {name}: not known; there are: {', '.join(due)}" for name in there if name not in due),
        *said_twice(part, there),
    ]


def _listed(phases: Iterable[tuple[str, int, int]]) -> str:
    return ", ".join(f"{name} {first}–{last}" for name, first, last in phases)
