"""What time brings about around an interview: a reminder the day before, thanks and a word to the raters after it.

Called again and again by whoever plans messages; every message has a key of its own, so that it goes out once.
"""

import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from assessment.errors import NotAllowedError
from assessment.services.actor import Actor
from assessment.services.decision_messages import seen_stage
from assessment.services.house import House
from assessment.services.interview_booking import candidate_values, slot_in
from assessment.services.organisation import organisation_in
from assessment.services.stages import BY_HAND
from assessment.services.telling import reply_day, said, tell_candidate, tell_staff
from assessment.storage import applications, outbox
from assessment.storage import interviews as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

REMIND_AT = time(10)  # the day before, on the clock of the place
DAY = (time(8), time(20))  # nobody is written to at night
RATE_AFTER = timedelta(hours=1)
LOOK_BACK = timedelta(days=7)  # what was missed for longer is not brought up any more
_log = logging.getLogger("carefit.interview_reminders")


def interview_reminders(house: House, now: datetime) -> int:
    """Queue what is due by now, in every organisation; returns how many messages that were not there before."""
    made = 0
    with house.database.read() as connection:
        coming = stored.booked_between(connection, now, now + timedelta(days=2))
        past = stored.booked_between(connection, now - LOOK_BACK, now - RATE_AFTER)
    for row in coming:
        if remind_from(moment(row.starts_at), row.time_zone) <= now and _by_day(row, now):
            made += _alone(house, row, _remind, now=now)
    for row in past:
        if moment(row.ends_at) + RATE_AFTER <= now and _by_day(row, now):
            made += _alone(house, row, _after, now=now)
    return made


def _alone(house: House, row: Record, work: Callable[..., int], *, now: datetime) -> int:
    """Do it for one interview; what goes wrong there stops no other one."""
    try:
        with house.database.write() as connection:
            return work(connection, house, row, now=now)
    except NotAllowedError:  # the link of this person was taken back
        return 0
    except Exception:
        _log.exception("nothing could be planned around the interview of application %s", row.application_id)
        return 0


def remind_from(starts_at: datetime, time_zone: str) -> datetime:
    """10:00 of the day before on the clock of the place, whatever clocks do in between."""
    zone = ZoneInfo(time_zone)
    day = starts_at.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(day, REMIND_AT, tzinfo=zone)


def _remind(connection: Connection, house: House, seen: Record, *, now: datetime) -> int:
    """Remind the candidate, unless they have picked the time since, want no reminders, or it is not tomorrow any more."""
    key = f"interview_reminder:{seen.application_id}:{seen.sequence}"
    row = _still(connection, house, seen)
    remind = remind_from(moment(seen.starts_at), seen.time_zone)
    is_eve = now.astimezone(ZoneInfo(seen.time_zone)).date() == remind.date()
    if row is None or row.no_reminders_at or not is_eve or outbox.by_key(connection, seen.organisation_id, key):
        return 0
    for template in ("interview_confirmation", "interview_rescheduled"):
        told = outbox.by_key(connection, seen.organisation_id, f"{template}:{seen.application_id}:{seen.sequence}")
        if told is not None and moment(told.created_at) >= remind:
            return 0
    system = Actor("system", seen.organisation_id)
    slot = slot_in(connection, house, seen.slot_id, actor=system)
    tell_candidate(
        connection,
        house,
        seen.application_id,
        "interview_reminder",
        key=key,
        values=candidate_values(connection, house, slot, row.language, actor=system),
        actor=system,
        now=now,
    )
    return 1


def _after(connection: Connection, house: House, seen: Record, *, now: datetime) -> int:
    """Ask raters who have not handed in, and thank the candidate once somebody has: then the talk did take place."""
    row = _still(connection, house, seen)
    if row is None:
        return 0
    made, system = 0, Actor("system", seen.organisation_id)
    slot = slot_in(connection, house, seen.slot_id, actor=system)
    done = stored.raters_done(connection, seen.application_id)
    for account_id in slot.account_ids:
        key = f"manager_rating_due:{seen.application_id}:{seen.sequence}:{account_id}"
        if account_id in done or outbox.by_key(connection, seen.organisation_id, key):
            continue
        tell_staff(
            connection,
            house,
            account_id,
            "manager_rating_due",
            key=key,
            values={
                "candidate_name": house.vault.open(row.name_sealed),
                "role_title": row.title,
                "slot": slot.when(),
                "link": f"{house.base_url}/rate?application={seen.application_id}",
            },
            application_id=seen.application_id,
            actor=system,
            now=now,
        )
        made += 1
    key = f"after_interview:{seen.application_id}:{seen.sequence}"
    if done and not outbox.by_key(connection, seen.organisation_id, key):
        organisation = organisation_in(connection, seen.organisation_id)
        tell_candidate(
            connection,
            house,
            seen.application_id,
            "after_interview",
            key=key,
            values={"next_date": said(reply_day(organisation, slot.ends_at), row.language)},
            actor=system,
            now=now,
        )
        made += 1
    return made


def _still(connection: Connection, house: House, seen: Record) -> Record | None:
    """The application, while its interview is as it was seen and its way goes on, as far as the person knows."""
    interview = stored.of_application(connection, seen.application_id)
    if interview is None or (interview.sequence, interview.slot_id) != (seen.sequence, seen.slot_id):
        return None
    row = applications.one(connection, seen.application_id, organisation_id=seen.organisation_id)
    if row is None:
        return None
    stage = seen_stage(connection, house, row.id, row.stage, organisation_id=seen.organisation_id)
    return row if stage in BY_HAND else None


def _by_day(row: Record, now: datetime) -> bool:
    there = now.astimezone(ZoneInfo(row.time_zone)).time()
    return DAY[0] <= there < DAY[1]
