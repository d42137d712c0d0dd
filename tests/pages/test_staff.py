"""Every page of the staff under AppTest: it opens, shows what it is for, and takes what people do on it."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from assessment.services.answers import submit
from assessment.services.own_words import ask_adjustment, note
from assessment.services.profiles import profile_versions
from assessment.services.vacancies import list_vacancies, stop_early, vacancy
from tests.calibrated import calibrate
from tests.hiring import Hiring, Person, answer_all

MAIN = Path(__file__).parents[2] / "assessment/pages/main.py"
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page file as the administrator who is signed in."""
    monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_staff": hiring.staff_cookie})

    def open_(file: str, **query: str) -> AppTest:
        page = AppTest.from_file(str(MAIN), default_timeout=20).run()
        page.switch_page(f"hr/{file}.py")
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return open_


def finish(hiring: Hiring, name: str) -> Person:
    person = hiring.invite(name)
    before = hiring.now - timedelta(days=1)
    actor = person.begin(now=before)
    answer_all(hiring.house, actor, value=4, now=before)
    submit(hiring.house, actor=actor, now=before)
    return person


def words_of(page: AppTest) -> str:
    assert not page.exception
    return " ".join(element.proto.body for element in page.get("html"))


def trouble(page: AppTest) -> list[str]:
    """What went wrong, wherever the page says it, as a person reads it."""
    assert not page.exception
    beside = [re.sub("<[^>]+>", "", part) for part in re.findall(r'<p role="alert">(.*?)</p>', words_of(page))]
    return [*map(unescape, beside), *(shown.value.replace("\\", "") for shown in (*page.warning, *page.error))]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("today", "Nothing waits for you"),
        ("openings", "Front desk officer"),
        ("candidates", "0 of 0 people have finished"),
        ("candidate", "Choose somebody from the list"),
        ("compare", "Choose two to four people"),
        ("profile", "What the work asks for"),
        ("invite", "One person a line"),
        ("paper", "Nobody has a form to type in"),
        ("settings", "Ada Voss"),
        ("opening", "Choose an opening from the list"),
    ],
)
def test_a_page_opens_with_nothing_there_yet_and_says_what_will_be(open_page: Open, file: str, words: str) -> None:
    page = open_page(file)

    assert words in words_of(page)
    assert trouble(page) == []


def test_an_opening_is_opened_from_a_pack(hiring: Hiring, open_page: Open) -> None:
    page = open_page("openings")

    page.selectbox(key="role").set_value("elder_care_aide").run()
    next(b for b in page.button if b.label == "Open it").click().run()

    titles = [v.title for v in list_vacancies(hiring.house, actor=hiring.staff, now=hiring.now)]
    assert sorted(titles) == ["Elder-care aide", "Front desk officer"]


def test_a_title_left_empty_is_said_kindly_and_nothing_is_opened(hiring: Hiring, open_page: Open) -> None:
    page = open_page("openings")

    page.text_input(key="title-billing_clerk").set_value("  ")
    next(b for b in page.button if b.label == "Open it").click().run()

    assert trouble(page) == ["Please give the opening a title."]
    assert len(list_vacancies(hiring.house, actor=hiring.staff, now=hiring.now)) == 1


def test_pasted_people_are_checked_and_invited(hiring: Hiring, open_page: Open) -> None:
    page = open_page("invite", vacancy=hiring.vacancy)

    page.text_area(key=f"pasted-{hiring.vacancy}-0").set_value("Ana, not-an-address\nBo").run()
    with_problem = words_of(page)
    page.text_area(key=f"pasted-{hiring.vacancy}-0").set_value("Ana, ana@x.org\nBo").run()
    next(b for b in page.button if b.label == "Invite 2 people").click().run()

    assert "the e-mail does not look right" in with_problem
    assert "2 personal links are ready" in words_of(page)
    assert vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now).counts.invited == 2


def test_a_range_is_changed_with_a_reason(hiring: Hiring, open_page: Open) -> None:
    page = open_page("profile", vacancy=hiring.vacancy)

    next(i for i in page.text_input if i.label == "Why do you change it?").set_value("The desk team says so")
    next(i for i in page.number_input if i.label == "Weight").set_value(15.0)
    next(b for b in page.button if b.label == "Save as a new version").click().run()

    newest = profile_versions(hiring.house, "front_desk_officer", actor=hiring.staff)[-1]
    assert (newest.version, newest.reason) == ("0.1.1", "The desk team says so")
    assert "Version 0.1.1 is saved" in words_of(page)


def test_a_change_without_a_reason_is_said_kindly(open_page: Open, hiring: Hiring) -> None:
    page = open_page("profile", vacancy=hiring.vacancy)

    next(b for b in page.button if b.label == "Save as a new version").click().run()

    assert trouble(page) == ["Please say why; the reason is kept with the version."]


def test_one_person_is_read_down_to_the_answers(hiring: Hiring, open_page: Open) -> None:
    person = finish(hiring, "Amara <i>Okafor</i>")
    note(hiring.house, "![x](http://x) <script>", actor=person.come_in(), now=hiring.now)

    page = open_page("candidate", application=person.application)
    first = words_of(page)
    page.selectbox(key="why-facet").set_value("wrm").run()

    assert "Amara &lt;i&gt;Okafor&lt;/i&gt;" in first
    assert "![x](http://x) &lt;script&gt;" in first
    assert "Why this number?" in first
    assert "I skip the small talk and start on the task." in words_of(page)


