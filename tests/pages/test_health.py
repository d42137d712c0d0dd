"""The page on the questionnaire's health: words instead of figures from too few, and norms and calibrations made on it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.calibrations import calibrations
from assessment.services.house import House
from assessment.services.local_norms import local_norms
from tests.hiring import Hiring, begin_work
from tests.many_sheets import HandedIn, hand_in

MAIN = Path(__file__).parents[2] / "assessment/pages/main.py"


@pytest.fixture
def measured(served: Callable[[Path], House], database_with_sheets: tuple[Path, HandedIn]) -> Hiring:
    """450 people have answered."""
    return begin_work(served(database_with_sheets[0]), now=datetime.now(UTC))


def opened(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_staff": hiring.staff_cookie})
    page = AppTest.from_file(str(MAIN), default_timeout=20).run()
    page.switch_page("hr/health.py")
    return page.run()


def words_of(page: AppTest) -> str:
    """What a person reads."""
    assert not page.exception
    assert not page.error
    return unescape(re.sub("<[^>]+>", " ", " ".join(element.proto.body for element in page.get("html"))))


def press(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def write(page: AppTest, label: str, words: str) -> None:
    next(i for i in page.text_input if i.label == label).set_value(words)


def test_a_new_organisation_reads_what_will_be_here(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(hiring, monkeypatch)

    assert "How the statements do will stand here." in words_of(page)
    assert [b.label for b in page.button] == ["Invite people"]


def test_from_too_few_there_are_words_and_nothing_can_be_made(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(hiring, 30)

    page = opened(hiring, monkeypatch)

    words = words_of(page)
    assert words.count("Too few answers to say") >= 8
    assert "Local norms need 400 people scored on the same facet; there are 30." in words
    assert "A calibration needs 200 people who answered the same facet; there are 30." in words
    assert re.findall(r"\d \.\d\d", words) == []
    assert {b.label: b.disabled for b in page.button} == {"Make local norms": True, "Calibrate": True}


def test_a_facet_is_chosen_and_its_statements_are_shown(measured: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(measured, monkeypatch)

    page.selectbox(key="facet").set_value("wrm").run()

    words = words_of(page)
    assert "450 people have handed in a whole sheet" in words
    assert "Welcoming warmth: no statement stands out" in words
    assert "I skip the small talk and start on the task." in words
    assert "People here stand where the norms say on all 8 facets" in words


def test_norms_are_made_with_a_reason_and_undone(measured: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(measured, monkeypatch)

    press(page, "Make local norms")
    without = words_of(page)
    write(page, "Why do you make them?", "<b>Pilot</b>")
    press(page, "Make local norms")
    made, in_use = words_of(page), local_norms(measured.house, actor=measured.staff)[0].in_use
    write(page, "Why?", "Not yet")
    press(page, "Use from now on")

    assert "Please say why" in without
    assert "Version 1.0 is made and in use for new sittings." in made
    assert "<b>Pilot</b>" in made
    assert "The local norms do not know every facet that these roles ask about" in made
    (version,) = local_norms(measured.house, actor=measured.staff)
    assert (in_use, version.in_use) == (True, False)


def test_a_calibration_is_made_looked_at_and_then_used(measured: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(measured, monkeypatch)

    write(page, "Why do you calibrate?", "Enough people")
    press(page, "Calibrate")
    made, used = words_of(page), calibrations(measured.house, actor=measured.staff)[0].in_use
    write(page, "Why?", "It looks right")
    press(page, "Use from now on")

    assert "450 people: below 500 parameters are rough" in made
    assert "Version 1.0 is kept. Look at it" in made
    assert "What version 1.0 says" in made
    (version,) = calibrations(measured.house, actor=measured.staff)
    assert (used, version.in_use) == (False, True)
    assert "in use" in words_of(page)
