"""Offers with their terms, and what people answered."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import hire_checks, offers


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(offers).values(id=id_, created_at=stamp(now), **values))
    return id_


def one(connection: Connection, id_: str) -> Record | None:
    return connection.execute(select(offers).where(offers.c.id == id_)).first()


def close(connection: Connection, id_: str, *, answer: str | None, now: datetime) -> None:
    """Note an answer; None: the offer was taken back."""
    connection.execute(update(offers).where(offers.c.id == id_).values(answer=answer, answered_at=stamp(now)))


def open_checks(connection: Connection, application_id: str) -> int:
    """How many checks of a hire nobody has settled yet."""
    query = select(func.count()).where(
        hire_checks.c.application_id == application_id, hire_checks.c.settled_at.is_(None)
    )
    return int(connection.execute(query).scalar_one())
