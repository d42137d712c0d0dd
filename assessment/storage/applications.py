"""Applications: one person for one vacancy."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, exists, func, insert, select

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import (
    adjustments,
    applications,
    people,
    responses,
    results,
    sittings,
    vacancies,
)
from assessment.storage.sittings import TO_READ

_ADJUSTED = exists().where(adjustments.c.application_id == applications.c.id).correlate(applications)
_newer = sittings.alias("newer")
_AGAIN = (  # invited to answer again, and has not done so yet
    exists()
    .where(
        _newer.c.application_id == applications.c.id,
        _newer.c.status == "open",
        _newer.c.id != sittings.c.id,
        _newer.c.purpose == "hiring",
        sittings.c.status == "submitted",
    )
    .correlate(applications, sittings)
)


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(applications).values(id=id_, created_at=stamp(now), **values))
    return id_


def one(connection: Connection, id_: str, *, organisation_id: str, or_growth: bool = False) -> Record | None:
    """An application with its person, vacancy and newest sitting, in this organisation.

    or_growth : also somebody's place in a group that grows together, which nobody who hires may come across
    """
    purposes = ("hiring", "growth") if or_growth else ("hiring",)
    query = (
        select(
            applications.c.id,
            applications.c.vacancy_id,
            applications.c.person_id,
            applications.c.channel,
            applications.c.created_at,
            applications.c.withdrawn_because_sealed,
            people.c.name_sealed,
            people.c.email_sealed,
            people.c.email_hash,
            vacancies.c.organisation_id,
            vacancies.c.owner_id,
            vacancies.c.purpose,
            vacancies.c.role,
            vacancies.c.title,
            applications.c.stage,
            applications.c.stage_since,
            applications.c.no_reminders_at,
            applications.c.engagement,
            applications.c.agency_sealed,
            applications.c.ends_on,
            applications.c.external_id,
            sittings.c.id.label("sitting_id"),
            sittings.c.language,
        )
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .join(sittings, sittings.c.application_id == applications.c.id)
        .where(applications.c.id == id_, vacancies.c.organisation_id == organisation_id)
        .where(vacancies.c.purpose.in_(purposes))
        .order_by((sittings.c.purpose == "hiring").desc(), sittings.c.created_at.desc())
    )
    return connection.execute(query).first()


def of_people(connection: Connection, person_ids: Sequence[str]) -> Sequence[Record]:
    """What people applied for before, newest first."""
    query = (
        select(
            applications.c.id,
            applications.c.person_id,
            applications.c.vacancy_id,
            vacancies.c.title,
            applications.c.created_at,
            sittings.c.id.label("sitting_id"),
            sittings.c.status,
            sittings.c.finished_at,
            sittings.c.questionnaire_id,
            sittings.c.form_id,
        )
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .join(sittings, sittings.c.application_id == applications.c.id)
        .where(applications.c.person_id.in_(person_ids), sittings.c.purpose == "hiring")
        .order_by(applications.c.created_at.desc())
    )
    return connection.execute(query).all()


def of_vacancy(connection: Connection, vacancy_id: str) -> Sequence[Record]:
    """Every application of a vacancy with its sitting and, where finished, its result."""
    query = (
        select(
            applications.c.id,
            applications.c.channel,
            applications.c.person_id,
            applications.c.created_at,
            applications.c.stage,
            applications.c.stage_since,
            applications.c.engagement,
            people.c.name_sealed,
            sittings.c.id.label("sitting_id"),
            sittings.c.status,
            sittings.c.language,
            sittings.c.started_at,
            sittings.c.finished_at,
            sittings.c.expires_at,
            sittings.c.norms_id,
            sittings.c.adaptive,
            _ADJUSTED.label("adjusted"),
            _AGAIN.label("again"),
            results.c.band,
            results.c.named,
            results.c.core_fit,
            results.c.core_low,
            results.c.core_high,
            results.c.signature_fit,
            results.c.signature_low,
            results.c.signature_high,
            results.c.facet_bands,
            results.c.flags,
        )
        .join(people, people.c.id == applications.c.person_id)
        .join(sittings, sittings.c.id == TO_READ)
        .outerjoin(results, results.c.sitting_id == sittings.c.id)
        .where(applications.c.vacancy_id == vacancy_id)
        .order_by(applications.c.created_at, applications.c.id)
    )
    return connection.execute(query).all()


def number_of(connection: Connection, id_: str) -> int:
    """1 for whoever applied first for the same vacancy, and so on."""
    own = select(applications.c.vacancy_id, applications.c.created_at, applications.c.id).where(
        applications.c.id == id_
    )
    this = own.subquery()
    query = select(func.count()).select_from(applications.join(this, this.c.vacancy_id == applications.c.vacancy_id))
    before = (applications.c.created_at < this.c.created_at) | (
        (applications.c.created_at == this.c.created_at) & (applications.c.id <= this.c.id)
    )
    return int(connection.execute(query.where(before)).scalar() or 0)


def answered_so_far(connection: Connection, vacancy_id: str) -> dict[str, int]:
    """How many fields have an answer, by sitting, for those who have begun and not finished."""
    query = (
        select(responses.c.sitting_id, func.count())
        .join(sittings, sittings.c.id == responses.c.sitting_id)
        .join(applications, applications.c.id == sittings.c.application_id)
        .where(applications.c.vacancy_id == vacancy_id, sittings.c.status == "open", responses.c.value.is_not(None))
        .group_by(responses.c.sitting_id)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}
