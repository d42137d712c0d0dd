"""What time brings about around a check-in: asking both sides, one reminder, and a word about an early warning.

Called again and again by whoever plans messages, in all houses; every message has a key of its own and goes out once.
Nobody is written to at night. What stands in the way is looked at again at the moment of sending.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from assessment.services.actor import Actor
from assessment.services.check_in import (
    ANSWER_DAYS,
    OPEN_DAYS,
    READABLE_DAYS,
    TALK_DAYS,
    account_name,
    lead_in,
    who_sees,
)
from assessment.services.early_warnings import EarlyWarning, warnings_in
from assessment.services.house import House
from assessment.services.organisation import Organisation, organisation_in
from assessment.services.outbox_by_hand import drop_one_in
from assessment.services.remind_by_hand import EVENING, MORNING
from assessment.services.telling import said, tell_candidate, tell_staff
from assessment.services.warning_rules import KINDS
from assessment.storage import check_ins as stored
from assessment.storage import outbox
from assessment.storage.clock import moment
from assessment.storage.here_still import is_gone, is_here
from assessment.storage.record import Record
from assessment.training.check_in import DAYS

ASK = {"newcomer": "checkin_day", "manager": "manager_checkin"}
REMINDER = {"newcomer": "checkin_reminder", "manager": "manager_checkin_reminder"}
WARNING = "manager_early_warning"
MINUTES = "2"
LATEST_ASK = timedelta(days=7)  # what was missed for longer is not asked any more: there would be no week to answer
REMIND_AFTER = timedelta(days=3)
WARN_AFTER = timedelta(hours=1)  # what is put right within the hour is told to nobody
WARN_FOR = timedelta(days=14)  # what was missed for longer stands in the list all the same
_NEWCOMERS = (*(f"{ASK['newcomer']}_{day}" for day in DAYS), REMINDER["newcomer"])
TEMPLATES = (*_NEWCOMERS, ASK["manager"], REMINDER["manager"])
GONE = "the person is not here any more"
BY_DAY = (*TEMPLATES, WARNING)  # never between the evening and the morning, not even when the server was away
_log = logging.getLogger("carefit.check_in_rounds")


@dataclass(frozen=True)
class _There:
    """Which day it is at the place; `by_day` while people may be written to."""

    today: date
    by_day: bool


def check_in_rounds(house: House, *, now: datetime) -> int:
    """Queue what is due by now; returns how many messages are new. As often as one likes: each comes once."""
    _drop_gone(house, now)
    with house.database.read() as connection:
        first = (now - LATEST_ASK - timedelta(days=OPEN_DAYS)).date()
        rows = stored.open_between(connection, first, now.date() + timedelta(days=1))
    made = 0
    for row in rows:
        if row.asked_at is None and _ask_now(row, now):
            made += _alone(house, row, _ask, now=now)
        elif row.asked_at is not None and _remind_now(row, now):
            made += _alone(house, row, _remind, now=now)
    return made + _warn(house, now)


def reason_gone(connection: Connection, message: Record, *, now: datetime) -> str | None:
    """Why a queued message about a check-in is pointless by now, in words; None when it still says what is so."""
    if message.template == WARNING:
        today = organisation_in(connection, message.organisation_id).day(now)
        return None if is_here(connection, message.key.split(":")[1], today) else GONE
    if message.template not in TEMPLATES:
        return None
    row = stored.one(connection, message.key.rpartition(":")[2])
    if row is None:
        return "the check-in is gone"
    today = _there(row, now).today
    if row.answered_at is not None:
        return "the answers are in"
    if is_gone(row, today):
        return GONE
    if message.template == REMINDER["newcomer"] and row.no_reminders_at is not None:
        return "the person wants no reminders"
    if _open_until(row) < today:
        return "the days for answering are over"
    return None


def _ask_now(row: Record, now: datetime) -> bool:
    """On the day it is due, by day, or some days later where the app did not run."""
    there, due_on = _there(row, now), date.fromisoformat(row.due_on)
    in_time = due_on <= there.today <= due_on + LATEST_ASK
    return in_time and there.by_day and not is_gone(row, there.today)


def _remind_now(row: Record, now: datetime) -> bool:
    """Once, three days after they were asked, while it is open."""
    there = _there(row, now)
    if row.reminded_at is not None or not there.by_day or is_gone(row, there.today):
        return False
    if row.side == "newcomer" and row.no_reminders_at is not None:
        return False
    return _asked_on(row) + REMIND_AFTER <= there.today <= _open_until(row)


def _ask(connection: Connection, house: House, row: Record, *, now: datetime) -> int:
    if not stored.mark(connection, row.id, "asked_at", now=now):
        return 0
    template = f"{ASK['newcomer']}_{row.day}" if row.side == "newcomer" else ASK["manager"]
    by = _there(row, now).today + timedelta(days=ANSWER_DAYS)
    return _write(connection, house, row, template, min(by, _open_until(row)), now=now)


def _remind(connection: Connection, house: House, row: Record, *, now: datetime) -> int:
    if not stored.mark(connection, row.id, "reminded_at", now=now):
        return 0
    by = max(_asked_on(row) + timedelta(days=ANSWER_DAYS), _there(row, now).today)
    return _write(connection, house, row, REMINDER[row.side], min(by, _open_until(row)), now=now)


def _write(connection: Connection, house: House, row: Record, template: str, by: date, *, now: datetime) -> int:
    system = Actor("system", row.organisation_id)
    key = f"{template}:{row.id}"
    lead = lead_in(connection, row.application_id, owner_id=row.owner_id)
    if row.side == "newcomer":
        sees = who_sees(connection, house, row.application_id, owner_id=row.owner_id, language=row.language)
        values = {
            "who_sees": sees,
            "manager_name": account_name(connection, house, lead),
            "minutes": MINUTES,
            "days": str(row.day),
            "deadline": said(by, row.language),
            "next_date": said(date.fromisoformat(row.due_on) + timedelta(days=TALK_DAYS), row.language),
        }
        tell_candidate(connection, house, row.application_id, template, key=key, values=values, actor=system, now=now)
        return 1
    values = {
        "candidate_name": house.vault.open(row.name_sealed),
        "role_title": row.title,
        "days": str(row.day),
        "deadline": said(by, "en"),
        "link": f"{house.base_url}/check-in?application={row.application_id}&day={row.day}",
    }
    tell_staff(
        connection,
        house,
        lead,
        template,
        key=key,
        values=values,
        application_id=row.application_id,
        actor=system,
        now=now,
    )
    return 1


def _warn(house: House, now: datetime) -> int:
    """One word to whoever leads the newcomer about what was seen on a day, one about a silence; the wish to talk was
    told at once."""
    since = now - WARN_FOR - timedelta(days=READABLE_DAYS)
    with house.database.read() as connection:
        rows = stored.stirred(connection, since=since, due_since=(since - timedelta(days=OPEN_DAYS)).date())
        organisations = {id_: organisation_in(connection, id_) for id_ in {row.organisation_id for row in rows}}
        known = {
            id_: outbox.keys_since(connection, id_, (WARNING,), since=now - timedelta(days=180))
            for id_ in organisations
        }
        due = [
            (key, warning)
            for _, own in groupby(rows, key=lambda row: row.application_id)
            for key, warning in _untold(connection, house, list(own), organisations, now=now).items()
            if key not in known[warning.organisation_id]
        ]
    return sum(_alone(house, warning, _warn_of, key, now=now) for key, warning in due)


def _untold(
    connection: Connection,
    house: House,
    rows: list[Record],
    organisations: dict[str, Organisation],
    *,
    now: datetime,
) -> dict[str, EarlyWarning]:
    """What there is to be told about one person by now, by the key of its message."""
    try:
        organisation = organisations[rows[0].organisation_id]
        if not _there(rows[0], now).by_day:
            return {}
        oldest = organisation.day(now - WARN_FOR)
        found = warnings_in(connection, house, rows, organisation, now=now)
        return _first_of_each(
            [w for w in found if w.settled is None and w.kind != "talk" and w.since >= oldest if _stands(rows, w, now)]
        )
    except Exception:
        _log.exception("no warning could be looked for about application %s", rows[0].application_id)
        return {}


def _warn_of(connection: Connection, house: House, warning: EarlyWarning, key: str, *, now: datetime) -> int:
    organisation = organisation_in(connection, warning.organisation_id)
    values = {
        "candidate_name": warning.name,
        "role_title": warning.title,
        "next_step": warning.step,
        "deadline": said(max(warning.due_on, organisation.day(now)), "en"),
        "link": f"{house.base_url}/newcomer?application={warning.application_id}",
    }
    tell_staff(
        connection,
        house,
        warning.lead_id,
        WARNING,
        key=key,
        values=values,
        application_id=warning.application_id,
        actor=Actor("system", warning.organisation_id),
        now=now,
    )
    return 1


def _first_of_each(found: list[EarlyWarning]) -> dict[str, EarlyWarning]:
    """Of what was answered on a day the most pressing, and a silence by itself, each by the key of its message."""
    first: dict[str, EarlyWarning] = {}
    for one in sorted(found, key=lambda w: KINDS.index(w.kind)):
        about = "silent" if one.kind == "no_answer" else "said"
        first.setdefault(f"{WARNING}:{one.application_id}:{one.day}:{about}", one)
    return first


def _stands(rows: list[Record], warning: EarlyWarning, now: datetime) -> bool:
    """Whether nobody has answered on that day within the last hour."""
    answered = [moment(row.answered_at) for row in rows if row.day == warning.day and row.answered_at]
    return all(now - at >= WARN_AFTER for at in answered)


def _alone(house: House, row: Record | EarlyWarning, work: Callable[..., int], *more: object, now: datetime) -> int:
    """Do it for one person; what goes wrong there stops nobody else's."""
    try:
        with house.database.write() as connection:
            return work(connection, house, row, *more, now=now)
    except Exception:
        _log.exception("nothing could be planned about the check-ins of application %s", row.application_id)
        return 0


def _drop_gone(house: House, now: datetime) -> None:
    """Also where messages are sent by hand, nobody is left with one that is not true any more."""
    with house.database.read() as connection:
        rows = outbox.queued_of(connection, (*TEMPLATES, WARNING))
        gone = [(row, why) for row in rows if (why := reason_gone(connection, row, now=now))]
    for row, why in gone:
        try:
            with house.database.write() as connection:
                drop_one_in(connection, row.id, because=why, actor=Actor("system", row.organisation_id), now=now)
        except Exception:
            _log.exception("message %s could not be dropped", row.id)


def _there(row: Record, now: datetime) -> _There:
    local = now.astimezone(ZoneInfo(row.time_zone))
    return _There(local.date(), MORNING <= local.time() < EVENING)


def _asked_on(row: Record) -> date:
    return moment(row.asked_at).astimezone(ZoneInfo(row.time_zone)).date()


def _open_until(row: Record) -> date:
    return date.fromisoformat(row.due_on) + timedelta(days=OPEN_DAYS)
