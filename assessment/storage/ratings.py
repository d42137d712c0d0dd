"""What interviewers gave, one row for each question of a rater, and when each handed their sheet in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.schema import (
    accounts,
    applications,
    assignments,
    events,
    interviews,
    rating_sheets,
    ratings,
    slots,
)


def hold(connection: Connection, application_id: str) -> None:
    """Hold an application against other writers until the transaction ends."""
    connection.execute(select(applications.c.id).where(applications.c.id == application_id).with_for_update()).first()


def sheet(connection: Connection, application_id: str, account_id: str) -> Record | None:
    query = select(rating_sheets).where(_sheet_of(application_id, account_id))
    return connection.execute(query).first()


def sheets(connection: Connection, application_id: str) -> Sequence[Record]:
    """Every sheet that was begun, with the rater's name, in the order in which they began."""
    query = (
        select(rating_sheets, accounts.c.name_sealed)
        .join(accounts, accounts.c.id == rating_sheets.c.account_id)
        .where(rating_sheets.c.application_id == application_id)
        .order_by(rating_sheets.c.begun_at, rating_sheets.c.account_id)
    )
    return connection.execute(query).all()


def others_open(connection: Connection, application_id: str, account_id: str) -> int:
    """How many other interviewers of the application have not handed in."""
    done = select(rating_sheets.c.account_id).where(
        rating_sheets.c.application_id == application_id, rating_sheets.c.handed_in_at.is_not(None)
    )
    query = select(func.count()).where(
        assignments.c.application_id == application_id,
        assignments.c.duty == "interviewer",
        assignments.c.ended_at.is_(None),
        assignments.c.account_id != account_id,
        assignments.c.account_id.not_in(done),
    )
    return int(connection.execute(query).scalar_one())


def begin(connection: Connection, application_id: str, account_id: str, *, now: datetime) -> None:
    connection.execute(
        insert(rating_sheets).values(application_id=application_id, account_id=account_id, begun_at=stamp(now))
    )


def hand_in(connection: Connection, application_id: str, account_id: str, *, now: datetime) -> None:
    query = update(rating_sheets).where(_sheet_of(application_id, account_id))
    connection.execute(query.values(handed_in_at=stamp(now)))


def of_rater(connection: Connection, application_id: str, account_id: str) -> dict[str, Record]:
    """The rows of one rater by question."""
    query = select(ratings).where(ratings.c.application_id == application_id, ratings.c.account_id == account_id)
    return {row.question: row for row in connection.execute(query)}


def anything_written(connection: Connection, application_id: str) -> bool:
    """Whether anybody rated or noted anything yet."""
    query = select(ratings.c.question).where(ratings.c.application_id == application_id).limit(1)
    return connection.execute(query).first() is not None


def put(
    connection: Connection, application_id: str, account_id: str, question: str, *, known: bool, **values: object
) -> None:
    """Write one row; `known` when it is there already, as read in this transaction."""
    if known:
        key = (
            (ratings.c.application_id == application_id)
            & (ratings.c.account_id == account_id)
            & (ratings.c.question == question)
        )
        connection.execute(update(ratings).where(key).values(**values))
        return
    row = {"application_id": application_id, "account_id": account_id, "question": question, **values}
    connection.execute(insert(ratings).values(**row))


def opened_report(connection: Connection, application_id: str, account_id: str, *, organisation_id: str) -> str | None:
    """When an account first opened the report of an application."""
    query = select(events.c.at).where(
        events.c.organisation_id == organisation_id,
        events.c.kind == "report_opened",
        events.c.subject == application_id,
        events.c.actor == account_id,
    )
    found: str | None = connection.execute(query.order_by(events.c.number).limit(1)).scalar()
    return found


def booked_slot(connection: Connection, application_id: str) -> Record | None:
    """The time and place that a candidate picked, while it stands."""
    query = (
        select(slots.c.starts_at, slots.c.ends_at, slots.c.time_zone, slots.c.place, interviews.c.status)
        .join(interviews, interviews.c.slot_id == slots.c.id)
        .where(interviews.c.application_id == application_id, interviews.c.status.in_(("booked", "held")))
    )
    return connection.execute(query).first()


def _sheet_of(application_id: str, account_id: str) -> ColumnElement[bool]:
    return (rating_sheets.c.application_id == application_id) & (rating_sheets.c.account_id == account_id)
