"""Days on which one person works: weekdays of their own, Monday is 0. Public holidays are not known here."""

from collections.abc import Collection
from datetime import date, timedelta

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)


def day_of(today: date, starts_on: date) -> int:
    """Which day at work it is, counting every day: 1 on the first.

    >>> day_of(date(2026, 12, 7), date(2026, 12, 1))
    7
    """
    return (today - starts_on).days + 1


def last_work_day(first: date, last: date, *, works_on: Collection[int]) -> date:
    """The last day between two days on which somebody works; where there is none, the next one after.

    >>> str(last_work_day(date(2026, 12, 1), date(2026, 12, 6), works_on=MONDAY_TO_FRIDAY))
    '2026-12-04'
    >>> str(last_work_day(date(2026, 12, 5), date(2026, 12, 6), works_on=MONDAY_TO_FRIDAY))
    '2026-12-07'
    """
    day = last
    while day >= first:
        if day.weekday() in works_on:
            return day
        day -= timedelta(days=1)
    return next_work_day(last, works_on=works_on)


def next_work_day(day: date, *, works_on: Collection[int]) -> date:
    """This day, or the next one on which somebody works."""
    if not set(works_on) & set(range(7)):
        raise ValueError("somebody works on no day of the week")
    while day.weekday() not in works_on:
        day += timedelta(days=1)
    return day
