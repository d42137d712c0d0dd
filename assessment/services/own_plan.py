"""The plan as the newcomer sees it: what is for this week, what is done, and in plain words where it comes from."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from assessment.errors import UnknownIdError
from assessment.services.actor import Actor
from assessment.services.first_days import own_work
from assessment.services.house import House
from assessment.services.kept_plans import KeptPlan, newest_in, texts_in
from assessment.services.organisation import organisation_in
from assessment.storage import assignments, audit
from assessment.storage import plans as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record
from assessment.training.onboarding import plan_rules, plan_wording
from assessment.training.plan import PlanLine, Reason, What, phase_of

AHEAD = timedelta(days=6)
PLAN_DAYS = 90
When = Literal["late", "now", "later"]


@dataclass(frozen=True)
class MyLine:
    """`why`: where it comes from, without a figure. `when`: due before today, in these seven days, or later."""

    id: str
    what: What
    text: str
    phase: str
    on: date
    module: str
    why: tuple[Reason, ...]
    when: When
    done_at: datetime | None


@dataclass(frozen=True)
class MyPlan:
    """The newest version that was shared. `day` is 1 on the first day at work, and 0 or less before it."""

    starts_on: date
    day: int
    works_on: tuple[int, ...]
    shift: str
    buddy: str
    first_time: str
    place: str
    bring: str
    lines: tuple[MyLine, ...]
    phases: dict[str, str]
    phase: str
    leads: tuple[str, ...]
    in_language: str

    @property
    def now(self) -> tuple[MyLine, ...]:
        """What is open and due by the end of the next seven days, what is late first; goals are for the whole phase."""
        open_ones = [line for line in self.lines if line.done_at is None and line.when != "later"]
        return tuple(sorted(open_ones, key=lambda line: (line.on, line.what == "goal")))

    @property
    def over(self) -> bool:
        return self.day > PLAN_DAYS

    @property
    def modules(self) -> tuple[str, ...]:
        return tuple(line.module for line in self.lines if line.module)

    @property
    def done(self) -> int:
        return sum(line.done_at is not None for line in self.lines)


def my_plan(house: House, *, actor: Actor, now: datetime) -> MyPlan | None:
    """One's own plan; None while nobody has shared one."""
    with house.database.read() as connection:
        row = own_work(connection, actor)
        kept = newest_in(connection, house, row.application_id, shared=True) if row.stage == "hired" else None
        if kept is None:
            return None
        return _mine(connection, house, row, kept, actor=actor, now=now)


def tick(house: House, line_id: str, *, actor: Actor, now: datetime) -> None:
    """One line is done. Again is harmless."""
    _tick(house, line_id, done=True, actor=actor, now=now)


def untick(house: House, line_id: str, *, actor: Actor, now: datetime) -> None:
    """It is not done after all."""
    _tick(house, line_id, done=False, actor=actor, now=now)


def _tick(house: House, line_id: str, *, done: bool, actor: Actor, now: datetime) -> None:
    with house.database.write() as connection:
        row = own_work(connection, actor, hold=True)
        kept = newest_in(connection, house, row.application_id, shared=True) if row.stage == "hired" else None
        line = kept.plan.line(line_id) if kept is not None else None
        if line is None or line.what == "module":  # a module is done on its own page
            raise UnknownIdError("line to tick", line_id)
        if (line_id in stored.ticks(connection, row.application_id)) == done:
            return
        if done:
            stored.tick(connection, row.application_id, line_id, now=now)
        else:
            stored.untick(connection, row.application_id, line_id)
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="plan_ticked" if done else "plan_unticked",
            subject=row.application_id,
            now=now,
            body={"line": line_id},
        )


def _mine(connection: Connection, house: House, row: Record, kept: KeptPlan, *, actor: Actor, now: datetime) -> MyPlan:
    plan, rules = kept.plan, plan_rules()
    words = plan_wording(row.language)
    today = organisation_in(connection, actor.organisation_id).day(now)
    text = texts_in(connection, house, actor.organisation_id, plan.role, row.language)
    ticked = stored.ticks(connection, row.application_id)
    modules = stored.modules_done(connection, [row.application_id])[row.application_id]
    phases = rules.phases_of(plan.role)
    horizon = max(today, plan.starts_on) + AHEAD

    def mine(line: PlanLine) -> MyLine:
        at = modules.get(line.ref) if line.what == "module" else ticked.get(line.id)
        when: When = "late" if line.on < today else "now" if line.on <= horizon else "later"
        return MyLine(
            line.id,
            line.what,
            text(line),
            phase_of(line.from_day, phases),
            line.on,
            line.ref if line.what == "module" else "",
            tuple(dict.fromkeys(because.kind for because in line.because)),
            when,
            moment(at) if at else None,
        )

    leads = [own for own in assignments.of_application(connection, row.application_id) if own.duty == "supervisor"]
    return MyPlan(
        starts_on=plan.starts_on,
        day=plan.day(today),
        works_on=plan.works_on,
        shift=plan.shift,
        buddy=plan.buddy,
        first_time=plan.first_time,
        place=plan.place,
        bring=plan.bring,
        lines=tuple(map(mine, plan.lines)),
        phases={str(phase): name for phase, name in words.phases.items()},
        phase=phase_of(max(plan.day(today), 1), phases),
        leads=tuple(house.vault.open(own.name_sealed) for own in leads),
        in_language=words.language,
    )
