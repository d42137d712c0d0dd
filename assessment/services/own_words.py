"""What a candidate says in their own words: "this is not me", a question, a wish for another way."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services import telling
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.inquiries import answer_due
from assessment.services.inquiry_assignment import tell_of_inquiry
from assessment.services.organisation import organisation_in
from assessment.services.sitting import log, own, own_seen
from assessment.services.versions import form_of
from assessment.storage import said
from assessment.storage.clock import moment
from assessment.storage.record import Record
from assessment.storage.sittings import adjustments_asked

LONGEST = 4_000
MOST = 20  # notes, questions or wishes of one person; a limit for machines, not for people


@dataclass(frozen=True)
class Note:
    """Where the picture does not fit, about one facet or about the whole."""

    facet: str | None
    text: str
    written_at: datetime
    answer: str | None = None


@dataclass(frozen=True)
class Question:
    text: str
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None


def note(house: House, text: str, *, facet: str | None = None, actor: Actor, now: datetime) -> None:
    words = _checked(text)
    with house.database.write() as connection:
        row = _for_a_job(own(connection, actor))
        facets = form_of(connection, row.form_id).facets
        if facet is not None and facet not in facets:
            raise UnknownIdError("facet", facet, facets)
        _refuse_flood(len(said.notes_of(connection, row.id)))
        said.add_note(connection, sitting_id=row.id, facet=facet, text_sealed=house.vault.seal(words), now=now)
        log(connection, actor, "note_written", row.id, now)


def notes(house: House, *, actor: Actor) -> tuple[Note, ...]:
    with house.database.read() as connection:
        rows = said.notes_of(connection, own_seen(connection, actor).id)
    return tuple(
        Note(
            row.facet,
            house.vault.open(row.text_sealed),
            moment(row.created_at),
            house.vault.open(row.answer_sealed) if row.answer_sealed else None,
        )
        for row in rows
    )


def ask(house: House, text: str, *, actor: Actor, now: datetime) -> None:
    """Ask a person of the organisation something; it waits on their first page until it is answered."""
    words = _checked(text)
    with house.database.write() as connection:
        row = _for_a_job(own(connection, actor))
        _refuse_flood(len(said.questions_of(connection, row.application_id)))
        id_ = said.add_question(
            connection, application_id=row.application_id, text_sealed=house.vault.seal(words), now=now
        )
        log(connection, actor, "question_asked", row.application_id, now)
        tell_of_inquiry(connection, house, "question", id_, actor=actor, now=now)
        _confirm(connection, house, row, "question_received", id_, actor=actor, now=now, question_text=words)


def questions(house: House, *, actor: Actor) -> tuple[Question, ...]:
    with house.database.read() as connection:
        rows = said.questions_of(connection, own_seen(connection, actor).application_id)
    return tuple(
        Question(
            house.vault.open(row.text_sealed),
            moment(row.created_at),
            house.vault.open(row.answer_sealed) if row.answer_sealed else None,
            moment(row.answered_at) if row.answered_at else None,
        )
        for row in rows
    )


def ask_adjustment(house: House, options: Sequence[str], text: str, *, actor: Actor, now: datetime) -> None:
    """Ask for another way to answer, without saying why; kept apart from the answers."""
    words = text.strip()
    if len(words) > LONGEST:
        raise SheetError(f"Please keep it to {LONGEST:,} characters.")
    if not options and not words:
        raise SheetError("Please choose what helps you, or tell us in your own words.")
    with house.database.write() as connection:
        row = _for_a_job(own(connection, actor))
        known = house.library.wording(language=row.language).adjustments.options
        if unknown := [option for option in options if option not in known]:
            raise UnknownIdError("adjustment", unknown[0], tuple(known))
        _refuse_flood(adjustments_asked(connection, row.application_id))
        sealed = house.vault.seal(json.dumps({"options": sorted(set(options)), "text": words}))
        id_ = said.add_adjustment(connection, application_id=row.application_id, asked_sealed=sealed, now=now)
        log(connection, actor, "adjustment_asked", row.application_id, now)
        _confirm(connection, house, row, "adjustment_received", id_, actor=actor, now=now)


def _for_a_job(row: Record) -> Record:
    """What somebody answers for their own growth is read by nobody, so a note beside it would be read by nobody too."""
    if row.purpose == "growth":
        raise NotAllowedError("Nobody reads along here. Please call the person named on your page.")
    return row


def _confirm(
    connection: Connection,
    house: House,
    row: Record,
    template: str,
    id_: str,
    *,
    actor: Actor,
    now: datetime,
    **values: str,
) -> None:
    """Say that it has come, and by when somebody answers."""
    organisation = organisation_in(connection, actor.organisation_id)
    by = telling.said(organisation.day(answer_due(now, organisation)), row.language)
    telling.tell_candidate(
        connection,
        house,
        row.application_id,
        template,
        key=f"{template}:{id_}",
        values={"next_date": by, **values},
        actor=actor,
        now=now,
    )


def _checked(text: str) -> str:
    words = text.strip()
    if not words:
        raise SheetError("Please write a few words first.")
    if len(words) > LONGEST:
        raise SheetError(f"Please keep it to {LONGEST:,} characters.")
    return words


def _refuse_flood(there_are: int) -> None:
    if there_are >= MOST:
        raise SheetError(f"There are {MOST} already. Please write or call us instead.")
