"""Compliments and complaints about somebody's work, counted by the day; what was said stays a sealed note."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import Connection

from assessment.errors import ClosedError, SheetError, UnknownIdError
from assessment.services.actor import STAFF, Actor, require
from assessment.services.first_days import LEADS, require_newcomer
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.outcome_days import Hire, hire_in
from assessment.services.profiles import author_name
from assessment.storage import audit
from assessment.storage import outcomes as stored
from assessment.storage.clock import moment

Kind = Literal["compliment", "complaint"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST = 1_000
LONGEST_NOTE = 1_000
MAY_REMOVE = timedelta(hours=24)


@dataclass(frozen=True)
class Counted:
    """So many of a kind on a day; the note is read by who wrote it and HR. `may_remove`: by the one who asks, now."""

    id: str
    kind: str
    on_day: date
    count: int
    note: str
    by: str
    came_by: str
    may_remove: bool


def count_feedback(
    house: House,
    application_id: str,
    kind: str,
    on_day: date,
    count: int = 1,
    note: str = "",
    *,
    actor: Actor,
    now: datetime,
) -> str:
    """Count compliments or complaints that came on a day; returns the id of the line."""
    with house.database.write() as connection:
        require_newcomer(connection, actor, application_id)
        if kind not in KINDS:
            raise UnknownIdError("kind of feedback", kind, KINDS)
        if type(count) is not int or not 1 <= count <= MOST:
            raise SheetError(f"Please count 1 to {MOST:,}.")
        if len(note) > LONGEST_NOTE:
            raise SheetError(f"Please keep the note to {LONGEST_NOTE:,} characters.")
        hire = hire_in(connection, house, application_id)
        today = organisation_in(connection, actor.organisation_id).day(now)
        if problem := day_problem(hire, on_day, today=today):
            raise SheetError(problem)
        return keep_count_in(
            connection, house, application_id, kind, on_day, count, note, came_by="hand", actor=actor, now=now
        )


def day_problem(hire: Hire, on_day: date, *, today: date) -> str:
    """Why nothing can be counted on a day; empty when it can."""
    if on_day > today:
        return "This day is still to come."
    if hire.first_day is not None and on_day < hire.first_day:
        return f"This day is before the first day here ({hire.first_day.isoformat()})."
    return ""


def keep_count_in(
    connection: Connection,
    house: House,
    application_id: str,
    kind: str,
    on_day: date,
    count: int,
    note: str,
    *,
    came_by: str,
    actor: Actor,
    now: datetime,
) -> str:
    """Keep it within another verb's transaction, checked by the caller."""
    id_ = stored.add_count(
        connection,
        application_id=application_id,
        kind=kind,
        on_day=on_day.isoformat(),
        count=count,
        note_sealed=house.vault.seal(note.strip()) if note.strip() else None,
        noted_by=actor.label,
        came_by=came_by,
        now=now,
    )
    body = {"id": id_, "kind_of": kind, "on_day": on_day.isoformat(), "count": count, "came_by": came_by}
    _log(connection, actor, "feedback_counted", application_id, now, body)
    return id_


def remove_feedback(house: House, feedback_id: str, *, actor: Actor, now: datetime) -> None:
    """Take a line back that was counted by mistake: by who counted it or HR, within a day. Again is harmless."""
    require(actor, *LEADS)
    with house.database.write() as connection:
        row = stored.one_count(connection, feedback_id)
        if row is None:
            raise UnknownIdError("counted line", feedback_id)
        require_newcomer(connection, actor, row.application_id)
        if actor.role not in STAFF and row.noted_by != actor.label:
            raise UnknownIdError("counted line", feedback_id)
        if row.removed_at is not None:
            return
        if now - moment(row.created_at) > MAY_REMOVE:
            raise ClosedError("This was counted more than a day ago, so it stays.")
        stored.remove_count(connection, feedback_id, now=now)
        _log(connection, actor, "feedback_removed", row.application_id, now, {"id": feedback_id})


def feedback_of(house: House, application_id: str, *, actor: Actor, now: datetime) -> tuple[Counted, ...]:
    """What was counted and stands, the newest day first; supervisors see what they counted themselves."""
    with house.database.read() as connection:
        require_newcomer(connection, actor, application_id)
        hr = actor.kind == "system" or actor.role in STAFF
        rows = [row for row in stored.counts_of(connection, [application_id]) if hr or row.noted_by == actor.label]
        return tuple(
            Counted(
                row.id,
                row.kind,
                date.fromisoformat(row.on_day),
                row.times,
                house.vault.open(row.note_sealed) if row.note_sealed else "",
                author_name(connection, house, row.noted_by),
                row.came_by,
                now - moment(row.created_at) <= MAY_REMOVE,
            )
            for row in rows
        )


def _log(
    connection: Connection, actor: Actor, kind: str, application_id: str, now: datetime, body: dict[str, object]
) -> None:
    audit.append(
        connection, actor.organisation_id, actor=actor.label, kind=kind, subject=application_id, now=now, body=body
    )
