"""Which plan is proposed for somebody who was hired: from the job, the questionnaire, the scenes and the talk.

A rule is firm when the whole margin of error lies outside the range, or when somebody stands close below it and the
talk saw the same. Where there is no upper end, it is also firm for a standing that is very high with its whole margin
above the middle: a strength to use, with a word on its cost. At most two firm rules are put into the plan, one to grow
and one strength or balance if there are both; everything else is offered, with its reason.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assessment.roles.fit import Match
from assessment.roles.interview_kit import WEAK_BELOW
from assessment.training.module import ModuleKey
from assessment.training.onboarding import Direction, PlanRules
from assessment.training.plan import AT_A_TIME, Because, Plan, line_of, take_up, with_lines
from assessment.training.work_days import MONDAY_TO_FRIDAY

VERY_HIGH = 65.0  # T
MIDDLE = 50.0  # T
Z95 = 1.96
LOW_RATING = 2.0  # of 5
SMALL_REASONS = 3  # scenes and answers in the talk that a plan begins with

_ROLE = Because("role")


@dataclass(frozen=True)
class SceneSeen:
    """What the picks in a scene came to, 0 to 1; None where it was not answered."""

    id: str
    facets: tuple[str, ...]
    competencies: tuple[str, ...]
    score: float | None


@dataclass(frozen=True)
class TalkSeen:
    """The mean rating of one question, 1 to 5, over everybody who rated it."""

    question: str
    facet: str
    competency: str
    mean: float


def propose(
    role: str,
    *,
    rules: PlanRules,
    modules: Mapping[str, ModuleKey],
    matches: Sequence[Match] = (),
    scenes: Sequence[SceneSeen] = (),
    talk: Sequence[TalkSeen] = (),
    starts_on: date,
    works_on: Sequence[int] = MONDAY_TO_FRIDAY,
    shift: str = "",
    place: str = "",
    from_day: int = 1,
) -> Plan:
    """The plan to begin with, and what could be added.

    matches : of the questionnaire; empty where nothing was handed in, and then the plan is that of the job
    from_day : nothing of the person's own begins before it, for people who have been here for a while
    """
    plan = of_role(Plan(role, starts_on, tuple(works_on), shift, place=place), rules, modules)
    facets = facet_reasons(matches, talk)
    chosen = _at_most_two([own for own in facets if is_firm(own)])
    small = [*_of_talk(talk, role, modules), *_of_scenes(scenes, role, modules)]
    small.sort(key=lambda because: (because.kind != "interview", because.points or 0))
    chosen += small[:SMALL_REASONS]
    taken = {because.id for because in chosen}
    plan = replace(plan, offered=tuple(own for own in (*facets, *small) if own.id not in taken))
    for because in chosen:
        plan = take_up(plan, because, rules=rules, modules=modules, from_day=from_day)
    return plan


def of_role(plan: Plan, rules: PlanRules, modules: Collection[str]) -> Plan:
    """Goals and modules that everybody in the role has, the modules of a phase one after the other."""
    lines = []
    for phase in rules.phases_of(plan.role):
        lines.append(line_of(plan, "goal", phase.id, _ROLE, (phase.from_day, phase.to_day)))
        there = [module for module in phase.modules if module in modules]
        share = (phase.to_day - phase.from_day + 1) / max(len(there), 1)
        ends = [phase.from_day - 1 + round(share * n) for n in range(len(there) + 1)]
        lines += [line_of(plan, "module", module, _ROLE, (ends[n] + 1, ends[n + 1])) for n, module in enumerate(there)]
    return with_lines(plan, lines)


def facet_reasons(matches: Sequence[Match], talk: Sequence[TalkSeen] = ()) -> list[Because]:
    """Every facet outside or at the edge of its range, or very high without an upper end; firm and wide ones first."""
    low_in_talk = {seen.facet for seen in talk if seen.mean <= LOW_RATING}
    found = [(m, _of_facet(m, low_in_talk)) for m in matches]
    known = [(m, because) for m, because in found if because is not None]
    known.sort(key=lambda own: (not is_firm(own[1]), own[0].part == "other", -_distance(own[1])))
    return [because for _, because in known]


def is_firm(because: Because) -> bool:
    """Whether a rule may start without anybody adding it by hand."""
    return because.band != "close" or because.same_in_talk


def suited(
    role: str, modules: Mapping[str, ModuleKey], *, competencies: Collection[str], facets: Collection[str]
) -> tuple[str, ...]:
    """Modules for a role that train any of these, the closest first."""
    fits = {
        id_: (len(set(key.competencies) & set(competencies)), len(set(key.facets) & set(facets)))
        for id_, key in modules.items()
        if role in key.roles
    }
    any_of = {id_: fit for id_, fit in fits.items() if fit[0] or (fit[1] and not any(f[0] for f in fits.values()))}
    return tuple(sorted(any_of, key=lambda id_: (-any_of[id_][0], -any_of[id_][1], id_)))


def _of_facet(match: Match, low_in_talk: Collection[str]) -> Because | None:
    requirement, standing = match.requirement, match.standing
    if standing is None or standing.t is None or standing.sem is None:
        return None
    side: Direction | None = None
    if match.band in ("below", "above", "close"):
        side = "below" if standing.t < requirement.low else "above"
    elif requirement.high is None and standing.t >= VERY_HIGH and standing.t - Z95 * standing.sem > MIDDLE:
        side = "above"
    if side is None:
        return None
    return Because(
        "facet",
        requirement.facet,
        side,
        match.band,
        standing.t,
        standing.sem,
        requirement.low,
        requirement.high,
        same_in_talk=side == "below" and requirement.facet in low_in_talk,
    )


def _distance(because: Because) -> float:
    """How far outside, in T; a strength is never outside, so it comes after what is."""
    t, low = because.t or 0.0, because.low or 0.0
    if because.direction == "below":
        return low - t
    return t - because.high if because.high is not None else (t - VERY_HIGH) / 100


def _at_most_two(firm: Sequence[Because]) -> list[Because]:
    grow = [because for because in firm if because.direction == "below"]
    keep = [because for because in firm if because.direction == "above"]
    chosen = [*grow[:1], *keep[:1]]
    return [*chosen, *[because for because in firm if because not in chosen]][:AT_A_TIME]


def _of_talk(talk: Sequence[TalkSeen], role: str, modules: Mapping[str, ModuleKey]) -> list[Because]:
    low = [seen for seen in talk if seen.mean <= LOW_RATING]
    found = []
    for seen in low:
        trained = suited(role, modules, competencies=[seen.competency], facets=[seen.facet])[:1]
        found.append(Because("interview", seen.question, points=seen.mean, modules=trained))
    return [because for because in found if because.modules]


def _of_scenes(scenes: Sequence[SceneSeen], role: str, modules: Mapping[str, ModuleKey]) -> list[Because]:
    found = []
    for scene in scenes:
        if scene.score is None or scene.score >= WEAK_BELOW:
            continue
        trained = suited(role, modules, competencies=scene.competencies, facets=scene.facets)[:1]
        found.append(Because("scenario", scene.id, points=scene.score, modules=trained))
    return [because for because in found if because.modules]
