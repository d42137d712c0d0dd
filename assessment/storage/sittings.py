"""One administration of a questionnaire to one person, with the application it belongs to."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import adjustments, applications, fact_answers, people, sittings, vacancies

_WHOLE = (
    select(
        sittings,
        applications.c.vacancy_id,
        applications.c.person_id,
        applications.c.withdrawn_at,
        applications.c.stage,
        vacancies.c.organisation_id,
        vacancies.c.role,
        vacancies.c.title,
        vacancies.c.site,
        vacancies.c.hours,
        vacancies.c.pay,
        people.c.name_sealed,
        people.c.email_hash,
    )
    .join(applications, applications.c.id == sittings.c.application_id)
    .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
    .join(people, people.c.id == applications.c.person_id)
)


# Of an application, the sitting that is read: the newest handed in, or the newest while none is. What somebody
# answered for their own growth is never read by others.
_of_one = sittings.alias("of_one")
TO_READ = (
    select(_of_one.c.id)
    .where(_of_one.c.application_id == applications.c.id, _of_one.c.purpose == "hiring")
    .order_by((_of_one.c.status == "submitted").desc(), _of_one.c.created_at.desc(), _of_one.c.id)
    .limit(1)
    .correlate(applications)
    .scalar_subquery()
)


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(sittings).values(id=id_, created_at=stamp(now), **values))
    return id_


def sitting(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    """The sitting with its application, vacancy and person, when it belongs to the organisation."""
    return connection.execute(
        _WHOLE.where(sittings.c.id == id_, vacancies.c.organisation_id == organisation_id)
    ).first()


def by_id(connection: Connection, id_: str) -> Record | None:
    """For the scorer, which works inside a verb that has checked whose sitting it is."""
    return connection.execute(select(sittings).where(sittings.c.id == id_)).first()


def locked(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    """The same, held against other writers until the transaction ends; new rows that point to it do not wait."""
    held = select(sittings.c.id).where(sittings.c.id == id_)
    connection.execute(held.with_for_update(key_share=True)).first()
    return sitting(connection, id_, organisation_id=organisation_id)


def newest_of(connection: Connection, application_id: str, *, organisation_id: str) -> Record | None:
    query = _WHOLE.where(
        sittings.c.application_id == application_id,
        vacancies.c.organisation_id == organisation_id,
        sittings.c.purpose == "hiring",
    )
    return connection.execute(query.order_by(sittings.c.created_at.desc()).limit(1)).first()


def to_read(connection: Connection, application_id: str, *, organisation_id: str) -> Record | None:
    """The one that is read: somebody who was invited to answer again is read as before until they have done so."""
    query = _WHOLE.where(applications.c.id == application_id, vacancies.c.organisation_id == organisation_id)
    return connection.execute(query.where(sittings.c.id == TO_READ)).first()


def finished_by(connection: Connection, row: Record, *, since: datetime) -> Record | None:
    """The newest sitting that the same person finished for another application: by id, or by the same e-mail."""
    same = people.c.id == row.person_id
    if row.email_hash:
        same = same | (people.c.email_hash == row.email_hash)
    query = _WHOLE.where(
        same,
        vacancies.c.organisation_id == row.organisation_id,
        sittings.c.application_id != row.application_id,
        sittings.c.status == "submitted",
        sittings.c.purpose == "hiring",
        sittings.c.finished_at >= stamp(since),
    )
    return connection.execute(query.order_by(sittings.c.finished_at.desc()).limit(1)).first()


def handed_in_before(connection: Connection, application_id: str, *, than: str) -> str | None:
    """When the newest other sheet of the application for the same purpose was handed in, if there is one."""
    purpose = select(_of_one.c.purpose).where(_of_one.c.id == than).scalar_subquery()
    query = select(func.max(sittings.c.finished_at)).where(
        sittings.c.application_id == application_id,
        sittings.c.status == "submitted",
        sittings.c.id != than,
        sittings.c.purpose == purpose,
    )
    found: str | None = connection.execute(query).scalar_one()
    return found


def change(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(sittings).where(sittings.c.id == id_).values(**values))


def change_application(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(applications).where(applications.c.id == id_).values(**values))


def fact_answers_of(connection: Connection, sitting_id: str) -> dict[str, str]:
    query = select(fact_answers.c.fact, fact_answers.c.answer).where(fact_answers.c.sitting_id == sitting_id)
    return {row.fact: row.answer for row in connection.execute(query)}


def put_fact_answer(connection: Connection, sitting_id: str, fact: str, answer: str, *, now: datetime) -> None:
    key = (fact_answers.c.sitting_id == sitting_id) & (fact_answers.c.fact == fact)
    changed = connection.execute(update(fact_answers).where(key).values(answer=answer, saved_at=stamp(now)))
    if not changed.rowcount:
        values = {"sitting_id": sitting_id, "fact": fact, "answer": answer, "saved_at": stamp(now)}
        connection.execute(fact_answers.insert().values(**values))


def adjustments_asked(connection: Connection, application_id: str) -> int:
    query = select(func.count()).where(adjustments.c.application_id == application_id)
    return int(connection.execute(query).scalar_one())


def adjustments_settled(connection: Connection, application_id: str) -> int:
    query = select(func.count(adjustments.c.settled_at)).where(adjustments.c.application_id == application_id)
    return int(connection.execute(query).scalar_one())
