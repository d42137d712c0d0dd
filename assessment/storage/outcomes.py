"""What came of each hire: sheets of whoever leads the person, leavings, and what was counted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import (
    accounts,
    applications,
    assignments,
    events,
    feedback_counts,
    leavings,
    outcome_sheets,
    people,
    plans,
    vacancies,
)


def hold(connection: Connection, application_id: str) -> None:
    """Hold an application against other writers until the transaction ends."""
    connection.execute(select(applications.c.id).where(applications.c.id == application_id).with_for_update()).first()


def hires(connection: Connection, organisation_id: str) -> Sequence[Record]:
    """Everybody who was hired, whoever is here still and whoever is not, in the order of application."""
    query = _hired().where(vacancies.c.organisation_id == organisation_id)
    return connection.execute(query.order_by(applications.c.created_at, applications.c.id)).all()


def hire(connection: Connection, application_id: str) -> Record | None:
    return connection.execute(_hired().where(applications.c.id == application_id)).first()


def hired_since(connection: Connection, moment: datetime) -> Sequence[Record]:
    """Of every organisation, those hired after a moment."""
    query = _hired().where(applications.c.stage_since >= stamp(moment))
    return connection.execute(query.order_by(applications.c.stage_since, applications.c.id)).all()


def sheet(connection: Connection, application_id: str, account_id: str) -> Record | None:
    return connection.execute(select(outcome_sheets).where(_own(application_id, account_id))).first()


def sheets_of(connection: Connection, application_ids: Sequence[str]) -> Sequence[Record]:
    """Every sheet of these, with the rater's name, in the order in which they were handed in."""
    query = (
        select(outcome_sheets, accounts.c.name_sealed)
        .join(accounts, accounts.c.id == outcome_sheets.c.account_id)
        .where(outcome_sheets.c.application_id.in_(application_ids))
        .order_by(outcome_sheets.c.handed_in_at, outcome_sheets.c.account_id)
    )
    return connection.execute(query).all()


def put_sheet(connection: Connection, application_id: str, account_id: str, **values: object) -> None:
    """Write a sheet, new or over the one there is; the application is held."""
    changed = connection.execute(update(outcome_sheets).where(_own(application_id, account_id)).values(**values))
    if not changed.rowcount:
        row = {"application_id": application_id, "account_id": account_id, **values}
        connection.execute(insert(outcome_sheets).values(**row))


def rated_on_the_form(
    connection: Connection, application_ids: Sequence[str], *, organisation_id: str
) -> set[tuple[str, str]]:
    """Application and account of each sheet that was rated by hand, rather than by a file alone."""
    query = select(events.c.subject, events.c.actor).where(
        events.c.organisation_id == organisation_id,
        events.c.kind == "outcome_rated",
        events.c.subject.in_(application_ids),
    )
    return {(row.subject, row.actor) for row in connection.execute(query.distinct())}


def raters_of(connection: Connection, application_ids: Sequence[str]) -> dict[str, list[str]]:
    """Supervisors of each, whose accounts are open, in the order in which they were assigned."""
    query = (
        select(assignments.c.application_id, assignments.c.account_id)
        .join(accounts, accounts.c.id == assignments.c.account_id)
        .where(
            assignments.c.application_id.in_(application_ids),
            assignments.c.duty == "supervisor",
            assignments.c.ended_at.is_(None),
            accounts.c.disabled_at.is_(None),
        )
        .order_by(assignments.c.created_at, assignments.c.id)
    )
    found: dict[str, list[str]] = {id_: [] for id_ in application_ids}
    for row in connection.execute(query):
        found[row.application_id].append(row.account_id)
    return found


def leaving(connection: Connection, application_id: str) -> Record | None:
    return connection.execute(select(leavings).where(leavings.c.application_id == application_id)).first()


def put_leaving(connection: Connection, application_id: str, **values: object) -> None:
    take_leaving_back(connection, application_id)
    connection.execute(insert(leavings).values(application_id=application_id, **values))


def take_leaving_back(connection: Connection, application_id: str) -> bool:
    query = delete(leavings).where(leavings.c.application_id == application_id)
    return bool(connection.execute(query).rowcount)


def add_count(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(feedback_counts).values(id=id_, created_at=stamp(now), **values))
    return id_


def one_count(connection: Connection, id_: str) -> Record | None:
    return connection.execute(select(feedback_counts).where(feedback_counts.c.id == id_)).first()


def remove_count(connection: Connection, id_: str, *, now: datetime) -> None:
    query = update(feedback_counts).where(feedback_counts.c.id == id_)
    connection.execute(query.values(removed_at=stamp(now), note_sealed=None))


def counts_of(connection: Connection, application_ids: Sequence[str]) -> Sequence[Record]:
    """What was counted and stands, the newest day first; `times` is how many, since a row has a `count` of its own."""
    query = (
        select(feedback_counts, feedback_counts.c.count.label("times"))
        .where(feedback_counts.c.application_id.in_(application_ids), feedback_counts.c.removed_at.is_(None))
        .order_by(feedback_counts.c.on_day.desc(), feedback_counts.c.created_at.desc(), feedback_counts.c.id)
    )
    return connection.execute(query).all()


def _hired() -> Select[tuple[object, ...]]:
    """With the first day of the newest plan, where there is one, and what is known of the leaving."""
    newest = (
        select(plans.c.application_id, func.max(plans.c.number).label("number"))
        .group_by(plans.c.application_id)
        .subquery()
    )
    return (
        select(
            applications.c.id,
            applications.c.person_id,
            applications.c.vacancy_id,
            applications.c.external_id,
            applications.c.engagement,
            applications.c.ends_on,
            applications.c.stage,
            applications.c.stage_since,
            applications.c.withdrawn_at,
            people.c.name_sealed,
            people.c.email_hash,
            vacancies.c.organisation_id,
            vacancies.c.owner_id,
            vacancies.c.role,
            vacancies.c.title,
            plans.c.starts_on,
            leavings.c.left_on,
            leavings.c.reason,
        )
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .outerjoin(newest, newest.c.application_id == applications.c.id)
        .outerjoin(plans, (plans.c.application_id == newest.c.application_id) & (plans.c.number == newest.c.number))
        .outerjoin(leavings, leavings.c.application_id == applications.c.id)
        .where(applications.c.stage == "hired", vacancies.c.purpose == "hiring")
    )


def _own(application_id: str, account_id: str) -> ColumnElement[bool]:
    return (outcome_sheets.c.application_id == application_id) & (outcome_sheets.c.account_id == account_id)
