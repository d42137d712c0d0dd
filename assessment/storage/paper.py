"""Answers on paper, as they were typed the first and the second time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.schema import paper_entries


def entries_of(connection: Connection, sitting_id: str) -> Sequence[Record]:
    """The first and the second typing of a paper form."""
    query = select(paper_entries).where(paper_entries.c.sitting_id == sitting_id)
    return connection.execute(query.order_by(paper_entries.c.entry)).all()


def put(connection: Connection, sitting_id: str, entry: int, *, account_id: str, answers: str, now: datetime) -> None:
    key = (paper_entries.c.sitting_id == sitting_id) & (paper_entries.c.entry == entry)
    values = {"account_id": account_id, "answers": answers, "saved_at": stamp(now)}
    if not connection.execute(update(paper_entries).where(key).values(**values)).rowcount:
        connection.execute(insert(paper_entries).values(sitting_id=sitting_id, entry=entry, **values))
