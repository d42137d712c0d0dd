"""The day before by day, once, on the clock of the place; and after the talk a word to those who have not rated."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from assessment.services.assigned import my_people
from assessment.services.interview_reminders import interview_reminders, remind_from
from assessment.services.interviews import ask_to_pick, cancel_pick, open_slots, pick
from assessment.services.invitations import revoke
from assessment.services.sitting import leave
from assessment.storage.schema import applications, outbox, people
from tests.deciding import refuse, send, to_decide
from tests.hiring import Hiring, Person
from tests.interviewing import Colleague, colleague, finish_tellingly, rate_all
from tests.picking import MADRID, asked, offer, told

EVE = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)  # 10:00 in Madrid, the day before


@pytest.fixture
def ivo(hiring: Hiring) -> Colleague:
    return colleague(hiring, "Ivo")


def booked(hiring: Hiring, ivo: Colleague, *, language: str = "en", **more: object) -> Person:
    (slot, *_) = offer(hiring, ivo.actor.account_id or "", **more)  # type: ignore[arg-type]
    (person,) = asked(hiring, "Ana Ruiz", language=language)
    pick(hiring.house, slot, actor=person.come_in(), now=hiring.now)
    return person


def reminders(hiring: Hiring) -> list[str]:
    return [t.text for t in told(hiring.house, "interview_reminder")]


def test_a_reminder_is_queued_at_ten_the_day_before_and_once(hiring: Hiring, ivo: Colleague) -> None:
    booked(hiring, ivo, language="es")

    early = interview_reminders(hiring.house, EVE - timedelta(minutes=1))
    first = interview_reminders(hiring.house, EVE)
    again = interview_reminders(hiring.house, EVE + timedelta(minutes=5))

    (text,) = reminders(hiring)
    assert (early, first, again) == (0, 1, 0)
    assert "martes 8 de diciembre a las 14:00 (hora de Madrid)" in text
    assert "Con quién: Ivo" in text


@pytest.mark.parametrize(
    ("day", "at_ten"),
    [
        (date(2027, 3, 28), datetime(2027, 3, 27, 9, 0, tzinfo=UTC)),  # clocks go forward in the night between
        (date(2027, 10, 31), datetime(2027, 10, 30, 8, 0, tzinfo=UTC)),  # and back
    ],
)
def test_over_a_change_of_clocks_it_is_still_ten_there(
    hiring: Hiring, ivo: Colleague, day: date, at_ten: datetime
) -> None:
    booked(hiring, ivo, days=(day,))

    before = interview_reminders(hiring.house, at_ten - timedelta(minutes=1))
    after = interview_reminders(hiring.house, at_ten)

    assert (before, after) == (0, 1)


def test_ten_is_ten_at_the_place_of_the_talk() -> None:
    nine_in_new_york = datetime(2026, 12, 8, 14, 0, tzinfo=UTC)

    assert remind_from(nine_in_new_york, "America/New_York") == datetime(2026, 12, 7, 15, 0, tzinfo=UTC)
    assert remind_from(nine_in_new_york, MADRID) == EVE


@pytest.mark.parametrize("hour", [19, 22, 23])  # 20:00, 23:00 there, and the morning of the talk itself
def test_nobody_is_reminded_at_night_and_never_of_a_tomorrow_that_is_today(
    hiring: Hiring, ivo: Colleague, hour: int
) -> None:
    booked(hiring, ivo)

    made = interview_reminders(hiring.house, EVE.replace(hour=hour))
    made += interview_reminders(hiring.house, datetime(2026, 12, 8, 8, 0, tzinfo=UTC))

    assert made == 0


def test_who_picked_after_ten_has_the_confirmation_and_no_reminder(hiring: Hiring, ivo: Colleague) -> None:
    (slot,) = offer(hiring, ivo.actor.account_id or "")
    (person,) = asked(hiring, "Ana Ruiz", now=EVE)
    actor = person.come_in(now=hiring.now)
    pick(hiring.house, slot, actor=actor, now=EVE + timedelta(hours=2))

    assert interview_reminders(hiring.house, EVE + timedelta(hours=3)) == 0


def test_another_time_is_reminded_of_anew_and_one_given_back_or_left_not_at_all(hiring: Hiring, ivo: Colleague) -> None:
    person = booked(hiring, ivo, times=(time(14), time(16)), days=(date(2026, 12, 8), date(2026, 12, 10)))
    actor = person.come_in()
    interview_reminders(hiring.house, EVE)
    pick(hiring.house, open_slots(hiring.house, actor=actor, now=EVE)[-1].id, actor=actor, now=EVE)

    moved = interview_reminders(hiring.house, EVE + timedelta(days=2))
    cancel_pick(hiring.house, actor=actor, now=EVE + timedelta(days=2))
    cancelled = interview_reminders(hiring.house, EVE + timedelta(days=2, hours=1))

    assert (moved, cancelled) == (1, 0)


def test_a_reminder_still_on_its_way_out_is_dropped_when_the_time_changes(hiring: Hiring, ivo: Colleague) -> None:
    person = booked(hiring, ivo)
    interview_reminders(hiring.house, EVE)

    cancel_pick(hiring.house, actor=person.come_in(), now=EVE)

    with hiring.house.database.read() as connection:
        query = select(outbox.c.status).where(outbox.c.template == "interview_reminder")
        assert connection.execute(query).scalars().all() == ["dropped"]


def test_who_left_or_wants_no_reminders_gets_none(hiring: Hiring, ivo: Colleague) -> None:
    quiet = booked(hiring, ivo)
    with hiring.house.database.write() as connection:
        own = applications.c.id == quiet.application
        connection.execute(update(applications).where(own).values(no_reminders_at="2026-11-25"))
    first = interview_reminders(hiring.house, EVE)
    leave(hiring.house, "", actor=quiet.come_in(), now=hiring.now)

    assert (first, interview_reminders(hiring.house, EVE)) == (0, 0)


def test_an_hour_after_the_end_raters_who_have_not_handed_in_are_asked_once(hiring: Hiring, ivo: Colleague) -> None:
    una = colleague(hiring, "Una")
    person = finish_tellingly(hiring, "Ana Ruiz")
    (slot,) = offer(hiring, ivo.actor.account_id or "", second=una.actor.account_id)
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)
    pick(hiring.house, slot, actor=person.come_in(), now=hiring.now)
    end = datetime(2026, 12, 8, 13, 45, tzinfo=UTC)
    early = interview_reminders(hiring.house, end + timedelta(minutes=59))
    rate_all(hiring.house, person.application, ivo.actor, [3] * 6, now=end)

    first = interview_reminders(hiring.house, end + timedelta(hours=1))
    again = interview_reminders(hiring.house, end + timedelta(hours=2))

    (due,) = told(hiring.house, "manager_rating_due")
    (thanks,) = told(hiring.house, "after_interview")
    assert (early, first, again) == (0, 2, 0)
    assert (due.account, due.application) == (una.actor.account_id, person.application)
    assert f"/rate?application={person.application}" in due.text
    assert thanks.account is None
    assert "You will hear from us by 15 December 2026" in thanks.text
    assert [p.name for p in my_people(hiring.house, actor=una.actor)] == ["Ana Ruiz"]


def test_a_candidate_is_not_thanked_before_somebody_says_the_talk_took_place(hiring: Hiring, ivo: Colleague) -> None:
    booked(hiring, ivo)

    interview_reminders(hiring.house, datetime(2026, 12, 8, 15, 0, tzinfo=UTC))

    assert told(hiring.house, "after_interview") == []
    assert len(told(hiring.house, "manager_rating_due")) == 1


def test_a_talk_in_the_evening_is_asked_about_in_the_morning(hiring: Hiring, ivo: Colleague) -> None:
    booked(hiring, ivo, times=(time(19),))

    evening = interview_reminders(hiring.house, datetime(2026, 12, 8, 20, 0, tzinfo=UTC))
    morning = interview_reminders(hiring.house, datetime(2026, 12, 9, 7, 0, tzinfo=UTC))

    assert (evening, morning) == (0, 1)


@pytest.mark.parametrize("sent", [False, True])
def test_a_refusal_stops_the_reminder_only_once_it_was_sent(hiring: Hiring, ivo: Colleague, sent: bool) -> None:
    person = to_decide(hiring, "Ana Ruiz")
    (slot,) = offer(hiring, ivo.actor.account_id or "")
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)
    pick(hiring.house, slot, actor=person.come_in(), now=hiring.now)
    done = refuse(hiring, person)
    if sent:
        send(hiring, done.id)

    assert interview_reminders(hiring.house, EVE) == (0 if sent else 1)


def test_who_left_after_a_refusal_that_was_never_sent_is_not_thanked(hiring: Hiring, ivo: Colleague) -> None:
    person = to_decide(hiring, "Ana Ruiz")
    (slot,) = offer(hiring, ivo.actor.account_id or "")
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)
    pick(hiring.house, slot, actor=person.come_in(), now=hiring.now)
    end = datetime(2026, 12, 8, 13, 45, tzinfo=UTC)
    rate_all(hiring.house, person.application, ivo.actor, [3] * 6, now=end)
    refuse(hiring, person, no_talk_because="", now=end)
    leave(hiring.house, "", actor=person.come_in(), now=end)

    assert interview_reminders(hiring.house, end + timedelta(hours=1)) == 0


def test_one_interview_that_cannot_be_reminded_of_stops_no_other(
    hiring: Hiring, ivo: Colleague, caplog: pytest.LogCaptureFixture
) -> None:
    offer(hiring, ivo.actor.account_id or "", times=(time(14), time(16)))
    broken, other = asked(hiring, "Ana Ruiz", "Bo Chen")
    for person in (broken, other):
        (slot, *_) = open_slots(hiring.house, actor=person.come_in(), now=hiring.now)
        pick(hiring.house, slot.id, actor=person.come_in(), now=hiring.now)
    with hiring.house.database.write() as connection:
        theirs = select(applications.c.person_id).where(applications.c.id == broken.application)
        query = update(people).where(people.c.id == theirs.scalar_subquery())
        connection.execute(query.values(name_sealed=b"no longer readable"))

    made = interview_reminders(hiring.house, EVE)

    assert (made, len(reminders(hiring))) == (1, 1)
    assert [record.name for record in caplog.records] == ["carefit.interview_reminders"]


def test_whose_link_was_taken_back_is_left_out_without_a_fuss(
    hiring: Hiring, ivo: Colleague, caplog: pytest.LogCaptureFixture
) -> None:
    person = booked(hiring, ivo)
    revoke(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    assert (interview_reminders(hiring.house, EVE), reminders(hiring), caplog.records) == (0, [], [])
