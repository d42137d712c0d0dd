"""A seminar: when, where, by whom, how many seats, and who stands on its list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from assessment.messages.times import say_hours, say_time
from assessment.storage.clock import moment
from assessment.storage.record import Record

Standing = Literal["place", "waiting"]


@dataclass(frozen=True)
class Seminar:
    """`taken` of its seats have somebody on them, and `waiting` people wait for one."""

    id: str
    module: str
    title: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str
    seats: int
    led_by: str
    cancelled: bool
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        return max(self.seats - self.taken, 0)

    @property
    def day(self) -> date:
        """Which day it is at the place."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))

    def when(self, language: str = "en") -> str:
        return say_time(self.starts_at, self.time_zone, language)

    def hours(self, language: str = "en") -> str:
        return say_hours(self.starts_at, self.ends_at, self.time_zone, language)


def seminar_of(row: Record, places: Sequence[Record]) -> Seminar:
    """A row of storage/seminars.py with its list."""
    return Seminar(
        id=row.id,
        module=row.module,
        title=row.title,
        starts_at=moment(row.starts_at),
        ends_at=moment(row.ends_at),
        time_zone=row.time_zone,
        place=row.place,
        seats=row.seats,
        led_by=row.led_by,
        cancelled=row.cancelled_at is not None,
        taken=min(len(places), row.seats),
        waiting=max(len(places) - row.seats, 0),
    )


def standing_of(application_id: str, places: Sequence[Record], *, seats: int) -> Standing | None:
    """The first on the list have the seats, the others wait; None for whoever is not on it."""
    ids = [row.application_id for row in places]
    if application_id not in ids:
        return None
    return "place" if ids.index(application_id) < seats else "waiting"


def seated(places: Sequence[Record], *, seats: int) -> list[str]:
    """The applications that have a seat."""
    return [row.application_id for row in places[:seats]]
