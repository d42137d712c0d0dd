"""Who was hired, with who leads them and when they left."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Select, select

from assessment.storage.here_still import here_still
from assessment.storage.record import Record
from assessment.storage.schema import accounts, applications, assignments, leavings, people, plans, vacancies


def hired(connection: Connection, organisation_id: str) -> Sequence[Record]:
    """Everybody who was hired, the newest first."""
    return connection.execute(_people(organisation_id).where(applications.c.stage == "hired")).all()


def supervised(connection: Connection, organisation_id: str, account_id: str) -> Sequence[Record]:
    """The people of one supervisor, at whatever stage."""
    mine = select(assignments.c.application_id).where(
        assignments.c.account_id == account_id, assignments.c.duty == "supervisor", assignments.c.ended_at.is_(None)
    )
    return connection.execute(_people(organisation_id).where(applications.c.id.in_(mine))).all()


def supervisors_of(connection: Connection, application_ids: Sequence[str]) -> dict[str, list[Record]]:
    """Who leads each of them now, in the order of assignment."""
    query = (
        select(assignments.c.application_id, assignments.c.account_id, accounts.c.name_sealed)
        .join(accounts, accounts.c.id == assignments.c.account_id)
        .where(
            assignments.c.application_id.in_(application_ids),
            assignments.c.duty == "supervisor",
            assignments.c.ended_at.is_(None),
        )
        .order_by(assignments.c.created_at, assignments.c.id)
    )
    found: dict[str, list[Record]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.application_id].append(row)
    return found


def without_shared_plan(connection: Connection, organisation_id: str, *, today: date) -> Sequence[Record]:
    """Those at work or about to be whose plan nobody has shared yet."""
    shared = select(plans.c.application_id).where(plans.c.shared_at.is_not(None))
    query = _people(organisation_id).where(
        applications.c.stage == "hired",
        applications.c.id.not_in(shared),
        here_still(today),
        vacancies.c.purpose == "hiring",
    )
    return connection.execute(query).all()


def _people(organisation_id: str) -> Select[tuple[object, ...]]:
    return (
        select(
            applications.c.id,
            applications.c.stage,
            applications.c.stage_since,
            applications.c.ends_on,
            people.c.name_sealed,
            vacancies.c.id.label("vacancy_id"),
            vacancies.c.role,
            vacancies.c.title,
            vacancies.c.owner_id,
            leavings.c.left_on,
        )
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .outerjoin(leavings, leavings.c.application_id == applications.c.id)
        .where(vacancies.c.organisation_id == organisation_id, vacancies.c.purpose == "hiring")
        .order_by(applications.c.stage_since.desc(), applications.c.id)
    )
