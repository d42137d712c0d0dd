"""Confirming what somebody did: to the candidate, and to whoever has to know of it."""

from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import UnknownIdError
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.telling import STATUS_OPEN_FOR, Calendar, reply_day, said, tell_candidate, tell_owner
from assessment.storage import applications, sittings
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

READ_MINUTES = 10  # what reading a result takes


def finished_in(
    connection: Connection, house: House, application_id: str, sitting_id: str, *, actor: Actor, now: datetime
) -> None:
    """The answers are in: thanks to the person, work for the owner of the opening."""
    tell_candidate(
        connection,
        house,
        application_id,
        "completion_confirmation",
        key=f"completion_confirmation:{sitting_id}",
        actor=actor,
        now=now,
    )
    row = _application(connection, application_id, actor)
    day = said(reply_day(organisation_in(connection, actor.organisation_id), now), "en")
    tell_owner(
        connection,
        house,
        row,
        "manager_candidate_finished",
        key=f"manager_candidate_finished:{sitting_id}",
        values={"minutes": str(READ_MINUTES), "next_date": day, "deadline": day},
        actor=actor,
        now=now,
    )


def withdrew_in(
    connection: Connection,
    house: House,
    application_id: str,
    *,
    calendar: Calendar | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """The person does not go on: as they asked, and nobody waits for them. While their page is open they may return.

    calendar : takes the talk they had off their calendar
    """
    row = _application(connection, application_id, actor)
    sitting = sittings.by_id(connection, row.sitting_id)
    organisation = organisation_in(connection, actor.organisation_id)
    days = [reply_day(organisation, now), *([organisation.day(moment(sitting.expires_at))] if sitting else [])]
    tell_candidate(
        connection,
        house,
        application_id,
        "withdrawal_received",
        key=f"withdrawal_received:{application_id}:{stamp(now)}",
        values={"deadline": said(max(days), row.language)},
        calendar=calendar,
        actor=actor,
        now=now,
    )
    tell_owner(
        connection,
        house,
        row,
        "manager_candidate_withdrew",
        key=f"manager_candidate_withdrew:{application_id}:{stamp(now)}",
        values={},
        actor=actor,
        now=now,
    )


def came_back_in(connection: Connection, house: House, application_id: str, *, actor: Actor, now: datetime) -> None:
    """The person goes on after all. Where the answers are in, their page stays open for longer."""
    row = _application(connection, application_id, actor)
    sitting = sittings.by_id(connection, row.sitting_id)
    open_until = moment(sitting.expires_at) if sitting and sitting.status == "open" else now + STATUS_OPEN_FOR
    organisation = organisation_in(connection, actor.organisation_id)
    tell_candidate(
        connection,
        house,
        application_id,
        "welcome_back",
        key=f"welcome_back:{application_id}:{stamp(now)}",
        values={"deadline": said(organisation.day(open_until), row.language)},
        actor=actor,
        now=now,
    )


def _application(connection: Connection, application_id: str, actor: Actor) -> Record:
    row = applications.one(connection, application_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("application", application_id)
    return row
