"""Interviews: HR asks people to pick a time, they pick, change or give it back, and staff may do so for them.

What a picked time brings about (messages, calendars, interviewers) is interview_booking.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.messages.calendar import CalendarEntry, ics
from assessment.messages.plain_pages import put_in
from assessment.messages.times import listed, say_day, say_zone
from assessment.messages.words import words
from assessment.services.actor import Actor, require
from assessment.services.assigned import require_person
from assessment.services.calendar_entries import candidate_entry, staff_entry
from assessment.services.decision_messages import seen_stage
from assessment.services.house import House
from assessment.services.interview_asking import ask_in, free_slots
from assessment.services.interview_booking import book_in, free_in, slot_in
from assessment.services.organisation import organisation_in
from assessment.services.sitting import own, own_seen
from assessment.services.slot import Slot, slot_of
from assessment.services.slots import RATERS, own_slot
from assessment.services.stages import BY_HAND
from assessment.storage import applications, slots, stages
from assessment.storage import interviews as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

LONGEST_REASON = 1_000


class JustTakenError(NotAllowedError):
    """Somebody else picked the time a moment ago; there are others."""


@dataclass(frozen=True)
class OpenSlot:
    """A free time as a candidate reads it, on the clock of the place and in their words."""

    id: str
    day: date
    day_words: str
    hours: str
    clock: str  # hours and whose clock
    when: str
    minutes: int
    place: str
    interviewers: str


@dataclass(frozen=True)
class Asked:
    """Who was asked now; `notes` say what else is worth knowing."""

    application_ids: tuple[str, ...]
    notes: tuple[str, ...]


def ask_to_pick(house: House, application_ids: Sequence[str], *, actor: Actor, now: datetime) -> Asked:
    """Ask people to pick a time; all of them or none. Who was asked already is not written to again.

    Raises
    ------
    NotAllowedError : the opening has no free time, or somebody's application is not open
    """
    require(actor)
    if not application_ids:
        raise SheetError("There is nobody to ask.")
    notes, done = [], []
    with house.database.write() as connection:
        ids = sorted(set(application_ids))
        for id_ in ids:  # every application first, then what a whole organisation queues for
            stages.current(connection, id_, organisation_id=actor.organisation_id)
        slots.hold(connection, actor.organisation_id)
        rows = [require_person(connection, actor, id_) for id_ in ids]
        free: dict[str, tuple[Slot, ...]] = {}
        for row in rows:
            if row.vacancy_id not in free:
                free[row.vacancy_id] = free_slots(connection, house, row.vacancy_id, now=now)
            if ask_in(connection, house, row, free[row.vacancy_id], actor=actor, now=now):
                done.append(row.id)
        for vacancy_id, there in free.items():
            waiting = sum(row.stage in BY_HAND for row in stored.asked(connection, vacancy_id))
            if waiting > len(there):
                notes.append(f"{waiting} people may pick among {len(there)} free times. Please offer more.")
    return Asked(tuple(done), tuple(notes))


def open_slots(house: House, *, actor: Actor, now: datetime) -> tuple[OpenSlot, ...]:
    """Free times that this candidate may pick from; none before they were asked."""
    with house.database.read() as connection:
        row = own_seen(connection, actor)
        if stored.of_application(connection, row.application_id) is None:
            return ()
        free = free_slots(connection, house, row.vacancy_id, now=now)
    return tuple(
        OpenSlot(
            slot.id,
            slot.day,
            say_day(slot.day, row.language),
            slot.hours(row.language),
            f"{slot.hours(row.language)} ({say_zone(slot.starts_at, slot.time_zone, row.language)})",
            slot.when(row.language),
            slot.minutes,
            slot.place,
            listed(slot.interviewers, row.language),
        )
        for slot in free
    )


def pick(house: House, slot_id: str, *, actor: Actor, now: datetime) -> Slot:
    """The candidate takes a time, or another in place of the one they have. The same again is harmless.

    Raises
    ------
    JustTakenError : somebody was faster
    ClosedError : the time is gone, or it is too late
    """
    language = "en"
    try:
        with house.database.write() as connection:
            row = own(connection, actor)
            language = row.language
            application = _held_application(connection, row.application_id, actor)
            if row.withdrawn_at is not None:
                raise ClosedError(_closed(connection, actor, language))
            return _pick(connection, house, application, slot_id, actor=actor, now=now)
    except IntegrityError:
        raise JustTakenError(words(language).progress["just_taken"]) from None


def cancel_pick(house: House, because: str = "", *, actor: Actor, now: datetime) -> None:
    """The candidate gives their time back, with a reason or without; twice is once."""
    with house.database.write() as connection:
        row = own(connection, actor)
        application = _held_application(connection, row.application_id, actor)
        held = _slot_held(connection, house, application.id, actor)
        if held is None:
            return
        if held.starts_at <= now:
            raise ClosedError(_closed(connection, actor, row.language, "began"))
        if _stage(connection, house, application, actor) not in BY_HAND:
            raise ClosedError(_closed(connection, actor, row.language))
        free_in(connection, house, application.id, because=_short(because), actor=actor, now=now)


def move_interview(
    house: House, application_id: str, slot_id: str, *, because: str, actor: Actor, now: datetime
) -> Slot:
    """Staff give somebody a time, or another one; HR any, interviewers within their own. The person is told."""
    require(actor, *RATERS)
    reason = _reason(because)
    try:
        with house.database.write() as connection:
            application = _dealt_with(connection, house, application_id, actor)
            own_slot(connection, slot_id, actor)
            return _pick(connection, house, application, slot_id, because=reason, actor=actor, now=now)
    except IntegrityError:
        raise JustTakenError("Somebody has picked this time a moment ago. Please take another.") from None


def cancel_interview(house: House, application_id: str, *, because: str, actor: Actor, now: datetime) -> None:
    """Staff call an interview off; the person is told and may pick another time.

    Raises
    ------
    ClosedError : its time has come already
    """
    require(actor, *RATERS)
    reason = _reason(because)
    with house.database.write() as connection:
        _dealt_with(connection, house, application_id, actor)
        held = _slot_held(connection, house, application_id, actor)
        if held is not None and held.starts_at <= now:
            raise ClosedError("The time of this talk has come already, so it is not called off any more.")
        free_in(connection, house, application_id, because=reason, actor=actor, now=now)


def my_calendar(house: House, *, actor: Actor, now: datetime) -> str:
    """The candidate's interview as a file for their calendar."""
    with house.database.write() as connection:  # the link on it may have to be made anew
        row = own_seen(connection, actor)
        application = applications.one(connection, row.application_id, organisation_id=actor.organisation_id)
        held = _slot_held(connection, house, row.application_id, actor)
        interview = stored.of_application(connection, row.application_id)
        if application is None or held is None or interview is None:
            raise UnknownIdError("interview", "of yours")
        entry = candidate_entry(
            connection, house, application, interview.uid, interview.sequence, held, actor=actor, now=now
        )
    return _file(entry, now=now)


