"""Messages on their way: one row and one key each, so that nothing is told twice."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import outbox


def by_key(connection: Connection, organisation_id: str, key: str) -> Record | None:
    query = select(outbox).where(outbox.c.organisation_id == organisation_id, outbox.c.key == key)
    return connection.execute(query).first()


def add(connection: Connection, *, now: datetime, not_before: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(
        insert(outbox).values(
            id=id_, created_at=stamp(now), not_before=stamp(not_before), message_id=f"{id_}@carefit", tries=0, **values
        )
    )
    return id_
