"""Answering what candidates ask and note: in their language, from a ready answer or in one's own words.

The first answer stops the clock. Whatever is added later is put below it with its date, so that the person and the record
keep what was said first.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError
from assessment.messages.inquiry_answers import GAP, inquiry_answers, left_to_fill
from assessment.messages.plain_pages import put_in
from assessment.services.actor import Actor, require
from assessment.services.decision_messages import seen_stage
from assessment.services.house import House
from assessment.services.inquiries import one_in
from assessment.services.organisation import Organisation, organisation_in
from assessment.services.telling import reply_day, said, tell_candidate
from assessment.storage import audit, sittings
from assessment.storage import inquiries as stored
from assessment.storage.applications import one as application
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

LONGEST = 4_000
LONGEST_STEP = 80


@dataclass(frozen=True)
class Ready:
    """A ready answer in the language of the person, with the same in English beside it for whoever sends it."""

    id: str
    title: str
    text: str
    english: str


@dataclass(frozen=True)
class NextStep:
    """What comes next for the person, in their language, and by when."""

    words: str
    on: date


def answer_inquiry(
    house: House,
    kind: str,
    inquiry_id: str,
    text: str,
    *,
    next_step: str = "",
    next_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Answer a question or a note, or add to an answer; the person gets a message and sees it where they asked.

    `next_step` and `next_on` stand in the message of an answered question; left out, they come from the stage.
    """
    require(actor)
    words = _checked(text)
    if len(next_step) > LONGEST_STEP:
        raise SheetError(f"Please keep the next step to {LONGEST_STEP} characters.")
    with house.database.write() as connection:
        row = one_in(connection, kind, inquiry_id, actor=actor)
        if kind == "adjustment":
            raise NotAllowedError("A wish for another way is not answered in words: see to it, and say so.")
        if row.answered_at is None:
            stored.change(
                connection,
                kind,
                inquiry_id,
                answer_sealed=house.vault.seal(words),
                answered_by=actor.account_id,
                answered_at=stamp(now),
            )
            event = f"{kind}_answered"
        else:
            first = house.vault.open(row.answer_sealed)
            there = organisation_in(connection, actor.organisation_id)
            longer = f"{first}\n\n{said(there.day(now), row.language)}: {words}"
            stored.change(connection, kind, inquiry_id, answer_sealed=house.vault.seal(longer))
            event = "inquiry_followed_up"
        audit.append(connection, actor.organisation_id, actor=actor.label, kind=event, subject=inquiry_id, now=now)
        times = len(stored.history(connection, actor.organisation_id, inquiry_id, (event,)))
        _tell(
            connection,
            house,
            row,
            words,
            key=f"{event}:{inquiry_id}:{times}",
            next_step=next_step.strip(),
            next_on=next_on,
            actor=actor,
            now=now,
        )


def ready_answers(house: House, kind: str, inquiry_id: str, *, actor: Actor, now: datetime) -> tuple[Ready, ...]:
    """What can be put in for this question or note."""
    require(actor)
    with house.database.read() as connection:
        row = one_in(connection, kind, inquiry_id, actor=actor)
        organisation = organisation_in(connection, actor.organisation_id)
    own, english = inquiry_answers(row.language), inquiry_answers("en")
    values = {
        language: {
            "hours": row.hours or GAP,
            "pay": row.pay or GAP,
            "contact": organisation.contact,
            "contact_name": organisation.contact_name,
            "reply_date": said(reply_day(organisation, now), language),
        }
        for language in {row.language, "en"}
    }
    return tuple(
        Ready(
            id_,
            english.answers[id_].title,
            put_in(answer.text, **values[row.language]),
            put_in(english.answers[id_].text, **values["en"]),
        )
        for id_, answer in own.answers.items()
        if kind in answer.kinds
    )


def next_step_of(house: House, kind: str, inquiry_id: str, *, actor: Actor, now: datetime) -> NextStep:
    """What the message says comes next, to be changed or left."""
    require(actor)
    with house.database.read() as connection:
        row = one_in(connection, kind, inquiry_id, actor=actor)
        return _next(connection, house, row, organisation_in(connection, actor.organisation_id), now=now)


def _tell(
    connection: Connection,
    house: House,
    row: Record,
    words: str,
    *,
    key: str,
    next_step: str,
    next_on: date | None,
    actor: Actor,
    now: datetime,
) -> None:
    values = {"question_text": house.vault.open(row.text_sealed), "answer_text": words}
    if row.kind == "question":
        usual = _next(connection, house, row, organisation_in(connection, actor.organisation_id), now=now)
        values["next_step"] = next_step or usual.words
        values["next_date"] = said(next_on or usual.on, row.language)
    template = f"{row.kind}_answered"
    tell_candidate(connection, house, row.application_id, template, key=key, values=values, actor=actor, now=now)


def _next(connection: Connection, house: House, row: Record, organisation: Organisation, *, now: datetime) -> NextStep:
    """What comes next, as far as the person may know."""
    stage = seen_stage(connection, house, row.application_id, row.stage, organisation_id=organisation.id)
    words = inquiry_answers(row.language).next_steps[stage]
    on = reply_day(organisation, now)
    if row.stage in ("invited", "answering"):
        found = application(connection, row.application_id, organisation_id=organisation.id)
        sitting = sittings.by_id(connection, found.sitting_id) if found else None
        if sitting is not None and sitting.status == "open" and moment(sitting.expires_at) > now:
            on = organisation.day(moment(sitting.expires_at))
    return NextStep(words, on)


def _checked(text: str) -> str:
    words = text.strip()
    if not words:
        raise SheetError("Please write something first.")
    if len(words) > LONGEST:
        raise SheetError(f"Please keep it to {LONGEST:,} characters.")
    if gaps := left_to_fill(words):
        raise SheetError(f"Please fill in what stands in square brackets: {', '.join(gaps)}.")
    return words
