"""Who has looked at the product before its first use."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import sign_offs


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(sign_offs).values(id=id_, created_at=stamp(now), **values))
    return id_


def standing(connection: Connection, organisation_id: str) -> Sequence[Record]:
    """Those that were not taken back, oldest first."""
    query = select(sign_offs).where(sign_offs.c.organisation_id == organisation_id, sign_offs.c.taken_back_at.is_(None))
    return connection.execute(query.order_by(sign_offs.c.created_at)).all()


def take_back(connection: Connection, organisation_id: str, kind: str, *, now: datetime) -> int:
    """How many were standing."""
    query = update(sign_offs).where(
        sign_offs.c.organisation_id == organisation_id,
        sign_offs.c.kind == kind,
        sign_offs.c.taken_back_at.is_(None),
    )
    return connection.execute(query.values(taken_back_at=stamp(now))).rowcount
