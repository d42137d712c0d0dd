"""The event log: append-only, one chain per organisation, ids only so that erasure does not break it.

`h_i = SHA256(h_{i−1} ‖ "\\n" ‖ canonical JSON of event i)`, `h_0` sixty-four zeros, lower-case hex.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.schema import events, organisations

START = "0" * 64


def canonical(body: object) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chained(previous: str, text: str) -> str:
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def append(
    connection: Connection,
    organisation_id: str,
    *,
    actor: str,
    kind: str,
    subject: str,
    now: datetime,
    body: Mapping[str, object] | None = None,
) -> str:
    """Add one event to an organisation's chain and return its hash; ids and plain facts only, never personal text."""
    last = _last(connection, organisation_id)
    number, previous = (last.number + 1, last.hash) if last else (1, START)
    event = {
        **(body or {}),
        "number": number,
        "at": stamp(now),
        "actor": actor,
        "kind": kind,
        "subject": subject,
    }
    text = canonical(event)
    digest = chained(previous, text)
    connection.execute(
        insert(events).values(
            organisation_id=organisation_id,
            number=number,
            at=event["at"],
            actor=actor,
            kind=kind,
            subject=subject,
            body=text,
            hash=digest,
        )
    )
    return digest


def newest(connection: Connection, organisation_id: str) -> int:
    """Number of the last event; it moves with every change, so what was read under it is still true."""
    query = select(func.max(events.c.number)).where(events.c.organisation_id == organisation_id)
    return int(connection.execute(query).scalar() or 0)


def first_bad(connection: Connection, organisation_id: str) -> int | None:
    """Number of the first event that does not fit the chain; None when all do."""
    previous = START
    rows = connection.execute(
        select(events.c.number, events.c.body, events.c.hash)
        .where(events.c.organisation_id == organisation_id)
        .order_by(events.c.number)
    )
    for expected, row in enumerate(rows, start=1):
        previous = chained(previous, row.body)
        if row.number != expected or row.hash != previous or json.loads(row.body)["number"] != row.number:
            return expected
    return None


def _last(connection: Connection, organisation_id: str) -> Record | None:
    if connection.dialect.name == "postgresql":  # SQLite's writers already queue
        query = select(organisations.c.id).where(organisations.c.id == organisation_id)
        held = query.with_for_update(key_share=True)  # new rows that point to it do not wait, so nobody waits in a ring
        connection.execute(held).first()
    return connection.execute(
        select(events.c.number, events.c.hash)
        .where(events.c.organisation_id == organisation_id)
        .order_by(events.c.number.desc())
        .limit(1)
    ).first()
