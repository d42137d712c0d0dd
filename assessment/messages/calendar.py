"""A calendar entry that mail programs take over: one UID for ever, a higher SEQUENCE with every change (RFC 5545, 5546).

Whoever gets the entry is its only attendee beside colleagues, so that no candidate's address goes round.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

Method = Literal["REQUEST", "CANCEL"]
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Attendee:
    name: str
    email: str


@dataclass(frozen=True)
class CalendarEntry:
    """`warn_before`: how long before it begins the calendar says so."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    place: str
    organizer: Attendee
    attendees: tuple[Attendee, ...]
    warn_before: timedelta


def ics(entry: CalendarEntry, method: Method, *, now: datetime) -> str:
    """The entry as iCalendar text: times in UTC, so that every calendar shows them on its own clock."""
    import icalendar  # 70 ms; only who books pays for it

    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("last-modified", now.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("transp", "OPAQUE")
    for name, text in (("summary", entry.summary), ("description", entry.description), ("location", entry.place)):
        event.add(name, _CONTROLS.sub(" ", text))
    organizer = icalendar.vCalAddress(f"mailto:{entry.organizer.email}")
    organizer.params["CN"] = _parameter(entry.organizer.name)
    event.add("organizer", organizer)
    for attendee in entry.attendees:
        address = icalendar.vCalAddress(f"mailto:{attendee.email}")
        address.params["CN"] = _parameter(attendee.name)
        address.params["ROLE"] = "REQ-PARTICIPANT"
        address.params["PARTSTAT"] = "ACCEPTED"
        address.params["RSVP"] = "FALSE"
        event.add("attendee", address)
    if method == "REQUEST":
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _CONTROLS.sub(" ", entry.summary))
        alarm.add("trigger", -entry.warn_before)
        event.add_component(alarm)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Carefit//Interviews//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    body: str = calendar.to_ical().decode()
    return body


def _parameter(text: str) -> str:
    """A name as a parameter may carry it: on one line and without the quotes that would end it."""
    return " ".join(_CONTROLS.sub(" ", text).replace('"', "'").split())
