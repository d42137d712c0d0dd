"""What people said to each other: notes, questions, comments, and what somebody needs to answer in comfort."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import adjustments, applications, comments, notes, people, questions, vacancies


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


def add_note(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(notes).values(id=id_, created_at=stamp(now), **values))
    return id_


def notes_of(connection: Connection, sitting_id: str) -> Sequence[Record]:
    query = select(notes).where(notes.c.sitting_id == sitting_id)
    return connection.execute(query.order_by(notes.c.created_at)).all()
