"""Applications that stand open now, with all that says whose turn it is."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, and_, func, select

from assessment.storage.record import Record
from assessment.storage.schema import (
    applications,
    events,
    interviews,
    offers,
    people,
    rating_sheets,
    redirects,
    sittings,
    slots,
    vacancies,
)
from assessment.storage.sittings import TO_READ


def open_applications(connection: Connection, organisation_id: str, stages: Sequence[str]) -> Sequence[Record]:
    """Those at one of the stages, in openings that are open, longest there first."""
    read = (
        select(func.max(events.c.at))
        .where(
            events.c.organisation_id == organisation_id,
            events.c.kind == "report_opened",
            events.c.subject == applications.c.id,
        )
        .correlate(applications)
        .scalar_subquery()
    )
    handed_in = (
        select(func.count(rating_sheets.c.handed_in_at))
        .where(rating_sheets.c.application_id == applications.c.id)
        .correlate(applications)
        .scalar_subquery()
    )
    offer = _newest_of(offers)
    redirect = _newest_of(redirects)
    query = (
        select(
            applications.c.id,
            applications.c.stage,
            applications.c.stage_since,
            applications.c.created_at,
            people.c.name_sealed,
            vacancies.c.id.label("vacancy_id"),
            vacancies.c.title,
            vacancies.c.role,
            vacancies.c.owner_id,
            sittings.c.started_at,
            sittings.c.finished_at,
            sittings.c.expires_at,
            read.label("read_at"),
            interviews.c.status.label("interview"),
            interviews.c.asked_at,
            slots.c.ends_at,
            handed_in.label("handed_in"),
            offers.c.answer.label("offer_answer"),
            offers.c.answer_by.label("offer_by"),
            offers.c.created_at.label("offered_at"),
            offers.c.answered_at.label("offer_answered_at"),
            redirects.c.answer_by.label("redirect_by"),
            redirects.c.created_at.label("redirected_at"),
        )
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .join(sittings, sittings.c.id == TO_READ)
        .outerjoin(interviews, interviews.c.application_id == applications.c.id)
        .outerjoin(slots, slots.c.id == interviews.c.slot_id)
        .outerjoin(offers, offers.c.id == offer)
        .outerjoin(redirects, and_(redirects.c.id == redirect, redirects.c.answered_at.is_(None)))
        .where(
            vacancies.c.organisation_id == organisation_id,
            vacancies.c.closed_at.is_(None),
            applications.c.stage.in_(stages),
        )
        .order_by(applications.c.stage_since, applications.c.id)
    )
    return connection.execute(query).all()


def _newest_of(table: Table) -> Any:
    newest = table.alias()
    return (
        select(newest.c.id)
        .where(newest.c.application_id == applications.c.id)
        .order_by(newest.c.created_at.desc(), newest.c.id)
        .limit(1)
        .correlate(applications)
        .scalar_subquery()
    )
