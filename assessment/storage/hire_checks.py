"""The checks of a hire: what is looked at between an offer and the first day, and what came of it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, Select, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import applications, hire_checks, people, vacancies

STANDING = ("offer", "hired")  # stages at which checks are still worked on


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(hire_checks).values(id=id_, created_at=stamp(now), **values))
    return id_


def change(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(hire_checks).where(hire_checks.c.id == id_).values(**values))


def of_application(connection: Connection, application_id: str) -> Sequence[Record]:
    query = select(hire_checks).where(hire_checks.c.application_id == application_id)
    return connection.execute(query.order_by(hire_checks.c.due_on, hire_checks.c.created_at, hire_checks.c.id)).all()


def one(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    query = _with_person().where(hire_checks.c.id == id_, vacancies.c.organisation_id == organisation_id)
    return connection.execute(query).first()


def open_until(connection: Connection, day: date, *, organisation_id: str | None = None) -> Sequence[Record]:
    """What is not settled and due by that day, of people with an offer, the first due first; in one or in all houses."""
    query = _with_person().where(
        hire_checks.c.outcome.is_(None),
        hire_checks.c.due_on <= day.isoformat(),
        applications.c.stage.in_(STANDING),
    )
    if organisation_id is not None:
        query = query.where(vacancies.c.organisation_id == organisation_id)
    return connection.execute(query.order_by(hire_checks.c.due_on, hire_checks.c.created_at, hire_checks.c.id)).all()


def _with_person() -> Select[tuple[object, ...]]:
    return (
        select(
            hire_checks,
            people.c.name_sealed,
            vacancies.c.title.label("vacancy_title"),
            vacancies.c.role,
            vacancies.c.owner_id,
            vacancies.c.organisation_id,
            applications.c.stage,
        )
        .join(applications, applications.c.id == hire_checks.c.application_id)
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
    )
