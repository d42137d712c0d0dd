"""What only the demo does with the tables: fill them fast, and empty them again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from assessment.storage.clock import stamp
from assessment.storage.schema import (
    applications,
    doors,
    fact_answers,
    metadata,
    organisations,
    responses,
    sittings,
    vacancies,
)


def real_organisations(connection: Connection) -> bool:
    query = select(organisations.c.id).where(organisations.c.made_up.is_(False)).limit(1)
    return connection.execute(query).first() is not None


def organisation(connection: Connection) -> str | None:
    return connection.execute(select(organisations.c.id).where(organisations.c.made_up.is_(True))).scalar()


def forget_all(connection: Connection) -> None:
    for table in reversed(metadata.sorted_tables):
        connection.execute(delete(table))


def put_answers(connection: Connection, sitting_id: str, answers: Mapping[str, int | str], *, now: datetime) -> None:
    rows = [
        {"sitting_id": sitting_id, "item": item, "value": str(value), "rev": 1, "ms": None, "saved_at": stamp(now)}
        for item, value in answers.items()
    ]
    connection.execute(insert(responses), rows)


def put_facts(connection: Connection, sitting_id: str, answers: Mapping[str, str], *, now: datetime) -> None:
    rows = [
        {"sitting_id": sitting_id, "fact": fact, "answer": answer, "saved_at": stamp(now)}
        for fact, answer in answers.items()
    ]
    connection.execute(insert(fact_answers), rows)


def unused_doors(connection: Connection, organisation_id: str, *, now: datetime) -> Sequence[bytes]:
    """Sealed tokens of open sittings that nobody has begun, newest first."""
    query = (
        select(doors.c.token_sealed)
        .join(sittings, sittings.c.id == doors.c.sitting_id)
        .join(applications, applications.c.id == sittings.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(
            vacancies.c.organisation_id == organisation_id,
            sittings.c.status == "open",
            sittings.c.purpose == "hiring",
            sittings.c.started_at.is_(None),
            sittings.c.agreed_at.is_(None),
            doors.c.revoked_at.is_(None),
            doors.c.expires_at > stamp(now),
        )
        .order_by(doors.c.created_at.desc())
    )
    return connection.execute(query).scalars().all()
