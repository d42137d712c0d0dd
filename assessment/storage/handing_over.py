"""Everything of one vacancy that is handed over, one query for each kind of thing."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from assessment.storage.record import Record
from assessment.storage.schema import (
    applications,
    assignments,
    decisions,
    interviews,
    people,
    rating_sheets,
    ratings,
    sittings,
    slots,
    stage_moves,
)
from assessment.storage.sittings import TO_READ


def people_of(connection: Connection, vacancy_id: str) -> Sequence[Record]:
    """Every application with its person and the sitting that is read, in the order of application."""
    query = (
        select(
            sittings,
            applications.c.external_id,
            applications.c.channel,
            applications.c.engagement,
            applications.c.stage,
            applications.c.stage_since,
            applications.c.created_at.label("applied_at"),
            people.c.name_sealed,
            people.c.email_sealed,
        )
        .join(people, people.c.id == applications.c.person_id)
        .join(sittings, sittings.c.id == TO_READ)
        .where(applications.c.vacancy_id == vacancy_id)
        .order_by(applications.c.created_at, applications.c.id)
    )
    return connection.execute(query).all()


def moves_of(connection: Connection, vacancy_id: str) -> Sequence[Record]:
    query = (
        select(stage_moves)
        .join(applications, applications.c.id == stage_moves.c.application_id)
        .where(applications.c.vacancy_id == vacancy_id)
        .order_by(stage_moves.c.application_id, stage_moves.c.number)
    )
    return connection.execute(query).all()


def interviews_of(connection: Connection, vacancy_id: str) -> Sequence[Record]:
    query = (
        select(interviews.c.application_id, interviews.c.status, slots.c.starts_at, slots.c.ends_at, slots.c.time_zone)
        .join(applications, applications.c.id == interviews.c.application_id)
        .outerjoin(slots, slots.c.id == interviews.c.slot_id)
        .where(applications.c.vacancy_id == vacancy_id)
    )
    return connection.execute(query).all()


def ratings_of(connection: Connection, vacancy_id: str) -> Sequence[Record]:
    """Ratings of sheets that were handed in."""
    handed_in = (
        (rating_sheets.c.application_id == ratings.c.application_id)
        & (rating_sheets.c.account_id == ratings.c.account_id)
        & rating_sheets.c.handed_in_at.is_not(None)
    )
    query = (
        select(
            ratings.c.application_id,
            ratings.c.account_id,
            ratings.c.question,
            ratings.c.rating,
            ratings.c.first_rating,
            rating_sheets.c.handed_in_at,
        )
        .join(rating_sheets, handed_in)
        .join(applications, applications.c.id == ratings.c.application_id)
        .where(applications.c.vacancy_id == vacancy_id)
        .order_by(ratings.c.application_id, rating_sheets.c.handed_in_at, ratings.c.account_id, ratings.c.question)
    )
    return connection.execute(query).all()


def still_rating(connection: Connection, vacancy_id: str) -> set[str]:
    """Applications that one of their interviewers has not handed in for."""
    done = (
        select(rating_sheets.c.account_id)
        .where(
            rating_sheets.c.application_id == assignments.c.application_id,
            rating_sheets.c.account_id == assignments.c.account_id,
            rating_sheets.c.handed_in_at.is_not(None),
        )
        .correlate(assignments)
        .exists()
    )
    query = (
        select(assignments.c.application_id)
        .join(applications, applications.c.id == assignments.c.application_id)
        .where(
            applications.c.vacancy_id == vacancy_id,
            assignments.c.duty == "interviewer",
            assignments.c.ended_at.is_(None),
            ~done,
        )
    )
    return set(connection.execute(query).scalars())


def decisions_of(connection: Connection, vacancy_id: str) -> Sequence[Record]:
    """Those that were taken back too, oldest first."""
    query = (
        select(decisions)
        .join(applications, applications.c.id == decisions.c.application_id)
        .where(applications.c.vacancy_id == vacancy_id)
        .order_by(decisions.c.application_id, decisions.c.created_at, decisions.c.id)
    )
    return connection.execute(query).all()
