"""The check-in pages of both sides under AppTest: what is asked, who sees it, thanks, and cards with words beside charts."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from assessment.services.check_in_trends import trends
from assessment.services.check_ins import answer_own, my_check_in
from assessment.services.early_warnings import early_warnings
from assessment.storage.schema import check_ins, plans
from assessment.training.check_in import check_in_key
from tests.checking_in import Started, first_day_is
from tests.hiring import NOW, Hiring
from tests.newcomers import hire, supervise
from tests.pages.test_candidate import Walk, press, walk_in, words_of
from tests.pages.test_staff import Open, open_page
from tests.pages.test_staff import words_of as staff_words

__all__ = ["open_page", "walk_in"]


@pytest.fixture
def now(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set the clock of the pages to so many days after the hour of the tests."""

    def set_(days: int) -> None:
        moment = NOW + timedelta(days=days)
        for frame in ("candidate_frame.Here", "staff_frame.Desk"):
            monkeypatch.setattr(f"assessment.pages.parts.{frame}.now", property(lambda self: moment))

    set_(0)
    return set_


@pytest.fixture
def started(hiring: Hiring, now: Callable[[int], None]) -> Started:
    """Day 7 is today."""
    newcomer = hire(hiring, "Ana <b>")
    lead = supervise(hiring, newcomer, "Grace <i>")
    first_day_is(hiring, newcomer.application, NOW.date() - timedelta(days=6))
    return Started(hiring, newcomer, lead)


@pytest.fixture
def check_in_of(walk_in: Walk) -> Callable[[Started], AppTest]:
    def open_(one: Started) -> AppTest:
        return walk_in(one.newcomer.person).switch_page("candidate/check_in.py").run()

    return open_


def test_who_sees_it_stands_above_the_lines_and_sending_is_thanked(
    started: Started, check_in_of: Callable[[Started], AppTest]
) -> None:
    page = check_in_of(started)
    before = words_of(page)

    for radio, step in zip(page.radio, (2, 1, 0, 4, 5), strict=True):
        radio.set_value(step)
    page.text_area[0].set_value("A <locker>")
    press(page, "Send my answers")

    after = words_of(page)
    mine = my_check_in(started.hiring.house, actor=started.newcomer.actor, now=NOW).now
    assert "Grace &lt;i&gt; and the HR team" in before
    assert "1 December 2026 on" in before
    assert mine is not None
    assert dict(mine.check_in.answers) == {"tools": 2, "whom_to_ask": 1, "as_told": None, "welcome": 4, "role": 5}
    assert "Thank you. Your answers are saved." in after
    assert "Grace &lt;i&gt; talks with you by 8 December 2026" in after
    assert "A &lt;locker&gt;" in after
    assert "You can change your answers until 26 November 2026" in after


def test_nothing_filled_in_is_said_kindly_and_a_wish_alone_is_enough(
    started: Started, check_in_of: Callable[[Started], AppTest]
) -> None:
    page = check_in_of(started)

    press(page, "Send my answers")
    kind = words_of(page)
    page.checkbox[0].set_value(True)
    press(page, "Send my answers")

    assert "Nothing is filled in yet." in kind
    assert "knows that you would like to talk" in words_of(page)


def test_answers_are_changed_from_what_was_said(started: Started, check_in_of: Callable[[Started], AppTest]) -> None:
    lines = check_in_key().day(7).newcomer
    answer_own(
        started.hiring.house, 7, dict.fromkeys(lines[:4], 3), own_words="Old", actor=started.newcomer.actor, now=NOW
    )
    page = check_in_of(started)

    press(page, "Change my answers")
    shown = [radio.value for radio in page.radio], page.text_area[0].value
    page.radio[0].set_value(5)
    press(page, "Send the new answers")

    mine = my_check_in(started.hiring.house, actor=started.newcomer.actor, now=NOW).now
    assert shown == ([3, 3, 3, 3, 0], "Old")
    assert mine is not None
    assert mine.check_in.answers["tools"] == 5


def test_before_and_after_the_days_it_says_when_the_next_comes(
    started: Started, check_in_of: Callable[[Started], AppTest], now: Callable[[int], None]
) -> None:
    now(15)

    page = check_in_of(started)

    assert "The next short questions come on 17 December 2026" in words_of(page)
    assert len(page.radio) == 0


