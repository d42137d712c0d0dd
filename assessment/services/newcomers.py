"""Everybody in their first 90 days, how far each has come, and whose they are: HR sees all, supervisors their own.

Nothing of anybody's answers stands here. A supervisor's own people are there from the day they are assigned, also
while an offer is still open.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from assessment.reports.words import STAGES
from assessment.services.absences import seen_to_by, standing_in_for_in
from assessment.services.actor import Actor, require
from assessment.services.first_days import LEADS
from assessment.services.house import House
from assessment.services.kept_plans import opened
from assessment.services.offered_day import offered_days
from assessment.services.organisation import Organisation, organisation_in
from assessment.services.shortlist import opened_name, safe_cell
from assessment.services.to_do import ToDo, clock
from assessment.storage import applications
from assessment.storage import newcomers as stored
from assessment.storage import plans as kept
from assessment.storage.clock import moment
from assessment.storage.record import Record
from assessment.training.work_days import day_of

PlanState = Literal["none", "draft", "changed", "shared"]
PLAN_STATES: dict[PlanState, str] = {
    "none": "No plan yet",
    "draft": "Plan to share",
    "changed": "Changes to share",
    "shared": "Plan shared",
}
HAS_OFFER = ("offer", "hired")  # an offer that was taken back says nothing any more
PLAN_DAYS = 90
LOOK_WITHIN = timedelta(days=2)
COLUMNS = (
    *("name", "job", "stage", "first_day", "day", "left_on", "plan", "modules_done", "modules"),
    *("next_check_in", "next_check_in_on", "buddy", "supervisor"),
)


@dataclass(frozen=True)
class NextCheckIn:
    day: int
    due_on: date


@dataclass(frozen=True)
class Newcomer:
    """One person. `number` stands for a masked name; `day` is 1 on the first day, None while there is no date.

    over : the 90 days have passed, or the person has left
    """

    application_id: str
    name: str
    number: int
    vacancy_id: str
    title: str
    role: str
    stage: str
    starts_on: date | None
    day: int | None
    left_on: date | None
    plan: PlanState
    modules_done: int
    modules: int
    next_check_in: NextCheckIn | None
    buddy: str
    supervisors: tuple[str, ...]
    supervisor_ids: tuple[str, ...]

    @property
    def first_day(self) -> str:
        """In words; empty while there is none."""
        return f"{self.starts_on.day} {self.starts_on:%B %Y}" if self.starts_on else ""

    @property
    def hired(self) -> bool:
        return self.stage == "hired"

    @property
    def over(self) -> bool:
        return self.left_on is not None or (self.day is not None and self.day > PLAN_DAYS)

    def called(self, masked: bool) -> str:
        return f"Person {self.number}" if masked else self.name


def newcomers(house: House, *, actor: Actor, now: datetime) -> tuple[Newcomer, ...]:
    """Those who have begun last first; who leads nobody sees nobody."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        organisation = organisation_in(connection, actor.organisation_id)
        if actor.role == "supervisor":
            rows = stored.supervised(connection, actor.organisation_id, actor.account_id or "")
        else:
            rows = stored.hired(connection, actor.organisation_id)
        return _all(connection, house, rows, organisation.day(now))


def filter_newcomers(
    found: Sequence[Newcomer],
    *,
    search: str = "",
    roles: Sequence[str] = (),
    supervisors: Sequence[str] = (),
    plans: Sequence[str] = (),
    over: bool = False,
    sort: str = "started",
) -> tuple[Newcomer, ...]:
    """Those who fit every filter that is set; `over` adds those whose 90 days have passed and who have left."""
    wanted = search.strip().casefold()
    rows = [
        one
        for one in found
        if (over or not one.over)
        and (not wanted or wanted in one.name.casefold())
        and (not roles or one.role in roles)
        and (not supervisors or set(supervisors) & set(one.supervisor_ids))
        and (not plans or one.plan in plans)
    ]
    if sort == "name":
        rows.sort(key=lambda one: one.name.casefold())
    elif sort == "check_in":
        rows.sort(key=lambda one: (one.next_check_in is None, one.next_check_in and one.next_check_in.due_on))
    else:
        rows.sort(key=lambda one: (one.starts_on is None, -(one.starts_on or date.min).toordinal(), one.name))
    return tuple(rows)


