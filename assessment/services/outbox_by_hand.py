"""What somebody does about a message by hand: change and send a draft, drop it, mark it as sent, send it again."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.outbox import OF_DECISION, log, one_in
from assessment.storage import outbox as stored
from assessment.storage.clock import moment, stamp

LONGEST_SUBJECT, LONGEST_TEXT = 200, 10_000
STUCK_AFTER = timedelta(minutes=15)  # no sending takes that long; whoever began it is gone
_ONLY_THERE = "This message belongs to a decision. Please read, change and send it on the page of the decision."


def edit_draft(house: House, message_id: str, *, subject: str, text: str, actor: Actor, now: datetime) -> None:
    """Change the words of a message nobody has sent yet."""
    require(actor)
    subject, text = " ".join(subject.split()), text.strip()
    if not subject or not text:
        raise SheetError("Please leave neither the subject nor the message empty.")
    if len(subject) > LONGEST_SUBJECT or len(text) > LONGEST_TEXT:
        raise SheetError(f"Please keep the subject to {LONGEST_SUBJECT} characters and the text to {LONGEST_TEXT:,}.")
    seal = house.vault.seal
    words = {"subject_sealed": seal(subject), "text_sealed": seal(text)}
    with house.database.write() as connection:
        _change(connection, message_id, words, only_from=("draft",), event="message_edited", actor=actor, now=now)


def send_draft(house: House, message_id: str, *, actor: Actor, now: datetime) -> None:
    """Let a draft go; a person does that, never a machine."""
    require(actor)
    if actor.kind != "staff":
        raise NotAllowedError("A draft is sent by a person. Please sign in with your own account.")
    values = {"status": "queued", "queued_by": actor.label, "not_before": stamp(now)}
    with house.database.write() as connection:
        _change(connection, message_id, values, only_from=("draft",), event="message_queued", actor=actor, now=now)


def drop(house: House, message_id: str, *, actor: Actor, now: datetime) -> None:
    """Keep a message that has not gone from going."""
    require(actor)
    with house.database.write() as connection:
        _change(
            connection,
            message_id,
            {"status": "dropped"},
            only_from=("draft", "queued", "failed"),
            event="message_dropped",
            body={"because": "by hand"},
            actor=actor,
            now=now,
        )


def drop_in(
    connection: Connection,
    application_id: str,
    templates: Sequence[str],
    *,
    because: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Drop what is queued of some kinds for an application, within another verb's transaction; how many there were."""
    rows = stored.listed(connection, actor.organisation_id, statuses=("queued",), application_id=application_id)
    gone = [row for row in rows if row.template in templates and row.account_id is None]
    return sum(drop_one_in(connection, row.id, because=because, actor=actor, now=now) for row in gone)


def drop_one_in(connection: Connection, message_id: str, *, because: str, actor: Actor, now: datetime) -> bool:
    """Drop a queued message whose reason is gone, within another transaction; False when it is on its way."""
    dropped = stored.change(connection, message_id, {"status": "dropped", "error": because}, only_from=("queued",))
    if dropped:
        log(connection, actor, "message_dropped", message_id, now, because=because)
    return dropped


def mark_sent_by_hand(house: House, message_id: str, *, actor: Actor, now: datetime) -> None:
    """Somebody has copied it and sent it themselves, or told the person."""
    require(actor)
    with house.database.write() as connection:
        row = one_in(connection, message_id, actor)
        states = ["queued", "failed"]
        if row.status == "sending" and row.tried_at and now - moment(row.tried_at) > STUCK_AFTER:
            states.append("sending")
        _change(
            connection,
            message_id,
            {"status": "sent", "sent_how": "hand", "sent_at": stamp(now), "error": None},
            only_from=states,
            event="message_sent",
            body={"how": "hand"},
            actor=actor,
            now=now,
        )


def send_again(house: House, message_id: str, *, actor: Actor, now: datetime) -> None:
    """Try a message again that could not be delivered."""
    require(actor)
    values = {"status": "queued", "tries": 0, "error": None, "not_before": stamp(now)}
    with house.database.write() as connection:
        _change(connection, message_id, values, only_from=("failed",), event="message_queued", actor=actor, now=now)


def _change(
    connection: Connection,
    message_id: str,
    values: Mapping[str, object],
    *,
    only_from: Sequence[str],
    event: str,
    body: Mapping[str, object] | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    row = one_in(connection, message_id, actor)
    if row.key.startswith(OF_DECISION) and row.status == "draft":
        raise NotAllowedError(_ONLY_THERE)
    if not stored.change(connection, message_id, values, only_from=only_from):
        raise NotAllowedError(_NOT_NOW[row.status])
    log(connection, actor, event, message_id, now, **(body or {}))


_NOT_NOW = {
    "draft": "This is a draft. Please send it first.",
    "queued": "This message waits to be sent; it is no draft and did not fail.",
    "sending": "This message is just being sent. Please look again in a minute.",
    "sent": "This message was sent already.",
    "failed": "This message could not be delivered. Send it again, or by hand.",
    "dropped": "This message was dropped.",
}
