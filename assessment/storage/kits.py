"""The questions of one interview, one kit of each application."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.schema import kits


def one(connection: Connection, application_id: str) -> Record | None:
    return connection.execute(select(kits).where(kits.c.application_id == application_id)).first()


def put(connection: Connection, application_id: str, body: str, *, account_id: str, now: datetime) -> None:
    """Keep a kit, or another in place of it."""
    values = {"body": body, "account_id": account_id, "created_at": stamp(now)}
    if connection.execute(update(kits).where(kits.c.application_id == application_id).values(**values)).rowcount:
        return
    connection.execute(insert(kits).values(application_id=application_id, **values))


def change(connection: Connection, application_id: str, body: str) -> None:
    """Other words in the same kit."""
    connection.execute(update(kits).where(kits.c.application_id == application_id).values(body=body))
