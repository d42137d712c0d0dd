"""Tokens by which another system of the organisation reads and, where allowed, orders assessments."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from assessment.errors import SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.storage import api_tokens as stored
from assessment.storage import audit
from assessment.storage.clock import moment
from assessment.storage.vault import token_hash

BEGINS = "cft_"  # so that people and scanners know one when they see it
LONGEST_NAME = 100
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class ApiToken:
    id: str
    name: str
    may_order: bool
    created_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


def make_token(house: House, *, name: str, may_order: bool, actor: Actor, now: datetime) -> str:
    """A new token, to be shown once: only its hash is kept."""
    require(actor, "administrator")
    name = name.strip()
    if not name:
        raise SheetError("Please say which system the token is for.")
    if len(name) > LONGEST_NAME:
        raise SheetError(f"Please keep the name to {LONGEST_NAME} characters.")
    token = BEGINS + secrets.token_urlsafe(32)
    with house.database.write() as connection:
        id_ = stored.add(
            connection,
            organisation_id=actor.organisation_id,
            name=name,
            token_hash=token_hash(token),
            may_order=may_order,
            made_by=actor.label,
            now=now,
        )
        _log(connection, actor, "api_token_made", id_, now, may_order=may_order)
    return token


def api_tokens(house: House, *, actor: Actor) -> tuple[ApiToken, ...]:
    """Every token of the organisation, newest first; never the token itself."""
    require(actor, "administrator")
    with house.database.read() as connection:
        rows = stored.of_organisation(connection, actor.organisation_id)
    return tuple(
        ApiToken(
            row.id,
            row.name,
            row.may_order,
            moment(row.created_at),
            moment(row.used_at) if row.used_at else None,
            moment(row.revoked_at) if row.revoked_at else None,
        )
        for row in rows
    )


def revoke_token(house: House, token_id: str, *, actor: Actor, now: datetime) -> None:
    """From now on it opens nothing; for good."""
    require(actor, "administrator")
    with house.database.write() as connection:
        if not stored.revoke(connection, token_id, organisation_id=actor.organisation_id, now=now):
            raise UnknownIdError("token", token_id)
        _log(connection, actor, "api_token_revoked", token_id, now)


def token_actor(house: House, token: str, *, now: datetime) -> Actor | None:
    """Whom a token speaks for; the event log calls it by its id."""
    if not token.startswith(BEGINS) or len(token) > 200:
        return None
    with house.database.read() as connection:
        row = stored.by_hash(connection, token_hash(token))
    if row is None:
        return None
    if row.used_at is None or now - moment(row.used_at) > SEEN_EVERY:
        with house.database.write() as connection:
            stored.used(connection, row.id, now=now)
    return Actor("system", row.organisation_id, name=row.name, token_id=row.id, may_order=row.may_order)


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
