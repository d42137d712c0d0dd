"""What people decided about applications, with their reasons, and what was told of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import (
    accounts,
    applications,
    decisions,
    events,
    outbox,
    rating_sheets,
    ratings,
    vacancies,
)

UNSENT = ("draft", "dropped")
CAN_BE_STOPPED = ("draft", "queued", "failed")


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(decisions).values(id=id_, created_at=stamp(now), **values))
    return id_


def of_application(connection: Connection, application_id: str) -> Sequence[Record]:
    """Every decision of an application with who made it, newest first."""
    query = (
        select(decisions, accounts.c.name_sealed)
        .join(accounts, accounts.c.id == decisions.c.account_id)
        .where(decisions.c.application_id == application_id)
        .order_by(decisions.c.created_at.desc(), decisions.c.id)
    )
    return connection.execute(query).all()


def standing(connection: Connection, application_id: str) -> Record | None:
    """The newest decision that was not taken back."""
    query = select(decisions).where(decisions.c.application_id == application_id, decisions.c.taken_back_at.is_(None))
    return connection.execute(query.order_by(decisions.c.created_at.desc(), decisions.c.id).limit(1)).first()


def one(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    query = (
        select(decisions)
        .join(applications, applications.c.id == decisions.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(decisions.c.id == id_, vacancies.c.organisation_id == organisation_id)
    )
    return connection.execute(query).first()


def was_told(connection: Connection, application_id: str, outcome: str, *, organisation_id: str) -> bool | None:
    """Whether the message about the last decision of this outcome was let out, whatever became of it since; None where
    there was no such decision."""
    of_it = [row for row in of_application(connection, application_id) if row.outcome == outcome]
    if not of_it:
        return None
    last = max(of_it, key=lambda row: (row.taken_back_at is None, row.taken_back_at or "", row.created_at))
    query = (
        select(events.c.number)
        .join(outbox, outbox.c.id == events.c.subject)
        .where(
            events.c.organisation_id == organisation_id,
            events.c.kind == "message_queued",
            outbox.c.organisation_id == organisation_id,
            outbox.c.key == f"decision:{last.id}",
        )
    )
    return connection.execute(query.limit(1)).first() is not None


def take_back(connection: Connection, id_: str, *, because_sealed: bytes, now: datetime) -> None:
    query = update(decisions).where(decisions.c.id == id_)
    connection.execute(query.values(taken_back_at=stamp(now), taken_back_because_sealed=because_sealed))


def newest_reasons(connection: Connection, organisation_id: str, *, limit: int) -> Sequence[Record]:
    """Reasons of the newest decisions that stand, to see whether one text was used for many."""
    query = (
        select(decisions.c.application_id, decisions.c.because_sealed)
        .join(applications, applications.c.id == decisions.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(vacancies.c.organisation_id == organisation_id, decisions.c.taken_back_at.is_(None))
        .order_by(decisions.c.created_at.desc())
        .limit(limit)
    )
    return connection.execute(query).all()


def last_opened(connection: Connection, application_id: str, account_id: str, *, organisation_id: str) -> str | None:
    """When this very account last opened the report of an application."""
    query = select(func.max(events.c.at)).where(
        events.c.organisation_id == organisation_id,
        events.c.kind == "report_opened",
        events.c.subject == application_id,
        events.c.actor == account_id,
    )
    found: str | None = connection.execute(query).scalar()
    return found


def rated_alone(connection: Connection, organisation_id: str) -> Sequence[Record]:
    """Every rating 1 to 5 of the sheets that were handed in, as it was before the raters talked."""
    first = func.coalesce(ratings.c.first_rating, ratings.c.rating)
    query = (
        select(ratings.c.application_id, ratings.c.account_id, ratings.c.question, first.label("rating"))
        .join(
            rating_sheets,
            (rating_sheets.c.application_id == ratings.c.application_id)
            & (rating_sheets.c.account_id == ratings.c.account_id),
        )
        .join(applications, applications.c.id == ratings.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(vacancies.c.organisation_id == organisation_id, rating_sheets.c.handed_in_at.is_not(None), first > 0)
        .order_by(ratings.c.application_id, rating_sheets.c.handed_in_at, ratings.c.account_id, ratings.c.question)
    )
    return connection.execute(query).all()


def raters_in(connection: Connection, application_id: str) -> int:
    """How many have handed in their ratings of a talk."""
    query = select(func.count()).where(
        rating_sheets.c.application_id == application_id, rating_sheets.c.handed_in_at.is_not(None)
    )
    return int(connection.execute(query).scalar_one())


def messages_of(connection: Connection, keys: Sequence[str], *, organisation_id: str) -> dict[str, Record]:
    """The messages that tell of decisions, by key."""
    query = select(outbox).where(outbox.c.organisation_id == organisation_id, outbox.c.key.in_(keys))
    return {row.key: row for row in connection.execute(query)}


def release_message(
    connection: Connection, id_: str, *, subject_sealed: bytes, text_sealed: bytes, by: str, now: datetime
) -> bool:
    """Let a draft go out in the words that somebody read last; False when it is no draft any more."""
    query = update(outbox).where(outbox.c.id == id_, outbox.c.status == "draft")
    values = {
        "status": "queued",
        "subject_sealed": subject_sealed,
        "text_sealed": text_sealed,
        "queued_by": by,
        "not_before": stamp(now),
    }
    return connection.execute(query.values(**values)).rowcount == 1


def stop_message(connection: Connection, id_: str) -> bool:
    """Keep a message from being sent; False when it has gone out or is going just now."""
    query = update(outbox).where(outbox.c.id == id_, outbox.c.status.in_(CAN_BE_STOPPED))
    return connection.execute(query.values(status="dropped")).rowcount == 1
