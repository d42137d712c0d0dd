"""Telling other systems of changes: what is announced in a verb's transaction is delivered afterwards."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.messages.signed_post import checked_url
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.storage import audit
from assessment.storage import webhooks as stored
from assessment.storage.audit import canonical
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

MOST_ADDRESSES = 10
LOGGED = 100
TEST = "test"
SWITCHED_OFF = "switched off"


@dataclass(frozen=True)
class Webhook:
    id: str
    url: str
    created_at: datetime


@dataclass(frozen=True)
class Delivery:
    """One message to one address. status: waiting, done or failed; `answer`: what came back the last time."""

    id: str
    url: str
    kind: str
    status: str
    tries: int
    answer: str
    created_at: datetime
    next_at: datetime
    done_at: datetime | None
    may_be_sent_again: bool


def announce(
    connection: Connection, organisation_id: str, kind: str, body: Mapping[str, object], *, now: datetime
) -> None:
    """Note a change for every address that listens; ids only, sent once the transaction stands."""
    for webhook in stored.active(connection, organisation_id):
        stored.add_delivery(
            connection, webhook.id, kind=kind, body=canonical({"kind": kind, "at": stamp(now), **body}), now=now
        )


def add_webhook(house: House, url: str, *, actor: Actor, now: datetime) -> str:
    """Tell an address of every change of stage from now on; returns the secret, to be shown once.

    Raises
    ------
    SheetError : it is no address that messages may go to
    """
    require(actor, "administrator")
    url = checked_url(url, loopback=may_stay_here(house))
    secret = f"whsec_{secrets.token_urlsafe(32)}"
    with house.database.write() as connection:
        if len(stored.active(connection, actor.organisation_id)) >= MOST_ADDRESSES:
            raise NotAllowedError(f"There are {MOST_ADDRESSES} addresses already. Switch one off first.")
        id_ = stored.add(
            connection,
            organisation_id=actor.organisation_id,
            url_sealed=house.vault.seal(url),
            secret_sealed=house.vault.seal(secret),
            now=now,
        )
        _log(connection, actor, "webhook_added", id_, now)
    return secret


def webhooks(house: House, *, actor: Actor) -> tuple[Webhook, ...]:
    """The addresses that are told, oldest first."""
    require(actor, "administrator")
    with house.database.read() as connection:
        rows = stored.active(connection, actor.organisation_id)
    return tuple(Webhook(row.id, house.vault.open(row.url_sealed), moment(row.created_at)) for row in rows)


def disable_webhook(house: House, webhook_id: str, *, actor: Actor, now: datetime) -> None:
    """Tell this address nothing more; what still waited is not sent."""
    require(actor, "administrator")
    with house.database.write() as connection:
        _active(connection, webhook_id, actor)
        stored.disable(connection, webhook_id, because=SWITCHED_OFF, now=now)
        _log(connection, actor, "webhook_disabled", webhook_id, now)


def send_test(house: House, webhook_id: str, *, actor: Actor, now: datetime) -> None:
    """Queue a message that says nothing but that it is one."""
    require(actor, "administrator")
    with house.database.write() as connection:
        _active(connection, webhook_id, actor)
        body = canonical({"kind": TEST, "at": stamp(now), "webhook": webhook_id})
        id_ = stored.add_delivery(connection, webhook_id, kind=TEST, body=body, now=now)
        _log(connection, actor, "webhook_tested", webhook_id, now, delivery=id_)


def send_again(house: House, delivery_id: str, *, actor: Actor, now: datetime) -> None:
    """Queue a delivery once more, under the same id, with all its tries before it.

    Raises
    ------
    NotAllowedError : it waits already, or its address was switched off
    """
    require(actor, "administrator")
    with house.database.write() as connection:
        row = stored.delivery(connection, delivery_id, organisation_id=actor.organisation_id)
        if row is None:
            raise UnknownIdError("delivery", delivery_id)
        if not _may_be_sent_again(row):
            raise NotAllowedError("This is waiting to be sent already, or its address was switched off.")
        stored.change_delivery(
            connection, delivery_id, status="waiting", tries=0, next_at=stamp(now), done_at=None, answer=None
        )
        _log(connection, actor, "webhook_sent_again", row.webhook_id, now, delivery=delivery_id)


def deliveries(house: House, *, actor: Actor) -> tuple[Delivery, ...]:
    """The last hundred, newest first."""
    require(actor, "administrator")
    with house.database.read() as connection:
        rows = stored.deliveries(connection, actor.organisation_id, limit=LOGGED)
    return tuple(
        Delivery(
            row.id,
            house.vault.open(row.url_sealed),
            row.kind,
            row.status,
            row.tries,
            row.answer or "",
            moment(row.created_at),
            moment(row.next_at),
            moment(row.done_at) if row.done_at else None,
            _may_be_sent_again(row),
        )
        for row in rows
    )


def may_stay_here(house: House) -> bool:
    """Whether messages may go to this machine itself: only where people reach the app there and nowhere else."""
    return urlsplit(house.base_url).hostname in ("localhost", "127.0.0.1", "::1")


def _may_be_sent_again(row: Record) -> bool:
    return row.status != "waiting" and row.disabled_at is None


def _active(connection: Connection, webhook_id: str, actor: Actor) -> Record:
    row = stored.one(connection, webhook_id, organisation_id=actor.organisation_id)
    if row is None or row.disabled_at is not None:
        raise UnknownIdError("address", webhook_id)
    return row


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
