"""Seminars: dates that HR offers, moves and calls off, and who stands on their lists.

HR sees everybody on a list; a supervisor sees their own people and how many others there are. What those on the
list do themselves is my_seminars.py; putting in, taking out and who was there is seminar_places.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, SheetError
from assessment.messages.calendar import ics
from assessment.services.actor import Actor, require
from assessment.services.first_days import LEADS
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.own_modules import known_in
from assessment.services.seminar import Seminar, Standing, seated, seminar_of, standing_of
from assessment.services.seminar_places import coming_in, held_in, log, move_up_in, sees_all, seminar_in
from assessment.services.seminar_telling import seminar_entry, tell_in
from assessment.services.shortlist import opened_name
from assessment.services.slot_times import LocalTime, local_moments
from assessment.storage import seminars as stored
from assessment.storage.clock import stamp
from assessment.storage.record import Record

LENGTHS = (15, 600)
MOST_SEATS = 500
LONGEST_TITLE, LONGEST_LEADER, LONGEST_PLACE = 200, 200, 300


@dataclass(frozen=True)
class OnList:
    """Somebody on the list; `attended` is None until it was noted, `noted_by` who did so.

    own_growth : came from a group that grows together, of their own will
    """

    application_id: str
    name: str
    job: str
    standing: Standing
    attended: bool | None
    noted_by: str
    own_growth: bool


@dataclass(frozen=True)
class SeminarList:
    """A seminar and those on its list whom the reader may see; `others` are on it as well."""

    seminar: Seminar
    people: tuple[OnList, ...]
    others: int


@dataclass(frozen=True)
class MayJoin:
    """A newcomer who may be put in."""

    application_id: str
    name: str
    job: str


@dataclass(frozen=True)
class Dated:
    """A seminar that was offered or moved; `notes` say where a clock shows its time twice."""

    id: str
    notes: tuple[str, ...]


def offer_seminar(
    house: House,
    module_id: str,
    *,
    title: str,
    day: date,
    at: time,
    minutes: int,
    place: str,
    seats: int,
    led_by: str,
    actor: Actor,
    now: datetime,
) -> Dated:
    """Offer a date for a module, on the clock of the organisation.

    Raises
    ------
    SheetError : the time does not exist that day or has passed, or something is missing
    """
    require(actor)
    _check(title, minutes, place, seats, led_by)
    with house.database.write() as connection:
        if known_in(connection, house, actor.organisation_id, module_id).retired:
            raise NotAllowedError("This module is retired. Use it again first, or choose another.")
        zone = organisation_in(connection, actor.organisation_id).time_zone
        when, notes = _moment(day, at, zone, minutes, now=now)
        id_ = stored.add(
            connection,
            organisation_id=actor.organisation_id,
            module=module_id,
            title=title.strip(),
            starts_at=stamp(when.starts_at),
            ends_at=stamp(when.ends_at),
            time_zone=zone,
            place=place.strip(),
            seats=seats,
            led_by=led_by.strip(),
            made_by=actor.label,
            now=now,
        )
        log(connection, actor, "seminar_offered", id_, now, module=module_id, seats=seats)
    return Dated(id_, notes)


def move_seminar(
    house: House,
    seminar_id: str,
    *,
    day: date,
    at: time,
    minutes: int,
    place: str,
    seats: int,
    led_by: str,
    actor: Actor,
    now: datetime,
) -> Dated:
    """Change when, where, how many seats and who leads; whoever has a place is told of a new time or place.

    Raises
    ------
    ClosedError : it has begun or was called off
    SheetError : more people have a place than there would be seats
    """
    require(actor)
    with house.database.write() as connection:
        row, places = coming_in(connection, house, seminar_id, actor, now=now)
        _check(row.title, minutes, place, seats, led_by)
        when, notes = _moment(day, at, row.time_zone, minutes, now=now)
        before = seated(places, seats=row.seats)
        if len(before) > seats:
            raise SheetError(
                f"{len(before)} people have a place. Keep {len(before)} seats, or take somebody out first."
            )
        values = {
            "starts_at": stamp(when.starts_at),
            "ends_at": stamp(when.ends_at),
            "place": place.strip(),
            "seats": seats,
            "led_by": led_by.strip(),
        }
        changed = {name for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return Dated(seminar_id, ())
        stored.change(connection, seminar_id, **values)
        log(connection, actor, "seminar_moved", seminar_id, now, seats=seats, changed=sorted(changed))
        row = seminar_in(connection, seminar_id, actor)
        if changed & {"starts_at", "ends_at", "place"}:
            tell_in(connection, house, row, "seminar_changed", before, actor=actor, now=now)
        move_up_in(connection, house, row, before, actor=actor, now=now)
    return Dated(seminar_id, notes)


def cancel_seminar(house: House, seminar_id: str, *, actor: Actor, now: datetime) -> None:
    """Call a seminar off and tell everybody on its list; twice is once."""
    require(actor)
    with house.database.write() as connection:
        row = held_in(connection, seminar_id, actor)
        if row.cancelled_at is not None:
            return
        row, places = coming_in(connection, house, seminar_id, actor, now=now)
        stored.change(connection, seminar_id, cancelled_at=stamp(now))
        log(connection, actor, "seminar_cancelled", seminar_id, now, people=len(places))
        sitting = seated(places, seats=row.seats)
        tell_in(connection, house, row, "seminar_cancelled", sitting, actor=actor, now=now)
        waiting = [one.application_id for one in places[row.seats :]]
        tell_in(connection, house, row, "seminar_cancelled", waiting, calendar=False, actor=actor, now=now)


def list_seminars(house: House, *, actor: Actor) -> tuple[SeminarList, ...]:
    """Every seminar that stands or stood, earliest first, with those on its list whom the actor may see."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        rows = stored.of_organisation(connection, actor.organisation_id)
        places = stored.places(connection, [row.id for row in rows])
        mine = None if sees_all(actor) else {one.id for one in _newcomers(connection, actor)}
    return tuple(_list(house, row, places[row.id], mine) for row in rows)


