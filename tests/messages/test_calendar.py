"""Calendar entries, read back by the library's own reader: whole, escaped, folded, and later ones replace earlier."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar

from assessment.messages.calendar import Attendee, CalendarEntry, ics

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ENTRY = CalendarEntry(
    uid="abc@carefit",
    sequence=1,
    starts_at=datetime(2026, 12, 8, 13, 0, tzinfo=UTC),
    ends_at=datetime(2026, 12, 8, 13, 45, tzinfo=UTC),
    summary="Talk; with St Anne's, Málaga",
    description="Línea, una; dos \\ tres\n" + "Y más palabras con acento: ñandú. " * 8,
    place="Room 2; second floor, left\r\nATTENDEE:mailto:evil@x.org",
    organizer=Attendee("St Anne's", "hello@anne.example"),
    attendees=(Attendee('Ana "Aña" Ruiz, jr: x;\r\nX-EVIL:1', "ana@x.org"), Attendee("王小明", "wang@x.org")),
    warn_before=timedelta(hours=2),
)


def read(text: str) -> tuple[Any, Any]:
    calendar: Any = icalendar.Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_everything_comes_back_as_it_was_put_in() -> None:
    calendar, event = read(ics(ENTRY, "REQUEST", now=NOW))

    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("abc@carefit", 1, "CONFIRMED")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (ENTRY.starts_at, ENTRY.ends_at)
    assert event.decoded("DTSTAMP") == NOW
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (ENTRY.summary, ENTRY.description)
    assert event["ORGANIZER"] == "mailto:hello@anne.example"
    assert [str(a) for a in event["ATTENDEE"]] == ["mailto:ana@x.org", "mailto:wang@x.org"]
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm.decoded("TRIGGER")) == ("DISPLAY", timedelta(hours=-2))


def test_what_people_typed_cannot_end_a_line_or_a_parameter() -> None:
    text = ics(ENTRY, "REQUEST", now=NOW)
    _, event = read(text)

    assert str(event["LOCATION"]) == "Room 2; second floor, left \nATTENDEE:mailto:evil@x.org"
    assert event["ATTENDEE"][0].params["CN"] == "Ana 'Aña' Ruiz, jr: x; X-EVIL:1"
    assert "X-EVIL" not in {name.upper() for name in event}
    assert not any(line.startswith(("ATTENDEE:", "X-EVIL")) for line in text.replace("\r\n ", "").split("\r\n"))


def test_no_line_is_longer_than_75_octets_and_all_end_as_the_standard_says() -> None:
    text = ics(ENTRY, "REQUEST", now=NOW)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\n" not in text.replace("\r\n", "")


def test_times_stand_in_utc_on_both_sides_of_a_change_of_clocks() -> None:
    summer = replace(ENTRY, starts_at=datetime.fromisoformat("2027-03-29T14:00+02:00"))

    assert "DTSTART:20270329T120000Z" in ics(summer, "REQUEST", now=NOW)


def test_a_cancellation_has_the_same_uid_a_higher_number_and_no_alarm() -> None:
    calendar, event = read(ics(replace(ENTRY, sequence=2), "CANCEL", now=NOW))

    assert (calendar["METHOD"], event["UID"], event["SEQUENCE"]) == ("CANCEL", "abc@carefit", 2)
    assert (event["STATUS"], event.walk("VALARM")) == ("CANCELLED", [])