def test_somebody_who_has_not_finished_shows_no_result(hiring: Hiring, open_page: Open) -> None:
    page = open_page("candidate", application=hiring.invite("Bo").application)

    assert "The answers are not here yet" in words_of(page)
    assert "Why this number?" not in words_of(page)


def test_an_unknown_application_is_said_kindly(open_page: Open) -> None:
    page = open_page("candidate", application="<b>nobody</b>")

    assert trouble(page) == ["no application '<b>nobody</b>'"]


def test_names_are_searched_and_masked(hiring: Hiring, open_page: Open) -> None:
    for name in ("Ana Ruiz", "Bo Chen"):
        finish(hiring, name)
    page = open_page("candidates", vacancy=hiring.vacancy)

    page.text_input(key="search").set_value("chen").run()
    found = words_of(page)
    page.toggle(key="masked-False").set_value(True).run()

    assert ("Bo Chen" in found, "Ana Ruiz" in found) == (True, False)
    assert "Bo Chen" not in words_of(page)
    assert "Person " in words_of(page)


def test_three_people_are_set_side_by_side_and_other_weights_tried(hiring: Hiring, open_page: Open) -> None:
    ids = [finish(hiring, name).application for name in ("Ana", "Bo", "Cy")]
    page = open_page("compare", vacancy=hiring.vacancy)

    page.multiselect(key=f"people-{hiring.vacancy}").set_value(ids).run()
    side_by_side = words_of(page)
    page.number_input[0].set_value(50.0)
    next(b for b in page.button if b.label == "Try").click().run()

    assert "a tie" in side_by_side
    assert "Signature now" in words_of(page)


def test_facts_are_made_true_for_this_job(hiring: Hiring, open_page: Open) -> None:
    page = open_page("opening", vacancy=hiring.vacancy)

    page.text_area(key="en-busy_phones-text").set_value("Two phones, all day.")
    next(i for i in page.text_input if i.label == "Why do you change them?").set_value("Checked")
    next(b for b in page.button if b.label == "Save as a new version").click().run()

    changed = vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now).facts["en"][0]
    assert (changed.id, changed.text) == ("busy_phones", "Two phones, all day.")


def test_today_leads_to_what_waits(hiring: Hiring, open_page: Open) -> None:
    person = finish(hiring, "Ana")

    page = open_page("today")

    assert f'href="/candidate?application={person.application}"' in words_of(page)
    assert "Read the answers of Ana" in words_of(page)


def test_stopping_early_is_offered_only_once_the_form_is_calibrated(hiring: Hiring, open_page: Open) -> None:
    def button(page: AppTest) -> Button:
        return next(b for b in page.button if b.label == "Stop where enough is known")

    before = open_page("opening", vacancy=hiring.vacancy)
    why_not, blocked = words_of(before), button(before).disabled
    calibrate(hiring)
    page = open_page("opening", vacancy=hiring.vacancy)
    button(page).click().run()

    assert "at least 200 people" in why_not
    assert blocked
    assert "Now it stops where enough is known." in words_of(page)
    assert vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now).adaptive
    next(b for b in page.button if b.label == "Ask everybody every line").click().run()
    assert "Now everybody gets every line." in words_of(page)


def test_a_person_read_by_theta_is_shown_so(hiring: Hiring, open_page: Open) -> None:
    calibrate(hiring)
    stop_early(hiring.house, hiring.vacancy, True, actor=hiring.staff, now=hiring.now)
    person = finish(hiring, "Amara")

    words = words_of(open_page("candidate", application=person.application))

    assert "50 of 50 lines: the questionnaire stops when enough is known." in words
    assert "beside 1,200 people (temperament 1.0)" in words
    assert "θ from these answers" in words
    assert "it was calibrated on, estimates have the mean 0.02 and the SD 0.90" in words


def test_a_hurried_person_is_invited_again_from_their_page_with_words_to_send(hiring: Hiring, open_page: Open) -> None:
    person = finish(hiring, "Bo")
    page = open_page("candidate", application=person.application)

    next(b for b in page.button if b.label == "Invite to answer again").click().run()

    assert "Invited to answer again: gave one answer many times in a row" in words_of(page)
    assert "not begun yet. What you see here stays" in words_of(page)
    assert page.code[0].value.startswith("http://localhost:8501/i/")
    assert next(i for i in page.text_input if i.label == "Subject").value.startswith("Would you answer once more?")
    assert not any(b.label == "Invite to answer again" for b in page.button)
    assert "Invited to answer again" in words_of(open_page("candidates", vacancy=hiring.vacancy))


def test_with_an_adjustment_nobody_is_offered_to_be_asked_again(hiring: Hiring, open_page: Open) -> None:
    person = finish(hiring, "Bo")
    ask_adjustment(hiring.house, ["breaks"], "", actor=person.come_in(now=hiring.now), now=hiring.now)

    page = open_page("candidate", application=person.application)

    assert "not looked at, because an adjustment was asked for" in words_of(page)
    assert not any(b.label == "Invite to answer again" for b in page.button)
