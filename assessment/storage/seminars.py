"""Seminars and who has a place: first come, first served, in the order of `taken_at`; the rest wait in that order."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Select, func, insert, select, update

from assessment.storage.clock import moment, new_id, stamp
from assessment.storage.here_still import here_still
from assessment.storage.record import Record
from assessment.storage.schema import (
    accounts,
    applications,
    assignments,
    people,
    seminar_places,
    seminars,
    vacancies,
)

_TICK = timedelta(microseconds=1)


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(
        insert(seminars).values(id=id_, uid=f"seminar-{id_}@carefit", sequence=0, created_at=stamp(now), **values)
    )
    return id_


def one(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    query = select(seminars).where(seminars.c.id == id_, seminars.c.organisation_id == organisation_id)
    return connection.execute(query).first()


def held(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    """The same, held against whoever else takes or gives back a place until the transaction ends; SQLite queues."""
    connection.execute(select(seminars.c.id).where(seminars.c.id == id_).with_for_update()).first()
    return one(connection, id_, organisation_id=organisation_id)


def of_organisation(connection: Connection, organisation_id: str) -> Sequence[Record]:
    """Every seminar, also those called off, earliest first."""
    query = select(seminars).where(seminars.c.organisation_id == organisation_id)
    return connection.execute(query.order_by(seminars.c.starts_at, seminars.c.id)).all()


def change(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(seminars).where(seminars.c.id == id_).values(**values))


def next_sequence(connection: Connection, id_: str) -> int:
    """A number higher than any that went out for this seminar; the caller holds it."""
    connection.execute(update(seminars).where(seminars.c.id == id_).values(sequence=seminars.c.sequence + 1))
    return int(connection.execute(select(seminars.c.sequence).where(seminars.c.id == id_)).scalar_one())


def places(connection: Connection, seminar_ids: Sequence[str]) -> dict[str, list[Record]]:
    """Who stands on the list of each, first come first."""
    found: dict[str, list[Record]] = {id_: [] for id_ in seminar_ids}
    query = (
        select(
            seminar_places,
            people.c.name_sealed,
            vacancies.c.purpose,
            vacancies.c.title,
            accounts.c.name_sealed.label("noter_sealed"),
        )
        .join(applications, applications.c.id == seminar_places.c.application_id)
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .outerjoin(accounts, accounts.c.id == seminar_places.c.attended_by)
        .where(seminar_places.c.seminar_id.in_(found), seminar_places.c.given_back_at.is_(None))
        .order_by(seminar_places.c.taken_at, seminar_places.c.application_id)
    )
    for row in connection.execute(query):
        found[row.seminar_id].append(row)
    return found


def coming_of(connection: Connection, application_id: str, *, now: datetime) -> Sequence[str]:
    """Seminars still to come on whose list somebody stands, always in the same order, in which they are held."""
    query = (
        _coming(now)
        .where(seminar_places.c.application_id == application_id)
        .order_by(seminars.c.id)
        .with_only_columns(seminars.c.id)
    )
    return connection.execute(query).scalars().all()


def coming_places(connection: Connection, *, now: datetime) -> Sequence[Record]:
    """Of every organisation: who stands on the list of what is still to come, by seminar."""
    return connection.execute(_coming(now).order_by(seminars.c.id, seminar_places.c.application_id)).all()


def take(connection: Connection, seminar_id: str, application_id: str, *, now: datetime) -> None:
    """Stand at the end of the list, whatever the clocks of two who came at once say; the caller holds the seminar."""
    mine = (seminar_places.c.seminar_id == seminar_id) & (seminar_places.c.application_id == application_id)
    last = connection.execute(
        select(func.max(seminar_places.c.taken_at)).where(seminar_places.c.seminar_id == seminar_id)
    ).scalar()
    at = stamp(max(now, moment(last) + _TICK) if last else now)
    fresh = {"taken_at": at, "given_back_at": None, "attended": None, "attended_by": None}
    if not connection.execute(update(seminar_places).where(mine).values(**fresh)).rowcount:
        row = {"seminar_id": seminar_id, "application_id": application_id, **fresh}
        connection.execute(insert(seminar_places).values(**row))


def change_place(connection: Connection, seminar_id: str, application_id: str, **values: object) -> None:
    mine = (seminar_places.c.seminar_id == seminar_id) & (seminar_places.c.application_id == application_id)
    connection.execute(update(seminar_places).where(mine).values(**values))


def attended_by(connection: Connection, application_id: str) -> Sequence[Record]:
    """Modules whose seminar somebody was at, with the name of who noted it."""
    query = (
        select(seminars.c.module, seminars.c.ends_at, accounts.c.name_sealed.label("noter_sealed"))
        .join(seminars, seminars.c.id == seminar_places.c.seminar_id)
        .outerjoin(accounts, accounts.c.id == seminar_places.c.attended_by)
        .where(seminar_places.c.application_id == application_id, seminar_places.c.attended.is_(True))
        .order_by(seminars.c.starts_at)
    )
    return connection.execute(query).all()


def newcomers(
    connection: Connection, organisation_id: str, *, account_id: str | None = None, today: date | None = None
) -> Sequence[Record]:
    """Who was hired, with name and job; of one account, its own people; with a day, those who work here still."""
    query = (
        select(applications.c.id, people.c.name_sealed, vacancies.c.title)
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(
            vacancies.c.organisation_id == organisation_id,
            vacancies.c.purpose == "hiring",
            applications.c.stage == "hired",
        )
        .order_by(applications.c.created_at, applications.c.id)
    )
    if account_id is not None:
        query = query.where(applications.c.id.in_(own_people(account_id)))
    if today is not None:
        query = query.where(here_still(today))
    return connection.execute(query).all()


def _coming(now: datetime) -> Select[tuple[str, str, str]]:
    return (
        select(seminars.c.id, seminars.c.organisation_id, seminar_places.c.application_id)
        .join(seminar_places, seminar_places.c.seminar_id == seminars.c.id)
        .where(
            seminars.c.starts_at > stamp(now),
            seminars.c.cancelled_at.is_(None),
            seminar_places.c.given_back_at.is_(None),
        )
    )


def own_people(account_id: str) -> Select[tuple[str]]:
    """The applications of a supervisor's people."""
    return select(assignments.c.application_id).where(
        assignments.c.account_id == account_id,
        assignments.c.duty == "supervisor",
        assignments.c.ended_at.is_(None),
    )
