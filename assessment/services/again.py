"""Asking somebody to answer once more, where the answers look hurried. Never a deduction: what is there stays."""

from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, UnknownIdError
from assessment.scoring.response_quality import ask_again
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.invitations import made_under_now
from assessment.services.new_door import OPEN_FOR, new_door
from assessment.services.reading import adjustment_of
from assessment.services.scoring import scored_sheet
from assessment.services.telling import tell_candidate
from assessment.storage import applications, audit, sittings, vacancies
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record


def invite_again(house: House, application_id: str, *, actor: Actor, now: datetime) -> str:
    """A new open sitting of the same application, and its link, good for 14 days; the person gets a message.

    The answers handed in before are kept, go on being read until new ones are handed in, and their
    result stays the person's to open.

    Raises
    ------
    NotAllowedError : there is no reason to ask, or the person was asked already
    ClosedError : the opening is closed
    """
    require(actor)
    with house.database.write() as connection:
        application = applications.one(connection, application_id, organisation_id=actor.organisation_id)
        shown = sittings.to_read(connection, application_id, organisation_id=actor.organisation_id)
        if application is None or shown is None:
            raise UnknownIdError("application", application_id)
        vacancy = vacancies.one(connection, shown.vacancy_id, organisation_id=actor.organisation_id)
        if vacancy is None or vacancy.closed_at:
            raise ClosedError("This opening is closed. Open it again to invite people.")
        _refuse_without_reason(connection, application_id, shown, actor=actor, now=now)
        sitting = sittings.add(
            connection,
            application_id=application_id,
            status="open",
            step="welcome",
            language=shown.language,
            large_text=shown.large_text,
            expires_at=stamp(now + OPEN_FOR),
            now=now,
            **made_under_now(connection, house, vacancy, channel=application.channel, now=now),
        )
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="invited_again",
            subject=application_id,
            now=now,
            body={"before": shown.id, "sitting": sitting},
        )
        url = new_door(connection, house, sitting, now=now)
        key = f"answer_again:{sitting}"
        link = {"link": url}
        tell_candidate(connection, house, application_id, "answer_again", key=key, values=link, actor=actor, now=now)
        return url


def _refuse_without_reason(
    connection: Connection, application_id: str, shown: Record, *, actor: Actor, now: datetime
) -> None:
    if shown.status != "submitted":
        raise NotAllowedError("The answers are not handed in yet, so there is nothing to answer again.")
    newest = sittings.newest_of(connection, application_id, organisation_id=actor.organisation_id)
    if newest is not None and newest.id != shown.id and newest.status == "open" and moment(newest.expires_at) > now:
        raise NotAllowedError("This person is invited to answer again already.")
    if adjustment_of(connection, application_id):
        raise NotAllowedError("Signs of haste are not looked at where somebody asked for another way to answer.")
    if not ask_again(scored_sheet(connection, shown).flags):
        raise NotAllowedError("Two independent signs or more are needed to ask somebody to answer again.")
