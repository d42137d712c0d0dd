"""Whom a message reaches, and with which link: nobody who left, and none that was taken back."""

import pytest

from assessment.errors import NotAllowedError
from assessment.services.accounts import disable_account
from assessment.services.invitations import reissue, revoke
from assessment.services.telling import Calendar, own_link, tell_candidate, tell_staff
from assessment.storage import applications
from assessment.storage.outbox import by_key
from assessment.storage.record import Record
from assessment.storage.schema import doors
from tests.hiring import NOW, Hiring, Person
from tests.interviewing import Colleague, colleague

DUE = {"candidate_name": "Ana", "role_title": "Desk", "next_step": "Call", "deadline": "today", "link": "http://x"}


def tell(hiring: Hiring, who: Colleague, calendar: Calendar | None = None) -> Record:
    with hiring.house.database.write() as connection:
        tell_staff(
            connection,
            hiring.house,
            who.actor.account_id or "",
            "manager_check_due",
            key="due:1",
            values=DUE,
            calendar=calendar,
            actor=hiring.staff,
            now=NOW,
        )
        row = by_key(connection, hiring.staff.organisation_id, "due:1")
    assert row is not None
    return row


@pytest.mark.parametrize("calendar", [None, Calendar("BEGIN:VCALENDAR", "REQUEST")])
def test_what_was_for_somebody_who_left_goes_to_an_administrator(hiring: Hiring, calendar: Calendar | None) -> None:
    ivo = colleague(hiring, "Ivo")
    disable_account(hiring.house, ivo.actor.account_id or "", actor=hiring.staff, now=NOW)

    row = tell(hiring, ivo, calendar)

    assert (row.account_id, row.calendar_sealed) == (hiring.staff.account_id, None)


def test_who_works_here_gets_it_with_the_entry_for_the_calendar(hiring: Hiring) -> None:
    ivo = colleague(hiring, "Ivo")

    row = tell(hiring, ivo, Calendar("BEGIN:VCALENDAR", "REQUEST"))

    assert (row.account_id, row.calendar_method) == (ivo.actor.account_id, "REQUEST")


def test_no_message_makes_a_link_anew_that_was_taken_back(hiring: Hiring) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    revoke(hiring.house, person.application, actor=hiring.staff, now=NOW)

    with pytest.raises(NotAllowedError, match="was taken back"):
        remind(hiring, person)
    kept = doors_of(hiring)
    reissue(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    remind(hiring, person)

    assert (kept, doors_of(hiring)) == (1, 2)


def remind(hiring: Hiring, person: Person) -> None:
    with hiring.house.database.write() as connection:
        row = applications.one(connection, person.application, organisation_id=hiring.staff.organisation_id)
        assert row is not None
        assert own_link(connection, hiring.house, row.sitting_id, now=hiring.now)
        tell_candidate(
            connection, hiring.house, row.id, "reminder_1", key="reminder:1", actor=hiring.staff, now=hiring.now
        )


def doors_of(hiring: Hiring) -> int:
    with hiring.house.database.read() as connection:
        return len(connection.execute(doors.select()).all())
