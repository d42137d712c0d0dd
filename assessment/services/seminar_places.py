"""Places in a seminar: taken and given back in the order of a line, put in and taken out by staff, and who was there.

Whoever does not work here any more has none: see also seminar_leaving.py.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, UnknownIdError
from assessment.services.actor import STAFF, Actor, require
from assessment.services.first_days import LEADS, require_newcomer
from assessment.services.here_still import require_here
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.own_modules import known_in
from assessment.services.seminar import Standing, seated, standing_of
from assessment.services.seminar_telling import tell_in
from assessment.storage import applications, audit, here_still, module_work
from assessment.storage import seminars as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record


def give_place(house: House, seminar_id: str, application_id: str, *, actor: Actor, now: datetime) -> Standing:
    """Put a newcomer on the list: a seat if there is one, else they wait. The same again is harmless."""
    require(actor, *LEADS)
    with house.database.write() as connection:
        require_newcomer(connection, actor, application_id)
        require_here(connection, actor, application_id, now=now)
        row, places = coming_in(connection, house, seminar_id, actor, now=now)
        return take_in(connection, house, row, places, application_id, actor=actor, now=now)


def take_out(house: House, seminar_id: str, application_id: str, *, actor: Actor, now: datetime) -> None:
    """Take somebody off the list; they are told, and whoever waits first moves up. Twice is once."""
    require(actor, *LEADS)
    with house.database.write() as connection:
        _listed(connection, actor, application_id)
        row, places = coming_in(connection, house, seminar_id, actor, now=now)
        give_back_in(connection, house, row, places, application_id, actor=actor, now=now)


def note_attendance(
    house: House, seminar_id: str, application_id: str, *, attended: bool, actor: Actor, now: datetime
) -> None:
    """Whether somebody with a place was there; who was has done the module, and who noted it is kept.

    Raises
    ------
    NotAllowedError : it has not begun, was called off, or this person had no place
    """
    require(actor, *LEADS)
    with house.database.write() as connection:
        application = _listed(connection, actor, application_id)
        row = held_in(connection, seminar_id, actor)
        places = stored.places(connection, [seminar_id])[seminar_id]
        if row.cancelled_at is not None or moment(row.starts_at) > now:
            raise NotAllowedError("Who was there is noted once the seminar has begun.")
        if standing_of(application_id, places, seats=row.seats) != "place":
            raise NotAllowedError("This person had no place in the seminar.")
        if next(one.attended for one in places if one.application_id == application_id) == attended:
            return
        values = {"attended": attended, "attended_by": actor.account_id}
        stored.change_place(connection, seminar_id, application_id, **values)
        log(connection, actor, "seminar_attended", seminar_id, now, application=application_id, attended=attended)
        _count(connection, house, row, application, attended=attended, actor=actor, now=now)


def take_in(
    connection: Connection,
    house: House,
    row: Record,
    places: Sequence[Record],
    application_id: str,
    *,
    actor: Actor,
    now: datetime,
) -> Standing:
    """Stand on the list, last of all, within another verb's transaction; the caller holds the seminar."""
    there = standing_of(application_id, places, seats=row.seats)
    if there is not None:
        return there
    stored.take(connection, row.id, application_id, now=now)
    standing: Standing = "place" if len(places) < row.seats else "waiting"
    kind = "seminar_place_taken" if standing == "place" else "seminar_waiting"
    log(connection, actor, kind, row.id, now, application=application_id)
    if standing == "place":
        tell_in(connection, house, row, "seminar_place", [application_id], actor=actor, now=now)
    return standing


