"""The entry of an interview in a calendar: that of the candidate, and that of those who ask."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import Connection

from assessment.messages.calendar import Attendee, CalendarEntry
from assessment.messages.plain_pages import put_in
from assessment.messages.times import listed
from assessment.messages.words import words
from assessment.roles.library import job_title
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.organisation import Organisation, organisation_in
from assessment.services.slot import Slot
from assessment.services.telling import own_link
from assessment.storage import accounts
from assessment.storage.record import Record


def candidate_entry(
    connection: Connection,
    house: House,
    application: Record,
    uid: str,
    sequence: int,
    slot: Slot,
    *,
    actor: Actor,
    now: datetime,
) -> CalendarEntry:
    """The entry of the candidate's own calendar; nobody else's address is on it."""
    organisation = organisation_in(connection, actor.organisation_id)
    said_here, language = words(application.language).progress, application.language
    name = house.vault.open(application.name_sealed)
    email = house.vault.open(application.email_sealed) if application.email_sealed else ""
    return CalendarEntry(
        uid=uid,
        sequence=sequence,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        summary=put_in(
            said_here["calendar_summary"],
            organisation=organisation.name,
            role=job_title(application.title, application.role, language),
        ),
        description=put_in(
            said_here["calendar_text"],
            names=listed(slot.interviewers, language),
            link=own_link(connection, house, application.sitting_id, now=now),
            contact=f"{organisation.contact_name}, {organisation.contact}",
        ),
        place=slot.place,
        organizer=organizer_of(house, organisation),
        attendees=(Attendee(name, email),) if email else (),
        warn_before=timedelta(hours=2),
    )


def staff_entry(
    connection: Connection, house: House, application: Record, uid: str, sequence: int, slot: Slot, *, actor: Actor
) -> CalendarEntry:
    """The entry of the interviewers' calendars; the candidate stands on it by name, without an address."""
    name = house.vault.open(application.name_sealed)
    colleagues = [accounts.by_id(connection, id_) for id_ in slot.account_ids]
    return CalendarEntry(
        uid=uid,
        sequence=sequence,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        summary=f"Interview: {name}, {application.title}",
        description=f"Questions and rating: {rate_link(house, application.id)}",
        place=slot.place,
        organizer=organizer_of(house, organisation_in(connection, actor.organisation_id)),
        attendees=tuple(
            Attendee(house.vault.open(row.name_sealed), house.vault.open(row.email_sealed)) for row in colleagues if row
        ),
        warn_before=timedelta(minutes=15),
    )


def rate_link(house: House, application_id: str) -> str:
    return f"{house.base_url}/rate?application={application_id}"


def organizer_of(house: House, organisation: Organisation) -> Attendee:
    """The organisation, at the address candidates know, or at none that anybody reads."""
    contact = organisation.contact.strip()
    is_mail = "@" in contact and " " not in contact and "." in contact.rpartition("@")[2]
    email = contact if is_mail else f"no-reply@{urlsplit(house.base_url).hostname or 'localhost'}"
    return Attendee(organisation.name, email)
