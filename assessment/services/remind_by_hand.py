"""Reminding people to answer because somebody asked for it: once a day each, in the morning when it is night there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from assessment.errors import SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.stages import MOST_AT_ONCE
from assessment.services.telling import tell_candidate
from assessment.storage import applications, outbox, sittings
from assessment.storage.clock import moment
from assessment.storage.record import Record

MORNING, EVENING = time(8), time(20)  # of the organisation; nobody is written to outside
ANSWERING = ("invited", "answering")


@dataclass(frozen=True)
class Reminded:
    """How many reminders are queued, from when they go, and why the others got none: reason → how many."""

    queued: int
    goes_at: datetime
    left_out: dict[str, int]


def remind(house: House, application_ids: Sequence[str], *, actor: Actor, now: datetime) -> Reminded:
    """Queue the first reminder for everybody who has something left to answer and does not mind."""
    require(actor)
    if len(application_ids) > MOST_AT_ONCE:
        raise SheetError(f"Please remind {MOST_AT_ONCE} people at a time, or fewer.")
    queued, left_out = 0, dict[str, int]()
    with house.database.write() as connection:
        organisation = organisation_in(connection, actor.organisation_id)
        goes_at = by_day(now, organisation.zone)
        for application_id in dict.fromkeys(application_ids):
            row = applications.one(connection, application_id, organisation_id=actor.organisation_id)
            if row is None:
                raise UnknownIdError("application", application_id)
            key = f"reminder_by_hand:{application_id}:{organisation.day(goes_at)}"
            because = _not_now(connection, row, now=now)
            if not because and outbox.by_key(connection, actor.organisation_id, key) is not None:
                because = "reminded already for that day"
            if because:
                left_out[because] = left_out.get(because, 0) + 1
                continue
            tell_candidate(
                connection, house, application_id, "reminder_1", key=key, not_before=goes_at, actor=actor, now=now
            )
            queued += 1
    return Reminded(queued, goes_at, left_out)


def by_day(now: datetime, zone: ZoneInfo) -> datetime:
    """Now by day; the next morning from the evening on.

    >>> by_day(datetime(2026, 11, 24, 22, tzinfo=UTC), ZoneInfo("Europe/Madrid")).isoformat()
    '2026-11-25T07:00:00+00:00'
    """
    local = now.astimezone(zone)
    if MORNING <= local.time() < EVENING:
        return now
    day = local.date() + timedelta(days=local.time() >= EVENING)
    return datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)


def _not_now(connection: Connection, row: Record, *, now: datetime) -> str:
    """Why somebody is not reminded, in words; empty where they may be."""
    sitting = sittings.by_id(connection, row.sitting_id)
    if row.stage not in ANSWERING or sitting is None or sitting.status != "open":
        return "nothing left to answer"
    if row.no_reminders_at is not None:
        return "asked for no reminders"
    if moment(sitting.expires_at) <= now:
        return "link has expired"
    return ""
