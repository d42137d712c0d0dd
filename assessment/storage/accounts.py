"""Staff accounts, their sessions and their tries to sign in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import accounts, organisations, sign_in_attempts, staff_sessions


def anybody(connection: Connection) -> bool:
    return connection.execute(select(accounts.c.id).limit(1)).first() is not None


def add_organisation(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(organisations).values(id=id_, created_at=stamp(now), **values))
    return id_


def organisation(connection: Connection, id_: str) -> Record:
    return connection.execute(select(organisations).where(organisations.c.id == id_)).one()


def change_organisation(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(organisations).where(organisations.c.id == id_).values(**values))


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(accounts).values(id=id_, created_at=stamp(now), **values))
    return id_


def by_email(connection: Connection, email_hash: str) -> Record | None:
    return connection.execute(select(accounts).where(accounts.c.email_hash == email_hash)).first()


def by_id(connection: Connection, id_: str) -> Record | None:
    return connection.execute(select(accounts).where(accounts.c.id == id_)).first()


def of_organisation(connection: Connection, organisation_id: str) -> Sequence[Record]:
    query = select(accounts).where(accounts.c.organisation_id == organisation_id).order_by(accounts.c.created_at)
    return connection.execute(query).all()


def change(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(accounts).where(accounts.c.id == id_).values(**values))


def begin_session(connection: Connection, token_hash: str, *, account_id: str, now: datetime) -> None:
    connection.execute(
        insert(staff_sessions).values(
            token_hash=token_hash, account_id=account_id, created_at=stamp(now), last_seen_at=stamp(now)
        )
    )


def session(connection: Connection, token_hash: str) -> Record | None:
    """The session with its account, while neither is ended."""
    return connection.execute(
        select(
            staff_sessions.c.created_at.label("began_at"),
            staff_sessions.c.last_seen_at,
            staff_sessions.c.names_masked,
            accounts.c.id,
            accounts.c.organisation_id,
            accounts.c.role,
            accounts.c.name_sealed,
        )
        .join(accounts, accounts.c.id == staff_sessions.c.account_id)
        .where(
            staff_sessions.c.token_hash == token_hash,
            staff_sessions.c.ended_at.is_(None),
            accounts.c.disabled_at.is_(None),
        )
    ).first()


def seen(connection: Connection, token_hash: str, *, now: datetime) -> None:
    query = update(staff_sessions).where(staff_sessions.c.token_hash == token_hash)
    connection.execute(query.values(last_seen_at=stamp(now)))


def mask_names(connection: Connection, token_hash: str, masked: bool) -> None:
    query = update(staff_sessions).where(staff_sessions.c.token_hash == token_hash)
    connection.execute(query.values(names_masked=masked))


def end_session(connection: Connection, token_hash: str, *, now: datetime) -> None:
    query = update(staff_sessions).where(staff_sessions.c.token_hash == token_hash, staff_sessions.c.ended_at.is_(None))
    connection.execute(query.values(ended_at=stamp(now)))


def end_sessions_of(connection: Connection, account_id: str, *, now: datetime) -> None:
    query = update(staff_sessions).where(staff_sessions.c.account_id == account_id, staff_sessions.c.ended_at.is_(None))
    connection.execute(query.values(ended_at=stamp(now)))


def add_attempt(connection: Connection, key_hash: str, *, now: datetime) -> None:
    connection.execute(insert(sign_in_attempts).values(key_hash=key_hash, at=stamp(now)))


def attempts(connection: Connection, key_hash: str, *, since: datetime) -> tuple[int, str | None]:
    """How many tries since, and when the last one was."""
    query = select(func.count(), func.max(sign_in_attempts.c.at)).where(
        sign_in_attempts.c.key_hash == key_hash, sign_in_attempts.c.at >= stamp(since)
    )
    count, last = connection.execute(query).one()
    return int(count), last


def forget_attempts(connection: Connection, key_hash: str | None = None, *, before: datetime | None = None) -> None:
    query = delete(sign_in_attempts)
    if key_hash is not None:
        query = query.where(sign_in_attempts.c.key_hash == key_hash)
    if before is not None:
        query = query.where(sign_in_attempts.c.at < stamp(before))
    connection.execute(query)
