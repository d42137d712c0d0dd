"""Times that interviewers offer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, or_, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import accounts, applications, interviews, organisations, people, slots, vacancies

_first, _second = accounts.alias("first"), accounts.alias("second")


def _with_names() -> Select[Any]:
    """A slot with the names of its interviewers, its opening, and who holds it."""
    return (
        select(
            slots,
            vacancies.c.organisation_id,
            vacancies.c.title,
            vacancies.c.role,
            _first.c.name_sealed.label("first_name"),
            _first.c.email_sealed.label("first_email"),
            _first.c.disabled_at.label("first_disabled"),
            _second.c.name_sealed.label("second_name"),
            _second.c.email_sealed.label("second_email"),
            _second.c.disabled_at.label("second_disabled"),
            interviews.c.application_id,
            interviews.c.status,
        )
        .join(vacancies, vacancies.c.id == slots.c.vacancy_id)
        .join(_first, _first.c.id == slots.c.account_id)
        .outerjoin(_second, _second.c.id == slots.c.second_id)
        .outerjoin(interviews, interviews.c.slot_id == slots.c.id)
    )


def hold(connection: Connection, organisation_id: str) -> None:
    """Hold every time of an organisation against other writers until the transaction ends; SQLite's queue already."""
    if connection.dialect.name == "postgresql":
        query = select(organisations.c.id).where(organisations.c.id == organisation_id)
        connection.execute(query.with_for_update(key_share=True)).first()


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(slots).values(id=id_, created_at=stamp(now), **values))
    return id_


def one(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    query = _with_names().where(slots.c.id == id_, vacancies.c.organisation_id == organisation_id)
    return connection.execute(query).first()


def of_vacancy(
    connection: Connection, vacancy_id: str, *, organisation_id: str, account_id: str | None = None
) -> Sequence[Record]:
    """Every time that stands, or those of one account, with the name of who holds it; earliest first."""
    query = (
        _with_names()
        .add_columns(people.c.name_sealed)
        .outerjoin(applications, applications.c.id == interviews.c.application_id)
        .outerjoin(people, people.c.id == applications.c.person_id)
        .where(
            slots.c.vacancy_id == vacancy_id,
            vacancies.c.organisation_id == organisation_id,
            slots.c.taken_back_at.is_(None),
        )
        .order_by(slots.c.starts_at, slots.c.id)
    )
    if account_id is not None:
        query = query.where(or_(slots.c.account_id == account_id, slots.c.second_id == account_id))
    return connection.execute(query).all()


def free(connection: Connection, vacancy_id: str, *, after: datetime) -> Sequence[Record]:
    """Times of an opening that nobody holds, that have not begun and whose interviewers still work here."""
    query = (
        _with_names()
        .where(
            slots.c.vacancy_id == vacancy_id,
            slots.c.taken_back_at.is_(None),
            slots.c.starts_at > stamp(after),
            interviews.c.id.is_(None),
            _first.c.disabled_at.is_(None),
            _second.c.disabled_at.is_(None),
        )
        .order_by(slots.c.starts_at, slots.c.id)
    )
    return connection.execute(query).all()


def standing_of(connection: Connection, account_ids: Sequence[str], *, since: datetime) -> Sequence[Record]:
    """Times of some accounts, for any opening, that end after `since` and were not taken back."""
    query = select(slots).where(
        or_(slots.c.account_id.in_(account_ids), slots.c.second_id.in_(account_ids)),
        slots.c.taken_back_at.is_(None),
        slots.c.ends_at > stamp(since),
    )
    return connection.execute(query.order_by(slots.c.starts_at)).all()


def take_back(connection: Connection, id_: str, *, now: datetime) -> None:
    connection.execute(update(slots).where(slots.c.id == id_).values(taken_back_at=stamp(now)))


def openings_of(connection: Connection, account_id: str, *, organisation_id: str) -> Sequence[Record]:
    """Openings for which an account has offered times or was named for them."""
    query = (
        select(vacancies.c.id, vacancies.c.title, vacancies.c.site)
        .join(slots, slots.c.vacancy_id == vacancies.c.id)
        .where(
            vacancies.c.organisation_id == organisation_id,
            or_(slots.c.account_id == account_id, slots.c.second_id == account_id),
        )
        .distinct()
        .order_by(vacancies.c.title, vacancies.c.id)
    )
    return connection.execute(query).all()
