"""Times for interviews: offered in the local time of a place, never twice for one interviewer, taken back while free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.messages.times import say_day, say_hours, say_time
from assessment.services.actor import STAFF, Actor, require
from assessment.services.house import House
from assessment.services.organisation import time_zones
from assessment.services.slot import Slot, called, slot_of
from assessment.services.slot_times import LocalTime, local_moments, times_between, too_near
from assessment.storage import accounts, assignments, audit, vacancies
from assessment.storage import slots as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

RATERS = (*STAFF, "interviewer")
LENGTHS = (10, 240)
LONGEST_BUFFER = 120
LONGEST_PLACE = 300


@dataclass(frozen=True)
class Offered:
    """What was offered; `notes` say where a clock shows a time twice, and which of the two it is."""

    slot_ids: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class SlotOpening:
    """An opening somebody may offer times for."""

    id: str
    title: str


def offer_slots(
    house: House,
    vacancy_id: str,
    *,
    interviewer: str,
    second: str | None = None,
    days: Sequence[date],
    times: Sequence[time] = (),
    window: tuple[time, time] | None = None,
    length_minutes: int = 45,
    buffer_minutes: int = 15,
    time_zone: str,
    place: str,
    actor: Actor,
    now: datetime,
) -> Offered:
    """Offer the same times on each of some days: all of them or none.

    interviewer, second : accounts; interviewers offer their own time only, HR that of anybody
    times : when each begins, on the clock of `time_zone`; or a `window` that is filled from its start to its end

    Raises
    ------
    SheetError : a time does not exist that day, has passed, or is too near to another of the same interviewer
    """
    require(actor, *RATERS)
    _check(length_minutes, buffer_minutes, time_zone, place)
    if window is not None:
        times = (*times, *times_between(*window, length_minutes=length_minutes, buffer_minutes=buffer_minutes))
    wanted, notes = local_moments(days, times, time_zone, length_minutes, buffer_minutes, now=now)
    with house.database.write() as connection:
        who = _interviewers(connection, interviewer, second, actor)
        vacancy = _opening(connection, vacancy_id, actor)
        if vacancy.closed_at:
            raise ClosedError("This opening is closed. Open it again to offer times.")
        stored.hold(connection, actor.organisation_id)
        _refuse_overlaps(connection, house, wanted, who, time_zone, now=now)
        ids = [
            stored.add(
                connection,
                vacancy_id=vacancy_id,
                account_id=interviewer,
                second_id=second,
                starts_at=stamp(one.starts_at),
                ends_at=stamp(one.ends_at),
                buffer_minutes=buffer_minutes,
                time_zone=time_zone,
                place=place.strip(),
                now=now,
            )
            for one in wanted
        ]
        body = {"slots": ids, "interviewer": interviewer, "second": second}
        _log(connection, actor, "slots_offered", vacancy_id, now, **body)
    return Offered(tuple(ids), notes)


def take_back_slots(house: House, slot_ids: Sequence[str], *, actor: Actor, now: datetime) -> None:
    """Take free times back, all of them or none; interviewers their own.

    Raises
    ------
    NotAllowedError : somebody has picked one of them
    """
    require(actor, *RATERS)
    with house.database.write() as connection:
        stored.hold(connection, actor.organisation_id)
        for slot_id in dict.fromkeys(slot_ids):
            row = own_slot(connection, slot_id, actor)
            if row.application_id is not None:
                when = say_time(moment(row.starts_at), row.time_zone, "en")
                raise NotAllowedError(f"{when} is picked. Cancel or move that interview first.")
            if row.taken_back_at is None:
                stored.take_back(connection, slot_id, now=now)
                _log(connection, actor, "slot_taken_back", slot_id, now, vacancy=row.vacancy_id)


def list_slots(house: House, vacancy_id: str, *, actor: Actor) -> tuple[Slot, ...]:
    """Every time of an opening that stands, earliest first; interviewers see their own."""
    require(actor, *RATERS)
    mine = None if _sees_all(actor) else actor.account_id
    with house.database.read() as connection:
        rows = stored.of_vacancy(connection, vacancy_id, organisation_id=actor.organisation_id, account_id=mine)
        return tuple(slot_of(house, row, name=called(connection, house, row, actor=actor)) for row in rows)


def slot_openings(house: House, *, actor: Actor) -> tuple[SlotOpening, ...]:
    """Openings the actor may offer times for: interviewers those of their people and of times that name them."""
    require(actor, *RATERS)
    with house.database.read() as connection:
        if _sees_all(actor):
            rows = vacancies.of_organisation(connection, actor.organisation_id)
            return tuple(SlotOpening(row.id, row.title) for row in rows if not row.closed_at)
        return tuple(SlotOpening(id_, title) for id_, title in _own_openings(connection, actor).items())


def own_slot(connection: Connection, slot_id: str, actor: Actor) -> Record:
    """A slot the actor may deal with; to an interviewer the others' do not exist."""
    row = stored.one(connection, slot_id, organisation_id=actor.organisation_id)
    if row is None or not (_sees_all(actor) or actor.account_id in (row.account_id, row.second_id)):
        raise UnknownIdError("time", slot_id)
    return row


