"""Addresses that want to hear of changes, and what was delivered to each."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import webhook_deliveries, webhooks


def active(connection: Connection, organisation_id: str) -> Sequence[Record]:
    query = select(webhooks).where(webhooks.c.organisation_id == organisation_id, webhooks.c.disabled_at.is_(None))
    return connection.execute(query).all()


def add_delivery(connection: Connection, webhook_id: str, *, kind: str, body: str, now: datetime) -> None:
    connection.execute(
        insert(webhook_deliveries).values(
            id=new_id(),
            webhook_id=webhook_id,
            kind=kind,
            body=body,
            status="waiting",
            tries=0,
            created_at=stamp(now),
            next_at=stamp(now),
        )
    )
