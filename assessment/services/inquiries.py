"""The inbox: what candidates ask, say about their result or wish, each with a clock of one working day.

Answers are in answering.py. A question or note is seen to by whoever it was given to, else by the owner of the opening;
while that person is away, by their deputy. A wish for another way stays with the owner and is given to nobody else, so
that few people learn of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import Connection

from assessment.errors import UnknownIdError
from assessment.services.absences import seen_to_by, standing_in_for_in
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.organisation import Organisation, organisation_in
from assessment.services.shortlist import facet_names, opened_name
from assessment.services.to_do import ToDo, clock
from assessment.services.working_time import add_working_days
from assessment.storage import accounts
from assessment.storage import inquiries as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

Kind = Literal["question", "note", "adjustment"]
Which = Literal["open", "mine", "unassigned", "overdue", "answered"]
ANSWER_WITHIN_DAYS = 1  # working days
MOST_ANSWERED = 100
_TITLES: Mapping[str, str] = {
    "question": "Answer the question of {}",
    "note": "{} says: this is not me",
    "adjustment": "{} asks for another way to answer",
}


@dataclass(frozen=True)
class Inquiry:
    """One thing somebody wrote; `about` is the facet of a note, `responsible` who sees to it by day-to-day rules.

    assigned_to : the name of the colleague it was given to, empty while nobody was chosen
    stands_in : who sees to it today while that colleague is away, else empty
    """

    kind: Kind
    id: str
    application_id: str
    vacancy_id: str
    vacancy_title: str
    stage: str
    name: str
    language: str
    about: str
    text: str
    asked_at: datetime
    due: datetime
    assigned_id: str | None
    assigned_to: str
    responsible_id: str
    responsible: str
    stands_in: str
    answer: str | None
    answered_by: str
    answered_at: datetime | None
    overdue: bool
    clock: str

    @property
    def link(self) -> str:
        return f"/inbox?kind={self.kind}&id={self.id}"


def inbox(house: House, *, which: Which = "open", actor: Actor, now: datetime) -> tuple[Inquiry, ...]:
    """What waits, the one that is due first on top; or what was answered, newest first."""
    require(actor)
    if which not in get_args(Which):
        raise UnknownIdError("filter", which, get_args(Which))
    with house.database.read() as connection:
        if which == "answered":
            rows = stored.answered_ones(connection, actor.organisation_id, most=MOST_ANSWERED)
            return _opened(connection, house, rows, actor=actor, now=now)
        found = _opened(connection, house, stored.open_ones(connection, actor.organisation_id), actor=actor, now=now)
        found = tuple(sorted(found, key=lambda inquiry: (inquiry.due, inquiry.id)))
        if which == "unassigned":
            return tuple(i for i in found if i.assigned_id is None)
        if which == "overdue":
            return tuple(i for i in found if i.overdue)
        if which == "mine":
            seen_to = seen_to_by(connection, actor.organisation_id, now=now)
            return tuple(i for i in found if seen_to(i.responsible_id) == actor.account_id)
    return found


def inquiry(house: House, kind: str, inquiry_id: str, *, actor: Actor, now: datetime) -> Inquiry:
    """One of them, answered or not."""
    require(actor)
    with house.database.read() as connection:
        row = one_in(connection, kind, inquiry_id, actor=actor)
        return _opened(connection, house, [row], actor=actor, now=now)[0]


def tasks_for(house: House, *, actor: Actor, now: datetime) -> tuple[ToDo, ...]:
    """What the actor has to see to, their own and that of colleagues they stand in for, due first."""
    require(actor)
    with house.database.read() as connection:
        organisation = organisation_in(connection, actor.organisation_id)
        away = {s.account_id: s.words for s in standing_in_for_in(connection, house, actor, now=now)}
        seen_to = seen_to_by(connection, actor.organisation_id, now=now)
        rows = [
            row
            for row in stored.open_ones(connection, actor.organisation_id)
            if seen_to(row.assigned_to or row.owner_id) in (actor.account_id, None)
        ]
    found = []
    for row in rows:
        due = answer_due(moment(row.created_at), organisation)
        line = f"{row.title} · kept apart from the answers" if row.kind == "adjustment" else row.title
        task = ToDo(
            row.kind,
            _TITLES[row.kind].format(opened_name(house, row.name_sealed)),
            line,
            clock(due, now, zone=organisation.zone),
            due < now,
            due,
            f"/inbox?kind={row.kind}&id={row.id}",
            away.get(row.assigned_to or row.owner_id, ""),
        )
        found.append(task)
    return tuple(sorted(found, key=lambda task: (task.at, task.link)))


def answer_due(asked_at: datetime, organisation: Organisation) -> datetime:
    """By when somebody is to answer what was asked then."""
    return add_working_days(asked_at, ANSWER_WITHIN_DAYS, zone=organisation.zone)


def one_in(connection: Connection, kind: str, inquiry_id: str, *, actor: Actor) -> Record:
    if kind not in get_args(Kind):
        raise UnknownIdError("kind of inquiry", kind, get_args(Kind))
    row = stored.one(connection, kind, inquiry_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError(kind, inquiry_id)
    return row


def _opened(
    connection: Connection, house: House, rows: Sequence[Record], *, actor: Actor, now: datetime
) -> tuple[Inquiry, ...]:
    organisation = organisation_in(connection, actor.organisation_id)
    seen_to = seen_to_by(connection, actor.organisation_id, now=now)
    names = facet_names(house.library)
    people = {
        row.id: house.vault.open(row.name_sealed) for row in accounts.of_organisation(connection, actor.organisation_id)
    }
    found = []
    for row in rows:
        due = answer_due(moment(row.created_at), organisation)
        answered = moment(row.answered_at) if row.answered_at else None
        responsible = row.assigned_to or row.owner_id
        found.append(
            Inquiry(
                kind=row.kind,
                id=row.id,
                application_id=row.application_id,
                vacancy_id=row.vacancy_id,
                vacancy_title=row.title,
                stage=row.stage,
                name=opened_name(house, row.name_sealed),
                language=row.language,
                about=names.get(row.facet or "", ""),
                text=_text(house, row),
                asked_at=moment(row.created_at),
                due=due,
                assigned_id=row.assigned_to,
                assigned_to=people.get(row.assigned_to or "", ""),
                responsible_id=responsible,
                responsible=people.get(responsible, ""),
                stands_in=people.get(seen_to(responsible) or "", "") if seen_to(responsible) != responsible else "",
                answer=house.vault.open(row.answer_sealed) if row.answer_sealed else None,
                answered_by=people.get(row.answered_by or "", ""),
                answered_at=answered,
                overdue=answered is None and due < now,
                clock="" if answered else clock(due, now, zone=organisation.zone),
            )
        )
    return tuple(found)


def _text(house: House, row: Record) -> str:
    words = house.vault.open(row.text_sealed)
    if row.kind != "adjustment":
        return words
    asked = json.loads(words)
    options = house.library.wording(language="en").adjustments.options
    return "\n".join([*(f"• {options.get(option, option)}" for option in asked["options"]), asked["text"]]).strip()
