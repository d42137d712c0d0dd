"""What the raters of one talk gave, side by side: shown to each of them, and to HR, once all have handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import Connection

from assessment.errors import NotAllowedError
from assessment.evidence.rater_agreement import RaterAgreement, rater_agreement
from assessment.services.actor import STAFF, Actor, require
from assessment.services.assigned import require_person
from assessment.services.house import House
from assessment.services.kit_questions import KitQuestion, asked_in
from assessment.services.ratings import RATERS, Given, given_by
from assessment.services.shortlist import opened_name
from assessment.storage import assignments, kits
from assessment.storage import ratings as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

TALK_ABOUT = 2  # points apart: more than the anchors leave to taste


@dataclass(frozen=True)
class Rater:
    """`knew_answers`: had opened the report before handing in, which HR may and interviewers cannot."""

    account_id: str
    name: str
    rated: int
    handed_in_at: datetime | None
    knew_answers: bool


@dataclass(frozen=True)
class RatedQuestion:
    """`apart`: widest difference of what stands now, in points; None with fewer than two ratings. `place`: in the kit, from 1."""

    place: int
    asked: KitQuestion
    given: tuple[Given, ...]
    apart: int | None

    @property
    def talk_about(self) -> bool:
        return self.apart is not None and self.apart >= TALK_ABOUT

    @property
    def mean(self) -> float | None:
        counted = [g.counted for g in self.given if g.counted is not None]
        return sum(counted) / len(counted) if counted else None


@dataclass(frozen=True)
class Together:
    """`questions` is empty until everybody has handed in; those two points or more apart stand first.

    mean : of the questions' means, 1 to 5; None before, or where nobody could rate anything
    agreement : of two raters, on what each gave alone; None with more or fewer
    """

    application_id: str
    name: str
    title: str
    vacancy_id: str
    raters: tuple[Rater, ...]
    questions: tuple[RatedQuestion, ...]
    mean: float | None
    agreement: RaterAgreement | None

    @property
    def waiting_for(self) -> tuple[str, ...]:
        return tuple(rater.name for rater in self.raters if rater.handed_in_at is None)

    @property
    def complete(self) -> bool:
        return bool(self.raters) and not self.waiting_for


def rated_together(house: House, application_id: str, *, actor: Actor, now: datetime) -> Together:
    """The ratings of a talk; before all have handed in, only who they wait for.

    Raises
    ------
    NotAllowedError : an interviewer who has not handed in their own
    """
    require(actor, *RATERS)
    with house.database.read() as connection:
        row = require_person(connection, actor, application_id, duty="interviewer")
        raters = _raters(connection, house, row, actor=actor)
        own = next((rater for rater in raters if rater.account_id == actor.account_id), None)
        if own is not None and own.handed_in_at is None:
            raise NotAllowedError("Please hand in your own ratings first; then you see those of the others.")
        if own is None and actor.kind == "staff" and actor.role not in STAFF:
            raise NotAllowedError("Only those who rated this talk see its ratings.")
        complete = bool(raters) and all(rater.handed_in_at for rater in raters)
        questions = _questions(connection, house, row, raters, actor=actor, now=now) if complete else ()
    means = [question.mean for question in questions if question.mean is not None]
    return Together(
        application_id=application_id,
        name=opened_name(house, row.name_sealed),
        title=row.title,
        vacancy_id=row.vacancy_id,
        raters=raters,
        questions=questions,
        mean=sum(means) / len(means) if means else None,
        agreement=_agreement(questions) if len(raters) == 2 and complete else None,
    )


def raters_of(house: House, application_id: str, *, actor: Actor) -> tuple[Rater, ...]:
    """Who rates this talk and how far each has come; for HR, and without what they gave."""
    require(actor)
    with house.database.read() as connection:
        return _raters(connection, house, require_person(connection, actor, application_id), actor=actor)


def _raters(connection: Connection, house: House, row: Record, *, actor: Actor) -> tuple[Rater, ...]:
    """Those assigned now, and those who handed in before their assignment ended."""
    sheets = {sheet.account_id: sheet for sheet in stored.sheets(connection, row.id)}
    assigned = [r for r in assignments.of_application(connection, row.id) if r.duty == "interviewer"]
    names = {r.account_id: r.name_sealed for r in assigned}
    names |= {id_: sheet.name_sealed for id_, sheet in sheets.items() if sheet.handed_in_at and id_ not in names}
    return tuple(
        _rater(connection, house, row, id_, sealed, sheets.get(id_), actor=actor) for id_, sealed in names.items()
    )


def _rater(
    connection: Connection,
    house: House,
    row: Record,
    account_id: str,
    name_sealed: bytes,
    sheet: Record | None,
    *,
    actor: Actor,
) -> Rater:
    handed_in = sheet.handed_in_at if sheet else None
    opened = stored.opened_report(connection, row.id, account_id, organisation_id=actor.organisation_id)
    rated = sum(own.rating is not None for own in stored.of_rater(connection, row.id, account_id).values())
    return Rater(
        account_id=account_id,
        name=house.vault.open(name_sealed),
        rated=rated,
        handed_in_at=moment(handed_in) if handed_in else None,
        knew_answers=opened is not None and (handed_in is None or opened <= handed_in),
    )


def _questions(
    connection: Connection, house: House, row: Record, raters: Sequence[Rater], *, actor: Actor, now: datetime
) -> tuple[RatedQuestion, ...]:
    if kits.one(connection, row.id) is None:
        return ()
    asked = asked_in(connection, house, row, actor=actor, now=now).questions
    given = [given_by(connection, house, row.id, rater.account_id, asked) for rater in raters]
    found = [
        RatedQuestion(n, q, tuple(own[q.id] for own in given), _apart([own[q.id] for own in given]))
        for n, q in enumerate(asked, start=1)
    ]
    return tuple(sorted(found, key=lambda question: -(question.apart or 0) if question.talk_about else 0))


def _apart(given: Sequence[Given]) -> int | None:
    counted = [g.counted for g in given if g.counted is not None]
    return max(counted) - min(counted) if len(counted) > 1 else None


def _agreement(questions: Sequence[RatedQuestion]) -> RaterAgreement:
    one, other = (
        np.array([np.nan if q.given[at].alone is None else float(q.given[at].alone or 0) for q in questions])
        for at in (0, 1)
    )
    return rater_agreement(one, other)
