"""Teams: who works together, and who was asked whether they may count in the team's summary.

Beside it: team_answers.py (the members' own word), team_summary.py (what a team has already).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.shortlist import opened_name
from assessment.services.telling import tell_candidate
from assessment.storage import audit, vacancies
from assessment.storage import teams as stored
from assessment.storage.clock import stamp
from assessment.storage.record import Record

LONGEST_NAME = 100


@dataclass(frozen=True)
class Team:
    """`asked`: people who work here, were asked and have not said no; `counts`: those who said yes."""

    id: str
    name: str
    site: str
    asked: int
    counts: int


@dataclass(frozen=True)
class Member:
    """Somebody who was asked: `answer` is yes, no or waiting."""

    application_id: str
    name: str
    title: str
    answer: str


def make_team(house: House, name: str, *, site: str = "", actor: Actor, now: datetime) -> str:
    require(actor)
    called = _name(name)
    with house.database.write() as connection:
        id_ = stored.add(
            connection,
            organisation_id=actor.organisation_id,
            name=called,
            site=site.strip()[:200],
            made_by=actor.label,
            now=now,
        )
        _log(connection, actor, "team_made", id_, now)
    return id_


def rename_team(house: House, team_id: str, name: str, *, site: str = "", actor: Actor, now: datetime) -> None:
    require(actor)
    called = _name(name)
    with house.database.write() as connection:
        team_in(connection, actor, team_id)
        stored.change(connection, team_id, name=called, site=site.strip()[:200])
        _log(connection, actor, "team_renamed", team_id, now)


def close_team(house: House, team_id: str, *, actor: Actor, now: datetime) -> None:
    """It is not there any more: nobody is asked about it, nothing of it is shown."""
    require(actor)
    with house.database.write() as connection:
        team_in(connection, actor, team_id)
        stored.change(connection, team_id, closed_at=stamp(now))
        _log(connection, actor, "team_closed", team_id, now)


def list_teams(house: House, *, actor: Actor, now: datetime) -> tuple[Team, ...]:
    require(actor)
    with house.database.read() as connection:
        rows = stored.of_organisation(connection, actor.organisation_id, today=_today(connection, actor, now))
    return tuple(Team(row.id, row.name, row.site, row.asked, row.counts) for row in rows)


def team_members(house: House, team_id: str, *, actor: Actor, now: datetime) -> tuple[Member, ...]:
    """Who was asked and works here still, and what they said."""
    require(actor)
    with house.database.read() as connection:
        team_in(connection, actor, team_id)
        rows = stored.members(connection, team_id, today=_today(connection, actor, now))
    return tuple(
        Member(row.application_id, opened_name(house, row.name_sealed), row.title, said_of(row.agreed_at, row.left_at))
        for row in rows
    )


def possible_members(house: House, team_id: str, *, actor: Actor, now: datetime) -> tuple[Member, ...]:
    """People who work here and were not asked about this team yet."""
    require(actor)
    with house.database.read() as connection:
        team_in(connection, actor, team_id)
        today = _today(connection, actor, now)
        there = {row.application_id for row in stored.members(connection, team_id, today=today)}
        rows = stored.possible_members(connection, actor.organisation_id, today=today)
    return tuple(
        Member(row.id, opened_name(house, row.name_sealed), row.title, "not_asked")
        for row in rows
        if row.id not in there
    )


def ask_members(house: House, team_id: str, application_ids: Sequence[str], *, actor: Actor, now: datetime) -> int:
    """Ask people who work here whether they may count in a team's summary; how many were asked now."""
    require(actor)
    asked = 0
    with house.database.write() as connection:
        team_in(connection, actor, team_id)
        today = _today(connection, actor, now)
        known = {row.id for row in stored.possible_members(connection, actor.organisation_id, today=today)}
        for application_id in dict.fromkeys(application_ids):
            if application_id not in known:
                raise UnknownIdError("person who works here", application_id)
            if stored.member(connection, team_id, application_id) is not None:
                continue
            stored.ask(connection, team_id, application_id, now=now)
            _log(connection, actor, "team_asked", application_id, now, team=team_id)
            key = f"team_question:{team_id}:{application_id}"
            tell_candidate(connection, house, application_id, "team_question", key=key, actor=actor, now=now)
            asked += 1
    return asked


def choose_team(house: House, vacancy_id: str, team_id: str | None, *, actor: Actor, now: datetime) -> None:
    """Say with which people whoever is hired for an opening will work."""
    require(actor)
    with house.database.write() as connection:
        vacancy = vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id)
        if vacancy is None:
            raise UnknownIdError("opening", vacancy_id)
        if team_id is not None:
            team_in(connection, actor, team_id)
        if vacancy.team_id == team_id:
            return
        vacancies.change(connection, vacancy_id, team_id=team_id)
        _log(connection, actor, "team_chosen", vacancy_id, now, team=team_id)


def team_of(house: House, vacancy_id: str, *, actor: Actor, now: datetime) -> Team | None:
    """The team of an opening, while it is there."""
    require(actor)
    with house.database.read() as connection:
        vacancy = vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id)
        rows = stored.of_organisation(connection, actor.organisation_id, today=_today(connection, actor, now))
    chosen = vacancy.team_id if vacancy is not None else None
    return next((Team(row.id, row.name, row.site, row.asked, row.counts) for row in rows if row.id == chosen), None)


def team_in(connection: Connection, actor: Actor, team_id: str) -> Record:
    """An open team of the actor's organisation."""
    row = stored.one(connection, team_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("team", team_id)
    if row.closed_at is not None:
        raise NotAllowedError("This team is closed.")
    return row


def said_of(agreed_at: str | None, left_at: str | None) -> str:
    """yes, no or waiting."""
    return "no" if left_at else "yes" if agreed_at else "waiting"


def _today(connection: Connection, actor: Actor, now: datetime) -> date:
    return organisation_in(connection, actor.organisation_id).day(now)


def _name(name: str) -> str:
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME:
        raise SheetError(f"Please give the team a name of up to {LONGEST_NAME} characters.")
    return called


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
