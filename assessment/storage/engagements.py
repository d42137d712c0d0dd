"""How somebody is engaged: employed, from an agency, or for a time."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select, update

from assessment.storage.record import Record
from assessment.storage.schema import applications, offers, people, vacancies


def change(connection: Connection, application_id: str, **values: object) -> None:
    connection.execute(update(applications).where(applications.c.id == application_id).values(**values))


def ending(connection: Connection, organisation_id: str, *, until: date) -> Sequence[Record]:
    """People who work here and whose time ends by that day, the first to go first."""
    query = (
        select(
            applications.c.id,
            applications.c.engagement,
            applications.c.ends_on,
            people.c.name_sealed,
            vacancies.c.title,
            vacancies.c.owner_id,
        )
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(
            vacancies.c.organisation_id == organisation_id,
            applications.c.stage == "hired",
            applications.c.ends_on.is_not(None),
            applications.c.ends_on <= until.isoformat(),
        )
        .order_by(applications.c.ends_on, applications.c.id)
    )
    return connection.execute(query).all()


def newest_offers(connection: Connection, application_ids: Sequence[str]) -> dict[str, Record]:
    """The last offer of each application that was not declined."""
    query = (
        select(offers)
        .where(offers.c.application_id.in_(application_ids), offers.c.answer.is_distinct_from("declined"))
        .order_by(offers.c.created_at)
    )
    return {row.application_id: row for row in connection.execute(query)}
