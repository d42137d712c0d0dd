"""What happened to one inquiry: asked, given to whom, answered by whom, from the event log."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.inquiries import one_in
from assessment.services.profiles import author_name
from assessment.services.shortlist import opened_name
from assessment.storage import inquiries as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

EVENTS = {
    "inquiry_assigned": "given to",
    "question_answered": "answered by",
    "note_answered": "answered by",
    "inquiry_followed_up": "added to by",
    "adjustment_settled": "seen to by",
}


@dataclass(frozen=True)
class Happened:
    at: datetime
    what: str


def inquiry_history(house: House, kind: str, inquiry_id: str, *, actor: Actor, now: datetime) -> tuple[Happened, ...]:
    """Asked, given to whom, answered by whom, each with its time, oldest first."""
    require(actor)
    with house.database.read() as connection:
        row = one_in(connection, kind, inquiry_id, actor=actor)
        begun = Happened(
            moment(row.created_at),
            f"{'Written' if kind == 'note' else 'Asked'} by {opened_name(house, row.name_sealed)}",
        )
        found = [begun]
        for event in stored.history(connection, actor.organisation_id, inquiry_id, tuple(EVENTS)):
            by = house.vault.open(event.name_sealed) if event.name_sealed else "Carefit"
            found.append(Happened(moment(event.at), _words(connection, house, event, by)))
    return tuple(found)


def _words(connection: Connection, house: House, event: Record, by: str) -> str:
    if event.kind != "inquiry_assigned":
        return f"{EVENTS[event.kind].capitalize()} {by}"
    account = json.loads(event.body)["account"]
    if account is None:
        return f"Given back to the owner of the opening by {by}"
    return f"Given to {author_name(connection, house, account)} by {by}"
