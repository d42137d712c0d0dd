"""Telling other systems of changes: what is announced in a verb's transaction is delivered afterwards."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from assessment.storage import webhooks as stored
from assessment.storage.audit import canonical
from assessment.storage.clock import stamp


def announce(
    connection: Connection, organisation_id: str, kind: str, body: Mapping[str, object], *, now: datetime
) -> None:
    """Note a change for every address that listens; ids only, sent once the transaction stands."""
    for webhook in stored.active(connection, organisation_id):
        stored.add_delivery(
            connection, webhook.id, kind=kind, body=canonical({"kind": kind, "at": stamp(now), **body}), now=now
        )
