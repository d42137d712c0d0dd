"""Rating a talk: alone first, saved as typed, handed in, and only then beside what the other rater gave.

An interviewer sees the questions and their own ratings, and no result of a questionnaire, until they handed in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import IncompleteError, NotAllowedError, SheetError, UnknownIdError
from assessment.roles.interview_guide import HIGHEST, LOWEST, NO_CHANCE
from assessment.services.actor import Actor, require
from assessment.services.answers import HIGHEST_REV
from assessment.services.assigned import require_person
from assessment.services.house import House
from assessment.services.interview_kit import when_words
from assessment.services.kit_questions import KitQuestion, asked_in
from assessment.services.shortlist import opened_name
from assessment.storage import assignments, audit, kits
from assessment.storage import ratings as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

RATERS = ("administrator", "hr_manager", "interviewer")
LONGEST_NOTE = 4_000


@dataclass(frozen=True)
class Given:
    """What stands for one question of one rater: 1 to 5, 0 for no chance to answer, None while it is open.

    first_rating : as it was handed in, where it was changed afterwards, with the reason in `because`
    """

    rating: int | None = None
    note: str = ""
    first_rating: int | None = None
    because: str = ""
    rev: int = 0

    @property
    def alone(self) -> int | None:
        """What was given before the raters talked; None where the person had no chance to answer."""
        first = self.rating if self.first_rating is None else self.first_rating
        return first or None

    @property
    def counted(self) -> int | None:
        """What counts now; None where it counts nowhere."""
        return self.rating or None


@dataclass(frozen=True)
class RatingForm:
    """One rater's own sheet, with nothing on it but the questions and what they gave themselves."""

    application_id: str
    name: str
    title: str
    when: str
    early: bool  # the time that was picked has not come yet
    questions: tuple[KitQuestion, ...]
    given: Mapping[str, Given]
    do_not_ask: tuple[str, ...]
    between: Mapping[int, str]
    no_rating: str
    handed_in_at: datetime | None

    @property
    def open(self) -> tuple[str, ...]:
        """Questions that still wait for a rating."""
        return tuple(q.id for q in self.questions if self.given[q.id].rating is None)


def rating_form(house: House, application_id: str, *, actor: Actor, now: datetime) -> RatingForm:
    """The sheet of somebody who is assigned to interview this person."""
    with house.database.read() as connection:
        planned = kits.one(connection, application_id) is not None
    with house.database.read() if planned else house.database.write() as connection:
        row = rated_person(connection, actor, application_id)
        asked = asked_in(connection, house, row, actor=actor, now=now)
        sheet = stored.sheet(connection, application_id, actor.account_id or "")
        given = given_by(connection, house, application_id, actor.account_id or "", asked.questions)
        slot = stored.booked_slot(connection, application_id)
    return RatingForm(
        application_id=application_id,
        name=opened_name(house, row.name_sealed),
        title=row.title,
        when=when_words(slot),
        early=slot is not None and moment(slot.starts_at) > now,
        questions=asked.questions,
        given=given,
        do_not_ask=asked.do_not_ask,
        between=asked.between,
        no_rating=asked.no_rating,
        handed_in_at=moment(sheet.handed_in_at) if sheet and sheet.handed_in_at else None,
    )


def save_rating(
    house: House,
    application_id: str,
    question: str,
    *,
    rating: int | None,
    note: str,
    rev: int,
    because: str = "",
    actor: Actor,
    now: datetime,
) -> Given:
    """Keep a rating and its note as they are typed, and say what stands.

    The same call again changes nothing: a newer rev wins, of equal revs the first stands.

    because : why it is changed, once the sheet is handed in; what was handed in is kept beside it
    """
    _check(rating, note, because, rev)
    with house.database.write() as connection:
        row = rated_person(connection, actor, application_id)
        account = actor.account_id or ""
        stored.hold(connection, application_id)
        asked = asked_in(connection, house, row, actor=actor, now=now)
        if question not in [q.id for q in asked.questions]:
            raise UnknownIdError("question of this kit", question, [q.id for q in asked.questions])
        sheet = stored.sheet(connection, application_id, account)
        if sheet is None:
            stored.begin(connection, application_id, account, now=now)
        before = stored.of_rater(connection, application_id, account).get(question)
        stands = _given(house, before)
        if before is not None and rev <= before.rev:
            return stands
        if (rating, note) == (stands.rating, stands.note):
            return stands
        handed_in = sheet is not None and sheet.handed_in_at is not None
        after = _changed(stands, rating, note, because, rev, handed_in=handed_in)
        stored.put(
            connection,
            application_id,
            account,
            question,
            known=before is not None,
            rating=after.rating,
            first_rating=after.first_rating,
            note_sealed=house.vault.seal(after.note) if after.note else None,
            because_sealed=house.vault.seal(after.because) if after.because else None,
            rev=after.rev,
            saved_at=stamp(now),
        )
        kind = "rating_changed" if handed_in else "rated"
        _log(connection, actor, kind, application_id, now, question=question, rev=rev)
        return after


