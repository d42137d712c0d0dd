"""Whether a key, a form and a set of scenarios are whole: each function lists what is wrong in plain words."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument, Item
from assessment.instruments.scenario import ScenarioSet

Problems = list[str]


def prove_key(instrument: Instrument) -> Problems:
    problems = unbalanced(instrument.items, where="the bank")
    problems += unbalanced([item for item in instrument.items if item.preferred], where="the preferred items")
    for facet in instrument.facets:
        if not instrument.items_of(facet.id):
            problems.append(f"facet {facet.id}: no item asks about it")
        if facet.proxy_risk and facet.proxy_risk.level == "high" and not facet.proxy_risk.reason:
            problems.append(f"facet {facet.id}: a high proxy risk needs its reason")
    for check in instrument.checks:
        if not instrument.format.low <= check.expects <= instrument.format.high:
            problems.append(f"check {check.id}: expects {check.expects}, which the format does not offer")
    return problems


def unbalanced(items: Iterable[Item], *, where: str) -> Problems:
    """Facets with more items of one direction: agreeing with everything would then move the score."""
    ways: dict[str, Counter[str]] = {}
    for item in items:
        ways.setdefault(item.facet, Counter())[item.keyed] += 1
    return [
        f"facet {facet}: {way['plus']} plus and {way['minus']} minus in {where}, expected as many of each"
        for facet, way in ways.items()
        if way["plus"] != way["minus"]
    ]


def prove_form(
    form: Form, instrument: Instrument, scenarios: ScenarioSet, facts: Mapping[str, Mapping[str, Collection[str]]]
) -> Problems:
    """facts : per language and role, the ids of the job facts that are worded"""
    problems = [f"facet {f}: not in {instrument.id}" for f in form.facets if f not in instrument.facets_by_id]
    checks = {check.id for check in instrument.checks}
    problems += [
        f"item {i}: not in {instrument.id}" for i in form.items if i not in instrument.by_id | dict.fromkeys(checks)
    ]
    problems += [f"check {check}: not asked" for check in sorted(checks - set(form.items))]
    asked = [instrument.by_id[i] for i in form.items if i in instrument.by_id]
    problems += [
        f"item {i.id}: its facet {i.facet} is not one of the form's" for i in asked if i.facet not in form.facets
    ]
    problems += [f"facet {f}: no item is asked" for f in form.facets if f not in {item.facet for item in asked}]
    problems += unbalanced(asked, where="the form")
    problems += [
        f"items {a.id}, {b.id}: facet {a.facet} stands twice in a row" for a, b in pairwise(asked) if a.facet == b.facet
    ]
    known = scenarios.by_id()
    for id_ in form.scenarios:
        if id_ not in known:
            problems.append(f"scenario {id_}: there is none; there are: {', '.join(known)}")
        elif known[id_].role != form.id:
            problems.append(f"scenario {id_}: belongs to {known[id_].role}")
    for language, roles in facts.items():
        worded = roles.get(form.id, ())
        problems += [f"job fact {fact}: not worded in {language}" for fact in form.job_facts if fact not in worded]
        problems += [
            f"job fact {fact}: worded in {language}, not shown" for fact in worded if fact not in form.job_facts
        ]
    return problems


def prove_scenarios(scenarios: ScenarioSet, instrument: Instrument, roles: Collection[str]) -> Problems:
    problems = [f"scenario {i} stands twice" for i, n in Counter(s.id for s in scenarios.scenarios).items() if n > 1]
    for scenario in scenarios.scenarios:
        here = f"scenario {scenario.id}"
        if scenario.role not in roles:
            problems.append(f"{here}: no role {scenario.role}; there are: {', '.join(roles)}")
        problems += [f"{here}: no facet {f}" for f in scenario.facets if f not in instrument.facets_by_id]
        problems += [f"{here}: no competency {c}" for c in scenario.competencies if c not in scenarios.competencies]
        keys = sorted(option.key for option in scenario.options.values())
        if keys[0] == keys[1] or keys[-1] == keys[-2] or keys[-1] - keys[0] < 2:
            problems.append(
                f"{here}: keys {', '.join(f'{key:g}' for key in keys)}, expected one clear best and one clear "
                "worst, two or more apart"
            )
    return problems
