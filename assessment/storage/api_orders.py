"""What other systems ordered and ask about: assessments of an organisation, in the order in which they were made."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, insert, or_, select

from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.schema import api_orders, applications, organisations, sittings, vacancies
from assessment.storage.sittings import TO_READ

_ASSESSMENTS = (
    select(
        applications.c.id,
        applications.c.vacancy_id,
        applications.c.external_id,
        applications.c.stage,
        applications.c.stage_since,
        applications.c.created_at,
        sittings.c.id.label("sitting_id"),
        sittings.c.status,
        sittings.c.language,
        sittings.c.started_at,
        sittings.c.finished_at,
        sittings.c.expires_at,
    )
    .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
    .join(sittings, sittings.c.id == TO_READ)
)


def hold(connection: Connection, organisation_id: str) -> None:
    """Hold an organisation's orders against other writers until the transaction ends."""
    connection.execute(
        select(organisations.c.id).where(organisations.c.id == organisation_id).with_for_update()
    ).first()


def ordered(connection: Connection, key_hash: str) -> Record | None:
    return connection.execute(select(api_orders).where(api_orders.c.key_hash == key_hash)).first()


def add(connection: Connection, key_hash: str, *, body_hash: str, application_id: str, now: datetime) -> None:
    values = {"key_hash": key_hash, "body_hash": body_hash, "application_id": application_id, "created_at": stamp(now)}
    connection.execute(insert(api_orders).values(**values))


def assessment(connection: Connection, application_id: str, *, organisation_id: str) -> Record | None:
    """An application with the sitting that is read."""
    query = _ASSESSMENTS.where(vacancies.c.organisation_id == organisation_id, applications.c.id == application_id)
    return connection.execute(query).first()


def assessments(
    connection: Connection,
    organisation_id: str,
    *,
    external_id: str | None = None,
    vacancy_id: str | None = None,
    after: Record | None = None,
    limit: int,
) -> Sequence[Record]:
    """Oldest first; `after` is the last one that was read."""
    query = _ASSESSMENTS.where(vacancies.c.organisation_id == organisation_id)
    if external_id is not None:
        query = query.where(applications.c.external_id == external_id)
    if vacancy_id is not None:
        query = query.where(applications.c.vacancy_id == vacancy_id)
    if after is not None:
        later = and_(applications.c.created_at == after.created_at, applications.c.id > after.id)
        query = query.where(or_(applications.c.created_at > after.created_at, later))
    return connection.execute(query.order_by(applications.c.created_at, applications.c.id).limit(limit)).all()
