"""The ledger of hiring: who waits for whom and for how long, days to hire, hours and money, from the records alone."""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import Connection

from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.rates import Rates, rates_in
from assessment.services.shortlist import opened_name, safe_cell
from assessment.services.stage_templates import stage_template_in
from assessment.services.stages import OPEN_STAGES
from assessment.services.waits import Handover, StageWait, Stay, Step, Waiting, days, stage_waits, stays
from assessment.storage import costs, stages, vacancies
from assessment.storage.clock import moment
from assessment.storage.record import Record

ACTIONS = {  # kind of event → the figure of `Rates` that says how long it takes
    "invited": "invite_minutes",
    "report_opened": "read_minutes",
    "question_answered": "answer_minutes",
    "note_answered": "answer_minutes",
    "decided": "decide_minutes",
}


@dataclass(frozen=True)
class Waiter:
    """Somebody whose application stands still now, and for whom it waits."""

    application_id: str
    name: str
    vacancy_id: str
    title: str
    stage: str
    on: Waiting
    days: float
    allowed_days: int | None

    @property
    def overdue(self) -> bool:
        return self.allowed_days is not None and self.days > self.allowed_days


@dataclass(frozen=True)
class Spent:
    """Minutes and cents by where they come from; `hours_cents` is what all the minutes cost."""

    counted_minutes: int = 0
    typed_minutes: int = 0
    hours_cents: int = 0
    typed_cents: int = 0

    @property
    def minutes(self) -> int:
        return self.counted_minutes + self.typed_minutes

    @property
    def cents(self) -> int:
        return self.hours_cents + self.typed_cents

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            self.counted_minutes + other.counted_minutes,
            self.typed_minutes + other.typed_minutes,
            self.hours_cents + other.hours_cents,
            self.typed_cents + other.typed_cents,
        )


@dataclass(frozen=True)
class VacancyLine:
    """One opening; `days_to_hire` from its opening to each hire, `on_us` the part of it that waited on us."""

    id: str
    title: str
    opened_at: datetime
    closed_at: datetime | None
    applications: int
    days_to_hire: tuple[float, ...]
    days_on_us: tuple[float, ...]
    spent: Spent

    @property
    def hires(self) -> int:
        return len(self.days_to_hire)

    @property
    def cents_per_hire(self) -> float | None:
        return self.spent.cents / self.hires if self.hires else None


@dataclass(frozen=True)
class MonthLine:
    month: str  # 2026-11
    spent: Spent
    hires: int


@dataclass(frozen=True)
class Ledger:
    stages: tuple[StageWait, ...]
    waiting: tuple[Waiter, ...]
    vacancies: tuple[VacancyLine, ...]
    months: tuple[MonthLine, ...]
    rates: Rates

    @property
    def spent(self) -> Spent:
        return sum((line.spent for line in self.vacancies), Spent())

    @property
    def hires(self) -> int:
        return sum(line.hires for line in self.vacancies)

    @property
    def days_to_hire(self) -> float | None:
        """The median over all hires."""
        every = [d for line in self.vacancies for d in line.days_to_hire]
        return median(every) if every else None

    @property
    def days_on_us(self) -> float | None:
        every = [d for line in self.vacancies for d in line.days_on_us]
        return median(every) if every else None

    @property
    def overdue(self) -> tuple[Waiter, ...]:
        return tuple(waiter for waiter in self.waiting if waiter.overdue)


def ledger(house: House, *, vacancy_id: str | None = None, actor: Actor, now: datetime) -> Ledger:
    """The whole ledger of an organisation, or of one opening."""
    require(actor)
    with house.database.read() as connection:
        return ledger_in(connection, house, actor.organisation_id, vacancy_id=vacancy_id, now=now)


def ledger_in(
    connection: Connection, house: House, organisation_id: str, *, vacancy_id: str | None = None, now: datetime
) -> Ledger:
    rows = [v for v in vacancies.of_organisation(connection, organisation_id) if vacancy_id in (None, v.id)]
    moved = stages.moves_of_organisation(connection, organisation_id, vacancy_id=vacancy_id)
    opening = {row.application_id: row.vacancy_id for row in moved}
    role = {row.id: row.role for row in rows}
    templates = {r: stage_template_in(connection, house, organisation_id, r) for r in set(role.values())}
    steps = [Step(row.id, row.application_id, row.to_stage, moment(row.at), row.undoes) for row in moved]
    found = stays(
        steps,
        roles={application: role[vacancy] for application, vacancy in opening.items()},
        who_waits=lambda r, stage: templates[r].waits_on(stage),
        handovers=_handovers(connection, organisation_id),
    )
    names = {row.application_id: row.name_sealed for row in moved}
    titles = {row.id: row.title for row in rows}
    waiting = [
        Waiter(
            stay.application_id,
            opened_name(house, names[stay.application_id]),
            opening[stay.application_id],
            titles[opening[stay.application_id]],
            stay.stage,
            stay.on,
            days(stay.lasted(now)),
            templates[role[opening[stay.application_id]]].days(stay.stage),
        )
        for stay in found
        if stay.until is None
    ]
    waiting.sort(key=lambda w: (not w.overdue, -(w.days - (w.allowed_days or 0)), w.application_id))
    rates = rates_in(connection, organisation_id)
    spent = _spent(connection, organisation_id, rates, now=now)
    hired = {s.application_id: s.at for s in _standing(steps) if s.to_stage == "hired"}
    lines = tuple(_vacancy(row, opening, found, hired, spent) for row in rows)
    months: dict[str, Spent] = defaultdict(Spent)
    for (vacancy, month), amount in spent.items():
        if vacancy in role:
            months[month] += amount
    hires = [at.strftime("%Y-%m") for at in hired.values()]
    return Ledger(
        stage_waits(found, OPEN_STAGES),
        tuple(waiting),
        lines,
        tuple(MonthLine(m, months[m], hires.count(m)) for m in sorted({*months, *hires})),
        rates,
    )


