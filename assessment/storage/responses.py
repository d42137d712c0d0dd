"""Answers as they were given, one row for each field of a sitting."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import stamp
from assessment.storage.schema import responses

Value = int | str | None


@dataclass(frozen=True)
class Response:
    """What stands for one field: a number, an option's letter, or None when it was cleared."""

    value: Value
    rev: int


def responses_of(connection: Connection, sitting_id: str) -> dict[str, Response]:
    query = select(responses.c.item, responses.c.value, responses.c.rev).where(responses.c.sitting_id == sitting_id)
    return {item: Response(_read(value), rev) for item, value, rev in connection.execute(query)}


def put(
    connection: Connection,
    sitting_id: str,
    item: str,
    response: Response,
    *,
    known: Collection[str],
    ms: int | None,
    now: datetime,
) -> None:
    """Write one answer; `known` are the fields that have a row already, as read in this transaction."""
    value = None if response.value is None else str(response.value)
    values = {"value": value, "rev": response.rev, "ms": ms, "saved_at": stamp(now)}
    if item in known:
        key = (responses.c.sitting_id == sitting_id) & (responses.c.item == item)
        connection.execute(update(responses).where(key).values(**values))
    else:
        connection.execute(insert(responses).values(sitting_id=sitting_id, item=item, **values))


def _read(value: str | None) -> Value:
    return int(value) if value is not None and value.lstrip("-").isdigit() else value
