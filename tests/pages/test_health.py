"""The page on the questionnaire's health: words instead of figures from too few, and norms and calibrations made on it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.calibrations import calibrations
from assessment.services.health import health
from assessment.services.house import House
from assessment.services.local_norms import local_norms, make_local_norms
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


def text_in(page: AppTest, label: str) -> str | None:
    return next(i.value for i in page.text_input if i.label == label)


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
    assert "People here stand within 0.15 of the norms on all 8 facets" in words


def test_norms_are_made_with_a_reason_and_undone(measured: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(measured, monkeypatch)

    press(page, "Make local norms")
    without = words_of(page)
    write(page, "Why do you make them?", "<b>Pilot</b>")
    press(page, "Make local norms")
    reason_left = text_in(page, "Why do you make them?")
    made, in_use = words_of(page), local_norms(measured.house, actor=measured.staff)[0].in_use
    write(page, "Why?", "Not yet")
    press(page, "Use from now on")

    assert "Please say why" in without
    assert "They will not cover the whole form of" in without
    assert "elder-care aide" in without
    assert reason_left == ""
    assert "Version 1.0 is made and in use for new sittings." in made
    assert "<b>Pilot</b>" in made
    assert "The local norms do not know every facet that these roles ask about" in made
    (version,) = local_norms(measured.house, actor=measured.staff)
    assert (in_use, version.in_use) == (True, False)


def test_a_calibration_is_made_looked_at_and_then_used(measured: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(measured, monkeypatch)

    press(page, "Calibrate")
    without, shown_running = words_of(page), len(page.get("progress"))
    write(page, "Why do you calibrate?", "Enough people")
    press(page, "Calibrate")
    reason_left, choices = text_in(page, "Why do you calibrate?"), [e.label for e in page.expander]
    made, used = words_of(page), calibrations(measured.house, actor=measured.staff)[0].in_use
    write(page, "Why?", "It looks right")
    press(page, "Use from now on")

    assert "Please say why" in without
    assert (shown_running, reason_left) == (0, "")
    assert "Use something else for new sittings" in choices
    assert "New sittings use no calibration." in made
    assert "450 people: below 500 parameters are rough" in made
    assert "Version 1.0 is kept. Look at it" in made
    assert "What version 1.0 says" in made
    (version,) = calibrations(measured.house, actor=measured.staff)
    assert (used, version.in_use) == (False, True)
    assert "in use" in words_of(page)


def test_pressing_twice_makes_no_twin(measured: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    make_local_norms(measured.house, reason="First", actor=measured.staff, now=measured.now)
    page = opened(measured, monkeypatch)

    write(page, "Why do you make them?", "Again")
    press(page, "Make local norms")

    assert "Nothing was handed in since version 1.0 was made; new norms would say the same." in words_of(page)
    assert text_in(page, "Why do you make them?") == "Again"
    assert len(local_norms(measured.house, actor=measured.staff)) == 1


def test_the_filter_says_what_it_is_for_and_statements_stand_in_the_language(
    hiring: Hiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(hiring, 55)
    hand_in(hiring.open_another("elder_care_aide"), 60, seed=2, language="es")
    page = opened(hiring, monkeypatch)
    every = words_of(page)

    page.selectbox(key="language").set_value("es").run()
    page.selectbox(key="facet").set_value("wrm").run()

    spanish = words_of(page)
    assert "For the two cards below." in every
    assert "Enseguida doy la bienvenida" not in every
    assert "Enseguida doy la bienvenida a quien acaba de llegar." in spanish


def test_nobody_in_a_choice_leaves_the_cards_about_everybody(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(hiring, 5)
    hand_in(hiring.open_another("elder_care_aide"), 5, seed=2, language="es")
    page = opened(hiring, monkeypatch)

    page.selectbox(key="role").set_value("elder_care_aide").run()
    page.selectbox(key="language").set_value("en").run()

    words = words_of(page)
    assert "Nobody fits this choice." in words
    assert "Do the scenes of a role hang together?" in words
    assert "Local norms need 400 people" in words


def test_the_first_facet_with_enough_people_is_open(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(hiring, 60)
    hand_in(hiring.open_another("elder_care_aide"), 60, seed=2)
    found = health(hiring.house, actor=hiring.staff)

    page = opened(hiring, monkeypatch)

    with_enough = [f.facet for f in found.facets if f.n >= 100]
    assert found.facets[0].facet != with_enough[0]
    assert page.selectbox(key="facet").value == with_enough[0]
    asked_of_some = "– is where too few have answered a statement: r and α need 100 answers to it" in words_of(page)
    page.selectbox(key="facet").set_value("voi").run()
    assert "– is where too few have answered a statement" in words_of(page)
    shown = next(f for f in found.facets if f.facet == with_enough[0])
    assert asked_of_some == any(i.answered < 100 for i in shown.items)


def test_a_mean_of_the_provisional_norms_says_so_beside_local_ones(
    measured: Hiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(measured.open_another("elder_care_aide"), 60, seed=2)
    before = words_of(opened(measured, monkeypatch))
    make_local_norms(measured.house, reason="Pilot", actor=measured.staff, now=measured.now)

    after = words_of(opened(measured, monkeypatch))

    assert re.findall(r"\d\.\d\d +provisional", before) == []
    assert len(re.findall(r"\d\.\d\d +provisional", after)) == 2  # gen and cmp, which only aides are asked about


def test_people_off_the_norms_are_counted_in_the_heading(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(hiring, 80, up=0.8)

    page = opened(hiring, monkeypatch)

    assert re.search(r"People here stand more than 0\.15 off the norms on \d of 8 facets", words_of(page))
