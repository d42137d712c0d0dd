"""Plans of the first 90 days: versions that are never changed, what is shared of them, and what the newcomer ticked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import applications, check_ins, module_work, plan_ticks, plans


def hold(connection: Connection, application_id: str) -> None:
    """Hold an application against other writers until the transaction ends."""
    connection.execute(select(applications.c.id).where(applications.c.id == application_id).with_for_update()).first()


def add(connection: Connection, application_id: str, *, starts_on: str, body: bytes, author: str, now: datetime) -> int:
    """Keep a version; returns its number."""
    last = connection.execute(select(func.max(plans.c.number)).where(plans.c.application_id == application_id)).scalar()
    number = int(last or 0) + 1
    connection.execute(
        insert(plans).values(
            id=new_id(),
            application_id=application_id,
            number=number,
            starts_on=starts_on,
            body_sealed=body,
            author=author,
            created_at=stamp(now),
        )
    )
    return number


def newest(connection: Connection, application_id: str, *, shared: bool = False) -> Record | None:
    query = select(plans).where(plans.c.application_id == application_id)
    if shared:
        query = query.where(plans.c.shared_at.is_not(None))
    return connection.execute(query.order_by(plans.c.number.desc()).limit(1)).first()


def one(connection: Connection, application_id: str, number: int) -> Record | None:
    query = select(plans).where(plans.c.application_id == application_id, plans.c.number == number)
    return connection.execute(query).first()


def of_application(connection: Connection, application_id: str) -> Sequence[Record]:
    """Every version, oldest first."""
    query = select(plans).where(plans.c.application_id == application_id).order_by(plans.c.number)
    return connection.execute(query).all()


def newest_of(connection: Connection, application_ids: Sequence[str]) -> dict[str, Record]:
    """The newest version of each."""
    query = select(plans).where(plans.c.application_id.in_(application_ids)).order_by(plans.c.number)
    return {row.application_id: row for row in connection.execute(query)}


def shared_numbers(connection: Connection, application_ids: Sequence[str]) -> dict[str, int]:
    """The newest version that each newcomer may read."""
    query = select(plans.c.application_id, func.max(plans.c.number)).where(
        plans.c.application_id.in_(application_ids), plans.c.shared_at.is_not(None)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query.group_by(plans.c.application_id))}


def share(connection: Connection, id_: str, *, now: datetime) -> None:
    connection.execute(update(plans).where(plans.c.id == id_).values(shared_at=stamp(now)))


def ticks(connection: Connection, application_id: str) -> dict[str, str]:
    """When each line was ticked."""
    query = select(plan_ticks.c.line, plan_ticks.c.done_at).where(plan_ticks.c.application_id == application_id)
    return {row.line: row.done_at for row in connection.execute(query)}


def tick(connection: Connection, application_id: str, line: str, *, now: datetime) -> None:
    connection.execute(insert(plan_ticks).values(application_id=application_id, line=line, done_at=stamp(now)))


def untick(connection: Connection, application_id: str, line: str) -> None:
    connection.execute(
        delete(plan_ticks).where(plan_ticks.c.application_id == application_id, plan_ticks.c.line == line)
    )


def modules_done(connection: Connection, application_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Modules that each newcomer has done, with the moment."""
    query = select(module_work.c.application_id, module_work.c.module, module_work.c.done_at).where(
        module_work.c.application_id.in_(application_ids), module_work.c.done_at.is_not(None)
    )
    found: dict[str, dict[str, str]] = {id_: {} for id_ in application_ids}
    for row in connection.execute(query):
        found[row.application_id][row.module] = row.done_at
    return found


def next_check_ins(connection: Connection, application_ids: Sequence[str]) -> dict[str, Record]:
    """The next check-in of each newcomer that nobody has answered on some side."""
    query = (
        select(check_ins.c.application_id, check_ins.c.day, check_ins.c.due_on)
        .where(check_ins.c.application_id.in_(application_ids), check_ins.c.answered_at.is_(None))
        .order_by(check_ins.c.due_on.desc(), check_ins.c.side)
    )
    return {row.application_id: row for row in connection.execute(query)}
