"""What candidates wrote and somebody has to see to: questions, notes beside a result, wishes for another way."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Connection,
    LargeBinary,
    Select,
    String,
    Subquery,
    Table,
    literal,
    null,
    select,
    type_coerce,
    union_all,
    update,
)

from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.schema import (
    accounts,
    adjustments,
    applications,
    events,
    notes,
    people,
    questions,
    sittings,
    vacancies,
)

TABLES: dict[str, Table] = {"question": questions, "note": notes, "adjustment": adjustments}


def _one_list() -> Subquery:
    """The three kinds under the same names; a wish for another way is settled, never answered in words."""
    no_id, no_words = type_coerce(null(), String), type_coerce(null(), LargeBinary)
    asked = select(
        literal("question").label("kind"),
        questions.c.id,
        questions.c.application_id,
        no_id.label("facet"),
        questions.c.text_sealed,
        questions.c.created_at,
        questions.c.answer_sealed,
        questions.c.answered_by,
        questions.c.answered_at,
        questions.c.assigned_to,
    )
    noted = select(
        literal("note"),
        notes.c.id,
        sittings.c.application_id,
        notes.c.facet,
        notes.c.text_sealed,
        notes.c.created_at,
        notes.c.answer_sealed,
        notes.c.answered_by,
        notes.c.answered_at,
        notes.c.assigned_to,
    ).join(sittings, sittings.c.id == notes.c.sitting_id)
    wished = select(
        literal("adjustment"),
        adjustments.c.id,
        adjustments.c.application_id,
        no_id,
        adjustments.c.asked_sealed,
        adjustments.c.created_at,
        no_words,
        no_id,
        adjustments.c.settled_at,
        no_id,
    )
    return union_all(asked, noted, wished).subquery("inquiries")


_INQUIRIES = _one_list()
_LANGUAGE = (  # the one the person reads in now
    select(sittings.c.language)
    .where(sittings.c.application_id == applications.c.id)
    .order_by(sittings.c.created_at.desc())
    .limit(1)
    .correlate(applications)
    .scalar_subquery()
    .label("language")
)


def _with_person(organisation_id: str) -> Select[tuple[object, ...]]:
    return (
        select(
            _INQUIRIES,
            people.c.name_sealed,
            _LANGUAGE,
            vacancies.c.id.label("vacancy_id"),
            vacancies.c.title,
            vacancies.c.role,
            vacancies.c.hours,
            vacancies.c.pay,
            vacancies.c.owner_id,
            applications.c.stage,
        )
        .join(applications, applications.c.id == _INQUIRIES.c.application_id)
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(vacancies.c.organisation_id == organisation_id)
    )


def open_ones(connection: Connection, organisation_id: str) -> Sequence[Record]:
    """What nobody has answered yet, oldest first."""
    query = _with_person(organisation_id).where(_INQUIRIES.c.answered_at.is_(None))
    return connection.execute(query.order_by(_INQUIRIES.c.created_at, _INQUIRIES.c.id)).all()


def answered_ones(connection: Connection, organisation_id: str, *, most: int) -> Sequence[Record]:
    """The last ones answered, newest first."""
    query = _with_person(organisation_id).where(_INQUIRIES.c.answered_at.is_not(None))
    return connection.execute(query.order_by(_INQUIRIES.c.answered_at.desc(), _INQUIRIES.c.id).limit(most)).all()


def asked_since(connection: Connection, organisation_id: str, *, since: datetime) -> Sequence[Record]:
    """When each question and note came and when it was first answered."""
    query = (
        select(_INQUIRIES.c.kind, _INQUIRIES.c.created_at, _INQUIRIES.c.answered_at)
        .join(applications, applications.c.id == _INQUIRIES.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(
            vacancies.c.organisation_id == organisation_id,
            _INQUIRIES.c.kind != "adjustment",
            _INQUIRIES.c.created_at >= stamp(since),
        )
        .order_by(_INQUIRIES.c.created_at)
    )
    return connection.execute(query).all()


def one(connection: Connection, kind: str, id_: str, *, organisation_id: str) -> Record | None:
    query = _with_person(organisation_id).where(_INQUIRIES.c.kind == kind, _INQUIRIES.c.id == id_)
    return connection.execute(query).first()


def change(connection: Connection, kind: str, id_: str, **values: object) -> None:
    table = TABLES[kind]
    connection.execute(update(table).where(table.c.id == id_).values(**values))


def history(connection: Connection, organisation_id: str, id_: str, kinds: Sequence[str]) -> Sequence[Record]:
    """What the log says of one inquiry, oldest first, with who did it."""
    query = (
        select(events.c.at, events.c.actor, events.c.kind, events.c.body, accounts.c.name_sealed)
        .outerjoin(accounts, accounts.c.id == events.c.actor)
        .where(events.c.organisation_id == organisation_id, events.c.subject == id_, events.c.kind.in_(kinds))
        .order_by(events.c.number)
    )
    return connection.execute(query).all()
