"""When the interviews of an opening are."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from assessment.storage.record import Record
from assessment.storage.schema import applications, interviews, slots


def interview_times(connection: Connection, vacancy_id: str) -> Sequence[Record]:
    """Application, start and time zone of every interview that has a time."""
    query = (
        select(interviews.c.application_id, slots.c.starts_at, slots.c.time_zone)
        .join(slots, slots.c.id == interviews.c.slot_id)
        .join(applications, applications.c.id == interviews.c.application_id)
        .where(applications.c.vacancy_id == vacancy_id, interviews.c.status == "booked")
    )
    return connection.execute(query).all()
