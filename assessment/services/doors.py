"""How a candidate comes in: a personal link, and the browser that remembers it."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from assessment.errors import ClosedError, UnknownIdError
from assessment.roles.library import job_title
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.storage import audit, sittings
from assessment.storage import doors as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record
from assessment.storage.vault import token_hash

SEEN_EVERY = timedelta(minutes=1)
KIOSK_IDLE = timedelta(minutes=30)  # a tablet that somebody walked away from forgets them
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")


@dataclass(frozen=True)
class DoorView:
    """What may be seen before coming in: the organisation and the job, never a name."""

    organisation: str
    role_title: str
    language: str
    made_up: bool
    handed_in: bool
    growth: bool = False  # for the person's own growth: no job is named


class DoorClosedError(ClosedError):
    """A link that was good once; says whom to ask for a new one."""

    def __init__(self, *, revoked: bool, organisation: str, contact: str, language: str) -> None:
        self.revoked, self.organisation, self.contact, self.language = revoked, organisation, contact, language
        super().__init__(
            f"This link {'was taken back' if revoked else 'has ended'}. For a new one, please write or call {contact}."
        )


def door(house: House, token: str, *, now: datetime) -> DoorView:
    """Look at the door without opening it; changes nothing.

    Raises
    ------
    UnknownIdError : no such link
    DoorClosedError : it was taken back, or its days are over
    """
    with house.database.read() as connection:
        return _view(_open_door(connection, token, now=now))


def enter(house: House, token: str, *, now: datetime) -> str:
    """Come in by a link; returns what the browser remembers. As often as wanted, on any device."""
    cookie = secrets.token_urlsafe(32)
    with house.database.write() as connection:
        row = _open_door(connection, token, now=now)
        stored.begin_session(connection, token_hash(cookie), door_id=row.id, kiosk=False, now=now)
        _log(connection, row.organisation_id, "came_in", row.sitting_id, by=f"candidate:{row.sitting_id}", now=now)
    return cookie


def enter_at_kiosk(house: House, application_id: str, *, actor: Actor, now: datetime) -> str:
    """Staff hand this very device to a candidate; returns what the browser remembers until it is handed back."""
    require(actor)
    cookie = secrets.token_urlsafe(32)
    with house.database.write() as connection:
        row = sittings.newest_of(connection, application_id, organisation_id=actor.organisation_id)
        if row is None:
            raise UnknownIdError("application", application_id)
        if row.status != "open" or moment(row.expires_at) <= now:
            raise ClosedError("This sitting is not open any more. Send the person a new link first.")
        door = stored.newest(connection, row.id)
        if door is None or door.revoked_at is not None or moment(door.expires_at) <= now:
            raise ClosedError("The link of this person has ended or was taken back. Make a new one first.")
        stored.begin_session(connection, token_hash(cookie), door_id=door.id, kiosk=True, now=now)
        _log(connection, row.organisation_id, "kiosk_begun", row.id, by=actor.label, now=now)
    return cookie


def candidate_actor(house: House, cookie: str | None, *, now: datetime) -> Actor | None:
    """Whose sitting a browser remembers, while its link is good."""
    if not cookie or not _TOKEN.fullmatch(cookie):
        return None
    digest = token_hash(cookie)
    with house.database.read() as connection:
        row = stored.session(connection, digest)
    if row is None or moment(row.expires_at) <= now:
        return None
    since_seen = now - moment(row.last_seen_at)
    if row.kiosk and since_seen > KIOSK_IDLE:
        return None
    if since_seen > SEEN_EVERY:
        with house.database.write() as connection:
            stored.seen(connection, digest, now=now)
    return Actor("candidate", row.organisation_id, sitting_id=row.sitting_id, kiosk=row.kiosk)


def leave_door(house: House, cookie: str | None, *, now: datetime) -> None:
    """Forget the candidate in this browser; their link stays good."""
    if not cookie or not _TOKEN.fullmatch(cookie):
        return
    digest = token_hash(cookie)
    with house.database.write() as connection:
        row = stored.session(connection, digest)
        if row is None:
            return
        stored.end_session(connection, digest, now=now)
        _log(connection, row.organisation_id, "went_out", row.sitting_id, by=f"candidate:{row.sitting_id}", now=now)


def _open_door(connection: Connection, token: str, *, now: datetime) -> Record:
    row = stored.by_token(connection, token_hash(token)) if _TOKEN.fullmatch(token) else None
    if row is None:
        raise UnknownIdError("link", "as it was typed")
    if row.revoked_at is not None or moment(row.expires_at) <= now:
        raise DoorClosedError(
            revoked=row.revoked_at is not None,
            organisation=row.organisation,
            contact=row.contact,
            language=row.language,
        )
    return row


def _view(row: Record) -> DoorView:
    return DoorView(
        row.organisation,
        job_title(row.title, row.role, row.language),
        row.language,
        row.made_up,
        row.status == "submitted",
        row.purpose == "growth",
    )


def _log(connection: Connection, organisation_id: str, kind: str, sitting_id: str, *, by: str, now: datetime) -> None:
    audit.append(connection, organisation_id, actor=by, kind=kind, subject=sitting_id, now=now)
