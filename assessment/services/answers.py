"""Saving answers as they are tapped, and handing them in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import AnswerError, ClosedError, IncompleteError, NotAllowedError, SheetError
from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument
from assessment.instruments.library import Library
from assessment.services.actor import Actor
from assessment.services.adaptive import Ahead, ahead
from assessment.services.confirming import finished_in
from assessment.services.earlier import earlier_sheet, shared_answers
from assessment.services.growth_sheet import handed_in_own
from assessment.services.house import House
from assessment.services.scoring import score_sitting
from assessment.services.sitting import log, own, own_open, status_of
from assessment.services.stages import move_in
from assessment.services.versions import form_of, questionnaire_of
from assessment.storage import responses
from assessment.storage import sittings as stored
from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.responses import Response, Value

MOST_ANSWERS = 200
HIGHEST_REV = 2**53 - 1  # the highest whole number a browser counts to
LONGEST_MS = 2**31 - 1


@dataclass(frozen=True)
class Answer:
    """One tap: value None clears; `rev` says which of two taps is the newer; `ms` how long it took."""

    item: str
    value: Value
    rev: int
    ms: int | None = None


@dataclass(frozen=True)
class Saved:
    """What stands for an item after a call: this tap, or a newer one that came before it."""

    item: str
    value: Value
    rev: int


@dataclass(frozen=True)
class Kept:
    """What stands after a call, and what is still asked; `adaptive` when that hangs on the answers."""

    saved: tuple[Saved, ...]
    ahead: Ahead
    adaptive: bool

    @property
    def left(self) -> int:
        return len(self.ahead.fields)


def save_answers(house: House, answers: Sequence[Answer], *, actor: Actor, now: datetime) -> Kept:
    """Keep answers, all or none, and say what stands and what is left.

    The same call again changes nothing: a newer rev wins, of equal revs the first stands.

    Raises
    ------
    AnswerError : one answer cannot be taken; nothing is saved
    ClosedError : the sitting is handed in, left or expired; what was saved is kept
    """
    if not 1 <= len(answers) <= MOST_ANSWERS:
        raise SheetError(f"found {len(answers)} answers in one call; send 1 to {MOST_ANSWERS}")
    try:
        with house.database.write() as connection:
            row = own_open(connection, actor, now=now)
            form, instrument = form_of(connection, row.form_id), questionnaire_of(connection, row.questionnaire_id)
            for answer in answers:
                check_answer(answer, form=form, instrument=instrument, library=house.library)
            standing = _keep(connection, house, row, answers, actor=actor, now=now)
            left = ahead(connection, row, _values(standing))
    except ClosedError:
        _note_expiry(house, actor, now=now)
        raise
    saved = tuple(
        Saved(item, standing[item].value, standing[item].rev) for item in dict.fromkeys(a.item for a in answers)
    )
    return Kept(saved, left, row.adaptive)


def submit(house: House, *, actor: Actor, now: datetime, skip: bool = False) -> None:
    """Hand the sheet in: one change of state, scored at once. Again is harmless.

    Raises
    ------
    IncompleteError : fields are not answered, and it was not said that they are to be skipped
    """
    try:
        with house.database.write() as connection:
            row = own(connection, actor)
            if row.status == "submitted":
                return
            row = own_open(connection, actor, now=now)
            missing = ahead(connection, row, _values(responses.responses_of(connection, row.id))).fields
            if missing and not skip:
                raise IncompleteError(missing)
            stored.change(connection, row.id, status="submitted", step="result", finished_at=stamp(now))
            log(connection, actor, "submitted", row.id, now, skipped=len(missing))
            if row.purpose == "growth":  # nobody waits for it, and no band is kept
                handed_in_own(connection, house, row, now=now)
                return
            score_sitting(connection, row.id, now)
            before = ("invited", "answering")
            move_in(connection, house, row.application_id, "to_read", only_from=before, actor=actor, now=now)
            finished_in(connection, house, row.application_id, row.id, actor=actor, now=now)
    except ClosedError:
        _note_expiry(house, actor, now=now)
        raise


def reuse_earlier(house: House, *, actor: Actor, now: datetime) -> int:
    """Take over what the person answered within the last twelve months, because they say so; returns how many."""
    with house.database.write() as connection:
        row = own_open(connection, actor, now=now)
        if row.agreed_at is None:
            raise NotAllowedError("Please read the notice first and say that you want to start.")
        form, instrument = form_of(connection, row.form_id), questionnaire_of(connection, row.questionnaire_id)
        reuse = earlier_sheet(connection, row, form=form, instrument=instrument, now=now)
        if reuse is None or row.reused_from is not None:
            raise NotAllowedError("There are no earlier answers to take over.")
        there = responses.responses_of(connection, row.id)
        copied = {
            item: value
            for item, value in shared_answers(connection, reuse.sitting_id, form=form).items()
            if item not in there
        }
        stored.change(connection, row.id, reused_from=reuse.sitting_id)
        log(connection, actor, "earlier_answers_taken_over", row.id, now, earlier=reuse.sitting_id)
        _keep(connection, house, row, [Answer(item, value, 1) for item, value in copied.items()], actor=actor, now=now)
    return len(copied)


def check_answer(answer: Answer, *, form: Form, instrument: Instrument, library: Library) -> None:
    """Refuse an answer that the form does not ask for, or that is out of range."""
    if answer.item not in form.fields():
        raise AnswerError(answer.item, "it is not asked in this form")
    if not 1 <= answer.rev <= HIGHEST_REV:
        raise AnswerError(answer.item, f"rev is a whole number from 1 to {HIGHEST_REV}")
    if answer.ms is not None and answer.ms < 0:
        raise AnswerError(answer.item, "ms is how long it took, 0 or more")
    if answer.value is None:
        return
    if answer.item in form.items:
        low, high = instrument.format.low, instrument.format.high
        if type(answer.value) is not int or not low <= answer.value <= high:
            raise AnswerError(answer.item, f"expected a whole number from {low} to {high}, or null")
        return
    options = library.scenarios().by_id()[answer.item.rpartition(".")[0]].options
    if answer.value not in options:
        raise AnswerError(answer.item, f"expected one of {', '.join(sorted(options))}, or null")


def _keep(
    connection: Connection, house: House, row: Record, answers: Sequence[Answer], *, actor: Actor, now: datetime
) -> dict[str, Response]:
    """Write what is newer, one event for each value that changed; returns what stands."""
    standing = responses.responses_of(connection, row.id)
    for answer in answers:
        before = standing.get(answer.item)
        if before is not None and answer.rev <= before.rev:
            continue
        after = Response(answer.value, answer.rev)
        ms = None if answer.ms is None else min(answer.ms, LONGEST_MS)
        responses.put(connection, row.id, answer.item, after, known=standing, ms=ms, now=now)
        standing[answer.item] = after
        if after.value != (before.value if before else None):
            log(connection, actor, "answered", row.id, now, item=answer.item, rev=answer.rev)
    if row.started_at is None and any(response.value is not None for response in standing.values()):
        stored.change(connection, row.id, started_at=stamp(now))
        if row.purpose == "hiring":
            move_in(connection, house, row.application_id, "answering", only_from=("invited",), actor=actor, now=now)
    return standing


def _values(standing: dict[str, Response]) -> dict[str, Value]:
    return {field: response.value for field, response in standing.items()}


def _note_expiry(house: House, actor: Actor, *, now: datetime) -> None:
    """The days are over: say so in the store, once; what was saved is kept and nothing is scored."""
    with house.database.write() as connection:
        row = own(connection, actor)
        if row.status == "open" and status_of(row, now=now) == "expired":
            stored.change(connection, row.id, status="expired")
            log(connection, actor, "expired", row.id, now)
