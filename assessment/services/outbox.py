"""The outbox: what was written to people, and what became of it.

What puts messages in is telling.py, what delivers them delivering.py, what somebody does by hand outbox_by_hand.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import Connection

from assessment.errors import UnknownIdError
from assessment.reports.message_words import MESSAGES
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.shortlist import opened_name
from assessment.services.sitting import own_seen
from assessment.services.to_do import ToDo
from assessment.storage import audit
from assessment.storage import outbox as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

Status = Literal["draft", "queued", "sending", "sent", "failed", "dropped"]
STATUSES: tuple[Status, ...] = get_args(Status)
MOST_LISTED = 1_000
HIDDEN = "…"  # in place of a name, for whoever asked to see none
OF_DECISION = "decision:"
OWN_ONLY = ("growth_invitation", "growth_again", "peer_invitation")  # a link in them opens what nobody else may read
ONLY_THEM = "Only the person it went to reads this message."


@dataclass(frozen=True)
class Letter:
    """One message. `by_hand`: it goes only when somebody copies it. Its words are there when one message is read."""

    id: str
    template: str
    language: str
    application_id: str | None
    for_staff: bool
    name: str
    to: str
    subject: str
    text: str
    sms: str
    calendar: str
    status: Status
    by_hand: bool
    of_decision: bool
    how: str | None
    maybe_twice: bool
    tries: int
    error: str
    created_at: datetime
    not_before: datetime
    tried_at: datetime | None
    sent_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True)
class Counts:
    """`by_hand`: queued and due, with nobody but a person to send them."""

    drafts: int
    by_hand: int
    queued: int
    failed: int
    sent: int


@dataclass(frozen=True)
class OwnMessage:
    """What a candidate reads of a message to them."""

    id: str
    subject: str
    text: str
    at: datetime
    read: bool


def outbox(
    house: House,
    *,
    status: str | None = None,
    template: str | None = None,
    person: str = "",
    application_id: str | None = None,
    actor: Actor,
    now: datetime,
) -> tuple[Letter, ...]:
    """Messages of the organisation, newest first; `person` is a part of a name or an address."""
    require(actor)
    if status is not None and status not in STATUSES:
        raise UnknownIdError("status", status, STATUSES)
    with house.database.read() as connection:
        rows = stored.listed(
            connection,
            actor.organisation_id,
            statuses=(status,) if status else (),
            template=template,
            application_id=application_id,
            limit=MOST_LISTED,
        )
    if application_id is not None:  # what somebody gets for their own growth is no part of how they were hired
        rows = [row for row in rows if row.template not in OWN_ONLY]
    wanted = person.strip().casefold()
    letters = (_letter(house, row, actor, whole=False) for row in rows)
    return tuple(one for one in letters if wanted in one.name.casefold() or wanted in one.to.casefold())


def message(house: House, message_id: str, *, actor: Actor) -> Letter:
    """One message with all its words."""
    require(actor)
    with house.database.read() as connection:
        return _letter(house, one_in(connection, message_id, actor), actor, whole=True)


def counts(house: House, *, actor: Actor, now: datetime) -> Counts:
    require(actor)
    with house.database.read() as connection:
        found = stored.counts(connection, actor.organisation_id, now=now)

    def of(status: str) -> int:
        return sum(row.n for row in found if row.status == status)

    by_hand = sum(
        row.n
        for row in found
        if row.status == "queued" and not row.for_staff and not (row.addressed and house.sends_mail)
    )
    return Counts(of("draft"), by_hand, of("queued") + of("sending"), of("failed"), of("sent"))


def waiting_to_be_sent(house: House, *, actor: Actor, now: datetime) -> int:
    """Messages that only a person can send now."""
    return counts(house, actor=actor, now=now).by_hand


def failed(house: House, *, actor: Actor, now: datetime) -> int:
    return counts(house, actor=actor, now=now).failed


def tasks_for(house: House, *, actor: Actor, now: datetime) -> tuple[ToDo, ...]:
    """What of the outbox waits for a person, each kind as one line; what is for the staff they see here anyway."""
    require(actor)
    with house.database.read() as connection:
        rows = stored.listed(connection, actor.organisation_id, statuses=("queued", "failed"), limit=MOST_LISTED)
    due = [row for row in rows if row.status == "queued" and moment(row.not_before) <= now]
    by_hand = [row for row in due if row.account_id is None and (row.to_sealed is None or not house.sends_mail)]
    broken = [row for row in rows if row.status == "failed"]
    return (
        *_to_do("send", by_hand, "to send by hand", "/messages?status=queued"),
        *_to_do("failed", broken, "not delivered", "/messages?status=failed", overdue=True),
    )


def messages_for(house: House, *, actor: Actor, now: datetime) -> tuple[OwnMessage, ...]:
    """What was written to the candidate, newest first, as they read it in the app."""
    with house.database.read() as connection:
        rows = stored.for_candidate(connection, own_seen(connection, actor).application_id)
    open_ = house.vault.open
    return tuple(
        OwnMessage(
            row.id,
            open_(row.subject_sealed),
            open_(row.text_sealed),
            moment(row.sent_at or row.not_before),
            row.read_at is not None,
        )
        for row in rows
        if (row.status != "queued" or moment(row.not_before) <= now) and row.template not in OWN_ONLY
    )


def mark_read(house: House, message_ids: Sequence[str], *, actor: Actor, now: datetime) -> None:
    """The candidate has seen these messages in the app; the first time counts."""
    with house.database.write() as connection:
        rows = stored.for_candidate(connection, own_seen(connection, actor).application_id)
        for row in rows:
            if row.id in message_ids and row.read_at is None:
                stored.change(connection, row.id, {"read_at": stamp(now)}, only_from=(row.status,))
                log(connection, actor, "message_read", row.id, now)


def _letter(house: House, row: Record, actor: Actor, *, whole: bool) -> Letter:
    about = opened_name(house, row.name_sealed) if row.name_sealed else ""
    for_staff = row.account_id is not None
    by_hand = row.to_sealed is None or not house.sends_mail
    own_only = _own_only(row, by_hand=by_hand)
    hidden = actor.masked or own_only

    def words(sealed: bytes | None) -> str:
        if own_only:
            return ONLY_THEM if sealed else ""
        text = house.vault.open(sealed) if sealed else ""
        return text.replace(about, HIDDEN) if hidden and about else text

    name = opened_name(house, row.staff_name_sealed) if for_staff else about
    return Letter(
        id=row.id,
        template=row.template,
        language=row.language,
        application_id=None if own_only else row.application_id,
        for_staff=for_staff,
        name=HIDDEN if hidden and not for_staff else name,
        to="" if row.to_sealed is None or (hidden and not for_staff) else opened_name(house, row.to_sealed),
        subject=words(row.subject_sealed),
        text=words(row.text_sealed) if whole else "",
        sms=words(row.sms_sealed) if whole else "",
        calendar=words(row.calendar_sealed) if whole else "",
        status=row.status,
        by_hand=by_hand,
        of_decision=row.key.startswith(OF_DECISION),
        how=row.sent_how,
        maybe_twice=row.maybe_twice,
        tries=row.tries,
        error=row.error or "",
        created_at=moment(row.created_at),
        not_before=moment(row.not_before),
        tried_at=moment(row.tried_at) if row.tried_at else None,
        sent_at=moment(row.sent_at) if row.sent_at else None,
        read_at=moment(row.read_at) if row.read_at else None,
    )


def _own_only(row: Record, *, by_hand: bool) -> bool:
    """Whether only the person reads it: what goes to somebody in a group that grows together, and links to own pages.

    What goes by hand is read by whoever passes it on. Of links that is the one of a first invitation alone: it opens
    nothing any more once the answers are in, unless it went by mail as well.
    """
    if row.account_id is not None or (row.template not in OWN_ONLY and row.purpose != "growth"):
        return False
    if row.sent_how == "smtp" or not by_hand:
        return True
    first_link = row.template == "growth_invitation" and row.purpose == "growth" and not row.growth_was_mailed
    return row.template in OWN_ONLY and not first_link


def _to_do(kind: str, rows: Sequence[Record], words: str, link: str, *, overdue: bool = False) -> tuple[ToDo, ...]:
    if not rows:
        return ()
    n = len(rows)
    kinds = list(dict.fromkeys(MESSAGES.get(row.template, row.template) for row in rows))
    line = ", ".join(kinds[:3]) + (" …" if len(kinds) > 3 else "")
    at = min(moment(row.not_before) for row in rows)
    title = f"{n} message{'s' * (n != 1)} {words}"
    due = "Not delivered" if overdue else "Ready to send"
    return (ToDo(kind=f"messages_{kind}", title=title, line=line, due=due, overdue=overdue, at=at, link=link),)


def one_in(connection: Connection, message_id: str, actor: Actor) -> Record:
    row = stored.one(connection, message_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("message", message_id)
    return row


def log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
