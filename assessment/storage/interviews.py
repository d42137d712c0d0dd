"""Interviews: one of each application, holding one slot at most; a slot is held once, which a constraint sees to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import (
    applications,
    assignments,
    interviews,
    people,
    rating_sheets,
    sittings,
    slots,
    vacancies,
)
from assessment.storage.sittings import TO_READ


def of_application(connection: Connection, application_id: str) -> Record | None:
    query = select(interviews).where(interviews.c.application_id == application_id)
    return connection.execute(query).first()


def add(connection: Connection, application_id: str, *, now: datetime) -> str:
    """Somebody is asked to pick a time."""
    id_ = new_id()
    connection.execute(
        insert(interviews).values(
            id=id_,
            application_id=application_id,
            slot_id=None,
            status="asked",
            uid=f"{id_}@carefit",
            sequence=0,
            asked_at=stamp(now),
            changed_at=stamp(now),
        )
    )
    return id_


def change(connection: Connection, id_: str, **values: object) -> None:
    """Change a row; raises IntegrityError when its slot is held by somebody else."""
    connection.execute(update(interviews).where(interviews.c.id == id_).values(**values))


def asked(connection: Connection, vacancy_id: str) -> Sequence[Record]:
    """Who was asked and holds no time, longest first."""
    query = (
        select(interviews, people.c.name_sealed, applications.c.stage)
        .join(applications, applications.c.id == interviews.c.application_id)
        .join(people, people.c.id == applications.c.person_id)
        .where(applications.c.vacancy_id == vacancy_id, interviews.c.slot_id.is_(None))
        .order_by(interviews.c.asked_at, interviews.c.id)
    )
    return connection.execute(query).all()


def not_asked(connection: Connection, vacancy_id: str, *, stages: Sequence[str]) -> Sequence[Record]:
    """Who has handed in, stands at one of these stages and was not asked to pick a time yet."""
    query = (
        select(applications.c.id, applications.c.stage, applications.c.stage_since, people.c.name_sealed)
        .join(people, people.c.id == applications.c.person_id)
        .join(sittings, sittings.c.id == TO_READ)
        .outerjoin(interviews, interviews.c.application_id == applications.c.id)
        .where(
            applications.c.vacancy_id == vacancy_id,
            applications.c.stage.in_(stages),
            sittings.c.status == "submitted",
            interviews.c.id.is_(None),
        )
        .order_by(applications.c.stage_since, applications.c.id)
    )
    return connection.execute(query).all()


def booked_between(connection: Connection, first: datetime, last: datetime) -> Sequence[Record]:
    """Booked interviews of every organisation that begin between two moments."""
    query = (
        select(
            interviews.c.application_id,
            interviews.c.sequence,
            slots.c.id.label("slot_id"),
            slots.c.starts_at,
            slots.c.ends_at,
            slots.c.time_zone,
            slots.c.account_id,
            slots.c.second_id,
            applications.c.stage,
            applications.c.no_reminders_at,
            applications.c.withdrawn_at,
            vacancies.c.organisation_id,
        )
        .join(slots, slots.c.id == interviews.c.slot_id)
        .join(applications, applications.c.id == interviews.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(
            interviews.c.status.in_(("booked", "held")),
            slots.c.starts_at >= stamp(first),
            slots.c.starts_at <= stamp(last),
        )
        .order_by(slots.c.starts_at, slots.c.id)
    )
    return connection.execute(query).all()


def raters_done(connection: Connection, application_id: str) -> set[str]:
    """Accounts that handed in their rating of somebody."""
    query = select(rating_sheets.c.account_id).where(
        rating_sheets.c.application_id == application_id, rating_sheets.c.handed_in_at.is_not(None)
    )
    return set(connection.execute(query).scalars())


def release_interviewer(
    connection: Connection, application_id: str, account_id: str, *, assigned_by: str, now: datetime
) -> bool:
    """End an assignment that a booking made, while the rating is not begun; whether there was one."""
    begun = select(rating_sheets.c.account_id).where(rating_sheets.c.application_id == application_id)
    query = update(assignments).where(
        assignments.c.application_id == application_id,
        assignments.c.account_id == account_id,
        assignments.c.duty == "interviewer",
        assignments.c.assigned_by == assigned_by,
        assignments.c.ended_at.is_(None),
        assignments.c.account_id.not_in(begun),
    )
    return bool(connection.execute(query.values(ended_at=stamp(now))).rowcount)
