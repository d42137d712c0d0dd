"""Vacancies and how many people are where in each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import applications, sittings, vacancies
from assessment.storage.sittings import TO_READ

_HIRING = vacancies.c.purpose == "hiring"


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(vacancies).values(id=id_, created_at=stamp(now), **values))
    return id_


def change(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(vacancies).where(vacancies.c.id == id_).values(**values))


def one(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    """An opening; a group that grows together is none."""
    query = select(vacancies).where(vacancies.c.id == id_, vacancies.c.organisation_id == organisation_id, _HIRING)
    return connection.execute(query).first()


def of_organisation(connection: Connection, organisation_id: str) -> Sequence[Record]:
    query = select(vacancies).where(vacancies.c.organisation_id == organisation_id, _HIRING)
    return connection.execute(query.order_by(vacancies.c.closed_at.is_not(None), vacancies.c.created_at.desc())).all()


def counts(connection: Connection, vacancy_ids: Sequence[str], *, now: datetime) -> dict[str, Record]:
    """Per vacancy: invited, started, finished, expired, withdrawn."""
    gone = (sittings.c.status == "open") & (sittings.c.expires_at < stamp(now))

    def tally(condition: Any) -> Any:
        return func.sum(case((condition, 1), else_=0))

    query = (
        select(
            applications.c.vacancy_id,
            func.count().label("invited"),
            tally(sittings.c.started_at.is_not(None)).label("started"),
            tally(sittings.c.status == "submitted").label("finished"),
            tally(gone | (sittings.c.status == "expired")).label("expired"),
            tally(sittings.c.status == "withdrawn").label("withdrawn"),
        )
        .select_from(applications)
        .join(sittings, sittings.c.id == TO_READ)
        .where(applications.c.vacancy_id.in_(vacancy_ids))
        .group_by(applications.c.vacancy_id)
    )
    return {row.vacancy_id: row for row in connection.execute(query)}


def organisation_of(connection: Connection, id_: str) -> str | None:
    """The organisation a vacancy belongs to, for commands that name only the vacancy."""
    return connection.execute(select(vacancies.c.organisation_id).where(vacancies.c.id == id_, _HIRING)).scalar()


def read_by(connection: Connection, vacancy_id: str) -> Sequence[Record]:
    """Under which norms, calibrations and profiles the sittings that were handed in are read."""
    query = (
        select(sittings.c.norms_id, sittings.c.calibration_id, sittings.c.profile_id)
        .join(applications, applications.c.id == sittings.c.application_id)
        .where(applications.c.vacancy_id == vacancy_id, sittings.c.status == "submitted")
        .distinct()
    )
    return connection.execute(query).all()
