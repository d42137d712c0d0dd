"""People, known again by the keyed hash of their e-mail."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import people


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(people).values(id=id_, created_at=stamp(now), **values))
    return id_


def by_email(connection: Connection, organisation_id: str, email_hashes: Sequence[str]) -> Sequence[Record]:
    query = select(people).where(people.c.organisation_id == organisation_id, people.c.email_hash.in_(email_hashes))
    return connection.execute(query).all()


def without_email(connection: Connection, organisation_id: str) -> Sequence[Record]:
    query = select(people).where(people.c.organisation_id == organisation_id, people.c.email_hash.is_(None))
    return connection.execute(query).all()
