"""What hiring costs: typed hours and money, and the actions that hours are counted from."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import (
    applications,
    costs,
    events,
    interviews,
    notes,
    questions,
    sittings,
    slots,
    vacancies,
)


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(costs).values(id=id_, created_at=stamp(now), **values))
    return id_


def remove(connection: Connection, id_: str, *, now: datetime) -> None:
    connection.execute(update(costs).where(costs.c.id == id_).values(removed_at=stamp(now)))


def of_organisation(connection: Connection, organisation_id: str) -> Sequence[Record]:
    """What was typed and not removed, newest day first."""
    query = (
        select(costs, vacancies.c.title)
        .join(vacancies, vacancies.c.id == costs.c.vacancy_id)
        .where(vacancies.c.organisation_id == organisation_id, costs.c.removed_at.is_(None))
        .order_by(costs.c.spent_on.desc(), costs.c.created_at.desc())
    )
    return connection.execute(query).all()


def actions(connection: Connection, organisation_id: str, kinds: Sequence[str]) -> Sequence[Record]:
    """Each kind of action once per subject, person and day, since a page that is opened twice is read once."""
    day = func.substr(events.c.at, 1, 10)
    query = (
        select(events.c.kind, events.c.subject, events.c.actor, day.label("day"), func.count().label("times"))
        .where(events.c.organisation_id == organisation_id, events.c.kind.in_(kinds))
        .group_by(events.c.kind, events.c.subject, events.c.actor, day)
    )
    return connection.execute(query).all()


def openings_of_applications(connection: Connection, organisation_id: str) -> dict[str, str]:
    """The opening of every application, and of every question and note about one."""
    own = (
        select(applications.c.id, applications.c.vacancy_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(vacancies.c.organisation_id == organisation_id)
    )
    asked = (
        select(questions.c.id, applications.c.vacancy_id)
        .join(applications, applications.c.id == questions.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(vacancies.c.organisation_id == organisation_id)
    )
    noted = (
        select(notes.c.id, applications.c.vacancy_id)
        .join(sittings, sittings.c.id == notes.c.sitting_id)
        .join(applications, applications.c.id == sittings.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(vacancies.c.organisation_id == organisation_id)
    )
    return {row[0]: row[1] for query in (own, asked, noted) for row in connection.execute(query)}


def held_interviews(connection: Connection, organisation_id: str, *, before: datetime) -> Sequence[Record]:
    """Interviews whose time is over and which were not cancelled."""
    query = (
        select(
            interviews.c.application_id,
            slots.c.vacancy_id,
            slots.c.starts_at,
            slots.c.ends_at,
            slots.c.second_id,
        )
        .join(slots, slots.c.id == interviews.c.slot_id)
        .join(vacancies, vacancies.c.id == slots.c.vacancy_id)
        .where(vacancies.c.organisation_id == organisation_id, slots.c.ends_at <= stamp(before))
    )
    return connection.execute(query).all()


def interview_turns(connection: Connection, organisation_id: str) -> Sequence[Record]:
    """When each candidate was asked to pick a time, and when that last changed."""
    query = (
        select(interviews.c.application_id, interviews.c.status, interviews.c.asked_at, interviews.c.changed_at)
        .join(applications, applications.c.id == interviews.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(vacancies.c.organisation_id == organisation_id)
    )
    return connection.execute(query).all()
