"""Who is asked to rate whom: to do from day 80 on or once the person has left, and one message at day 90 to those who have
not rated somebody who is here still. Who withdrew, so that there is no work to see, is rated by nobody."""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from assessment.services.absences import seen_to_by, standing_in_for_in
from assessment.services.actor import STAFF, Actor, require
from assessment.services.first_days import LEADS, own_people_in
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.outcome_days import DUE_ON_DAY, LATEST_DAY, OPENS_ON_DAY, Hire, hires_in
from assessment.services.outcomes import called, raters_in
from assessment.services.telling import said, tell_staff
from assessment.services.to_do import ToDo
from assessment.storage import outbox
from assessment.storage import outcomes as stored
from assessment.storage.here_still import is_gone
from assessment.training.work_days import day_of

TIME_FOR_IT = timedelta(days=10)  # after day 90
LOOK_BACK = timedelta(days=LATEST_DAY + 370)  # a first day may be a year after the hire
BY_DAY = (time(8), time(20))  # nobody is written to at night
_log = logging.getLogger("carefit.outcome_due")


def ratings_due(house: House, *, actor: Actor, now: datetime) -> tuple[ToDo, ...]:
    """Ratings that wait for the actor, or for a colleague whose work comes to them; the first due first."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        organisation = organisation_in(connection, actor.organisation_id)
        today = organisation.day(now)
        mine = own_people_in(connection, actor)
        rows = [r for r in stored.hires(connection, actor.organisation_id) if mine is None or r.id in mine]
        due = [hire for hire in hires_in(connection, house, rows) if _is_due(hire, today)]
        raters = raters_in(connection, [hire.row for hire in due])
        done = _done(connection, due)
        away = {s.account_id: s.words for s in standing_in_for_in(connection, house, actor, now=now)}
        seen_to = seen_to_by(connection, actor.organisation_id, now=now)
        found = []
        for hire in due:
            for account_id in raters[hire.id]:
                seen_by = seen_to(account_id)
                if _rated(hire, account_id, raters[hire.id], done) or (seen_by is None and actor.role not in STAFF):
                    continue
                if seen_by not in (actor.account_id, None):
                    continue
                mark = hire.on_day(DUE_ON_DAY) or today
                last = (min(mark, hire.left_on) if hire.left_on else mark) + TIME_FOR_IT
                end = datetime.combine(last + timedelta(days=1), time(0), tzinfo=organisation.zone).astimezone(UTC)
                found.append(
                    ToDo(
                        "outcome",
                        f"Rate the work of {called(connection, house, hire.row, masked=actor.masked)}",
                        f"{hire.row.title} · six short scales {'after the last day' if hire.left_on else f'at day {DUE_ON_DAY}'}",
                        f"{'Overdue since' if last < today else 'Due'} {last.day} {last:%B}",
                        last < today,
                        end,
                        f"/{'outcome' if account_id == actor.account_id else 'newcomer'}?application={hire.id}",
                        away.get(account_id, ""),
                        application_id=hire.id,
                    )
                )
    return tuple(sorted(found, key=lambda task: (task.at, task.title)))


def rating_reminders(house: House, now: datetime) -> int:
    """Queue a message to whoever has not rated at day 90, in every organisation; returns how many are new.

    For the planner: called as often as one likes, each message is queued once.
    """
    with house.database.read() as connection:
        hires = hires_in(connection, house, stored.hired_since(connection, now - LOOK_BACK))
        done = _done(connection, hires)
    made = 0
    for hire in hires:
        if hire.first_day is None:
            continue
        if not DUE_ON_DAY <= day_of(now.date(), hire.first_day) + 1 <= LATEST_DAY:  # a day's room for time zones
            continue
        try:
            made += _remind(house, hire, done, now=now)
        except Exception:
            _log.exception("nobody could be asked to rate application %s", hire.id)
    return made


def _is_due(hire: Hire, today: date) -> bool:
    """When the sheet is open: from day 80, or once they left; not of somebody who withdrew."""
    if hire.first_day is None or hire.row.withdrawn_at is not None:
        return False
    day = day_of(today, hire.first_day)
    return day <= LATEST_DAY and (hire.left_on is not None or day >= OPENS_ON_DAY)


def _remind(house: House, hire: Hire, done: Mapping[str, set[str]], *, now: datetime) -> int:
    made, organisation_id = 0, str(hire.row.organisation_id)
    with house.database.read() as connection:
        organisation = organisation_in(connection, organisation_id)
        mark = hire.on_day(DUE_ON_DAY)
        if mark is None or organisation.day(now) < mark or is_gone(hire.row, organisation.day(now)):
            return 0
        if not BY_DAY[0] <= now.astimezone(organisation.zone).time() < BY_DAY[1]:
            return 0
        raters = raters_in(connection, [hire.row])[hire.id]
        keys = {
            account_id: f"manager_rating_day_90:{hire.id}:{account_id}"
            for account_id in raters
            if not _rated(hire, account_id, raters, done)
        }
        new = {id_: key for id_, key in keys.items() if outbox.by_key(connection, organisation_id, key) is None}
    for account_id, key in new.items():
        with house.database.write() as connection:
            tell_staff(
                connection,
                house,
                account_id,
                "manager_rating_day_90",
                key=key,
                values={
                    "candidate_name": house.vault.open(hire.row.name_sealed),
                    "role_title": hire.row.title,
                    "deadline": said(max(mark, organisation.day(now)) + TIME_FOR_IT, "en"),
                    "link": f"{house.base_url}/outcome?application={hire.id}",
                },
                application_id=hire.id,
                actor=Actor("system", organisation_id),
                now=now,
            )
        made += 1
    return made


def _rated(hire: Hire, account_id: str, raters: Sequence[str], done: Mapping[str, set[str]]) -> bool:
    """Handed in by this account, or come by a file or from somebody who led the person before."""
    by = done.get(hire.id, set())
    return account_id in by or bool(by - set(raters))


def _done(connection: Connection, hires: Sequence[Hire]) -> dict[str, set[str]]:
    """Whose sheets are handed in, by hire."""
    found: dict[str, set[str]] = {}
    for row in stored.sheets_of(connection, [hire.id for hire in hires]):
        if row.handed_in_at:
            found.setdefault(row.application_id, set()).add(row.account_id)
    return found
