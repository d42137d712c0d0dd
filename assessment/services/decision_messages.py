"""What a decision says to the person: drafted with it, read and changed by somebody, and sent by them alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.messages.plain_reason import score_words
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.interview_booking import free_in
from assessment.services.organisation import organisation_in
from assessment.services.stages import announce_told
from assessment.services.telling import tell_candidate
from assessment.storage import audit, offers, outbox, sittings, stages
from assessment.storage import decisions as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

TEMPLATES = {"offer": "offer", "not_taken": "refusal_kind", "redirected": "redirect_with_consent"}
STANDS = {"offer": "offer", "not_taken": "not_taken", "redirected": "decision"}  # while its message is a draft
LONGEST = 10_000


@dataclass(frozen=True)
class DecisionMessage:
    """`status` as in the outbox; a draft was not sent, and the person sees nothing of the decision."""

    id: str
    status: str
    language: str
    subject: str
    text: str
    to: str
    sent_at: datetime | None

    @property
    def told(self) -> bool:
        return self.status not in stored.UNSENT


def message_key(decision_id: str) -> str:
    return f"decision:{decision_id}"


def draft_in(
    connection: Connection,
    house: House,
    application_id: str,
    outcome: str,
    *,
    decision_id: str,
    values: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> str:
    """Draft what the person will read, within the transaction of the decision."""
    return tell_candidate(
        connection,
        house,
        application_id,
        TEMPLATES[outcome],
        key=message_key(decision_id),
        values=values,
        draft=True,
        actor=actor,
        now=now,
    )


def message_of(
    connection: Connection, house: House, decision_id: str, *, organisation_id: str
) -> DecisionMessage | None:
    key = message_key(decision_id)
    row = stored.messages_of(connection, [key], organisation_id=organisation_id).get(key)
    if row is None:
        return None
    return DecisionMessage(
        row.id,
        row.status,
        row.language,
        house.vault.open(row.subject_sealed),
        house.vault.open(row.text_sealed),
        house.vault.open(row.to_sealed) if row.to_sealed else "",
        moment(row.sent_at) if row.sent_at else None,
    )


def send_decision(house: House, decision_id: str, *, subject: str, text: str, actor: Actor, now: datetime) -> None:
    """A person sends what was drafted, in the words they read last; sent is sent, and again is harmless.

    Raises
    ------
    NotAllowedError : nobody is signed in, the decision does not stand any more, the person has withdrawn, or the offer
        is answered or its days are over
    SheetError : it is empty or too long, or a refusal speaks of scores, ranks or bands
    """
    require(actor)
    if actor.kind != "staff" or actor.account_id is None:
        raise NotAllowedError("A message about a decision is sent by a person. Please sign in with your own account.")
    subject, text = " ".join(subject.split()), text.strip()
    if not subject or not text:
        raise SheetError("Please leave neither the subject nor the message empty.")
    if len(subject) > 200 or len(text) > LONGEST:
        raise SheetError(f"Please keep the subject to 200 characters and the message to {LONGEST:,}.")
    with house.database.write() as connection:
        found = stored.one(connection, decision_id, organisation_id=actor.organisation_id)
        if found is None:
            raise UnknownIdError("decision", decision_id)
        held = stages.current(connection, found.application_id, organisation_id=actor.organisation_id)
        message = message_of(connection, house, decision_id, organisation_id=actor.organisation_id)
        if found.taken_back_at is not None:
            raise NotAllowedError("This decision was taken back, so nothing is sent about it.")
        if message is None or message.status == "dropped":
            raise NotAllowedError("This draft was dropped. Take the decision back and decide anew for another one.")
        if message.status != "draft":
            return
        _refuse_overtaken(connection, found, held.stage if held is not None else "", actor=actor, now=now)
        drafted = score_words(message.text)  # a name or a job may hold such a word
        if found.outcome == "not_taken" and (out := [word for word in score_words(text) if word not in drafted]):
            raise SheetError(
                f"The message speaks of {', '.join(f'“{word}”' for word in out)}. Please say it in plain words, without "
                "scores, ranks or bands."
            )
        seal = house.vault.seal
        sent = stored.release_message(
            connection, message.id, subject_sealed=seal(subject), text_sealed=seal(text), by=actor.label, now=now
        )
        if sent and found.outcome == "not_taken":
            off = free_in(connection, house, found.application_id, to_candidate=False, actor=actor, now=now)
            if off is not None:
                calendar = {"calendar_sealed": seal(off.body), "calendar_method": off.method}
                outbox.change(connection, message.id, calendar, only_from=("queued",))
        if sent:
            announce_told(connection, found.application_id, found.outcome, actor=actor, now=now)
            audit.append(
                connection,
                actor.organisation_id,
                actor=actor.label,
                kind="message_queued",
                subject=message.id,
                now=now,
                body={"application": found.application_id, "decision": decision_id},
            )


def stop_in(connection: Connection, message: DecisionMessage, *, actor: Actor, now: datetime) -> bool:
    """Keep the message from going out; False when it has gone."""
    stopped = stored.stop_message(connection, message.id)
    if stopped:
        audit.append(
            connection, actor.organisation_id, actor=actor.label, kind="message_dropped", subject=message.id, now=now
        )
    return stopped or message.status == "dropped"


def told_decision(connection: Connection, house: House, application_id: str, *, organisation_id: str) -> Record | None:
    """The decision that stands, once its message was sent: before that the person is shown nothing of it."""
    decision = stored.standing(connection, application_id)
    if decision is None:
        return None
    message = message_of(connection, house, decision.id, organisation_id=organisation_id)
    return decision if message is not None and message.told else None


def seen_stage(connection: Connection, house: House, application_id: str, stage: str, *, organisation_id: str) -> str:
    """The stage as the candidate may know it: what was decided and not told yet is still to be decided."""
    if stage not in TEMPLATES or told_decision(connection, house, application_id, organisation_id=organisation_id):
        return stage
    return "withdrawn" if _withdrew(connection, application_id, organisation_id=organisation_id) else "decision"


def body_of(decision: Record) -> dict[str, object]:
    """What was shown and weighed as of then, and what the decision brought about."""
    body: dict[str, object] = json.loads(decision.body)
    return body


def _refuse_overtaken(connection: Connection, decision: Record, stage: str, *, actor: Actor, now: datetime) -> None:
    """Nothing is sent that what happened since the decision has made untrue."""
    if _withdrew(connection, decision.application_id, organisation_id=actor.organisation_id):
        raise NotAllowedError("This person has withdrawn, so nothing is sent about the decision.")
    offer = offers.one(connection, str(body_of(decision).get("offer", "")))
    if offer is not None and offer.answer is not None:
        raise NotAllowedError("The offer has been answered already, so nothing is sent about it.")
    if stage != STANDS[decision.outcome]:
        raise NotAllowedError("This application stands elsewhere by now, so nothing is sent about the decision.")
    today = organisation_in(connection, actor.organisation_id).day(now)
    if offer is not None and date.fromisoformat(offer.answer_by) < today:
        raise NotAllowedError(
            "The day to answer the offer by has passed. Take the decision back and decide anew with a later day."
        )


def _withdrew(connection: Connection, application_id: str, *, organisation_id: str) -> bool:
    """Whether the person has withdrawn, in whatever stage that found them."""
    row = sittings.newest_of(connection, application_id, organisation_id=organisation_id)
    return row is not None and row.withdrawn_at is not None
