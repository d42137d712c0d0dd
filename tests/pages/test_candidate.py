"""Every page of a candidate under AppTest, in both languages; what the component does is tested in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.answers import Answer, save_answers, submit
from assessment.services.sitting import look, move_to
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
