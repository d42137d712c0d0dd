"""What waits for whom: the first screen of an HR manager's day."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from assessment.errors import UnknownIdError
from assessment.reports.words import day
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.shortlist import list_candidates, opened_name
from assessment.services.vacancies import Counts, Vacancy, list_vacancies
from assessment.storage import applications, audit, said
from assessment.storage.clock import moment

DRIFTED_AFTER = timedelta(days=2)
EXPIRES_SOON = timedelta(hours=48)


@dataclass(frozen=True)
class Task:
    """One line of work. `due` is in words; `overdue` when the promise is broken already."""

    kind: Literal["read", "question", "adjustment", "remind", "expiring"]
    title: str
    line: str
    due: str
    overdue: bool
    at: datetime
    vacancy_id: str
    application_id: str | None = None
    id: str = ""


@dataclass(frozen=True)
class Today:
    waiting_on_you: tuple[Task, ...]
    waiting_on_candidates: tuple[Task, ...]
    vacancies: tuple[Vacancy, ...]
    counts: Counts

    @property
    def overdue(self) -> tuple[Task, ...]:
        return tuple(task for task in self.waiting_on_you if task.overdue)


def today(house: House, *, actor: Actor, now: datetime) -> Today:
    """Everything that waits, what is overdue first."""
    require(actor)
    open_ones = tuple(v for v in list_vacancies(house, actor=actor, now=now) if v.closed_at is None)
    with house.database.read() as connection:
        reply_days = organisation_in(connection, actor.organisation_id).reply_days
        asked = said.open_questions(connection, actor.organisation_id)
        adjustments = said.open_adjustments(connection, actor.organisation_id)
        read = applications.opened_reports(connection, actor.organisation_id)
    mine: list[Task] = []
    theirs: list[Task] = []
    for question in asked:
        name = opened_name(house, question.name_sealed)
        at = moment(question.created_at)
        mine.append(
            _due(
                "question",
                f"Answer the question of {name}",
                question.title,
                at + timedelta(days=1),
                now,
                vacancy_id=question.vacancy_id,
                application_id=question.application_id,
            )
        )
    for adjustment in adjustments:
        name = opened_name(house, adjustment.name_sealed)
        line = f"{adjustment.title} · kept apart from the answers"
        mine.append(
            _due(
                "adjustment",
                f"{name} asks for another way to answer",
                line,
                moment(adjustment.created_at) + timedelta(days=1),
                now,
                vacancy_id=adjustment.vacancy_id,
                application_id=adjustment.application_id,
                id=adjustment.id,
            )
        )
    for vacancy in open_ones:
        drifted = expiring = 0
        for row in list_candidates(house, vacancy.id, actor=actor, now=now):
            opened = read.get(row.application_id)
            if row.state == "finished" and row.finished_at and (not opened or moment(opened) < row.finished_at):
                promised = row.finished_at + timedelta(days=reply_days)
                line = f"{vacancy.title} · finished {_ago(row.finished_at, now)} · promised by {day(promised)}"
                title = f"Read the answers of {row.name}"
                mine.append(
                    _due("read", title, line, promised, now, vacancy_id=vacancy.id, application_id=row.application_id)
                )
            drifted += row.state == "started" and now - row.created_at > DRIFTED_AFTER
            expiring += row.state == "invited"
        if drifted:
            theirs.append(_theirs("remind", f"{_people(drifted)} started and stopped", vacancy, now))
        if expiring:
            theirs.append(_theirs("expiring", f"{_people(expiring)} not begun yet", vacancy, now))
    mine.sort(key=lambda task: task.at)
    total = Counts(*(sum(getattr(v.counts, f) for v in open_ones) for f in Counts.__dataclass_fields__))
    return Today(tuple(mine), tuple(theirs), open_ones, total)


def settle_adjustment(house: House, adjustment_id: str, *, actor: Actor, now: datetime) -> None:
    """Somebody has seen to it that the person can answer in another way."""
    require(actor)
    with house.database.write() as connection:
        if adjustment_id in [a.id for a in said.open_adjustments(connection, actor.organisation_id)]:
            said.settle_adjustment(connection, adjustment_id, now=now)
            audit.append(
                connection,
                actor.organisation_id,
                actor=actor.label,
                kind="adjustment_settled",
                subject=adjustment_id,
                now=now,
            )


@dataclass(frozen=True)
class Asked:
    """What somebody needs to answer in comfort: options in words, and their own words."""

    options: tuple[str, ...]
    text: str


def adjustment(house: House, adjustment_id: str, *, actor: Actor) -> Asked:
    """What the person asked for; only for who sees to it."""
    require(actor)
    words = house.library.wording(language="en").adjustments.options
    with house.database.read() as connection:
        for row in said.open_adjustments(connection, actor.organisation_id):
            if row.id == adjustment_id:
                asked = json.loads(house.vault.open(row.asked_sealed))
                return Asked(tuple(words[option] for option in asked["options"]), asked["text"])
    raise UnknownIdError("request", adjustment_id)


def _due(
    kind: Literal["read", "question", "adjustment"],
    title: str,
    line: str,
    due: datetime,
    now: datetime,
    *,
    vacancy_id: str,
    application_id: str,
    id: str = "",
) -> Task:
    left = due - now
    if left < timedelta(0):
        words = f"Overdue since {day(due)}"
    elif left < timedelta(days=1):
        words = f"{max(int(left.total_seconds() // 3600), 1)} h left"
    else:
        words = f"Due {day(due)}"
    return Task(kind, title, line, words, left < timedelta(0), due, vacancy_id, application_id, id)


def _theirs(kind: Literal["remind", "expiring"], title: str, vacancy: Vacancy, now: datetime) -> Task:
    return Task(kind, title, vacancy.title, "", False, now, vacancy.id)


def _people(n: int) -> str:
    return "One person has" if n == 1 else f"{n} people have"


def _ago(then: datetime, now: datetime) -> str:
    days = (now - then).days
    return "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
