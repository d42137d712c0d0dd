"""A plan for the first 90 days: what somebody practises and learns, when, and because of what.

Pure data. Words of rules, goals and modules are looked up when they are shown, in the reader's language.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Literal, get_args

from assessment.training.onboarding import Direction, PhaseId, PlanPhase, PlanRules
from assessment.training.work_days import MONDAY_TO_FRIDAY, day_of, last_work_day

Reason = Literal["role", "facet", "scenario", "interview", "manager"]
What = Literal["goal", "module", "step", "practice", "own"]
WHATS: tuple[What, ...] = get_args(What)
WEEK = 7
WEEKS_OF_A_RULE = 4
RULES_START = 8  # the first week is for arriving
AT_A_TIME = 2  # rules that run beside each other


@dataclass(frozen=True)
class Because:
    """Why something is in a plan, with the figures as of then.

    about : a facet, a scene, a question of the talk, or who added it
    t, sem, low, high : in T, of a facet and the range of the role
    points : of a scene 0 to 1 of what its picks can come to; of a talk the mean rating, 1 to 5
    same_in_talk : the talk saw the same as the questionnaire
    modules : what trains it, where that is no matter of a rule
    """

    kind: Reason
    about: str = ""
    direction: Direction | None = None
    band: str = ""
    t: float | None = None
    sem: float | None = None
    low: float | None = None
    high: float | None = None
    points: float | None = None
    same_in_talk: bool = False
    modules: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same reason has the same id in every version; it tells nothing about the person."""
        return _id("because", self.kind, self.about, self.direction or "")


@dataclass(frozen=True)
class PlanLine:
    """One thing to do. Day 1 is the first day at work; `on` is by when, a day somebody works.

    ref : what the words are found by: a phase, a module, or facet, side and week of a rule
    chosen : a date picked by hand; it stays when the start moves
    text : own words in place of the shipped ones
    """

    id: str
    what: What
    ref: str
    because: tuple[Because, ...]
    from_day: int
    to_day: int
    on: date
    chosen: date | None = None
    text: str = ""


@dataclass(frozen=True)
class Plan:
    """`works_on`: weekdays, Monday is 0. `offered`: reasons that nothing in the plan rests on, to be added with one tap."""

    role: str
    starts_on: date
    works_on: tuple[int, ...] = MONDAY_TO_FRIDAY
    shift: str = ""
    buddy: str = ""
    first_time: str = ""
    place: str = ""
    bring: str = ""
    lines: tuple[PlanLine, ...] = ()
    offered: tuple[Because, ...] = ()

    @property
    def reasons(self) -> tuple[Because, ...]:
        """What the plan rests on beside the job itself, in the order of its lines."""
        found = {b.id: b for line in self.lines for b in line.because if b.kind not in ("role", "manager")}
        return tuple(found.values())

    def line(self, id_: str) -> PlanLine | None:
        return next((line for line in self.lines if line.id == id_), None)

    def day(self, today: date) -> int:
        """Which day at work it is, 1 on the first; 0 and less before."""
        return day_of(today, self.starts_on)


def line_of(
    plan: Plan,
    what: What,
    ref: str,
    because: Because,
    days: tuple[int, int],
    *,
    chosen: date | None = None,
    text: str = "",
) -> PlanLine:
    """A line with its date, on a day that the person of this plan works."""
    return dated(PlanLine(_id(what, ref), what, ref, (because,), *days, plan.starts_on, chosen, text), plan)


def dated(line: PlanLine, plan: Plan) -> PlanLine:
    """The same line by the plan's first day and days of work."""
    from_day, to_day = line.from_day, line.to_day
    if line.chosen is not None:
        from_day = to_day = plan.day(line.chosen)
        if from_day < 1:  # before the first day nobody is at work yet
            return replace(line, from_day=from_day, to_day=to_day, on=line.chosen)
    first, last = (plan.starts_on + timedelta(days=day - 1) for day in (from_day, to_day))
    return replace(line, from_day=from_day, to_day=to_day, on=last_work_day(first, last, works_on=plan.works_on))


def with_lines(plan: Plan, lines: Iterable[PlanLine]) -> Plan:
    """The plan with these as well. A module stands once: at the earlier of two times, with the reasons of both."""
    kept = {line.id: line for line in plan.lines}
    for line in lines:
        kept[line.id] = _joined(kept[line.id], line) if line.id in kept else line
    return replace(plan, lines=in_order(kept.values()))


