"""Who works here still: hired or in a group that grows together, not left, the agreed end not past, not withdrawn.

One rule for all who ask, count and write to people: as a condition of a query, of somebody by id, and of a row.
"""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from assessment.storage.record import Record
from assessment.storage.schema import applications, leavings

AT_WORK = ("hired", "growth")  # stages of those who work here; growth is no stage of a hiring


def here_still(today: date) -> ColumnElement[bool]:
    """A condition on `applications`; the last day of somebody who left is over, an agreed last day is still a day here."""
    left = select(leavings.c.application_id).where(leavings.c.left_on <= today.isoformat())
    return (
        applications.c.stage.in_(AT_WORK)
        & applications.c.withdrawn_at.is_(None)
        & (applications.c.ends_on.is_(None) | (applications.c.ends_on >= today.isoformat()))
        & applications.c.id.not_in(left)
    )


def is_here(connection: Connection, application_id: str, today: date) -> bool:
    query = select(applications.c.id).where(applications.c.id == application_id, here_still(today))
    return connection.execute(query).first() is not None


def gone_of(connection: Connection, application_ids: Collection[str], today: date) -> set[str]:
    """Those of these who are not here any more."""
    query = select(applications.c.id).where(applications.c.id.in_(application_ids), ~here_still(today))
    return set(connection.execute(query).scalars())


def is_gone(row: Record, today: date) -> bool:
    """The same of a row that has stage, withdrawn_at, ends_on and left_on."""
    left = row.left_on is not None and row.left_on <= today.isoformat()
    ended = row.ends_on is not None and row.ends_on < today.isoformat()
    return left or ended or row.stage not in AT_WORK or row.withdrawn_at is not None
