"""First days, and whether somebody stayed: computed from first day, leaving and agreed end, never typed in.

Who works for a time and stays until its end has left nothing early; who moved within the house has neither stayed in
this job nor left us. Both stand apart and are counted on neither side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import Connection

from assessment.errors import UnknownIdError
from assessment.services.house import House
from assessment.services.offered_day import offered_days
from assessment.storage import outcomes as stored
from assessment.storage.record import Record

Stay = Literal["yes", "no", "too_early", "term_ended", "moved", "unknown"]
STAYS = (90, 365)  # days
OPENS_ON_DAY, DUE_ON_DAY, LATEST_DAY = 80, 90, 180  # of the rating; after the last nobody is asked any more


@dataclass(frozen=True)
class Hire:
    """Somebody who was hired, with their days; `first_day` None where no plan and no offer says it.

    left_on : the last day here; `ends_on`: the agreed end of somebody who is here for a time
    """

    row: Record
    first_day: date | None
    left_on: date | None
    reason: str | None
    ends_on: date | None

    @property
    def id(self) -> str:
        return str(self.row.id)

    def on_day(self, number: int) -> date | None:
        """The date of day `number`; the first day is day 1."""
        return self.first_day + timedelta(days=number - 1) if self.first_day else None

    def stay(self, days: int, *, today: date) -> Stay:
        return stay(
            days, first_day=self.first_day, left_on=self.left_on, reason=self.reason, ends_on=self.ends_on, today=today
        )


def stay(
    days: int, *, first_day: date | None, left_on: date | None, reason: str | None, ends_on: date | None, today: date
) -> Stay:
    """Whether somebody was still here on day 90, or 365, counting every day; the first day is day 1.

    >>> first = date(2026, 3, 2)
    >>> stay(90, first_day=first, left_on=date(2026, 5, 29), reason="own_choice", ends_on=None, today=date(2027, 1, 1))
    'no'
    >>> stay(90, first_day=first, left_on=date(2026, 5, 30), reason="own_choice", ends_on=None, today=date(2027, 1, 1))
    'yes'
    """
    if first_day is None:
        return "unknown"
    mark = first_day + timedelta(days=days - 1)
    if left_on is not None and left_on < mark:
        if reason == "moved":
            return "moved"
        if reason == "end_of_term" or (ends_on is not None and left_on >= ends_on):
            return "term_ended"
        return "no"
    if left_on is None and ends_on is not None and ends_on < mark and ends_on < today:
        return "term_ended"
    return "yes" if today >= mark else "too_early"


def hires_in(connection: Connection, house: House, rows: Sequence[Record]) -> tuple[Hire, ...]:
    """Rows of storage.outcomes with their days: the first day as the plan has it, else as it was offered."""
    unplanned = [row.id for row in rows if row.starts_on is None]
    offered = offered_days(connection, house, unplanned)
    return tuple(
        Hire(
            row,
            date.fromisoformat(row.starts_on) if row.starts_on else offered.get(row.id),
            _day(row.left_on),
            row.reason,
            _day(row.ends_on),
        )
        for row in rows
    )


def hire_in(connection: Connection, house: House, application_id: str) -> Hire:
    """One hire, of whatever organisation: the caller has checked whose it is."""
    row = stored.hire(connection, application_id)
    if row is None:
        raise UnknownIdError("hire", application_id)
    return hires_in(connection, house, [row])[0]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
