"""Working days, Monday to Friday, by the clock of the organisation. Public holidays are not known here.

One working day after Friday 15:00 is Monday 15:00, whatever a change to summer time did to the hours between.
What comes at a weekend counts as come when the next working day begins.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


def add_working_days(start: datetime, days: int, *, zone: ZoneInfo) -> datetime:
    """The same time of day in that zone some working days later, as UTC.

    >>> madrid = ZoneInfo("Europe/Madrid")
    >>> f"{add_working_days(datetime(2026, 11, 27, 15, tzinfo=madrid), 1, zone=madrid):%A %H:%M %Z}"
    'Monday 14:00 UTC'
    """
    local = start.astimezone(zone)
    day, at = local.date(), local.timetz().replace(tzinfo=None, fold=0)
    if not is_working_day(day):
        day, at = next_working_day(day), time(0)
    for _ in range(days):
        day = next_working_day(day)
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY


def next_working_day(day: date) -> date:
    """The first one after that day."""
    following = day + timedelta(days=1)
    while not is_working_day(following):
        following += timedelta(days=1)
    return following
