"""Whose people: interviewers and supervisors by application."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import accounts, applications, assignments, people, vacancies


def assign(
    connection: Connection, application_id: str, account_id: str, *, duty: str, assigned_by: str, now: datetime
) -> None:
    """Assign once; somebody whose assignment had ended is assigned again."""
    key = (
        (assignments.c.application_id == application_id)
        & (assignments.c.account_id == account_id)
        & (assignments.c.duty == duty)
    )
    if connection.execute(update(assignments).where(key).values(ended_at=None, assigned_by=assigned_by)).rowcount:
        return
    connection.execute(
        insert(assignments).values(
            id=new_id(),
            application_id=application_id,
            account_id=account_id,
            duty=duty,
            assigned_by=assigned_by,
            created_at=stamp(now),
        )
    )


def end(connection: Connection, application_id: str, account_id: str, *, duty: str, now: datetime) -> None:
    query = update(assignments).where(
        assignments.c.application_id == application_id,
        assignments.c.account_id == account_id,
        assignments.c.duty == duty,
        assignments.c.ended_at.is_(None),
    )
    connection.execute(query.values(ended_at=stamp(now)))


def of_application(connection: Connection, application_id: str) -> Sequence[Record]:
    """Who is assigned now, with names, in the order of assignment."""
    query = (
        select(assignments, accounts.c.name_sealed, accounts.c.role)
        .join(accounts, accounts.c.id == assignments.c.account_id)
        .where(assignments.c.application_id == application_id, assignments.c.ended_at.is_(None))
        .order_by(assignments.c.created_at, assignments.c.id)
    )
    return connection.execute(query).all()


def of_account(connection: Connection, account_id: str, *, organisation_id: str) -> Sequence[Record]:
    """The people of an account, with their opening and stage."""
    query = (
        select(
            assignments.c.application_id,
            assignments.c.duty,
            assignments.c.created_at,
            people.c.name_sealed,
            applications.c.stage,
            applications.c.vacancy_id,
            vacancies.c.title,
            vacancies.c.role,
        )
        .join(applications, applications.c.id == assignments.c.application_id)
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(
            assignments.c.account_id == account_id,
            assignments.c.ended_at.is_(None),
            vacancies.c.organisation_id == organisation_id,
        )
        .order_by(assignments.c.created_at, assignments.c.id)
    )
    return connection.execute(query).all()


def is_assigned(connection: Connection, application_id: str, account_id: str, *, duty: str | None = None) -> bool:
    query = select(assignments.c.id).where(
        assignments.c.application_id == application_id,
        assignments.c.account_id == account_id,
        assignments.c.ended_at.is_(None),
    )
    if duty is not None:
        query = query.where(assignments.c.duty == duty)
    return connection.execute(query).first() is not None
