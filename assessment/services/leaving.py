"""Who is not here any more: the last day, one of a few reasons, and nothing that is computed from them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from assessment.errors import SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.first_days import require_newcomer
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.outcome_days import STAYS, Hire, Stay, hire_in
from assessment.services.profiles import author_name
from assessment.services.seminar_leaving import leave_seminars_in
from assessment.storage import audit
from assessment.storage import outcomes as stored
from assessment.storage.clock import moment, stamp
from assessment.training.outcome_scales import LEAVING

LONGEST_NOTE = 1_000


@dataclass(frozen=True)
class Left:
    left_on: date
    reason: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class HereStill:
    """First day, leaving and what follows: `stays` by number of days."""

    first_day: date | None
    ends_on: date | None
    left: Left | None
    stays: dict[int, Stay]


def note_leaving(
    house: House, application_id: str, left_on: date, reason: str, note: str = "", *, actor: Actor, now: datetime
) -> None:
    """Note the last day of somebody and why; again puts the new in place of the old."""
    require(actor)
    with house.database.write() as connection:
        require_newcomer(connection, actor, application_id)
        stored.hold(connection, application_id)
        hire = hire_in(connection, house, application_id)
        today = organisation_in(connection, actor.organisation_id).day(now)
        if reason not in LEAVING:
            raise UnknownIdError("reason for leaving", reason, LEAVING)
        if problem := leaving_problem(hire, left_on, reason, today=today):
            raise SheetError(problem)
        if len(note) > LONGEST_NOTE:
            raise SheetError(f"Please keep the note to {LONGEST_NOTE:,} characters.")
        keep_leaving_in(connection, house, application_id, left_on, reason, note, came_by="hand", actor=actor, now=now)


def leaving_problem(hire: Hire, left_on: date, reason: str, *, today: date) -> str:
    """Why a last day and its reason cannot be; empty when they can."""
    if hire.first_day is None:
        return "No first day is known yet. Set it in the plan first."
    if left_on < hire.first_day:
        return f"The last day is before the first day here ({hire.first_day.isoformat()})."
    if left_on > today:
        return "The last day is still to come. Note it once it is over."
    if reason == "end_of_term" and hire.ends_on is not None and left_on < hire.ends_on:
        return f"The agreed end is {hire.ends_on.isoformat()}, later than this last day. Choose another reason."
    return ""


def keep_leaving_in(
    connection: Connection,
    house: House,
    application_id: str,
    left_on: date,
    reason: str,
    note: str,
    *,
    came_by: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep it within another verb's transaction, checked by the caller; places in seminars to come are given back."""
    stored.put_leaving(
        connection,
        application_id,
        left_on=left_on.isoformat(),
        reason=reason,
        note_sealed=house.vault.seal(note.strip()) if note.strip() else None,
        noted_by=actor.label,
        noted_at=stamp(now),
    )
    body: dict[str, object] = {"left_on": left_on.isoformat(), "reason": reason, "came_by": came_by}
    _log(connection, actor, "leaving_noted", application_id, now, body)
    leave_seminars_in(connection, house, application_id, actor=actor, now=now)


def take_leaving_back(house: House, application_id: str, *, actor: Actor, now: datetime) -> None:
    """The person is here still after all. Again is harmless."""
    require(actor)
    with house.database.write() as connection:
        require_newcomer(connection, actor, application_id)
        if stored.take_leaving_back(connection, application_id):
            _log(connection, actor, "leaving_taken_back", application_id, now, {})


def here_still(house: House, application_id: str, *, actor: Actor, now: datetime) -> HereStill:
    """What is known of somebody's stay."""
    require(actor)
    with house.database.read() as connection:
        require_newcomer(connection, actor, application_id)
        hire = hire_in(connection, house, application_id)
        row = stored.leaving(connection, application_id)
        today = organisation_in(connection, actor.organisation_id).day(now)
        left = None
        if row is not None:
            left = Left(
                date.fromisoformat(row.left_on),
                row.reason,
                house.vault.open(row.note_sealed) if row.note_sealed else "",
                author_name(connection, house, row.noted_by),
                moment(row.noted_at),
            )
    return HereStill(hire.first_day, hire.ends_on, left, {days: hire.stay(days, today=today) for days in STAYS})


def _log(
    connection: Connection, actor: Actor, kind: str, application_id: str, now: datetime, body: dict[str, object]
) -> None:
    audit.append(
        connection, actor.organisation_id, actor=actor.label, kind=kind, subject=application_id, now=now, body=body
    )
