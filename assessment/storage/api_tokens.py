"""Tokens of other systems, known by their hash."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import api_tokens


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(api_tokens).values(id=id_, created_at=stamp(now), **values))
    return id_


def by_hash(connection: Connection, token_hash: str) -> Record | None:
    """The token, while it was not revoked."""
    query = select(api_tokens).where(api_tokens.c.token_hash == token_hash, api_tokens.c.revoked_at.is_(None))
    return connection.execute(query).first()


def of_organisation(connection: Connection, organisation_id: str) -> Sequence[Record]:
    """Newest first, revoked ones too."""
    query = select(api_tokens).where(api_tokens.c.organisation_id == organisation_id)
    return connection.execute(query.order_by(api_tokens.c.created_at.desc(), api_tokens.c.id)).all()


def used(connection: Connection, id_: str, *, now: datetime) -> None:
    connection.execute(update(api_tokens).where(api_tokens.c.id == id_).values(used_at=stamp(now)))


def revoke(connection: Connection, id_: str, *, organisation_id: str, now: datetime) -> int:
    """How many were standing: one or none."""
    query = update(api_tokens).where(
        api_tokens.c.id == id_, api_tokens.c.organisation_id == organisation_id, api_tokens.c.revoked_at.is_(None)
    )
    return connection.execute(query.values(revoked_at=stamp(now))).rowcount
