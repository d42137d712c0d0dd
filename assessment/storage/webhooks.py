"""Addresses that want to hear of changes, and what was delivered to each."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import webhook_deliveries, webhooks


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(webhooks).values(id=id_, created_at=stamp(now), **values))
    return id_


def active(connection: Connection, organisation_id: str) -> Sequence[Record]:
    query = select(webhooks).where(webhooks.c.organisation_id == organisation_id, webhooks.c.disabled_at.is_(None))
    return connection.execute(query.order_by(webhooks.c.created_at, webhooks.c.id)).all()


def one(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    query = select(webhooks).where(webhooks.c.id == id_, webhooks.c.organisation_id == organisation_id)
    return connection.execute(query).first()


def disable(connection: Connection, id_: str, *, because: str, now: datetime) -> None:
    """Nothing more is announced there, and what still waited has failed."""
    connection.execute(update(webhooks).where(webhooks.c.id == id_).values(disabled_at=stamp(now)))
    waiting = update(webhook_deliveries).where(
        webhook_deliveries.c.webhook_id == id_, webhook_deliveries.c.status == "waiting"
    )
    connection.execute(waiting.values(status="failed", answer=because, done_at=stamp(now)))


def add_delivery(connection: Connection, webhook_id: str, *, kind: str, body: str, now: datetime) -> str:
    id_ = new_id()
    connection.execute(
        insert(webhook_deliveries).values(
            id=id_,
            webhook_id=webhook_id,
            kind=kind,
            body=body,
            status="waiting",
            tries=0,
            created_at=stamp(now),
            next_at=stamp(now),
        )
    )
    return id_


def delivery(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    query = _WITH_WEBHOOK.where(webhook_deliveries.c.id == id_, webhooks.c.organisation_id == organisation_id)
    return connection.execute(query).first()


def deliveries(connection: Connection, organisation_id: str, *, limit: int) -> Sequence[Record]:
    """Newest first."""
    query = _WITH_WEBHOOK.where(webhooks.c.organisation_id == organisation_id)
    newest = query.order_by(webhook_deliveries.c.created_at.desc(), webhook_deliveries.c.id).limit(limit)
    return connection.execute(newest).all()


def due(connection: Connection, *, now: datetime, limit: int) -> Sequence[Record]:
    """Deliveries whose time has come: of every address the one that waited longest, then of every one the next …"""
    waited = (webhook_deliveries.c.next_at, webhook_deliveries.c.id)
    place = func.row_number().over(partition_by=webhook_deliveries.c.webhook_id, order_by=waited)
    query = _WITH_WEBHOOK.where(
        webhook_deliveries.c.status == "waiting",
        webhook_deliveries.c.next_at <= stamp(now),
        webhooks.c.disabled_at.is_(None),
    )
    return connection.execute(query.order_by(place, *waited).limit(limit)).all()


def put_off(connection: Connection, webhook_id: str, *, until: datetime) -> None:
    """Let everything that waits for an address wait at least so long."""
    query = update(webhook_deliveries).where(
        webhook_deliveries.c.webhook_id == webhook_id,
        webhook_deliveries.c.status == "waiting",
        webhook_deliveries.c.next_at < stamp(until),
    )
    connection.execute(query.values(next_at=stamp(until)))


def claim(connection: Connection, row: Record, *, next_at: datetime, now: datetime) -> bool:
    """Count a try of a delivery as it was read, unless somebody else did so meanwhile or its address was switched off."""
    listening = select(webhooks.c.id).where(webhooks.c.disabled_at.is_(None))
    query = update(webhook_deliveries).where(
        webhook_deliveries.c.id == row.id,
        webhook_deliveries.c.status == "waiting",
        webhook_deliveries.c.tries == row.tries,
        webhook_deliveries.c.next_at <= stamp(now),
        webhook_deliveries.c.webhook_id.in_(listening),
    )
    return bool(connection.execute(query.values(tries=row.tries + 1, next_at=stamp(next_at))).rowcount)


def change_delivery(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(webhook_deliveries).where(webhook_deliveries.c.id == id_).values(**values))


_WITH_WEBHOOK = select(
    webhook_deliveries,
    webhooks.c.organisation_id,
    webhooks.c.url_sealed,
    webhooks.c.secret_sealed,
    webhooks.c.disabled_at,
).join(webhooks, webhooks.c.id == webhook_deliveries.c.webhook_id)