def newcomers_csv(rows: Sequence[Newcomer], *, masked: bool = False) -> str:
    """The list for a spreadsheet; names of newcomers, buddies and supervisors only when they are not masked."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for row in rows:
        check_in = row.next_check_in
        cells = [
            row.called(masked),
            row.title,
            STAGES[row.stage],
            row.starts_on.isoformat() if row.starts_on else "",
            "" if row.day is None else row.day,
            row.left_on.isoformat() if row.left_on else "",
            PLAN_STATES[row.plan] if row.hired else "",
            row.modules_done,
            row.modules,
            check_in.day if check_in else "",
            check_in.due_on.isoformat() if check_in else "",
            "" if masked else row.buddy,
            "" if masked else ", ".join(row.supervisors),
        ]
        table.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def tasks_for(house: House, *, actor: Actor, now: datetime) -> tuple[ToDo, ...]:
    """Plans that nobody has shared yet, for whose opening it was: due before the first day, or soon after the hire."""
    require(actor)
    with house.database.read() as connection:
        organisation = organisation_in(connection, actor.organisation_id)
        away = {s.account_id: s.words for s in standing_in_for_in(connection, house, actor, now=now)}
        seen_to = seen_to_by(connection, actor.organisation_id, now=now)
        rows = stored.without_shared_plan(connection, actor.organisation_id, today=organisation.day(now))
        mine = [row for row in rows if seen_to(row.owner_id) in (actor.account_id, None)]
        people = {one.application_id: one for one in _all(connection, house, mine, organisation.day(now))}
    return tuple(
        _task(people[row.id], row, organisation, masked=actor.masked, now=now).on_behalf(away.get(row.owner_id, ""))
        for row in mine
        if not people[row.id].over
    )


def _task(one: Newcomer, row: Record, organisation: Organisation, *, masked: bool, now: datetime) -> ToDo:
    since = moment(row.stage_since)
    due = since + LOOK_WITHIN
    if one.starts_on is not None:
        first_day = datetime.combine(one.starts_on, datetime.min.time(), tzinfo=organisation.zone)
        due = first_day if first_day > since else due
    name = one.called(masked)
    what = f"Propose a plan for {name}" if one.plan == "none" else f"Look at the plan for {name} and share it"
    first = f"first day: {one.first_day}" if one.first_day else "no first day yet"
    return ToDo(
        "plan",
        what,
        f"{one.title} · {first}",
        clock(due, now, zone=organisation.zone),
        due < now,
        due,
        f"/newcomer?application={one.application_id}",
        vacancy_id=one.vacancy_id,
        application_id=one.application_id,
    )


def _all(connection: Connection, house: House, rows: Sequence[Record], today: date) -> tuple[Newcomer, ...]:
    ids = [row.id for row in rows]
    plans = {id_: opened(house, row) for id_, row in kept.newest_of(connection, ids).items()}
    shared = kept.shared_numbers(connection, ids)
    done = kept.modules_done(connection, ids)
    check_ins = kept.next_check_ins(connection, ids)
    leads = stored.supervisors_of(connection, ids)
    with_offer = [row.id for row in rows if row.stage in HAS_OFFER]
    offered = offered_days(connection, house, with_offer)
    found = []
    for row in rows:
        version = plans.get(row.id)
        starts_on = version.plan.starts_on if version else offered.get(row.id)
        modules = [line.ref for line in version.plan.lines if line.what == "module"] if version else []
        check_in = check_ins.get(row.id)
        ended = [day for day in (_day(row.left_on), _day(row.ends_on)) if day and day <= today]
        found.append(
            Newcomer(
                application_id=row.id,
                name=opened_name(house, row.name_sealed),
                number=applications.number_of(connection, row.id),
                vacancy_id=row.vacancy_id,
                title=row.title,
                role=row.role,
                stage=row.stage,
                starts_on=starts_on,
                day=day_of(today, starts_on) if starts_on and row.stage == "hired" else None,
                left_on=min(ended) if ended else None,
                plan=_plan_state(version.number if version else 0, shared.get(row.id)),
                modules_done=len(set(modules) & set(done[row.id])),
                modules=len(modules),
                next_check_in=NextCheckIn(check_in.day, date.fromisoformat(check_in.due_on)) if check_in else None,
                buddy=version.plan.buddy if version else "",
                supervisors=tuple(house.vault.open(own.name_sealed) for own in leads[row.id]),
                supervisor_ids=tuple(own.account_id for own in leads[row.id]),
            )
        )
    return tuple(found)


def _plan_state(newest: int, shared: int | None) -> PlanState:
    if not newest:
        return "none"
    if shared is None:
        return "draft"
    return "shared" if shared == newest else "changed"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
