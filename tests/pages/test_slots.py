"""The page “Interviews” under AppTest: offering, asking, moving, cancelling, and what an interviewer sees of it."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.interviews import ask_to_pick, pick
from assessment.services.slots import list_slots
from tests.hiring import Hiring
from tests.interviewing import colleague
from tests.pages.test_staff import MAIN, open_page, trouble, words_of
from tests.picking import held, offer, told
from tests.web.test_interviews import handed_in

__all__ = ["open_page"]
Open = Callable[..., AppTest]


def press(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def offered(hiring: Hiring, name: str = "Ivo <b>", *, hours: tuple[int, ...] = (9, 11)) -> tuple[str, ...]:
    ivo = colleague(hiring, name).actor.account_id or ""
    day = hiring.now.date() + timedelta(days=10)
    return offer(hiring, ivo, days=[day], times=[time(hour) for hour in hours], place="Room <i>")


def test_with_nothing_there_yet_each_part_says_what_will_be(hiring: Hiring, open_page: Open) -> None:
    page = open_page("slots")

    words = words_of(page)
    assert "0 talks to come, 0 free times." in words
    for said in ("Nobody has picked a time yet.", "Nobody waits to pick.", "Whoever has handed in stands here."):
        assert said in words
    assert trouble(page) == []


def test_times_are_offered_with_what_stands_there_already(hiring: Hiring, open_page: Open) -> None:
    page = open_page("slots")

    page.text_input(key="offer-place").set_value("Room 2").run()
    press(page, next(b.label for b in page.button if b.label.startswith("Offer ")))

    slots = list_slots(hiring.house, hiring.vacancy, actor=hiring.staff)
    assert trouble(page) == []
    assert f"{len(slots)} times are offered." in words_of(page)
    assert {slot.hours() for slot in slots} == {"09:00 to 09:45", "10:00 to 10:45", "11:00 to 11:45"}
    assert len(slots) == 15  # five working days in any seven
    assert {slot.interviewers for slot in slots} == {("Ada Voss",)}


def test_what_cannot_be_offered_is_said_there_and_nothing_is_lost(hiring: Hiring, open_page: Open) -> None:
    page = open_page("slots")

    press(page, next(b.label for b in page.button if b.label.startswith("Offer ")))
    no_place = trouble(page)
    page.text_input(key="offer-exact").set_value("noon").run()

    assert no_place == ["Please say where: a room, or the link of a video call."]
    assert trouble(page) == ["“noon” is no time of day; please write it like 14:30."]
    assert list_slots(hiring.house, hiring.vacancy, actor=hiring.staff) == ()


def test_people_are_asked_and_stand_there_until_they_pick(hiring: Hiring, open_page: Open) -> None:
    person, (first, _) = handed_in(hiring, "Ana <b>"), offered(hiring)
    page = open_page("slots")

    page.multiselect(key="ask-who").set_value([person.application]).run()
    press(page, "Ask 1 person")
    waiting = words_of(page)
    pick(hiring.house, first, actor=person.come_in(now=hiring.now), now=hiring.now)
    picked = words_of(page.run())

    assert "1 person is asked." in waiting
    assert "Asked, no time picked yet" in waiting
    assert len(told(hiring.house, "interview_invitation")) == 1
    assert "1 talk to come, 1 free time." in picked
    assert "Ana &lt;b&gt;" in picked
    assert "Ivo &lt;b&gt; · Room &lt;i&gt;" in picked
    assert f'href="/staff/interview/{person.application}.ics"' in picked


def test_a_talk_is_moved_and_cancelled_with_a_reason(hiring: Hiring, open_page: Open) -> None:
    person, (first, second) = handed_in(hiring), offered(hiring)
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)
    pick(hiring.house, first, actor=person.come_in(now=hiring.now), now=hiring.now)
    page = open_page("slots")

    page.selectbox(key="change-to").set_value(second).run()
    press(page, "Move it")
    without = trouble(page)
    page.text_input(key="change-because").set_value("She called")
    press(page, "Move it")
    moved = held(hiring.house)
    page.text_input(key="change-because").set_value("Ivo is ill")
    press(page, "Cancel it")

    assert without == ["Please say why; it is kept with the interview."]
    assert moved == {person.application: second}
    assert held(hiring.house) == {}
    assert "Gave the time back: “Ivo is ill”" in words_of(page)


def test_a_time_is_set_for_somebody_who_calls(hiring: Hiring, open_page: Open) -> None:
    person, (first, _) = handed_in(hiring), offered(hiring)
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)
    page = open_page("slots")

    page.selectbox(key="change-to").set_value(first)
    page.text_input(key="change-because").set_value("She called").run()
    press(page, "Set it")

    assert held(hiring.house) == {person.application: first}
    assert len(told(hiring.house, "interview_confirmation")) == 1


def test_free_times_are_taken_back(hiring: Hiring, open_page: Open) -> None:
    first, second = offered(hiring)
    page = open_page("slots")

    page.multiselect(key="take-back-which").set_value([first]).run()
    press(page, "Take back")

    assert [s.id for s in list_slots(hiring.house, hiring.vacancy, actor=hiring.staff)] == [second]


def test_an_interviewer_sees_and_offers_their_own_times_and_no_other_names(
    hiring: Hiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, other = handed_in(hiring, "Ana Ruiz"), handed_in(hiring, "Zanzibar Quux")
    ivo, una = colleague(hiring, "Ivo"), colleague(hiring, "Una")
    day = [hiring.now.date() + timedelta(days=10)]
    (his,) = offer(hiring, ivo.actor.account_id or "", days=day, times=[time(9)])
    (hers,) = offer(hiring, una.actor.account_id or "", days=day, times=[time(10)])
    ask_to_pick(hiring.house, [mine.application, other.application], actor=hiring.staff, now=hiring.now)
    pick(hiring.house, his, actor=mine.come_in(now=hiring.now), now=hiring.now)
    pick(hiring.house, hers, actor=other.come_in(now=hiring.now), now=hiring.now)
    monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_staff": ivo.cookie})
    page = AppTest.from_file(str(MAIN), default_timeout=20).run()
    page.switch_page("hr/slots.py").run()

    words = words_of(page)
    page.text_input(key="offer-exact").set_value("16:00")
    page.text_input(key="offer-place").set_value("Room 9").run()
    press(page, next(b.label for b in page.button if b.label.startswith("Offer ")))

    assert "1 talk to come" in words
    assert "Ana Ruiz" in words
    assert "Zanzibar" not in words_of(page)
    assert "Una" not in words_of(page)
    assert [s.interviewers for s in list_slots(hiring.house, hiring.vacancy, actor=ivo.actor)] == [("Ivo",)] * 6


def test_an_interviewer_with_nobody_yet_reads_what_will_be_there(
    hiring: Hiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ivo = colleague(hiring, "Ivo")
    monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_staff": ivo.cookie})

    page = AppTest.from_file(str(MAIN), default_timeout=20).run()
    page.switch_page("hr/slots.py").run()

    assert "Your times will stand here." in words_of(page)
