"""The status page of a candidate under AppTest, in both languages: steps, picking a time, and what was decided."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.answers import submit
from assessment.services.interviews import ask_to_pick, cancel_pick, pick
from assessment.services.slots import take_back_slots
from tests.hiring import Hiring, Person, answer_all, events_of
from tests.interviewing import colleague
from tests.pages.test_candidate import press, walk_in, words_of
from tests.picking import held, offer, told

__all__ = ["walk_in"]
Walk = Callable[..., AppTest]


@pytest.fixture
def status_of(walk_in: Walk) -> Walk:
    """Open the status page of somebody."""

    def open_(person: Person) -> AppTest:
        return walk_in(person).switch_page("candidate/status.py").run()

    return open_


def handed_in(hiring: Hiring, name: str = "Ana <b>", *, language: str = "en") -> Person:
    person, before = hiring.invite(name, "ana@x.org", language), hiring.now - timedelta(days=1)
    actor = person.begin(now=before)
    answer_all(hiring.house, actor, now=before)
    submit(hiring.house, actor=actor, now=before)
    return person


def times(hiring: Hiring, n: int = 2, *, days: int = 1) -> tuple[str, ...]:
    ivo = colleague(hiring, "Ivo <i>").actor.account_id or ""
    first = hiring.now.date() + timedelta(days=10)
    on = [first + timedelta(days=day) for day in range(days)]
    return offer(hiring, ivo, days=on, times=[time(9 + hour) for hour in range(n)], place="Room *2* <i>")


def ask(hiring: Hiring, person: Person) -> None:
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)


def test_the_steps_stand_with_their_dates(hiring: Hiring, status_of: Walk) -> None:
    words = words_of(status_of(handed_in(hiring)))

    assert "Where things stand, Ana &lt;b&gt;" in words
    assert "We got them on" in words
    assert "Ada Voss, by" in words
    assert "If we ask you to a talk, you pick the time here." in words
    assert words.count('aria-current="step"') == 1
    assert "Pick a time for the talk" not in words


def test_a_sheet_that_is_open_says_so_and_leads_back_to_it(hiring: Hiring, status_of: Walk) -> None:
    words = words_of(status_of(hiring.invite("Ana")))

    assert "Still open. You can go on until" in words
    assert 'href="/questionnaire" target="_self">Go on where I was' in words


def test_a_time_is_picked_with_two_taps_and_then_stands_there(hiring: Hiring, status_of: Walk) -> None:
    person, (first, _) = handed_in(hiring), times(hiring)
    ask(hiring, person)
    page = status_of(person)

    before = words_of(page)
    page.radio[0].set_value(first).run()
    press(page, "Take this time")

    after = words_of(page)
    assert "Please pick a time by" in before
    assert held(hiring.house) == {person.application: first}
    assert "Your time is set." in after
    assert "at 09:00 (Madrid time)" in after
    assert "Room *2* &lt;i&gt;" in after
    assert 'href="/my/interview.ics"' in after


def test_of_many_times_the_day_is_chosen_first(hiring: Hiring, status_of: Walk) -> None:
    person = handed_in(hiring)
    times(hiring, 5, days=3)
    ask(hiring, person)

    page = status_of(person)

    assert (len(page.selectbox[0].options), len(page.radio[0].options)) == (3, 5)


def test_who_comes_second_is_told_so_and_sees_the_others(hiring: Hiring, status_of: Walk) -> None:
    person, other, (first, second) = handed_in(hiring), hiring.invite("Bo"), times(hiring)
    ask(hiring, person)
    ask(hiring, other)
    page = status_of(person)
    page.radio[0].set_value(first).run()
    pick(hiring.house, first, actor=other.come_in(now=hiring.now), now=hiring.now)

    press(page, "Take this time")

    assert "Somebody else took this time a moment ago" in words_of(page)
    assert len(page.radio[0].options) == 1
    assert held(hiring.house) == {other.application: first}
    page.radio[0].set_value(second).run()
    press(page, "Take this time")
    assert held(hiring.house)[person.application] == second


def test_the_time_is_changed_and_given_back_with_a_reason(hiring: Hiring, status_of: Walk) -> None:
    person, (first, second) = handed_in(hiring), times(hiring)
    ask(hiring, person)
    pick(hiring.house, first, actor=person.come_in(now=hiring.now), now=hiring.now)
    page = status_of(person)

    page.radio[0].set_value(second).run()
    press(page, "Take this time in place of the old one")
    moved = held(hiring.house)
    next(t for t in page.text_area if t.label.startswith("Would you tell us why")).set_value("Ill").run()
    press(page, "Give this time back")

    assert moved == {person.application: second}
    assert held(hiring.house) == {}
    assert "We gave your time back" in words_of(page)
    assert [t.template for t in told(hiring.house)][-2:] == ["interview_cancelled", "manager_interview_cancelled"]


def test_with_no_free_time_it_says_so_and_whom_to_call(hiring: Hiring, status_of: Walk) -> None:
    person, slots = handed_in(hiring), times(hiring)
    ask(hiring, person)
    take_back_slots(hiring.house, slots, actor=hiring.staff, now=hiring.now)

    page = status_of(person)

    assert "There is no free time just now." in words_of(page)
    assert list(page.radio) == []


def test_nothing_of_the_page_stays_english_in_spanish(hiring: Hiring, status_of: Walk) -> None:
    person, (first, _) = handed_in(hiring, language="es"), times(hiring)
    ask(hiring, person)
    open_ = words_of(status_of(person))
    pick(hiring.house, first, actor=person.come_in(now=hiring.now), now=hiring.now)

    booked = words_of(status_of(person))

    english = (
        "Pick a time",
        "The steps",
        "The decision",
        "Your talk",
        "What we wrote",
        "Ask a question",
        "Madrid time",
    )
    assert [word for word in english if word in open_ + booked] == []
    for said in ("Elija una hora", "Su entrevista", "a las 09:00 (hora de Madrid)", "Lo que le escribimos"):
        assert said in open_ + booked


def test_messages_are_read_there_and_reminders_stopped(hiring: Hiring, status_of: Walk) -> None:
    page = status_of(handed_in(hiring))

    words = words_of(page)
    page.checkbox[0].set_value(True).run()

    assert "Thank you: we have your answers" in words
    assert "You get no more reminders." in words_of(page)
    assert events_of(hiring.house, "message_read") != []
    assert len(events_of(hiring.house, "reminders_stopped")) == 1


def test_a_question_is_asked_from_here(hiring: Hiring, status_of: Walk) -> None:
    page = status_of(handed_in(hiring))

    page.text_area(key="question").set_value("Is there parking?")
    press(page, "Send")

    assert "A person will answer you." in words_of(page)
    assert len(events_of(hiring.house, "question_asked")) == 1


def test_one_may_stop_from_here_and_come_back(hiring: Hiring, status_of: Walk) -> None:
    person, (first, _) = handed_in(hiring), times(hiring)
    ask(hiring, person)
    pick(hiring.house, first, actor=person.come_in(now=hiring.now), now=hiring.now)
    page = status_of(person)

    offered = words_of(press(page, "I do not want to go on"))
    page.switch_page("candidate/leave.py").run()
    left = words_of(press(page, "Stop without saying why"))
    freed = held(hiring.house)
    page.switch_page("candidate/status.py").run()
    press(page, "I want to go on after all")

    assert "You can stop here" in offered
    assert "You have stopped" in left
    assert freed == {}
    assert "Pick a time for the talk" in words_of(page)


def test_after_giving_the_time_back_the_step_asks_for_one_again(hiring: Hiring, status_of: Walk) -> None:
    person, (first, _) = handed_in(hiring), times(hiring)
    ask(hiring, person)
    actor = person.come_in(now=hiring.now)
    pick(hiring.house, first, actor=actor, now=hiring.now)
    cancel_pick(hiring.house, actor=actor, now=hiring.now)

    assert "Please pick a time by" in words_of(status_of(person))
