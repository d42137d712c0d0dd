"""Reminders: to whoever has not finished, by day, never more than needed, and none once its reason is gone.

Two days and one day before the days for answering end, or once two days after somebody stopped half-way; each once
for a deadline. What stands in the way is looked at again at the moment of sending.
"""

import logging
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.outbox_by_hand import drop_in, drop_one_in
from assessment.services.remind_by_hand import by_day
from assessment.services.sitting import own
from assessment.services.stages import BY_HAND
from assessment.services.telling import tell_candidate
from assessment.storage import applications, audit, doors, outbox, sittings
from assessment.storage import reminders as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

Planned = Literal["reminder_1", "reminder_2", "expiry_notice"]
REMINDERS = ("reminder_1", "reminder_2")
PLANNED = (*REMINDERS, "expiry_notice")
TO_A_SHEET = ("invitation", "answer_again", "new_link")  # they carry a link to answers that are still open
FIRST, LAST = timedelta(hours=48), timedelta(hours=24)  # before the days are over
DRIFTED = timedelta(days=2)
NOTICE_FOR = timedelta(days=3)  # so long afterwards somebody is told that the page has closed
BY_HAND_FOR = timedelta(days=1)  # nobody is reminded by a machine on the day somebody did it
KEPT_OPEN = timedelta(days=7)
_log_of_work = logging.getLogger("carefit.reminders")


def plan(house: House, now: datetime) -> int:
    """Queue every reminder and notice that is due, in all houses; how many. As often as one likes: each comes once."""
    _keep_open(house, now)
    _drop_gone(house, now)
    with house.database.read() as connection:
        rows = stored.unfinished(
            connection, expires_after=now - NOTICE_FOR, expires_before=now + FIRST, begun_before=now - DRIFTED
        )
        known = {
            id_: outbox.keys_since(connection, id_, PLANNED, since=now - timedelta(days=90))
            for id_ in {row.organisation_id for row in rows}
        }
    queued = 0
    for row in rows:
        try:
            queued += _plan_one(house, row, known[row.organisation_id], now=now)
        except NotAllowedError:  # the link was taken back meanwhile
            continue
        except Exception:
            _log_of_work.exception("no reminder could be planned for application %s", row.application_id)
    return queued


def _plan_one(house: House, row: Record, known: dict[str, str], *, now: datetime) -> bool:
    template = due(row, now=now)
    if template is None or in_the_way(row, template) is not None:
        return False
    if key_of(row, template) in known or _reminded(row, known, now=now):
        return False
    goes_at = by_day(now, ZoneInfo(row.time_zone))
    if template in REMINDERS and goes_at >= moment(row.expires_at):
        return False
    with house.database.write() as connection:
        tell_candidate(
            connection,
            house,
            row.application_id,
            template,
            key=key_of(row, template),
            not_before=goes_at,
            actor=Actor("system", row.organisation_id),
            now=now,
        )
    return True


def due(row: Record, *, now: datetime) -> Planned | None:
    """What the clock says somebody should get now; whether they may have it says `in_the_way`."""
    left = moment(row.expires_at) - now
    if left <= timedelta(0):
        return "expiry_notice"
    if left <= LAST:
        return "reminder_2"
    if left <= FIRST:
        return "reminder_1"
    last = max(filter(None, (row.last_answer_at, row.started_at, row.newest_link_at)), default=None)
    drifted = row.started_at is not None and last is not None and now - moment(last) >= DRIFTED
    return "reminder_1" if drifted else None


def in_the_way(row: Record, template: str) -> str | None:
    """Why somebody gets no such message, in words; None when they may."""
    if row.withdrawn_at is not None or row.status == "withdrawn":
        return "the person does not go on"
    if row.status == "submitted":
        return "the answers are in"
    if row.closed_at is not None:
        return "the opening is closed"
    if row.link_since is None:
        return "the link was taken back"
    if template not in PLANNED:
        return None
    if row.stage not in BY_HAND:
        return "the application is settled"
    if row.again:
        return "answering again is up to the person"
    if row.wishes:
        return "the person asked for another way to answer"
    if template in REMINDERS and row.no_reminders_at is not None:
        return "the person wants no reminders"
    return None