def ledger_csv(found: Ledger) -> str:
    """One table of everything on the page: part, what it is about, figure, unit."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["part", "about", "figure", "value", "unit"])
    for stage in found.stages:
        table.writerow(["stage", stage.stage, "left it", stage.n, "applications"])
        table.writerow(["stage", stage.stage, "mean waiting on us", stage.us, "days"])
        table.writerow(["stage", stage.stage, "mean waiting on candidates", stage.candidate, "days"])
    for waiter in found.waiting:
        about = safe_cell(f"{waiter.name}, {waiter.title}")
        overdue = "overdue" if waiter.overdue else "in time"
        table.writerow(["waiting", about, f"{waiter.stage}, on {waiter.on}, {overdue}", waiter.days, "days"])
    for line in found.vacancies:
        about = safe_cell(line.title)
        for at, whole in enumerate(line.days_to_hire):
            table.writerow(["opening", about, f"days to hire {at + 1}", whole, "days"])
        table.writerow(["opening", about, "hours counted", line.spent.counted_minutes / 60, "hours"])
        table.writerow(["opening", about, "hours typed", line.spent.typed_minutes / 60, "hours"])
        table.writerow(["opening", about, "cost of hours", line.spent.hours_cents / 100, found.rates.currency])
        table.writerow(["opening", about, "money typed", line.spent.typed_cents / 100, found.rates.currency])
    for month in found.months:
        table.writerow(["month", month.month, "hires", month.hires, "people"])
        table.writerow(["month", month.month, "hours", month.spent.minutes / 60, "hours"])
        table.writerow(["month", month.month, "money in all", month.spent.cents / 100, found.rates.currency])
    return out.getvalue()


def _standing(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The last move of each application."""
    return tuple({step.application_id: step for step in steps}.values())


def _handovers(connection: Connection, organisation_id: str) -> list[Handover]:
    """In the stage of interviews it is the candidate's turn from being asked for a time until one is picked."""
    turns = []
    for row in costs.interview_turns(connection, organisation_id):
        turns.append(Handover(row.application_id, moment(row.asked_at), "candidate"))
        if row.status in ("booked", "held"):
            turns.append(Handover(row.application_id, moment(row.changed_at), "us"))
    return turns


def _vacancy(
    row: Record,
    opening: dict[str, str],
    found: Sequence[Stay],
    hired: dict[str, datetime],
    spent: dict[tuple[str, str], Spent],
) -> VacancyLine:
    own = [application for application, vacancy in opening.items() if vacancy == row.id]
    hires = sorted((hired[a], a) for a in own if a in hired)
    on_us = {
        a: sum(days(s.until - s.since) for s in found if s.application_id == a and s.on == "us" and s.until)
        for _, a in hires
    }
    return VacancyLine(
        row.id,
        row.title,
        moment(row.created_at),
        moment(row.closed_at) if row.closed_at else None,
        len(own),
        tuple(days(at - moment(row.created_at)) for at, _ in hires),
        tuple(on_us[a] for _, a in hires),
        sum((amount for (vacancy, _), amount in spent.items() if vacancy == row.id), Spent()),
    )


def _spent(
    connection: Connection, organisation_id: str, rates: Rates, *, now: datetime
) -> dict[tuple[str, str], Spent]:
    """What was spent by opening and month: actions by the log, interviews by the clock, and what was typed."""
    sums: dict[tuple[str, str], Spent] = defaultdict(Spent)
    openings = costs.openings_of_applications(connection, organisation_id)
    for row in costs.actions(connection, organisation_id, tuple(ACTIONS)):
        if row.actor == "system" or row.actor.startswith(("candidate:", "token:")) or row.subject not in openings:
            continue
        minutes: int = getattr(rates, ACTIONS[row.kind])
        sums[openings[row.subject], row.day[:7]] += _counted(minutes, rates.hr_hour_cents)
    for row in costs.held_interviews(connection, organisation_id, before=now):
        length = moment(row.ends_at) - moment(row.starts_at)
        each = round(length / timedelta(minutes=1)) + rates.prepare_minutes
        people = 1 if row.second_id is None else 2
        sums[row.vacancy_id, row.starts_at[:7]] += _counted(each * people, rates.interviewer_hour_cents)
    for row in costs.of_organisation(connection, organisation_id):
        price = round(row.minutes * rates.hr_hour_cents / 60)
        sums[row.vacancy_id, row.spent_on[:7]] += Spent(0, row.minutes, price, row.cents)
    return dict(sums)


def _counted(minutes: int, hour_cents: int) -> Spent:
    return Spent(counted_minutes=minutes, hours_cents=round(minutes * hour_cents / 60))
