"""Stages of applications and every move between them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import applications, people, stage_moves, vacancies


def current(connection: Connection, application_id: str, *, organisation_id: str) -> Record | None:
    """Where an application stands, held against other writers until the transaction ends.

    New rows that point to it do not wait, so that telling somebody something never waits for what they do themselves.
    """
    held = select(applications.c.id).where(applications.c.id == application_id)
    connection.execute(held.with_for_update(key_share=True)).first()
    query = (
        select(
            applications.c.id,
            applications.c.stage,
            applications.c.stage_since,
            applications.c.vacancy_id,
            vacancies.c.role,
        )
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(applications.c.id == application_id, vacancies.c.organisation_id == organisation_id)
    )
    return connection.execute(query).first()


def move(
    connection: Connection,
    application_id: str,
    *,
    from_stage: str | None,
    to_stage: str,
    actor: str,
    because_sealed: bytes | None,
    undoes: str | None,
    now: datetime,
) -> str:
    id_ = new_id()
    last = select(func.max(stage_moves.c.number)).where(stage_moves.c.application_id == application_id)
    connection.execute(
        update(applications).where(applications.c.id == application_id).values(stage=to_stage, stage_since=stamp(now))
    )
    connection.execute(
        insert(stage_moves).values(
            id=id_,
            application_id=application_id,
            number=int(connection.execute(last).scalar() or 0) + 1,
            from_stage=from_stage,
            to_stage=to_stage,
            actor=actor,
            because_sealed=because_sealed,
            undoes=undoes,
            at=stamp(now),
        )
    )
    return id_


def stands_since(connection: Connection, application_id: str, at: str) -> None:
    connection.execute(update(applications).where(applications.c.id == application_id).values(stage_since=at))


def moves_of(connection: Connection, application_id: str) -> Sequence[Record]:
    """Every move of an application, oldest first."""
    query = select(stage_moves).where(stage_moves.c.application_id == application_id)
    return connection.execute(query.order_by(stage_moves.c.number)).all()


def one_move(connection: Connection, id_: str) -> Record | None:
    return connection.execute(select(stage_moves).where(stage_moves.c.id == id_)).first()


def moves_of_organisation(
    connection: Connection, organisation_id: str, *, vacancy_id: str | None = None
) -> Sequence[Record]:
    """Every move with its opening, oldest first: what the ledger counts."""
    query = (
        select(stage_moves, applications.c.vacancy_id, vacancies.c.title, people.c.name_sealed)
        .join(applications, applications.c.id == stage_moves.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .join(people, people.c.id == applications.c.person_id)
        .where(vacancies.c.organisation_id == organisation_id)
        .order_by(stage_moves.c.at, stage_moves.c.application_id, stage_moves.c.number)
    )
    if vacancy_id is not None:
        query = query.where(applications.c.vacancy_id == vacancy_id)
    return connection.execute(query).all()


def board(connection: Connection, vacancy_id: str) -> Sequence[Record]:
    """Every application of an opening with its stage, longest there first."""
    query = (
        select(
            applications.c.id,
            applications.c.stage,
            applications.c.stage_since,
            applications.c.created_at,
            people.c.name_sealed,
        )
        .join(people, people.c.id == applications.c.person_id)
        .where(applications.c.vacancy_id == vacancy_id)
        .order_by(applications.c.stage_since, applications.c.id)
    )
    return connection.execute(query).all()
