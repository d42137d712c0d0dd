"""People and their applications."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import (
    adjustments,
    applications,
    comments,
    events,
    notes,
    paper_entries,
    people,
    questions,
    results,
    sittings,
    vacancies,
)


def add_person(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(people).values(id=id_, created_at=stamp(now), **values))
    return id_


def by_email(connection: Connection, organisation_id: str, email_hashes: Sequence[str]) -> Sequence[Record]:
    query = select(people).where(people.c.organisation_id == organisation_id, people.c.email_hash.in_(email_hashes))
    return connection.execute(query).all()


def without_email(connection: Connection, organisation_id: str) -> Sequence[Record]:
    query = select(people).where(people.c.organisation_id == organisation_id, people.c.email_hash.is_(None))
    return connection.execute(query).all()


def add_application(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(applications).values(id=id_, created_at=stamp(now), **values))
    return id_


def change_application(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(applications).where(applications.c.id == id_).values(**values))


def application(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    """An application with its person, vacancy and newest sitting, in this organisation."""
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
            vacancies.c.role,
            vacancies.c.title,
            sittings.c.id.label("sitting_id"),
        )
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .join(sittings, sittings.c.application_id == applications.c.id)
        .where(applications.c.id == id_, vacancies.c.organisation_id == organisation_id)
        .order_by(sittings.c.created_at.desc())
    )
    return connection.execute(query).first()


def applications_of(connection: Connection, person_ids: Sequence[str]) -> Sequence[Record]:
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
        .where(applications.c.person_id.in_(person_ids))
        .order_by(applications.c.created_at.desc())
    )
    return connection.execute(query).all()


def list_of(connection: Connection, vacancy_id: str) -> Sequence[Record]:
    """Every application of a vacancy with its sitting and, where finished, its result."""
    query = (
        select(
            applications.c.id,
            applications.c.channel,
            applications.c.person_id,
            applications.c.created_at,
            people.c.name_sealed,
            sittings.c.id.label("sitting_id"),
            sittings.c.status,
            sittings.c.language,
            sittings.c.started_at,
            sittings.c.finished_at,
            sittings.c.expires_at,
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
        .join(sittings, sittings.c.application_id == applications.c.id)
        .outerjoin(results, results.c.sitting_id == sittings.c.id)
        .where(applications.c.vacancy_id == vacancy_id)
        .order_by(applications.c.created_at, applications.c.id)
    )
    return connection.execute(query).all()


def add_question(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(questions).values(id=id_, created_at=stamp(now), **values))
    return id_


def questions_of(connection: Connection, application_id: str) -> Sequence[Record]:
    query = select(questions).where(questions.c.application_id == application_id)
    return connection.execute(query.order_by(questions.c.created_at)).all()


def answer_question(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(questions).where(questions.c.id == id_).values(**values))


def add_comment(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(comments).values(id=id_, created_at=stamp(now), **values))
    return id_


def comments_of(connection: Connection, application_id: str) -> Sequence[Record]:
    query = select(comments).where(comments.c.application_id == application_id)
    return connection.execute(query.order_by(comments.c.created_at)).all()


def add_adjustment(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(adjustments).values(id=id_, created_at=stamp(now), **values))
    return id_


def settle_adjustment(connection: Connection, id_: str, *, now: datetime) -> None:
    connection.execute(update(adjustments).where(adjustments.c.id == id_).values(settled_at=stamp(now)))


def open_adjustments(connection: Connection, organisation_id: str) -> Sequence[Record]:
    query = (
        select(adjustments, people.c.name_sealed, vacancies.c.title, applications.c.vacancy_id)
        .join(applications, applications.c.id == adjustments.c.application_id)
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(vacancies.c.organisation_id == organisation_id, adjustments.c.settled_at.is_(None))
        .order_by(adjustments.c.created_at)
    )
    return connection.execute(query).all()


def open_questions(connection: Connection, organisation_id: str) -> Sequence[Record]:
    query = (
        select(questions, people.c.name_sealed, vacancies.c.title, applications.c.vacancy_id)
        .join(applications, applications.c.id == questions.c.application_id)
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(vacancies.c.organisation_id == organisation_id, questions.c.answered_at.is_(None))
        .order_by(questions.c.created_at)
    )
    return connection.execute(query).all()


def add_note(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(notes).values(id=id_, created_at=stamp(now), **values))
    return id_


def notes_of(connection: Connection, sitting_id: str) -> Sequence[Record]:
    query = select(notes).where(notes.c.sitting_id == sitting_id)
    return connection.execute(query.order_by(notes.c.created_at)).all()


def add_sitting(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(sittings).values(id=id_, created_at=stamp(now), **values))
    return id_


def sitting_status(connection: Connection, sitting_id: str) -> str:
    return str(connection.execute(select(sittings.c.status).where(sittings.c.id == sitting_id)).scalar_one())


def sitting_language(connection: Connection, sitting_id: str) -> str:
    return str(connection.execute(select(sittings.c.language).where(sittings.c.id == sitting_id)).scalar_one())


def reopen_sitting(connection: Connection, sitting_id: str, *, expires_at: str) -> None:
    query = update(sittings).where(sittings.c.id == sitting_id)
    connection.execute(query.values(status="open", expires_at=expires_at))


def paper_of(connection: Connection, sitting_id: str) -> Sequence[Record]:
    """The first and the second typing of a paper form."""
    query = select(paper_entries).where(paper_entries.c.sitting_id == sitting_id)
    return connection.execute(query.order_by(paper_entries.c.entry)).all()


def put_paper(
    connection: Connection, sitting_id: str, entry: int, *, account_id: str, answers: str, now: datetime
) -> None:
    key = (paper_entries.c.sitting_id == sitting_id) & (paper_entries.c.entry == entry)
    values = {"account_id": account_id, "answers": answers, "saved_at": stamp(now)}
    if not connection.execute(update(paper_entries).where(key).values(**values)).rowcount:
        connection.execute(insert(paper_entries).values(sitting_id=sitting_id, entry=entry, **values))


def opened_reports(connection: Connection, organisation_id: str) -> frozenset[str]:
    """Applications whose report somebody has opened."""
    query = select(events.c.subject).where(
        events.c.organisation_id == organisation_id, events.c.kind == "report_opened"
    )
    return frozenset(connection.execute(query.distinct()).scalars())