def in_order(lines: Iterable[PlanLine]) -> tuple[PlanLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.from_day, line.on, WHATS.index(line.what), line.ref)))


def take_up(plan: Plan, because: Because, *, rules: PlanRules, modules: Collection[str], from_day: int = 1) -> Plan:
    """Put what a reason asks for into the plan, not before that day, and cross it off what is offered.

    modules : those there are; others are passed over
    """
    lines = (
        _lines_of_rule(plan, because, rules, from_day)
        if because.kind == "facet"
        else [line_of(plan, "module", module, because, _weeks_2_4(from_day)) for module in because.modules]
    )
    rest = tuple(own for own in plan.offered if own.id != because.id)
    there = [line for line in lines if line.what != "module" or line.ref in modules]
    return replace(with_lines(plan, there), offered=rest)


def leave_out(plan: Plan, because_id: str) -> Plan:
    """Take a reason out with all that rests on it alone; it is offered again."""
    left = [replace(line, because=tuple(b for b in line.because if b.id != because_id)) for line in plan.lines]
    gone = tuple(because for because in plan.reasons if because.id == because_id)
    return replace(plan, lines=tuple(line for line in left if line.because), offered=_offer(plan, gone))


def drop(plan: Plan, line_ids: Iterable[str]) -> Plan:
    """The plan without these lines; a reason that has none left is offered again."""
    dropped = set(line_ids)
    kept = replace(plan, lines=tuple(line for line in plan.lines if line.id not in dropped))
    still = {because.id for because in kept.reasons}
    gone = tuple(because for because in plan.reasons if because.id not in still)
    return replace(kept, offered=_offer(plan, gone))


def at_other_days(plan: Plan, *, starts_on: date, works_on: Sequence[int]) -> Plan:
    """The same plan from another first day, or on other days of work; dates picked by hand stay where they are."""
    other = replace(plan, starts_on=starts_on, works_on=tuple(works_on))
    return replace(other, lines=in_order(dated(line, other) for line in plan.lines))


def phase_of(day: int, phases: Sequence[PlanPhase]) -> PhaseId:
    """The part of the first 90 days that a day is in; the last one also stands for what comes after."""
    return next((phase.id for phase in phases if day <= phase.to_day), phases[-1].id)


def rule_refs(because: Because) -> tuple[str, tuple[str, ...]]:
    """What the practice on the job and the weeks of a rule are found by."""
    cell = f"{because.about}:{because.direction}"
    return cell, tuple(f"{cell}:{week}" for week in range(WEEKS_OF_A_RULE))


def _lines_of_rule(plan: Plan, because: Because, rules: PlanRules, from_day: int) -> list[PlanLine]:
    """Four weeks in one rhythm; two rules run beside each other, further ones after them."""
    running = sum(own.kind == "facet" for own in plan.reasons)
    start = max(RULES_START + running // AT_A_TIME * WEEKS_OF_A_RULE * WEEK, from_day)
    weeks = [(start + WEEK * n, start + WEEK * n + WEEK - 1) for n in range(WEEKS_OF_A_RULE)]
    practice, steps = rule_refs(because)
    lines = [line_of(plan, "step", ref, because, days) for ref, days in zip(steps, weeks, strict=True)]
    lines.append(line_of(plan, "practice", practice, because, (start, weeks[-1][1])))
    modules = rules.modules_for(because.about, because.direction or "", plan.role)
    lines += [
        line_of(plan, "module", module, because, weeks[min(n, len(weeks) - 1)]) for n, module in enumerate(modules)
    ]
    return lines


def _weeks_2_4(from_day: int) -> tuple[int, int]:
    start = max(RULES_START, from_day)
    return start, start + 3 * WEEK - 1


def _joined(one: PlanLine, other: PlanLine) -> PlanLine:
    known = {because.id for because in one.because}
    first = one if one.chosen or one.from_day <= other.from_day else other
    return replace(
        one,
        because=(*one.because, *(because for because in other.because if because.id not in known)),
        from_day=first.from_day,
        to_day=first.to_day,
        on=first.on,
    )


def _offer(plan: Plan, again: Sequence[Because]) -> tuple[Because, ...]:
    there = {because.id for because in plan.offered}
    return (*plan.offered, *(because for because in again if because.id not in there))


def _id(*parts: str) -> str:
    """The same line keeps its id in every version, so that what was ticked stays ticked."""
    return sha256(":".join(parts).encode()).hexdigest()[:16]
