"""A word to the owner of an opening before a check of a hire is due, and once it is late."""

import logging
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.telling import said, tell_staff
from assessment.storage import hire_checks as stored
from assessment.storage import outbox
from assessment.storage.record import Record

REMIND_DAYS = 2
_log = logging.getLogger("carefit.check_reminders")


def check_reminders(house: House, *, now: datetime) -> int:
    """Write to the owners of openings two days before a check is due and once it is late; how many messages are new.

    For the planner, in all houses: called as often as one likes, each message is queued once.
    """
    with house.database.read() as connection:
        rows = stored.open_until(connection, now.date() + timedelta(days=REMIND_DAYS + 1))
    made = 0
    for row in rows:
        try:
            made += _remind(house, row, now=now)
        except Exception:
            _log.exception("nobody could be reminded of check %s", row.id)
    return made


def _remind(house: House, row: Record, *, now: datetime) -> bool:
    with house.database.read() as connection:
        key = _reminder(connection, row, now)
    if key is None:
        return False
    values = {
        "candidate_name": house.vault.open(row.name_sealed),
        "role_title": row.vacancy_title,
        "next_step": row.title,
        "deadline": said(date.fromisoformat(row.due_on), "en"),
        "link": f"{house.base_url}/candidate?application={row.application_id}",
    }
    with house.database.write() as connection:
        tell_staff(
            connection,
            house,
            row.owner_id,
            "manager_check_due",
            key=key,
            values=values,
            application_id=row.application_id,
            actor=Actor("system", row.organisation_id),
            now=now,
        )
    return True


def _reminder(connection: Connection, row: Record, now: datetime) -> str | None:
    """The key of the message that is due about a check now and was not queued yet."""
    today, last = organisation_in(connection, row.organisation_id).day(now), date.fromisoformat(row.due_on)
    if last > today + timedelta(days=REMIND_DAYS):
        return None
    key = f"manager_check_due:{row.id}:{row.due_on}{':late' if last < today else ''}"
    return None if outbox.by_key(connection, row.organisation_id, key) else key
