"""Whom somebody interviews, when and where, and what is still missing. Nothing here tells a result."""

from dataclasses import dataclass
from datetime import datetime

from assessment.roles.interview_guide import ASKED_OF_ALL
from assessment.roles.interview_kit import OPEN_POINTS
from assessment.services.actor import Actor, require
from assessment.services.assigned import my_people
from assessment.services.house import House
from assessment.services.interview_kit import when_words
from assessment.services.ratings import RATERS
from assessment.services.stages import OPEN_STAGES
from assessment.storage import ratings as stored
from assessment.storage.clock import moment

QUESTIONS = ASKED_OF_ALL + OPEN_POINTS


@dataclass(frozen=True)
class MyInterview:
    """`missing`: what has to happen next, in words, or empty; `waiting`: for how many of the other raters."""

    application_id: str
    name: str
    title: str
    when: str
    starts_at: datetime | None
    rated: int
    handed_in_at: datetime | None
    waiting: int
    missing: str
    closed: bool


def my_interviews(house: House, *, actor: Actor, now: datetime) -> tuple[MyInterview, ...]:
    """The actor's own interviews: what waits for them first, then by time, what is over last."""
    require(actor, *RATERS)
    account = actor.account_id or ""
    found = []
    people = [person for person in my_people(house, actor=actor) if person.duty == "interviewer"]
    with house.database.read() as connection:
        for person in people:
            slot = stored.booked_slot(connection, person.application_id)
            sheets = {sheet.account_id: sheet for sheet in stored.sheets(connection, person.application_id)}
            own = sheets.get(account)
            handed_in = own.handed_in_at if own else None
            rows = stored.of_rater(connection, person.application_id, account).values()
            rated = sum(row.rating is not None for row in rows)
            starts = moment(slot.starts_at) if slot else None
            others = stored.others_open(connection, person.application_id, account)
            found.append(
                MyInterview(
                    application_id=person.application_id,
                    name=person.name,
                    title=person.title,
                    when=when_words(slot),
                    starts_at=starts,
                    rated=rated,
                    handed_in_at=moment(handed_in) if handed_in else None,
                    waiting=others,
                    missing=_missing(starts, rated, handed_in=handed_in is not None, now=now),
                    closed=person.stage not in OPEN_STAGES,
                )
            )
    return tuple(sorted(found, key=lambda i: (i.closed, i.handed_in_at is not None, *_time(i), i.name)))


def _missing(starts: datetime | None, rated: int, *, handed_in: bool, now: datetime) -> str:
    if handed_in:
        return ""
    if rated >= QUESTIONS:
        return "Everything is rated. Please hand it in."
    if rated:
        return f"{QUESTIONS - rated} of {QUESTIONS} questions still wait for a rating."
    if starts is None:
        return "No time is picked yet."
    return "Please rate the talk." if starts <= now else ""


def _time(interview: MyInterview) -> tuple[bool, float]:
    starts = interview.starts_at
    return starts is None, starts.timestamp() if starts else 0.0
