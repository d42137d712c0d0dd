"""Proposals of another job, and what people said to them; closed without consent or refusal: it was taken back."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import applications, redirects, vacancies


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(redirects).values(id=id_, created_at=stamp(now), **values))
    return id_


def one(connection: Connection, id_: str) -> Record | None:
    """A proposal with the opening it names."""
    query = (
        select(
            redirects,
            vacancies.c.role,
            vacancies.c.title,
            vacancies.c.site,
            vacancies.c.hours,
            vacancies.c.pay,
            vacancies.c.facts_id,
            vacancies.c.closed_at,
        )
        .join(vacancies, vacancies.c.id == redirects.c.vacancy_id)
        .where(redirects.c.id == id_)
    )
    return connection.execute(query).first()


def close(
    connection: Connection, id_: str, *, consent: bool | None, became_id: str | None = None, now: datetime
) -> None:
    query = update(redirects).where(redirects.c.id == id_)
    connection.execute(query.values(consent=consent, became_id=became_id, answered_at=stamp(now)))


def waiting_in(connection: Connection, vacancy_id: str) -> set[str]:
    """Applications of an opening that were asked about another job and have not answered."""
    query = (
        select(redirects.c.application_id)
        .join(applications, applications.c.id == redirects.c.application_id)
        .where(applications.c.vacancy_id == vacancy_id, redirects.c.answered_at.is_(None))
    )
    return set(connection.execute(query).scalars())


def came_from(connection: Connection, application_id: str) -> Record | None:
    """The proposal that an application grew out of, if it did."""
    return connection.execute(select(redirects).where(redirects.c.became_id == application_id)).first()
