"""Filters that somebody keeps under a name for a page."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import saved_filters


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(saved_filters).values(id=id_, created_at=stamp(now), **values))
    return id_


def of_account(connection: Connection, account_id: str, *, page: str) -> Sequence[Record]:
    query = select(saved_filters).where(saved_filters.c.account_id == account_id, saved_filters.c.page == page)
    return connection.execute(query.order_by(saved_filters.c.name)).all()


def remove(connection: Connection, id_: str, *, account_id: str) -> int:
    """How many were there: one, or none."""
    query = delete(saved_filters).where(saved_filters.c.id == id_, saved_filters.c.account_id == account_id)
    return connection.execute(query).rowcount