def give_back_in(
    connection: Connection,
    house: House,
    row: Record,
    places: Sequence[Record],
    application_id: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Leave the list; whoever waits first has the seat then, and is told."""
    there = standing_of(application_id, places, seats=row.seats)
    if there is None:
        return
    stored.change_place(connection, row.id, application_id, given_back_at=stamp(now))
    log(connection, actor, "seminar_place_back", row.id, now, application=application_id)
    had = there == "place"
    tell_in(connection, house, row, "seminar_place_back", [application_id], calendar=had, actor=actor, now=now)
    move_up_in(connection, house, row, seated(places, seats=row.seats), actor=actor, now=now)


def here_places_in(connection: Connection, house: House, row: Record, *, now: datetime) -> Sequence[Record]:
    """The list of a seminar to come, after those who do not work here any more have left it; the caller holds it."""
    places = stored.places(connection, [row.id])[row.id]
    today = organisation_in(connection, row.organisation_id).day(now)
    gone = here_still.gone_of(connection, [one.application_id for one in places], today)
    if gone:
        vacate_in(connection, house, row, places, gone, actor=Actor("system", row.organisation_id), now=now)
        places = stored.places(connection, [row.id])[row.id]
    return places


def vacate_in(
    connection: Connection,
    house: House,
    row: Record,
    places: Sequence[Record],
    application_ids: Collection[str],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Take people off the list who leave; they are not written to, and whoever waits first moves up."""
    for one in places:
        if one.application_id in application_ids:
            stored.change_place(connection, row.id, one.application_id, given_back_at=stamp(now))
            log(connection, actor, "seminar_place_back", row.id, now, application=one.application_id)
    move_up_in(connection, house, row, seated(places, seats=row.seats), actor=actor, now=now)


def move_up_in(
    connection: Connection, house: House, row: Record, before: Sequence[str], *, actor: Actor, now: datetime
) -> None:
    """Tell whoever has a seat now and had none before."""
    places = stored.places(connection, [row.id])[row.id]
    new = [id_ for id_ in seated(places, seats=row.seats) if id_ not in before]
    for id_ in new:
        log(connection, actor, "seminar_moved_up", row.id, now, application=id_)
    tell_in(connection, house, row, "seminar_place", new, actor=actor, now=now)


def seminar_in(connection: Connection, seminar_id: str, actor: Actor) -> Record:
    row = stored.one(connection, seminar_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("seminar", seminar_id)
    return row


def held_in(connection: Connection, seminar_id: str, actor: Actor) -> Record:
    row = stored.held(connection, seminar_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("seminar", seminar_id)
    return row


def coming_in(
    connection: Connection, house: House, seminar_id: str, actor: Actor, *, now: datetime
) -> tuple[Record, Sequence[Record]]:
    """A seminar that is still to come, held, with its list of people who work here still."""
    row = held_in(connection, seminar_id, actor)
    if row.cancelled_at is not None:
        raise ClosedError("This seminar was called off.")
    if moment(row.starts_at) <= now:
        raise ClosedError("This seminar has begun, so its list stays as it is.")
    return row, here_places_in(connection, house, row, now=now)


def _listed(connection: Connection, actor: Actor, application_id: str) -> Record:
    """Somebody whose place the actor may deal with: HR anybody's, a supervisor that of their own people."""
    if not sees_all(actor):
        return require_newcomer(connection, actor, application_id)
    row = applications.one(connection, application_id, organisation_id=actor.organisation_id, or_growth=True)
    if row is None:
        raise UnknownIdError("application", application_id)
    return row


def _count(
    connection: Connection,
    house: House,
    row: Record,
    application: Record,
    *,
    attended: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Who was there has done the module since its end; a note that was put right takes that back, and nothing else."""
    kept = module_work.one(connection, application.id, row.module)
    if attended:
        if kept is None:
            version = known_in(connection, house, actor.organisation_id, row.module).version
            module_work.begin(connection, application.id, row.module, version=version, now=now)
        if kept is None or kept.done_at is None:
            module_work.change(connection, application.id, row.module, done_at=row.ends_at)
    elif kept is not None and kept.done_at == row.ends_at and kept.confirmed_at is None:
        module_work.change(connection, application.id, row.module, done_at=None)


def sees_all(actor: Actor) -> bool:
    return actor.kind == "system" or actor.role in STAFF


def log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
