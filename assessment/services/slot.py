"""A time for an interview: when, where, with whom, and who picked it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from assessment.messages.times import say_hours, say_time
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.shortlist import opened_name
from assessment.storage import applications
from assessment.storage.clock import moment
from assessment.storage.record import Record


@dataclass(frozen=True)
class Slot:
    """A time that stands; `application_id` and `name` say who picked it."""

    id: str
    vacancy_id: str
    starts_at: datetime
    ends_at: datetime
    buffer_minutes: int
    time_zone: str
    place: str
    account_ids: tuple[str, ...]
    interviewers: tuple[str, ...]
    application_id: str | None = None
    name: str = ""

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


def slot_of(house: House, row: Record, *, name: str = "") -> Slot:
    """A row of storage/slots.py with its interviewers' names opened."""
    return Slot(
        id=row.id,
        vacancy_id=row.vacancy_id,
        starts_at=moment(row.starts_at),
        ends_at=moment(row.ends_at),
        buffer_minutes=row.buffer_minutes,
        time_zone=row.time_zone,
        place=row.place,
        account_ids=tuple(id_ for id_ in (row.account_id, row.second_id) if id_),
        interviewers=tuple(house.vault.open(sealed) for sealed in (row.first_name, row.second_name) if sealed),
        application_id=row.application_id,
        name=name,
    )


def called(connection: Connection, house: House, row: Record, *, actor: Actor) -> str:
    """The name of who holds a row's application, or their number for whoever asked to see no names; empty for nobody."""
    if not row.application_id:
        return ""
    if actor.masked:
        return f"Person {applications.number_of(connection, row.application_id)}"
    return opened_name(house, row.name_sealed)
