"""Every page of a candidate under AppTest, in both languages; what the component does is tested in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.answers import Answer, save_answers, submit
from assessment.services.sitting import look, move_to
from assessment.services.vacancies import stop_early
from tests.calibrated import calibrate
from tests.hiring import Hiring, Person, answer_all

MAIN = Path(__file__).parents[2] / "assessment/pages/main.py"
Walk = Callable[..., AppTest]


@pytest.fixture
def walk_in(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """Open the app in the browser of somebody who came in by their link."""

    def open_(person: Person) -> AppTest:
        cookie = person.cookie(now=hiring.now)
        monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_candidate": cookie})
        return AppTest.from_file(str(MAIN), default_timeout=20).run()

    return open_


def words_of(page: AppTest) -> str:
    assert not page.exception
    assert [w.value for w in (*page.warning, *page.error)] == []
    return " ".join(element.proto.body for element in page.get("html"))


def press(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def test_the_notice_says_what_who_how_long_and_that_a_person_decides(hiring: Hiring, walk_in: Walk) -> None:
    page = walk_in(hiring.invite("Ana <b>"))

    words = words_of(page)

    assert "Hello Ana &lt;b&gt;" in words
    for said in ("A person decides", "You see your result at once", "Kept for 12 months", "we still test it"):
        assert said in words


def test_from_the_notice_to_the_questions(hiring: Hiring, walk_in: Walk) -> None:
    person = hiring.invite()
    page = walk_in(person)

    press(page, "I have read this. Start")
    job = words_of(page)
    page.radio[0].set_value("talk").run()
    press(page, "Go on")
    practice = words_of(page)
    press(page, "Start with the real lines")

    sitting = look(hiring.house, actor=person.come_in(now=hiring.now), now=hiring.now)
    assert "Busy phones" in job
    assert "How to answer" in practice
    assert (sitting.step, dict(sitting.fact_answers)) == ("questions", {"busy_phones": "talk"})


def test_nothing_of_the_page_stays_english_in_spanish(hiring: Hiring, walk_in: Walk) -> None:
    page = walk_in(hiring.invite(language="es"))

    spanish = words_of(page)
    press(page, "English")

    assert "Decide una persona" in spanish
    assert "A person decides" not in spanish
    assert "A person decides" in words_of(page)


def test_letters_become_larger_and_stay_so(hiring: Hiring, walk_in: Walk) -> None:
    person = hiring.invite()
    page = walk_in(person)

    page.button(key="text-size").click().run()

    assert look(hiring.house, actor=person.come_in(now=hiring.now), now=hiring.now).large_text
    assert "font-size: 122%" in words_of(page)


def test_the_simple_page_saves_what_is_chosen_and_hands_in(hiring: Hiring, walk_in: Walk) -> None:
    person = hiring.invite()
    actor = person.begin(now=hiring.now)
    move_to(hiring.house, "questions", actor=actor, now=hiring.now)
    page = walk_in(person)
    page.switch_page("candidate/simple.py").run()

    page.radio[0].set_value(4).run()
    saved = dict(look(hiring.house, actor=actor, now=hiring.now).answers)
    page.radio[0].set_value("").run()
    taken_back = dict(look(hiring.house, actor=actor, now=hiring.now).answers)
    for _ in range(14):
        press(page, "Next")
    press(page, "Finish")

    assert list(saved.values()) == [4]
    assert taken_back == {}
    assert look(hiring.house, actor=actor, now=hiring.now).status == "submitted"


def test_the_simple_page_shows_what_another_device_changed_and_does_not_write_over_it(
    hiring: Hiring, walk_in: Walk
) -> None:
    person = hiring.invite()
    actor = person.begin(now=hiring.now)
    move_to(hiring.house, "questions", actor=actor, now=hiring.now)
    page = walk_in(person)
    page.switch_page("candidate/simple.py").run()
    page.radio[0].set_value(4).run()
    (item,) = look(hiring.house, actor=actor, now=hiring.now).answers

    save_answers(hiring.house, [Answer(item, 2, 9)], actor=actor, now=hiring.now)
    page.radio[1].set_value(5).run()

    answers = look(hiring.house, actor=actor, now=hiring.now).answers
    assert (answers[item], page.radio[0].value, len(answers)) == (2, 2, 2)


def test_the_result_is_there_at_once_with_a_note_and_a_question(hiring: Hiring, walk_in: Walk) -> None:
    person = hiring.invite()
    actor = person.begin(now=hiring.now)
    answer_all(hiring.house, actor, now=hiring.now)
    submit(hiring.house, actor=actor, now=hiring.now)
    page = walk_in(person)
    result = words_of(page)

    page.text_area(key="note").set_value("I am <i>calm</i>.")
    next(b for b in page.button if b.label == "Send").click().run()
    page.text_area(key="question").set_value("When?")
    [b for b in page.button if b.label == "Send"][1].click().run()

    assert "What you bring" in result
    assert "How sure are we?" in result
    assert "I am &lt;i&gt;calm&lt;/i&gt;." in words_of(page)
    assert "Not answered yet" in words_of(page)


def test_another_way_is_asked_for_and_thanked(hiring: Hiring, walk_in: Walk) -> None:
    page = walk_in(hiring.invite())

    page.checkbox(key="way-breaks").check()
    next(b for b in page.button if b.label == "Send").click().run()

    assert "will see to it" in words_of(page)


def test_leaving_is_one_tap_with_a_reason_and_can_be_taken_back(hiring: Hiring, walk_in: Walk) -> None:
    person = hiring.invite()
    actor = person.begin(now=hiring.now)
    page = walk_in(person)

    press(page, "I do not want to go on")
    press(page, "The pay does not suit me")
    left = look(hiring.house, actor=actor, now=hiring.now).status
    thanked = words_of(page)
    press(page, "I want to go on after all")

    assert left == "withdrawn"
    assert "will not count against you" in thanked
    assert look(hiring.house, actor=actor, now=hiring.now).status == "open"


def test_earlier_answers_are_taken_over_only_with_consent(hiring: Hiring, walk_in: Walk) -> None:
    before = hiring.invite("Ana", "ana@x.org")
    actor = before.begin(now=hiring.now)
    answer_all(hiring.house, actor, now=hiring.now)
    submit(hiring.house, actor=actor, now=hiring.now)
    again = hiring.open_another("help_desk_agent").invite("Ana", "ana@x.org")
    now_asked = again.come_in(now=hiring.now)
    untouched = dict(look(hiring.house, actor=now_asked, now=hiring.now).answers)
    page = walk_in(again)

    press(page, "I have read this. Start")
    offered = words_of(page)
    press(page, "Yes, take them over")

    assert untouched == {}
    assert "You answered before" in offered
    assert len(look(hiring.house, actor=now_asked, now=hiring.now).answers) > 30


@pytest.fixture
def short(hiring: Hiring) -> Hiring:
    """An opening whose questionnaire stops where enough is known."""
    calibrate(hiring)
    stop_early(hiring.house, hiring.vacancy, True, actor=hiring.staff, now=hiring.now)
    return hiring


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Not everybody gets the same number of lines"), ("es", "No todas las personas reciben el mismo número")],
)
def test_that_the_number_of_lines_varies_is_said_before_the_start_and_only_where_it_does(
    short: Hiring, walk_in: Walk, language: str, said: str
) -> None:
    adaptive = words_of(walk_in(short.invite("Ana", language=language)))
    stop_early(short.house, short.vacancy, False, actor=short.staff, now=short.now)
    whole = words_of(walk_in(short.invite("Bo", language=language)))

    assert said in adaptive
    assert said not in whole


def test_the_simple_page_builds_its_pages_as_one_goes_and_ends_early(short: Hiring, walk_in: Walk) -> None:
    person = short.invite()
    actor = person.begin(now=short.now)
    move_to(short.house, "questions", actor=actor, now=short.now)
    page = walk_in(person)
    page.switch_page("candidate/simple.py").run()
    first = look(short.house, actor=actor, now=short.now).next[0]

    page.radio[0].set_value(3).run()
    after_one = len(page.radio)
    lines, pages = set[str](), 0
    while not any(field.key.startswith("fd_1") for field in page.radio):
        fields = [field.key.removesuffix("-en") for field in page.radio]
        save_answers(short.house, [Answer(f, 3, 2) for f in fields], actor=actor, now=short.now)
        lines |= set(fields)
        press(page, "Next")
        pages += 1
    words = words_of(page)
    for _ in range(4):
        press(page, "Next")
    press(page, "Finish")

    sitting = look(short.house, actor=actor, now=short.now)
    assert first in lines
    assert after_one == 5
    assert 6 <= pages < 10
    assert f"{len(lines)} done, about 8 to go" in words
    assert (len(lines) < 50, sitting.status) == (True, "submitted")


def test_the_simple_page_opens_where_one_stopped_and_back_shows_what_was_said(short: Hiring, walk_in: Walk) -> None:
    person = short.invite()
    actor = person.begin(now=short.now)
    move_to(short.house, "questions", actor=actor, now=short.now)
    said = look(short.house, actor=actor, now=short.now).next[:3]
    save_answers(short.house, [Answer(id_, 4, 1) for id_ in said], actor=actor, now=short.now)
    page = walk_in(person)

    page.switch_page("candidate/simple.py").run()
    opened = [field.value for field in page.radio]
    press(page, "Back")

    assert opened == ["", "", "", "", ""]
    assert [field.value for field in page.radio] == [4, 4, 4]


def test_the_result_page_says_from_how_many_lines_it_came(short: Hiring, walk_in: Walk) -> None:
    person = short.invite()
    actor = person.begin(now=short.now)
    while wanted := look(short.house, actor=actor, now=short.now).next:
        value = {"best": "a", "worst": "b"}.get(wanted[0].rpartition(".")[2], 4)
        save_answers(short.house, [Answer(wanted[0], value, 1)], actor=actor, now=short.now)
    submit(short.house, actor=actor, now=short.now)

    words = words_of(walk_in(person))

    assert "The whole form has 50. We stopped when we knew enough." in words
    assert "You are set beside 1,200 people" in words
