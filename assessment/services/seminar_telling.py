"""Telling people about their place in a seminar: a message and an entry for the calendar, one UID for ever.

The number of each entry is higher than that of any that went out for the seminar, so also higher than any that
this person has.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from assessment.errors import UnknownIdError
from assessment.messages.calendar import Attendee, CalendarEntry, ics
from assessment.messages.plain_pages import put_in
from assessment.messages.words import words
from assessment.services.actor import Actor
from assessment.services.calendar_entries import organizer_of
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.seminar import seminar_of
from assessment.services.telling import Calendar, tell_candidate
from assessment.storage import applications
from assessment.storage import seminars as stored
from assessment.storage.record import Record

About = Literal["seminar_place", "seminar_changed", "seminar_cancelled", "seminar_place_back"]
CANCELS: tuple[About, ...] = ("seminar_cancelled", "seminar_place_back")


def tell_in(
    connection: Connection,
    house: House,
    seminar: Record,
    about: About,
    application_ids: Iterable[str],
    *,
    calendar: bool = True,
    actor: Actor,
    now: datetime,
) -> None:
    """Write to each, within the transaction that changed something; the caller holds the seminar.

    calendar : whether an entry goes with it; who only waited has none to take back
    """
    ids = list(application_ids)
    if not ids:
        return
    sequence = stored.next_sequence(connection, seminar.id)
    for id_ in ids:
        application = applications.one(connection, id_, organisation_id=actor.organisation_id, or_growth=True)
        if application is None:
            raise UnknownIdError("application", id_)
        body = ics(
            seminar_entry(connection, house, seminar, application, sequence=sequence),
            "CANCEL" if about in CANCELS else "REQUEST",
            now=now,
        )
        found = seminar_of(seminar, ())
        values = {"seminar_title": found.title, "slot": found.when(application.language)}
        tell_candidate(
            connection,
            house,
            id_,
            about,
            key=f"{about}:{seminar.id}:{id_}:{sequence}",
            values=values if about in CANCELS else {**values, "place": found.place},
            calendar=Calendar(body, "CANCEL" if about in CANCELS else "REQUEST") if calendar else None,
            actor=actor,
            now=now,
        )


def seminar_entry(
    connection: Connection, house: House, seminar: Record, application: Record | None, *, sequence: int
) -> CalendarEntry:
    """The entry of one person's calendar, or of the staff's; nobody else's name or address is on it."""
    organisation = organisation_in(connection, seminar.organisation_id)
    said_here = words(application.language if application else "en").module
    found = seminar_of(seminar, ())
    attendees: tuple[Attendee, ...] = ()
    if application and application.email_sealed:
        open_ = house.vault.open
        attendees = (Attendee(open_(application.name_sealed), open_(application.email_sealed)),)
    return CalendarEntry(
        uid=seminar.uid,
        sequence=sequence,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        summary=found.title,
        description=put_in(
            said_here["calendar_text"],
            leader=found.led_by,
            contact=f"{organisation.contact_name}, {organisation.contact}",
        ),
        place=found.place,
        organizer=organizer_of(house, organisation),
        attendees=attendees,
        warn_before=timedelta(hours=2),
    )
