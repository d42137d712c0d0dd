"""When the check-ins of somebody new fall: the 7th, 30th, 60th and 90th day from the first, moved to a day they work."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError
from assessment.services.actor import Actor, require
from assessment.services.first_days import LEADS, require_newcomer
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.storage import audit, plans
from assessment.storage import check_ins as stored
from assessment.training.check_in import DAYS, SIDES
from assessment.training.work_days import MONDAY_TO_FRIDAY, next_work_day

LONGEST_AGO = timedelta(days=366)


def due_days(starts_on: date, works_on: Sequence[int]) -> dict[int, date]:
    """The date of each check-in; the first day of work is day 1.

    works_on : days of the week as Python counts them, Monday 0; none at all means any day

    >>> due_days(date(2026, 12, 1), (0, 1, 2, 3, 4))[90].strftime("%a %d %b")  # day 90 is a Sunday
    'Mon 01 Mar'
    """
    dates = {day: starts_on + timedelta(days=day - 1) for day in DAYS}
    return {day: next_work_day(on, works_on=works_on) if works_on else on for day, on in dates.items()}


def set_dates_in(connection: Connection, application_id: str, *, starts_on: date, works_on: Sequence[int]) -> int:
    """Make the eight check-ins, or move them, within another verb's transaction; how many are new or moved.

    A day that either side was asked about or has answered stays where it is. A day that is past has its row all the same:
    the rounds ask only about what is recent.
    """
    stored.hold(connection, application_id)
    known = {(row.day, row.side): row for row in stored.of_application(connection, application_id)}
    settled = {row.day for row in known.values() if row.asked_at is not None or row.answered_at is not None}
    changed = 0
    for day, due_on in due_days(starts_on, works_on).items():
        for side in SIDES:
            row = known.get((day, side))
            if row is None:
                stored.add(connection, application_id, day, side, due_on=due_on)
            elif day in settled or row.due_on == due_on.isoformat():
                continue
            else:
                stored.change(connection, row.id, due_on=due_on.isoformat())
            changed += 1
    return changed


def set_dates(
    house: House,
    application_id: str,
    *,
    starts_on: date,
    works_on: Sequence[int] = MONDAY_TO_FRIDAY,
    actor: Actor,
    now: datetime,
) -> int:
    """Set the check-ins of somebody who has no plan, or another first day, by whoever leads them; how many changed.

    Raises
    ------
    NotAllowedError : there is a plan, and the check-ins follow its first day
    SheetError : the first day is more than a year from today
    """
    require(actor, *LEADS)
    with house.database.write() as connection:
        require_newcomer(connection, actor, application_id)
        stored.hold(connection, application_id)
        if plans.newest(connection, application_id) is not None:
            raise NotAllowedError("The first day stands in the plan. Change it there, and the check-ins follow.")
        today = organisation_in(connection, actor.organisation_id).day(now)
        if abs(starts_on - today) > LONGEST_AGO:
            raise SheetError("The first day is to be within a year from today.")
        changed = set_dates_in(connection, application_id, starts_on=starts_on, works_on=works_on)
        if changed:
            audit.append(
                connection,
                actor.organisation_id,
                actor=actor.label,
                kind="check_ins_dated",
                subject=application_id,
                now=now,
                body={"starts_on": starts_on.isoformat(), "changed": changed},
            )
    return changed