def reason_gone(connection: Connection, message: Record, *, now: datetime) -> str | None:
    """Why a queued message has become pointless or wrong, in words; None when it still says what is so."""
    if message.template not in (*PLANNED, *TO_A_SHEET) or message.application_id is None:
        return None
    row = stored.of_application(connection, message.application_id)
    if row is None:
        return "the application is gone"
    if why := in_the_way(row, message.template):
        return why
    of_plan = message.template in PLANNED and message.key.startswith(f"{message.template}:")
    if of_plan and message.key != key_of(row, message.template):
        return "there is another deadline now"
    if not of_plan and row.link_since > message.created_at:
        return "there is a new link"
    if message.template != "expiry_notice" and moment(row.expires_at) <= now:
        return "the days for answering are over"
    return None


def no_reminders(house: House, on: bool, *, application_id: str = "", actor: Actor, now: datetime) -> None:
    """Stop reminders, or let them come again: a candidate for themselves, HR for somebody who asked them to."""
    if actor.kind != "candidate":
        require(actor)
    with house.database.write() as connection:
        if actor.kind == "candidate":
            application_id = own(connection, actor).application_id
        row = applications.one(connection, application_id, organisation_id=actor.organisation_id)
        if row is None:
            raise UnknownIdError("application", application_id)
        if (row.no_reminders_at is not None) == on:
            return
        sittings.change_application(connection, application_id, no_reminders_at=stamp(now) if on else None)
        _log(connection, actor, "reminders_stopped" if on else "reminders_wanted", application_id, now)
        if on:
            because = "the person wants no reminders"
            drop_in(connection, application_id, REMINDERS, because=because, actor=actor, now=now)


def key_of(row: Record, template: str) -> str:
    """One for each deadline of a sheet, so that a new link has its own reminders."""
    return f"{template}:{row.id}:{row.expires_at[:16]}"


def _reminded(row: Record, keys: dict[str, str], *, now: datetime) -> bool:
    """Whether somebody reminded the person by hand within a day."""
    mine = f"reminder_by_hand:{row.application_id}:"
    return any(key.startswith(mine) and now - moment(made) < BY_HAND_FOR for key, made in keys.items())


def _drop_gone(house: House, now: datetime) -> None:
    """Also where messages are sent by hand, nobody is left with one that is not true any more."""
    with house.database.read() as connection:
        rows = outbox.queued_of(connection, (*PLANNED, *TO_A_SHEET))
        gone = [(row, why) for row in rows if (why := _gone(connection, row, now=now))]
    for row, why in gone:
        try:
            with house.database.write() as connection:
                drop_one_in(connection, row.id, because=why, actor=Actor("system", row.organisation_id), now=now)
        except Exception:
            _log_of_work.exception("message %s could not be dropped", row.id)


def _gone(connection: Connection, row: Record, *, now: datetime) -> str | None:
    try:
        return reason_gone(connection, row, now=now)
    except Exception:
        _log_of_work.exception("message %s could not be looked at", row.id)
        return None


def _keep_open(house: House, now: datetime) -> None:
    """While nobody has seen to another way somebody asked for, their days do not run out: so they were told."""
    with house.database.read() as connection:
        rows = stored.waiting_wishes(connection, expires_after=now - NOTICE_FOR, expires_before=now + FIRST)
    for row in rows:
        try:
            with house.database.write() as connection:
                until = now + KEPT_OPEN
                sittings.change(connection, row.id, expires_at=stamp(until))
                doors.keep_open(connection, row.id, until=until)
                _log(connection, Actor("system", row.organisation_id), "kept_open", row.id, now)
        except Exception:
            _log_of_work.exception("sitting %s could not be kept open", row.id)


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now)
