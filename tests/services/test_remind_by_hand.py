"""Reminding by hand: only those who have something left to answer and do not mind, once a day, none at night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.answers import submit
from assessment.services.remind_by_hand import Reminded, by_day, remind
from assessment.services.sitting import leave
from assessment.storage.schema import applications, organisations, outbox
from tests.hiring import Hiring, Person, answer_all


def call(hiring: Hiring, *people: Person, now: datetime | None = None) -> Reminded:
    ids = [person.application for person in people]
    return remind(hiring.house, ids, actor=hiring.staff, now=now or hiring.now)


def queue(hiring: Hiring) -> list[tuple[str, str, str]]:
    with hiring.house.database.read() as connection:
        rows = connection.execute(
            select(outbox).where(outbox.c.key.like("reminder%")).order_by(outbox.c.created_at)
        ).all()
    return [(row.application_id, row.template, row.not_before) for row in rows]


def in_madrid(hiring: Hiring) -> None:
    with hiring.house.database.write() as connection:
        connection.execute(update(organisations).values(time_zone="Europe/Madrid"))


def test_only_those_with_something_left_to_answer_are_reminded(hiring: Hiring) -> None:
    invited, finished, left, silent, expired = (hiring.invite(name) for name in ("Ana", "Bo", "Cy", "Di", "Ed"))
    actor = finished.begin()
    answer_all(hiring.house, actor)
    submit(hiring.house, actor=actor, now=hiring.now)
    leave(hiring.house, "", actor=left.begin(), now=hiring.now)
    with hiring.house.database.write() as connection:
        mind = update(applications).where(applications.c.id == silent.application)
        connection.execute(mind.values(no_reminders_at=hiring.now.isoformat()))

    found = call(hiring, invited, finished, left, silent, invited)
    late = call(hiring, expired, now=hiring.now + timedelta(days=20))

    assert (found.queued, found.left_out) == (1, {"nothing left to answer": 2, "asked for no reminders": 1})
    assert (late.queued, late.left_out) == (0, {"link has expired": 1})
    assert [(id_, template) for id_, template, _ in queue(hiring)] == [(invited.application, "reminder_1")]


def test_nobody_is_reminded_twice_on_a_day(hiring: Hiring) -> None:
    person = hiring.invite()

    call(hiring, person)
    again = call(hiring, person, now=hiring.now + timedelta(hours=3))
    next_day = call(hiring, person, now=hiring.now + timedelta(days=1))

    assert (again.queued, again.left_out) == (0, {"reminded already for that day": 1})
    assert (next_day.queued, len(queue(hiring))) == (1, 2)


def test_at_night_a_reminder_waits_for_the_morning_where_the_organisation_is(hiring: Hiring) -> None:
    in_madrid(hiring)
    person = hiring.invite()
    night = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)  # half past eight in the evening there

    found = call(hiring, person, now=night)
    in_the_morning = call(hiring, person, now=datetime(2026, 11, 25, 9, tzinfo=UTC))

    assert found.goes_at == datetime(2026, 11, 25, 7, tzinfo=UTC)
    assert queue(hiring)[0][2].startswith("2026-11-25T07:00:00")
    assert in_the_morning.queued == 0  # that morning's is queued already


@pytest.mark.parametrize(
    ("now", "goes_at"),
    [
        ("2026-11-24T07:59", "2026-11-24T08:00"),
        ("2026-11-24T08:00", "2026-11-24T08:00"),
        ("2026-11-24T19:59", "2026-11-24T19:59"),
        ("2026-11-24T20:00", "2026-11-25T08:00"),
        ("2026-11-25T00:10", "2026-11-25T08:00"),
        ("2027-03-27T23:00", "2027-03-28T08:00"),  # the clocks go forward in that night
    ],
)
def test_what_is_night_is_said_by_the_local_clock(now: str, goes_at: str) -> None:
    madrid = ZoneInfo("Europe/Madrid")
    moment, expected = (datetime.fromisoformat(text).replace(tzinfo=madrid) for text in (now, goes_at))

    assert by_day(moment.astimezone(UTC), madrid) == expected.astimezone(UTC)


def test_others_remind_nobody(hiring: Hiring) -> None:
    person = hiring.invite()
    interviewer = Actor("staff", hiring.staff.organisation_id, "1" * 32, "interviewer")

    with pytest.raises(NotAllowedError):
        remind(hiring.house, [person.application], actor=interviewer, now=hiring.now)
    with pytest.raises(UnknownIdError):
        call(hiring, person, Person(hiring.house, "nobody", ""))

    assert queue(hiring) == []
