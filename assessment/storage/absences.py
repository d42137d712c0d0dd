"""Who is away, from which day to which, and who stands in."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import absences, accounts


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(absences).values(id=id_, created_at=stamp(now), **values))
    return id_


def end(connection: Connection, id_: str, *, now: datetime) -> None:
    connection.execute(update(absences).where(absences.c.id == id_).values(ended_at=stamp(now)))


def one(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    query = (
        select(absences)
        .join(accounts, accounts.c.id == absences.c.account_id)
        .where(absences.c.id == id_, accounts.c.organisation_id == organisation_id)
    )
    return connection.execute(query).first()


def not_over(connection: Connection, organisation_id: str, *, day: date) -> Sequence[Record]:
    """Absences that last on that day or are still to come, with the names of both; the first to begin first."""
    deputy = accounts.alias("deputy")
    query = (
        select(
            absences,
            accounts.c.name_sealed,
            deputy.c.name_sealed.label("deputy_name_sealed"),
            deputy.c.disabled_at.label("deputy_closed_at"),
        )
        .join(accounts, accounts.c.id == absences.c.account_id)
        .join(deputy, deputy.c.id == absences.c.deputy_id)
        .where(
            accounts.c.organisation_id == organisation_id,
            absences.c.ended_at.is_(None),
            absences.c.until_on >= day.isoformat(),
        )
        .order_by(absences.c.from_on, absences.c.created_at, absences.c.id)
    )
    return connection.execute(query).all()