def _sees_all(actor: Actor) -> bool:
    return actor.kind == "system" or actor.role in STAFF


def _opening(connection: Connection, vacancy_id: str, actor: Actor) -> Record:
    row = vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id)
    if row is None or not (_sees_all(actor) or vacancy_id in _own_openings(connection, actor)):
        raise UnknownIdError("vacancy", vacancy_id)
    return row


def _own_openings(connection: Connection, actor: Actor) -> dict[str, str]:
    account, organisation_id = actor.account_id or "", actor.organisation_id
    people = assignments.of_account(connection, account, organisation_id=organisation_id)
    named = stored.openings_of(connection, account, organisation_id=organisation_id)
    both = {
        **{row.vacancy_id: row.title for row in people if row.duty == "interviewer"},
        **{row.id: row.title for row in named},
    }
    return dict(sorted(both.items(), key=lambda item: item[1]))


def _interviewers(connection: Connection, interviewer: str, second: str | None, actor: Actor) -> dict[str, Record]:
    """The accounts of those who will ask."""
    if not _sees_all(actor) and (interviewer != actor.account_id or second is not None):
        raise NotAllowedError("You can offer your own time only. HR can add a second interviewer.")
    if second == interviewer:
        raise SheetError("Please choose somebody else as the second interviewer.")
    found = {}
    for id_ in (interviewer, second):
        if id_ is None:
            continue
        row = accounts.by_id(connection, id_)
        if row is None or row.organisation_id != actor.organisation_id:
            raise UnknownIdError("account", id_)
        if row.disabled_at is not None or row.role not in RATERS:
            raise NotAllowedError("This account cannot interview: it is closed, or that of a supervisor.")
        found[id_] = row
    return found


def _check(length_minutes: int, buffer_minutes: int, time_zone: str, place: str) -> None:
    if not LENGTHS[0] <= length_minutes <= LENGTHS[1]:
        raise SheetError(f"An interview takes {LENGTHS[0]} to {LENGTHS[1]} minutes.")
    if not 0 <= buffer_minutes <= LONGEST_BUFFER:
        raise SheetError(f"The pause after it is 0 to {LONGEST_BUFFER} minutes.")
    if time_zone not in time_zones():
        raise UnknownIdError("time zone", time_zone)
    if not place.strip():
        raise SheetError("Please say where: a room, or the link of a video call.")
    if len(place.strip()) > LONGEST_PLACE:
        raise SheetError(f"Please keep the place to {LONGEST_PLACE} characters.")


def _refuse_overlaps(
    connection: Connection,
    house: House,
    wanted: Sequence[LocalTime],
    who: dict[str, Record],
    time_zone: str,
    *,
    now: datetime,
) -> None:
    """Between two times of one interviewer lies the longer of their pauses."""
    rows = stored.standing_of(connection, list(who), since=now - timedelta(minutes=LONGEST_BUFFER))
    for at, one in enumerate(wanted):
        if at and too_near(wanted[at - 1], one):
            first = say_hours(one.starts_at, one.ends_at, time_zone, "en")
            day = say_day(one.starts_at.astimezone(ZoneInfo(time_zone)).date(), "en")
            raise SheetError(f"{day}, {first}: this is too near to the time before it. Please leave a pause between.")
        for row in rows:
            other = LocalTime(moment(row.starts_at), moment(row.ends_at), timedelta(minutes=row.buffer_minutes))
            if too_near(one, other):
                busy = next(id_ for id_ in (row.account_id, row.second_id) if id_ in who)
                name = house.vault.open(who[busy].name_sealed)
                day = say_day(one.starts_at.astimezone(ZoneInfo(time_zone)).date(), "en")
                raise SheetError(
                    f"{name} has a time on {day} from {say_hours(other.starts_at, other.ends_at, time_zone, 'en')} "
                    f"already; {say_hours(one.starts_at, one.ends_at, time_zone, 'en')} is too near to it."
                )


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
