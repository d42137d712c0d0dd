"""The pages around a talk under AppTest: the kit, rating on a phone, side by side, practice, one's own interviews."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.assigned import assigned_to
from assessment.services.calibrating import own_practice
from assessment.services.interview_kit import make_kit
from assessment.services.ratings import rating_form, save_rating
from tests.hiring import Hiring, Person
from tests.interviewing import Colleague, finish_tellingly, interviewer_of, rate_all
from tests.pages.test_staff import MAIN, trouble, words_of
from tests.services.test_ratings import telling_words, told

Q = "front_desk_officer_1"
OpenAs = Callable[..., AppTest]


@pytest.fixture
def open_as(monkeypatch: pytest.MonkeyPatch) -> OpenAs:
    """Open a page file as whoever has the cookie."""

    def open_(cookie: str, file: str, **query: str) -> AppTest:
        monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_staff": cookie})
        page = AppTest.from_file(str(MAIN), default_timeout=20).run()
        page.switch_page(f"hr/{file}.py")
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return open_


@pytest.fixture
def person(hiring: Hiring) -> Person:
    return finish_tellingly(hiring)


@pytest.fixture
def ivo(hiring: Hiring, person: Person) -> Colleague:
    return interviewer_of(hiring, person.application)


def press(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def everything_shown(page: AppTest) -> str:
    """All words and labels of a page, wherever they stand."""
    shown = [re.sub("<style>.*?</style>", "", words_of(page), flags=re.DOTALL)]
    for element in (
        *page.radio,
        *page.text_area,
        *page.button,
        *page.expander,
        *page.markdown,
        *page.caption,
        *page.selectbox,
    ):
        shown.append(str(element.proto))
    return " ".join(shown)


def test_the_rating_page_of_an_interviewer_shows_nothing_of_a_telling_result(
    hiring: Hiring, person: Person, ivo: Colleague, open_as: OpenAs
) -> None:
    make_kit(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    words = [w for w in telling_words(hiring, person.application) if w != "because "]

    pages = {file: open_as(ivo.cookie, file, application=person.application) for file in ("rate", "interviews")}
    kit = open_as(hiring.staff_cookie, "kit", application=person.application)

    assert told(everything_shown(kit), words) != []
    for page in pages.values():
        assert "Sofia Marino" in everything_shown(page)
        assert told(everything_shown(page), words) == []


def test_ratings_and_notes_are_saved_as_they_are_made_and_there_again_after_a_reload(
    hiring: Hiring, person: Person, ivo: Colleague, open_as: OpenAs
) -> None:
    page = open_as(ivo.cookie, "rate", application=person.application)

    page.radio(key=f"rate-{person.application}-{Q}").set_value(4).run()
    page.text_area(key=f"note-{person.application}-{Q}").set_value("Said the <b>time</b>").run()
    reloaded = open_as(ivo.cookie, "rate", application=person.application)

    assert "1 of 6 rated. All of it is saved." in words_of(page)
    assert reloaded.radio(key=f"rate-{person.application}-{Q}").value == 4
    assert reloaded.text_area(key=f"note-{person.application}-{Q}").value == "Said the <b>time</b>"
    given = rating_form(hiring.house, person.application, actor=ivo.actor, now=hiring.now).given[Q]
    assert (given.rating, given.note, given.rev) == (4, "Said the <b>time</b>", 2)


def test_what_another_device_saved_since_is_shown_and_not_written_over(
    hiring: Hiring, person: Person, ivo: Colleague, open_as: OpenAs
) -> None:
    page = open_as(ivo.cookie, "rate", application=person.application)
    page.radio(key=f"rate-{person.application}-{Q}").set_value(4).run()
    save_rating(
        hiring.house, person.application, Q, rating=2, note="from the phone", rev=9, actor=ivo.actor, now=hiring.now
    )

    page.run()

    assert page.radio(key=f"rate-{person.application}-{Q}").value == 2
    assert page.text_area(key=f"note-{person.application}-{Q}").value == "from the phone"
    assert rating_form(hiring.house, person.application, actor=ivo.actor, now=hiring.now).given[Q].rev == 9


def test_handing_in_says_which_questions_wait_and_then_leads_to_the_other_rater(
    hiring: Hiring, person: Person, ivo: Colleague, open_as: OpenAs
) -> None:
    page = open_as(ivo.cookie, "rate", application=person.application)
    for radio in list(page.radio)[:4]:
        page.radio(key=radio.key).set_value(3).run()

    page = press(page, "Hand in")
    waiting = trouble(page)
    for radio in list(page.radio)[4:]:
        page.radio(key=radio.key).set_value(0).run()
    page = press(page, "Hand in")

    assert waiting == ["Please rate questions 5 and 6, or choose “No chance to answer”."]
    assert "See it beside what the other rater gave" in words_of(page)
    assert [b.label for b in page.button] == ["Change it"] * 6


def test_a_change_after_handing_in_asks_why(hiring: Hiring, person: Person, ivo: Colleague, open_as: OpenAs) -> None:
    rate_all(hiring.house, person.application, ivo.actor, [2] * 6, now=hiring.now)
    page = open_as(ivo.cookie, "rate", application=person.application)

    page.radio(key=f"rate-again-{person.application}-{Q}").set_value(4)
    page = press(page, "Change it")
    refused = trouble(page)
    page.text_input[0].set_value("Una heard more")
    page.radio(key=f"rate-again-{person.application}-{Q}").set_value(4)
    page = press(page, "Change it")

    assert refused == ["Please say why you change what you handed in; the reason is kept with it."]
    assert "Handed in as 2, then changed." in words_of(page)


def test_two_raters_are_shown_side_by_side_what_differs_first(
    hiring: Hiring, person: Person, ivo: Colleague, open_as: OpenAs
) -> None:
    una = interviewer_of(hiring, person.application, "Una <i>")
    rate_all(hiring.house, person.application, ivo.actor, [4, 4, 4, 4, 4, 1], now=hiring.now)
    early = open_as(una.cookie, "ratings", application=person.application)
    for_hr = open_as(hiring.staff_cookie, "ratings", application=person.application)
    rate_all(hiring.house, person.application, una.actor, [4, 4, 4, 4, 4, 4], now=hiring.now)

    page = open_as(una.cookie, "ratings", application=person.application)

    assert trouble(early) == ["Please hand in your own ratings first; then you see those of the others."]
    assert "1 of 2 raters handed in. Ratings are shown when all have." in words_of(for_hr)
    said = words_of(page)
    assert "Two points or more apart on 1 question." in said
    assert "3 points apart: talk about this first" in said
    assert said.index("Question 6") < said.index("Question 1")
    assert "Una &lt;i&gt;" in said


def test_hr_swaps_a_question_and_assigns_two_interviewers(
    hiring: Hiring, person: Person, ivo: Colleague, open_as: OpenAs
) -> None:
    page = open_as(hiring.staff_cookie, "kit", application=person.application)
    shown = words_of(page)

    page.selectbox[0].set_value("rel_s1")
    page = press(page, "Take this one")
    me = hiring.staff.account_id
    page.multiselect[0].set_value([me])
    page = press(page, "Assign")

    assert "is clearly outside the range of the role" in shown
    assert "1 more wanted" in shown
    assert "Chosen by hand." in words_of(page)
    assigned = {a.account_id for a in assigned_to(hiring.house, person.application, actor=hiring.staff)}
    assert assigned == {me, ivo.actor.account_id}


def test_practice_shows_the_model_after_the_first_round_and_the_lean_to_oneself(
    hiring: Hiring, ivo: Colleague, open_as: OpenAs
) -> None:
    page = open_as(ivo.cookie, "calibration")
    before = words_of(page)
    for n in range(1, 5):
        page.radio(key=f"practice-v_billing-0-{n}").set_value(3)
    last = [b for b in page.button if b.label == "Keep it and show the model"][-1]
    page = last.click().run()

    assert "Two different checks, a list" not in before
    assert "Two different checks, a list" in words_of(page)
    assert "On average" in words_of(page)
    assert own_practice(hiring.house, actor=hiring.staff).agreement == ()
    assert "On average" not in words_of(open_as(hiring.staff_cookie, "calibration"))


def test_practice_half_rated_is_said_kindly(ivo: Colleague, open_as: OpenAs) -> None:
    page = open_as(ivo.cookie, "calibration")

    page = next(b for b in page.button if b.label == "Keep it and show the model").click().run()

    assert trouble(page) == ["Please rate all 4 answers, each 1 to 5."]


def test_my_interviews_say_what_is_missing_or_that_nobody_is_there(
    hiring: Hiring, person: Person, ivo: Colleague, open_as: OpenAs
) -> None:
    mine = open_as(ivo.cookie, "interviews")
    nobody = open_as(hiring.staff_cookie, "interviews")

    assert "1 talk still to rate." in words_of(mine)
    assert "No time is picked yet." in words_of(mine)
    assert "The people you talk with will stand here." in words_of(nobody)


def test_an_interviewer_does_not_get_the_kit_or_somebody_elses_person(
    hiring: Hiring, person: Person, ivo: Colleague, open_as: OpenAs
) -> None:
    other = finish_tellingly(hiring, "Zanzibar Quux")

    page = open_as(ivo.cookie, "rate", application=other.application)

    assert "Zanzibar" not in everything_shown(page)
    assert trouble(page)