def staff_calendar(house: House, application_id: str, *, actor: Actor, now: datetime) -> str:
    """An interview as a file for the calendar of HR or of one who asks."""
    require(actor, *RATERS)
    with house.database.read() as connection:
        application = require_person(connection, actor, application_id, duty="interviewer")
        held = _slot_held(connection, house, application_id, actor)
        interview = stored.of_application(connection, application_id)
        if held is None or interview is None:
            raise UnknownIdError("interview of application", application_id)
        entry = staff_entry(connection, house, application, interview.uid, interview.sequence, held, actor=actor)
    return _file(entry, now=now)


def _pick(
    connection: Connection,
    house: House,
    application: Record,
    slot_id: str,
    *,
    because: str = "",
    actor: Actor,
    now: datetime,
) -> Slot:
    """Check that a slot may be had and give it to the application."""
    by_candidate = actor.kind == "candidate"
    language = application.language if by_candidate else "en"
    said_here = words(language).progress
    if stored.of_application(connection, application.id) is None:
        raise NotAllowedError(said_here["not_asked"] if by_candidate else "Please ask this person first.")
    if _stage(connection, house, application, actor) not in BY_HAND:
        raise ClosedError(_closed(connection, actor, language))
    row = slots.one(connection, slot_id, organisation_id=actor.organisation_id)
    if row is None or row.vacancy_id != application.vacancy_id:
        raise UnknownIdError("time", slot_id)
    if row.application_id == application.id:
        return slot_of(house, row)
    if row.application_id is not None:
        raise JustTakenError(said_here["just_taken"])
    gone = row.taken_back_at is not None or row.first_disabled is not None or row.second_disabled is not None
    if gone or moment(row.starts_at) <= now:
        raise ClosedError(said_here["gone"])
    held = _slot_held(connection, house, application.id, actor)
    if by_candidate and held is not None and held.starts_at <= now:
        raise ClosedError(_closed(connection, actor, language, "began"))
    return book_in(connection, house, application, slot_id, because=because, actor=actor, now=now)


def _held_application(connection: Connection, application_id: str, actor: Actor) -> Record:
    """The application and every time of the organisation, held until the transaction ends."""
    stages.current(connection, application_id, organisation_id=actor.organisation_id)
    slots.hold(connection, actor.organisation_id)
    row = applications.one(connection, application_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("application", application_id)
    return row


def _dealt_with(connection: Connection, house: House, application_id: str, actor: Actor) -> Record:
    """Somebody whose interview the actor may change: HR anybody's, interviewers where the time is theirs."""
    require_person(connection, actor, application_id, duty="interviewer")
    application = _held_application(connection, application_id, actor)
    held = _slot_held(connection, house, application_id, actor)
    if actor.role == "interviewer" and (held is None or actor.account_id not in held.account_ids):
        raise NotAllowedError("You can change interviews at your own times only. HR can change the others.")
    return application


def _stage(connection: Connection, house: House, application: Record, actor: Actor) -> str:
    """Where the application stands, as far as the actor may know."""
    if actor.kind != "candidate":
        return str(application.stage)
    return seen_stage(connection, house, application.id, application.stage, organisation_id=actor.organisation_id)


def _slot_held(connection: Connection, house: House, application_id: str, actor: Actor) -> Slot | None:
    interview = stored.of_application(connection, application_id)
    if interview is None or interview.slot_id is None:
        return None
    return slot_in(connection, house, interview.slot_id, actor=actor)


def _closed(connection: Connection, actor: Actor, language: str, word: str = "closed") -> str:
    organisation = organisation_in(connection, actor.organisation_id)
    contact = f"{organisation.contact_name}, {organisation.contact}"
    return put_in(words(language).progress[word], contact=contact)


def _reason(because: str) -> str:
    reason = _short(because)
    if not reason:
        raise SheetError("Please say why; it is kept with the interview.")
    return reason


def _short(because: str) -> str:
    reason = because.strip()
    if len(reason) > LONGEST_REASON:
        raise SheetError(f"Please keep the reason to {LONGEST_REASON:,} characters.")
    return reason


def _file(entry: CalendarEntry, *, now: datetime) -> str:
    return ics(entry, "REQUEST", now=now)