def invitees(house: House, *, actor: Actor, now: datetime) -> tuple[MayJoin, ...]:
    """Newcomers who work here still, whom the actor may put into a seminar."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        rows = _newcomers(connection, actor, today=organisation_in(connection, actor.organisation_id).day(now))
    found = (MayJoin(row.id, opened_name(house, row.name_sealed), row.title) for row in rows)
    return tuple(sorted(found, key=lambda one: one.name))


def seminar_calendar(house: House, seminar_id: str, *, actor: Actor, now: datetime) -> str:
    """A seminar as a file for the calendar of whoever leads it or sends people."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        row = seminar_in(connection, seminar_id, actor)
        if row.cancelled_at is not None:
            raise ClosedError("This seminar was called off.")
        return ics(seminar_entry(connection, house, row, None, sequence=row.sequence), "REQUEST", now=now)


def _list(house: House, row: Record, places: Sequence[Record], mine: set[str] | None) -> SeminarList:
    seen = [one for one in places if mine is None or one.application_id in mine]
    return SeminarList(
        seminar_of(row, places),
        tuple(
            OnList(
                one.application_id,
                opened_name(house, one.name_sealed),
                one.title if one.purpose == "hiring" else "",
                standing_of(one.application_id, places, seats=row.seats) or "waiting",
                one.attended,
                house.vault.open(one.noter_sealed) if one.noter_sealed else "",
                one.purpose == "growth",
            )
            for one in seen
        ),
        len(places) - len(seen),
    )


def _newcomers(connection: Connection, actor: Actor, *, today: date | None = None) -> Sequence[Record]:
    account_id = None if sees_all(actor) else actor.account_id or ""
    return stored.newcomers(connection, actor.organisation_id, account_id=account_id, today=today)


def _moment(day: date, at: time, zone: str, minutes: int, *, now: datetime) -> tuple[LocalTime, tuple[str, ...]]:
    (when,), notes = local_moments([day], [at], zone, minutes, 0, now=now)
    return when, notes


def _check(title: str, minutes: int, place: str, seats: int, led_by: str) -> None:
    for words, given, longest in (
        ("what it is called", title, LONGEST_TITLE),
        ("where: a room, or the link of a video call", place, LONGEST_PLACE),
        ("who leads it", led_by, LONGEST_LEADER),
    ):
        if not given.strip():
            raise SheetError(f"Please say {words}.")
        if len(given.strip()) > longest:
            raise SheetError(f"Please keep to {longest} characters: {words}.")
    if not LENGTHS[0] <= minutes <= LENGTHS[1]:
        raise SheetError(f"A seminar takes {LENGTHS[0]} to {LENGTHS[1]} minutes.")
    if not 1 <= seats <= MOST_SEATS:
        raise SheetError(f"A seminar has 1 to {MOST_SEATS} seats.")