def hand_in(house: House, application_id: str, *, actor: Actor, now: datetime) -> None:
    """Hand one's own sheet in. Again is harmless.

    Raises
    ------
    IncompleteError : a question has no rating and was not said to have had no chance
    """
    with house.database.write() as connection:
        row = rated_person(connection, actor, application_id)
        account = actor.account_id or ""
        stored.hold(connection, application_id)
        sheet = stored.sheet(connection, application_id, account)
        if sheet is not None and sheet.handed_in_at:
            return
        asked = asked_in(connection, house, row, actor=actor, now=now)
        given = stored.of_rater(connection, application_id, account)
        missing = [q.id for q in asked.questions if q.id not in given or given[q.id].rating is None]
        if missing or sheet is None:
            raise IncompleteError(missing)
        stored.hand_in(connection, application_id, account, now=now)
        _log(connection, actor, "ratings_handed_in", application_id, now)


def rated_person(connection: Connection, actor: Actor, application_id: str) -> Record:
    """The application, for those who are assigned to interview the person; HR too rates only when assigned."""
    require(actor, *RATERS)
    row = require_person(connection, actor, application_id, duty="interviewer")
    if actor.account_id is None or not assignments.is_assigned(
        connection, application_id, actor.account_id, duty="interviewer"
    ):
        raise NotAllowedError(
            "Only the interviewers of this person rate. Assign yourself on the page of the questions."
        )
    return row


def given_by(
    connection: Connection, house: House, application_id: str, account_id: str, questions: tuple[KitQuestion, ...]
) -> dict[str, Given]:
    """What one rater gave, for every question of the kit."""
    rows = stored.of_rater(connection, application_id, account_id)
    return {q.id: _given(house, rows.get(q.id)) for q in questions}


def _given(house: House, row: Record | None) -> Given:
    if row is None:
        return Given()
    note, because = (house.vault.open(sealed) if sealed else "" for sealed in (row.note_sealed, row.because_sealed))
    return Given(row.rating, note, row.first_rating, because, row.rev)


def _changed(stands: Given, rating: int | None, note: str, because: str, rev: int, *, handed_in: bool) -> Given:
    if not handed_in:
        return Given(rating, note, rev=rev)
    if rating is None:
        raise SheetError("What was handed in can be changed, not taken away. Choose “no chance to answer” instead.")
    if not because.strip():
        raise SheetError("Please say why you change what you handed in; the reason is kept with it.")
    first = stands.first_rating
    if first is None and rating != stands.rating:
        first = stands.rating
    return Given(rating, note, first, because.strip(), rev)


def _check(rating: int | None, note: str, because: str, rev: int) -> None:
    if rating is not None and (type(rating) is not int or not (rating == NO_CHANCE or LOWEST <= rating <= HIGHEST)):
        raise SheetError(f"A rating is {LOWEST} to {HIGHEST}, or {NO_CHANCE} for no chance to answer.")
    if len(note) > LONGEST_NOTE or len(because) > LONGEST_NOTE:
        raise SheetError(f"Please keep notes and reasons to {LONGEST_NOTE:,} characters.")
    if not 1 <= rev <= HIGHEST_REV:
        raise SheetError(f"rev is a whole number from 1 to {HIGHEST_REV}")


def _log(connection: Connection, actor: Actor, kind: str, application_id: str, now: datetime, **body: object) -> None:
    audit.append(
        connection, actor.organisation_id, actor=actor.label, kind=kind, subject=application_id, now=now, body=body
    )
