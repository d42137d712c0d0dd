"""A candidate's links, and the browsers that came in by them."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import applications, candidate_sessions, doors, organisations, sittings, vacancies

_DOOR = (
    select(
        doors.c.id,
        doors.c.sitting_id,
        doors.c.expires_at,
        doors.c.revoked_at,
        sittings.c.language,
        sittings.c.status,
        sittings.c.purpose,
        vacancies.c.role,
        vacancies.c.title,
        organisations.c.id.label("organisation_id"),
        organisations.c.name.label("organisation"),
        organisations.c.contact_name,
        organisations.c.contact,
        organisations.c.made_up,
    )
    .join(sittings, sittings.c.id == doors.c.sitting_id)
    .join(applications, applications.c.id == sittings.c.application_id)
    .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
    .join(organisations, organisations.c.id == vacancies.c.organisation_id)
)
_SESSION = (
    select(
        candidate_sessions.c.kiosk,
        candidate_sessions.c.last_seen_at,
        doors.c.sitting_id,
        doors.c.expires_at,
        vacancies.c.organisation_id,
    )
    .join(doors, doors.c.id == candidate_sessions.c.door_id)
    .join(sittings, sittings.c.id == doors.c.sitting_id)
    .join(applications, applications.c.id == sittings.c.application_id)
    .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
    .where(candidate_sessions.c.ended_at.is_(None), doors.c.revoked_at.is_(None))
)


def add(
    connection: Connection,
    sitting_id: str,
    *,
    token_hash: str,
    token_sealed: bytes,
    expires_at: datetime,
    now: datetime,
) -> str:
    id_ = new_id()
    connection.execute(
        insert(doors).values(
            id=id_,
            sitting_id=sitting_id,
            token_hash=token_hash,
            token_sealed=token_sealed,
            created_at=stamp(now),
            expires_at=stamp(expires_at),
        )
    )
    return id_


def by_token(connection: Connection, token_hash: str) -> Record | None:
    """The door with the sitting, vacancy and organisation behind it, also when it is closed."""
    return connection.execute(_DOOR.where(doors.c.token_hash == token_hash)).first()


def begin_session(connection: Connection, token_hash: str, *, door_id: str, kiosk: bool, now: datetime) -> None:
    connection.execute(
        insert(candidate_sessions).values(
            token_hash=token_hash, door_id=door_id, kiosk=kiosk, created_at=stamp(now), last_seen_at=stamp(now)
        )
    )


def session(connection: Connection, token_hash: str) -> Record | None:
    """The session with its sitting, while neither it is ended nor its door revoked."""
    return connection.execute(_SESSION.where(candidate_sessions.c.token_hash == token_hash)).first()


def seen(connection: Connection, token_hash: str, *, now: datetime) -> None:
    query = update(candidate_sessions).where(candidate_sessions.c.token_hash == token_hash)
    connection.execute(query.values(last_seen_at=stamp(now)))


def end_session(connection: Connection, token_hash: str, *, now: datetime) -> None:
    key = (candidate_sessions.c.token_hash == token_hash) & candidate_sessions.c.ended_at.is_(None)
    connection.execute(update(candidate_sessions).where(key).values(ended_at=stamp(now)))


def newest(connection: Connection, sitting_id: str) -> Record | None:
    query = select(doors).where(doors.c.sitting_id == sitting_id)
    newest_first = (
        doors.c.created_at.desc(),
        doors.c.revoked_at.is_not(None),
        doors.c.id,
    )  # one made as one goes stays
    return connection.execute(query.order_by(*newest_first)).first()


def revoke_all(connection: Connection, sitting_id: str, *, now: datetime) -> None:
    """Take back every link of a sitting; who came in by one is out."""
    query = update(doors).where(doors.c.sitting_id == sitting_id, doors.c.revoked_at.is_(None))
    connection.execute(query.values(revoked_at=stamp(now)))


def keep_open(connection: Connection, sitting_id: str, *, until: datetime) -> None:
    """Let the links of a sitting that were not taken back be good for longer."""
    query = update(doors).where(doors.c.sitting_id == sitting_id, doors.c.revoked_at.is_(None))
    connection.execute(query.where(doors.c.expires_at < stamp(until)).values(expires_at=stamp(until)))