def test_reminders_are_turned_off_on_the_page(started: Started, check_in_of: Callable[[Started], AppTest]) -> None:
    page = check_in_of(started)

    next(box for box in page.checkbox if box.label == "Please send me no more reminders").set_value(True).run()

    assert my_check_in(started.hiring.house, actor=started.newcomer.actor, now=NOW).no_reminders


def test_in_spanish_no_word_of_the_page_is_english(
    hiring: Hiring, now: Callable[[int], None], check_in_of: Callable[[Started], AppTest]
) -> None:
    newcomer = hire(hiring, "Eva", language="es")
    first_day_is(hiring, newcomer.application, NOW.date() - timedelta(days=6))

    page = check_in_of(Started(hiring, newcomer, hiring.staff))

    words = words_of(page)
    assert "Quién ve lo que usted dice" in words
    assert page.radio[0].options[-1] == "Prefiero no decirlo"
    assert [english for english in ("You ", "Your ", "Day 7", "Thank") if english in words] == []


def test_what_is_open_stands_on_the_first_page_of_the_newcomer(started: Started, walk_in: Walk) -> None:
    page = walk_in(started.newcomer.person).switch_page("candidate/first_days.py").run()
    before = words_of(page)

    press(page, "Answer now")

    assert "Day 7: how is it going?" in before
    assert len(page.radio) == 5


def test_the_manager_answers_without_seeing_the_other_side_and_then_both(started: Started, open_page: Open) -> None:
    started.say(7, [1, 1, 4, 4, 4], words="Secret <s>", now=NOW)
    page = open_page("check_in", application=started.application, day="7")
    before = staff_words(page)

    for radio in page.radio:
        radio.set_value(4)
    press(page, "Save my view")
    after = staff_words(page)
    both = staff_words(open_page("newcomer", application=started.application))

    assert "has answered. What Ana &lt;b&gt; says can be read once you have given your view" in before
    assert "Secret" not in before
    assert "Thank you. Your view is saved." in after
    assert "Secret &lt;s&gt;" in both
    assert "The two sides differ on 2 of 3 points" in both


def test_a_newcomer_page_shows_nothing_of_the_other_side_yet_but_the_wish_to_talk(
    started: Started, open_page: Open
) -> None:
    started.say(7, [1, 1, 4, 4, 4], words="Secret", talk=True, now=NOW)

    words = staff_words(open_page("newcomer", application=started.application))

    assert "Said on day 7: I would like to talk." in words
    assert "2 lines of day 7 answered low. Give your own view first" in words
    assert "can be read once you have given your view, or from 1 December on" in words
    assert "Secret" not in words
    assert "clothes" not in words


def test_a_warning_is_settled_with_a_note_and_opened_again(started: Started, open_page: Open) -> None:
    started.say(7, [4] * 5, talk=True, now=NOW)
    house, staff = started.hiring.house, started.hiring.staff
    page = open_page("newcomers")
    listed = staff_words(page)

    press(page, "It is seen to")
    empty = staff_words(page)
    next(area for area in page.text_area if area.label.startswith("What you did")).set_value("Talked <today>")
    press(page, "It is seen to")
    left = early_warnings(house, actor=staff, now=NOW)
    page = open_page("newcomer", application=started.application)
    done = staff_words(page)
    press(page, "Open it again")

    assert "One newcomer asks for your eye" in listed
    assert "Please write in a few words what you did" in empty
    assert left == ()
    assert "Talked &lt;today&gt;" in done
    assert len(early_warnings(house, actor=staff, now=NOW)) == 1


def test_who_was_hired_without_days_gets_them_from_the_first_day(
    hiring: Hiring, now: Callable[[int], None], open_page: Open
) -> None:
    newcomer = hire(hiring)
    with hiring.house.database.write() as connection:
        for table in (check_ins, plans):
            connection.execute(delete(table))
    page = open_page("newcomer", application=newcomer.application)

    next(d for d in page.date_input if d.label == "First day at work").set_value(date(2026, 11, 24))
    press(page, "Set the days")

    found = trends(hiring.house, newcomer.application, actor=hiring.staff, now=NOW)
    assert [day.due_on for day in found.days][:2] == [date(2026, 11, 30), date(2026, 12, 23)]


def test_a_check_in_that_is_not_open_and_an_empty_address_say_so(
    started: Started, open_page: Open, now: Callable[[int], None]
) -> None:
    early = staff_words(open_page("check_in", application=started.application, day="30"))
    empty = staff_words(open_page("check_in"))

    assert "It opens on 17 December." in early
    assert "Choose somebody in their first 90 days." in empty
