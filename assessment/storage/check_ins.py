"""The check-ins of the first 90 days, one row for each day and side, and what was done about early warnings."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, Select, delete, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import (
    applications,
    check_ins,
    leavings,
    organisations,
    people,
    sittings,
    vacancies,
    warning_steps,
)
from assessment.storage.sittings import TO_READ


def add(connection: Connection, application_id: str, day: int, side: str, *, due_on: date) -> None:
    values = {"application_id": application_id, "day": day, "side": side, "due_on": due_on.isoformat()}
    connection.execute(insert(check_ins).values(id=new_id(), wants_talk=False, **values))


def change(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(check_ins).where(check_ins.c.id == id_).values(**values))


def mark(connection: Connection, id_: str, column: str, *, now: datetime) -> bool:
    """Note that somebody was asked or reminded; False where that was noted before, or there is an answer."""
    mine = (check_ins.c.id == id_) & check_ins.c[column].is_(None) & check_ins.c.answered_at.is_(None)
    return bool(connection.execute(update(check_ins).where(mine).values({column: stamp(now)})).rowcount)


def hold(connection: Connection, application_id: str) -> None:
    """Keep other writers from the check-ins of somebody until the transaction ends."""
    query = select(applications.c.id).where(applications.c.id == application_id)
    connection.execute(query.with_for_update(key_share=True)).first()


def of_application(connection: Connection, application_id: str) -> Sequence[Record]:
    """By day, the newcomer's side after the manager's."""
    query = select(check_ins).where(check_ins.c.application_id == application_id)
    return connection.execute(query.order_by(check_ins.c.day, check_ins.c.side)).all()


def whole_of(connection: Connection, application_id: str) -> Sequence[Record]:
    """The same with whose they are."""
    query = _whole().where(check_ins.c.application_id == application_id)
    return connection.execute(query.order_by(check_ins.c.day, check_ins.c.side)).all()


def one(connection: Connection, id_: str) -> Record | None:
    """A check-in with whose it is, in whatever house."""
    return connection.execute(_whole().where(check_ins.c.id == id_)).first()


def open_between(connection: Connection, first: date, last: date) -> Sequence[Record]:
    """What has no answer and was due on these days, of all houses, of people who were hired."""
    query = _whole().where(
        check_ins.c.answered_at.is_(None),
        check_ins.c.due_on >= first.isoformat(),
        check_ins.c.due_on <= last.isoformat(),
        applications.c.stage == "hired",
    )
    return connection.execute(query.order_by(check_ins.c.due_on, check_ins.c.id)).all()


def of_organisation(connection: Connection, organisation_id: str, *, since: date) -> Sequence[Record]:
    """Every check-in of people who were hired and have one due since that day, by person and day."""
    return _of_those(connection, _recent(since).where(vacancies.c.organisation_id == organisation_id))


def stirred(connection: Connection, *, since: datetime, due_since: date) -> Sequence[Record]:
    """Every check-in of people of all houses of whom something was answered, or asked, since then."""
    lately = (check_ins.c.answered_at >= stamp(since)) | (check_ins.c.asked_at >= stamp(since))
    return _of_those(connection, _recent(due_since).where(lately))


def add_step(
    connection: Connection,
    application_id: str,
    kind: str,
    day: int,
    *,
    note_sealed: bytes | None,
    account_id: str,
    now: datetime,
) -> None:
    values = {"application_id": application_id, "kind": kind, "day": day, "note_sealed": note_sealed}
    connection.execute(
        insert(warning_steps).values(id=new_id(), settled_by=account_id, settled_at=stamp(now), **values)
    )


def remove_step(connection: Connection, application_id: str, kind: str, day: int) -> bool:
    mine = (
        (warning_steps.c.application_id == application_id)
        & (warning_steps.c.kind == kind)
        & (warning_steps.c.day == day)
    )
    return bool(connection.execute(delete(warning_steps).where(mine)).rowcount)


def steps_of(connection: Connection, application_ids: Collection[str]) -> Sequence[Record]:
    """What was done about the warnings of these people, oldest first."""
    if not application_ids:
        return ()
    query = select(warning_steps).where(warning_steps.c.application_id.in_(application_ids))
    return connection.execute(query.order_by(warning_steps.c.settled_at, warning_steps.c.id)).all()


def _recent(since: date) -> Select[tuple[str]]:
    return (
        select(check_ins.c.application_id)
        .join(applications, applications.c.id == check_ins.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(check_ins.c.due_on >= since.isoformat(), applications.c.stage == "hired")
    )


def _of_those(connection: Connection, application_ids: Select[tuple[str]]) -> Sequence[Record]:
    query = _whole().where(check_ins.c.application_id.in_(application_ids))
    return connection.execute(query.order_by(check_ins.c.application_id, check_ins.c.day, check_ins.c.side)).all()


def _whole() -> Select[tuple[object, ...]]:
    return (
        select(
            check_ins,
            applications.c.stage,
            applications.c.withdrawn_at,
            applications.c.no_reminders_at,
            applications.c.ends_on,
            vacancies.c.organisation_id,
            vacancies.c.owner_id,
            vacancies.c.role,
            vacancies.c.title,
            people.c.name_sealed,
            sittings.c.language,
            organisations.c.time_zone,
            leavings.c.left_on,
        )
        .join(applications, applications.c.id == check_ins.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .join(people, people.c.id == applications.c.person_id)
        .join(organisations, organisations.c.id == vacancies.c.organisation_id)
        .join(sittings, sittings.c.id == TO_READ)
        .outerjoin(leavings, leavings.c.application_id == applications.c.id)
        .where(vacancies.c.purpose == "hiring")
    )
