"""Locks in the database: one process at a time does a thing; a lock that was not given back runs out."""

from datetime import datetime

from sqlalchemy import Connection, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from assessment.storage.clock import stamp
from assessment.storage.schema import locks


def take(connection: Connection, name: str, holder: str, *, until: datetime, now: datetime) -> bool:
    """Take a lock that is free, or has run out, or keep one's own for longer; whether it is the holder's now."""
    mine_or_over = (locks.c.holder == holder) | (locks.c.until <= stamp(now))
    taken = connection.execute(
        update(locks).where(locks.c.name == name, mine_or_over).values(holder=holder, until=stamp(until))
    )
    if taken.rowcount:
        return True
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    made = connection.execute(  # what came back, since PostgreSQL does not say how many rows an insert made
        insert(locks)
        .values(name=name, holder=holder, until=stamp(until))
        .on_conflict_do_nothing()
        .returning(locks.c.name)
    )
    return made.first() is not None


def give_back(connection: Connection, name: str, holder: str) -> None:
    connection.execute(delete(locks).where(locks.c.name == name, locks.c.holder == holder))
