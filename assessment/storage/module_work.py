"""What somebody has done of a module: steps, picks, own notes, and who has seen it in practice."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.schema import accounts, applications, module_work, vacancies
from assessment.storage.seminars import own_people

_seer = accounts.alias("seer")


def one(connection: Connection, application_id: str, module: str) -> Record | None:
    """The row with the name of who has seen it."""
    query = (
        select(module_work, _seer.c.name_sealed.label("seer_sealed"))
        .outerjoin(_seer, _seer.c.id == module_work.c.confirmed_by)
        .where(module_work.c.application_id == application_id, module_work.c.module == module)
    )
    return connection.execute(query).first()


def of_application(connection: Connection, application_id: str) -> Sequence[Record]:
    """What a member of staff may know: never steps, picks or notes; earliest first."""
    query = (
        select(
            module_work.c.module,
            module_work.c.begun_at,
            module_work.c.done_at,
            module_work.c.confirmed_at,
            _seer.c.name_sealed.label("seer_sealed"),
        )
        .outerjoin(_seer, _seer.c.id == module_work.c.confirmed_by)
        .where(module_work.c.application_id == application_id)
        .order_by(module_work.c.begun_at, module_work.c.module)
    )
    return connection.execute(query).all()


def begin(connection: Connection, application_id: str, module: str, *, version: str, now: datetime) -> None:
    connection.execute(
        insert(module_work).values(
            application_id=application_id,
            module=module,
            version=version,
            steps="[]",
            picks="{}",
            rev=0,
            begun_at=stamp(now),
        )
    )


def change(connection: Connection, application_id: str, module: str, **values: object) -> None:
    query = update(module_work).where(module_work.c.application_id == application_id, module_work.c.module == module)
    connection.execute(query.values(**values))


def counts(connection: Connection, organisation_id: str, *, account_id: str | None = None) -> dict[str, Record]:
    """How many of those hired have begun, done and shown each module; of one account, how many of its own people."""
    query = (
        select(
            module_work.c.module,
            func.count().label("begun"),
            func.count(module_work.c.done_at).label("done"),
            func.count(module_work.c.confirmed_at).label("confirmed"),
        )
        .join(applications, applications.c.id == module_work.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(
            vacancies.c.organisation_id == organisation_id,
            vacancies.c.purpose == "hiring",
            applications.c.stage == "hired",
        )
        .group_by(module_work.c.module)
    )
    if account_id is not None:
        query = query.where(module_work.c.application_id.in_(own_people(account_id)))
    return {row.module: row for row in connection.execute(query)}


def of_people(connection: Connection, application_ids: Sequence[str]) -> Sequence[Record]:
    """What some people have begun: module, done, seen; nothing else of it."""
    query = select(
        module_work.c.application_id, module_work.c.module, module_work.c.done_at, module_work.c.confirmed_at
    )
    return connection.execute(query.where(module_work.c.application_id.in_(application_ids))).all()
