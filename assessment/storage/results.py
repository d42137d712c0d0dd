"""What a submitted sheet came to: written once."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.schema import results


def result_of(connection: Connection, sitting_id: str) -> Record | None:
    return connection.execute(select(results).where(results.c.sitting_id == sitting_id)).first()


def put(connection: Connection, sitting_id: str, *, now: datetime, **values: object) -> None:
    connection.execute(insert(results).values(sitting_id=sitting_id, scored_at=stamp(now), **values))
