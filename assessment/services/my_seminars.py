"""Seminars as those who learn see them: dates for their modules, a place taken, given back, or waited for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, UnknownIdError
from assessment.messages.calendar import ics
from assessment.messages.plain_pages import put_in
from assessment.messages.words import words
from assessment.services.actor import Actor
from assessment.services.first_days import own_work
from assessment.services.here_still import require_here
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.own_modules import modules_of
from assessment.services.seminar import Seminar, Standing, seminar_of, standing_of
from assessment.services.seminar_places import give_back_in, here_places_in, take_in
from assessment.services.seminar_telling import seminar_entry
from assessment.storage import applications
from assessment.storage import seminars as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record


class FullError(NotAllowedError):
    """Every seat has somebody on it; one may wait."""


@dataclass(frozen=True)
class MySeminar:
    """A seminar with where its reader stands on the list; `when` in their language, `ahead` who waits before them."""

    seminar: Seminar
    when: str
    hours: str
    standing: Standing | None
    ahead: int
    began: bool


def my_seminars(
    house: House, module_ids: Collection[str] = (), *, actor: Actor, now: datetime
) -> tuple[MySeminar, ...]:
    """Seminars that are not over: for modules of one's role or of these, and those one stands on the list of."""
    with house.database.read() as connection:
        row = own_work(connection, actor)
        known = modules_of(connection, house, actor.organisation_id)
        wanted = {*module_ids, *(id_ for id_, one in known.items() if one.is_for(row.role))}
        rows = [
            one
            for one in stored.of_organisation(connection, actor.organisation_id)
            if one.cancelled_at is None and moment(one.ends_at) > now
        ]
        places = stored.places(connection, [one.id for one in rows])
    found = []
    for one in rows:
        listed = places[one.id]
        standing = standing_of(row.application_id, listed, seats=one.seats)
        began = moment(one.starts_at) <= now
        if standing is None and (one.module not in wanted or began):
            continue
        at = [place.application_id for place in listed].index(row.application_id) if standing else 0
        seminar = seminar_of(one, listed)
        ahead = at - one.seats if standing == "waiting" else 0
        found.append(
            MySeminar(seminar, seminar.when(row.language), seminar.hours(row.language), standing, ahead, began)
        )
    return tuple(found)


def sign_up(house: House, seminar_id: str, *, wait: bool = False, actor: Actor, now: datetime) -> Standing:
    """Take a place; with `wait`, stand in line where there is none. The same again is harmless.

    Raises
    ------
    FullError : the last seat was taken, and `wait` was not said
    ClosedError : it has begun or was called off
    """
    with house.database.write() as connection:
        row = own_work(connection, actor, hold=True)
        require_here(connection, actor, row.application_id, now=now)
        seminar, places = _coming(connection, house, seminar_id, row, actor, now=now)
        mine = standing_of(row.application_id, places, seats=seminar.seats)
        if mine is None and len(places) >= seminar.seats and not wait:
            raise FullError(words(row.language).module["full_now"])
        return take_in(connection, house, seminar, places, row.application_id, actor=actor, now=now)


def give_back(house: House, seminar_id: str, *, actor: Actor, now: datetime) -> None:
    """Give one's place back, or wait no more; twice is once."""
    with house.database.write() as connection:
        row = own_work(connection, actor, hold=True)
        seminar, places = _coming(connection, house, seminar_id, row, actor, now=now)
        give_back_in(connection, house, seminar, places, row.application_id, actor=actor, now=now)


def my_seminar_calendar(house: House, seminar_id: str, *, actor: Actor, now: datetime) -> str:
    """A seminar in which one has a place, as a file for one's calendar."""
    with house.database.read() as connection:
        row = own_work(connection, actor)
        seminar = stored.one(connection, seminar_id, organisation_id=actor.organisation_id)
        places = stored.places(connection, [seminar_id])[seminar_id]
        application = applications.one(
            connection, row.application_id, organisation_id=actor.organisation_id, or_growth=True
        )
        has_one = seminar and standing_of(row.application_id, places, seats=seminar.seats) == "place"
        if seminar is None or application is None or not has_one or seminar.cancelled_at is not None:
            raise UnknownIdError("seminar", "of yours")
        return ics(
            seminar_entry(connection, house, seminar, application, sequence=seminar.sequence), "REQUEST", now=now
        )


def _coming(
    connection: Connection, house: House, seminar_id: str, row: Record, actor: Actor, *, now: datetime
) -> tuple[Record, Sequence[Record]]:
    """A seminar that is still to come, held, with its list of people who work here still."""
    seminar = stored.held(connection, seminar_id, organisation_id=actor.organisation_id)
    if seminar is None:
        raise UnknownIdError("seminar", seminar_id)
    if seminar.cancelled_at is not None or moment(seminar.starts_at) <= now:
        organisation = organisation_in(connection, actor.organisation_id)
        contact = f"{organisation.contact_name}, {organisation.contact}"
        raise ClosedError(put_in(words(row.language).module["seminar_over"], contact=contact))
    return seminar, here_places_in(connection, house, seminar, now=now)
