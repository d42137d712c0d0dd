"""The questions of one interview: three that everybody is asked for the role, three for this person.

Made once and frozen with its words. Why a question was chosen is for HR alone.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.reports.interview_sheet import InterviewSheet, SheetQuestion
from assessment.roles.interview_guide import interview_guide
from assessment.roles.interview_kit import OpenPoint, why_words
from assessment.roles.library import job_title
from assessment.services.actor import Actor, require
from assessment.services.assigned import require_person
from assessment.services.house import House
from assessment.services.kit_questions import (
    KitQuestion,
    asked_in,
    kept_kit,
    kit_body,
    make_in,
    of_person,
    plain_question,
)
from assessment.services.shortlist import facet_names, opened_name
from assessment.storage import audit, kits, ratings, sittings
from assessment.storage.clock import moment
from assessment.storage.record import Record


@dataclass(frozen=True)
class Planned:
    """The same as HR reads it: which facet it is about (empty where it is about none), and why it was chosen."""

    asked: KitQuestion
    facet: str
    because: str


@dataclass(frozen=True)
class Kit:
    """`made_from_answers`: the person had finished when it was made; `answers_since`: has finished only since then."""

    application_id: str
    name: str
    vacancy_id: str
    title: str
    questions: tuple[Planned, ...]
    do_not_ask: tuple[str, ...]
    made_at: datetime
    made_from_answers: bool
    answers_since: bool
    frozen: bool


def make_kit(house: House, application_id: str, *, again: bool = False, actor: Actor, now: datetime) -> Kit:
    """The kit of an application, made where there is none.

    again : make it anew from what is known now, while nobody has rated

    Raises
    ------
    NotAllowedError : somebody has begun to rate, so the questions stay
    """
    require(actor)
    with house.database.write() as connection:
        row = require_person(connection, actor, application_id)
        if again:
            _refuse_when_rated(connection, application_id)
        if again or kits.one(connection, application_id) is None:
            make_in(connection, house, row, actor=actor, now=now)
        return _kit(connection, house, row, actor=actor)


def swap_question(house: House, application_id: str, question: str, other: str, *, actor: Actor, now: datetime) -> Kit:
    """Put another question of the guide in the place of one that was chosen for this person.

    Raises
    ------
    NotAllowedError : everybody is asked that question, or somebody has begun to rate
    UnknownIdError : the guide has no such question under a facet, or the kit asks it already
    """
    require(actor)
    with house.database.write() as connection:
        row = require_person(connection, actor, application_id)
        _refuse_when_rated(connection, application_id)
        body = kit_body(connection, application_id)
        at = [own["id"] for own in body["questions"]]
        if question not in at:
            raise UnknownIdError("question of this kit", question, at)
        if body["questions"][at.index(question)]["part"] == "role":
            raise NotAllowedError("Everybody is asked this question for the role, so that talks can be compared.")
        guide = interview_guide()
        free = [id_ for id_ in guide.facet_of if id_ not in at]
        if other not in free:
            raise UnknownIdError("question to take", other, free)
        point = OpenPoint(guide.facet_of[other], "chosen")
        body["questions"][at.index(question)] = of_person(point, guide.by_id[other], guide)
        kits.change(connection, application_id, audit.canonical(body))
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="question_swapped",
            subject=application_id,
            now=now,
            body={"from": question, "to": other},
        )
        return _kit(connection, house, row, actor=actor)


def other_questions(kit: Kit, house: House) -> dict[str, str]:
    """Questions of the guide that the kit does not ask, with the name of their facet before them."""
    guide, names = interview_guide(), facet_names(house.library)
    asked = {planned.asked.id for planned in kit.questions}
    return {
        id_: f"{names[facet]}: {guide.by_id[id_].question}" for id_, facet in guide.facet_of.items() if id_ not in asked
    }


def interview_sheet(house: House, application_id: str, *, actor: Actor, now: datetime) -> InterviewSheet:
    """What goes into the room on paper: for HR and for the interviewers of this person, with no result on it."""
    require(actor, "administrator", "hr_manager", "interviewer")
    with house.database.write() as connection:
        row = require_person(connection, actor, application_id, duty="interviewer")
        asked = asked_in(connection, house, row, actor=actor, now=now)
        when = when_words(ratings.booked_slot(connection, application_id))
    return InterviewSheet(
        candidate=opened_name(house, row.name_sealed),
        role=job_title(row.title, row.role, "en"),
        when=when,
        questions=tuple(
            SheetQuestion(q.id, "", q.question, q.anchors, q.probes, q.listen_for) for q in asked.questions
        ),
        do_not_ask=asked.do_not_ask,
    )


def when_words(slot: Record | None) -> str:
    """A picked slot on the clock of its own place: Tuesday 8 December, 14:00 to 14:45 (Europe/Madrid), Room 2."""
    if slot is None:
        return ""
    zone = ZoneInfo(slot.time_zone)
    begins, ends = (moment(at).astimezone(zone) for at in (slot.starts_at, slot.ends_at))
    when = f"{begins:%A} {begins.day} {begins:%B}, {begins:%H:%M} to {ends:%H:%M} ({slot.time_zone})"
    return f"{when}, {slot.place}" if slot.place else when


def _kit(connection: Connection, house: House, row: Record, *, actor: Actor) -> Kit:
    body, names = kit_body(connection, row.id), facet_names(house.library)
    sitting = sittings.to_read(connection, row.id, organisation_id=actor.organisation_id)
    finished = sitting is not None and sitting.status == "submitted"
    return Kit(
        application_id=row.id,
        name=opened_name(house, row.name_sealed),
        vacancy_id=row.vacancy_id,
        title=row.title,
        questions=tuple(
            Planned(
                plain_question(own),
                names.get(own["facet"], ""),
                why_words(own["why"], names[own["facet"]]) if own["why"] else "Everybody is asked this for the role.",
            )
            for own in body["questions"]
        ),
        do_not_ask=tuple(body["do_not_ask"]),
        made_at=moment(kept_kit(connection, row.id).created_at),
        made_from_answers=body["finished"],
        answers_since=finished and not body["finished"],
        frozen=ratings.anything_written(connection, row.id),
    )


def _refuse_when_rated(connection: Connection, application_id: str) -> None:
    ratings.hold(connection, application_id)
    if ratings.anything_written(connection, application_id):
        raise NotAllowedError("Somebody has begun to rate, so the questions stay as they are.")
