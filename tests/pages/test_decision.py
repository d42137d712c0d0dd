"""The page Decision of staff, and what a candidate sees of it, under AppTest."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.offers import my_offer
from assessment.services.own_words import questions
from assessment.services.redirects import my_redirect
from assessment.services.stages import moves
from tests.deciding import BECAUSE, NO_TALK, ORDER, REASON, message, offer, propose, refuse, send, to_decide
from tests.hiring import Hiring, Person, events_of
from tests.interviewing import colleague, finish_tellingly, interviewer_of, rate_all

MAIN = Path(__file__).parents[2] / "assessment/pages/main.py"
Open = Callable[..., AppTest]
See = Callable[[Person], AppTest]


@pytest.fixture
def open_decision(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Open:
    def open_(person: Person | None = None, *, cookie: str = "") -> AppTest:
        remembered = {"carefit_staff": cookie or hiring.staff_cookie}
        monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: remembered)
        page = AppTest.from_file(str(MAIN), default_timeout=20).run()
        page.switch_page("hr/decision.py")
        if person is not None:
            page.query_params["application"] = person.application
        return page.run()

    return open_


@pytest.fixture
def see_cards(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> See:
    """The cards alone, in the browser of somebody who came in by their link."""

    def cards() -> None:
        from assessment.pages.parts.candidate_decision import decision_cards
        from assessment.pages.parts.candidate_frame import begin

        decision_cards(begin())

    def see(person: Person) -> AppTest:
        cookie = person.cookie(now=hiring.now)
        monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_candidate": cookie})
        return AppTest.from_function(cards, default_timeout=20).run()

    return see


def words_of(page: AppTest) -> str:
    assert not page.exception
    return " ".join(element.proto.body for element in page.get("html"))


def trouble(page: AppTest) -> list[str]:
    beside = [re.sub("<[^>]+>", "", part) for part in re.findall(r'<p role="alert">(.*?)</p>', words_of(page))]
    return [*map(unescape, beside), *(shown.value.replace("\\", "") for shown in (*page.warning, *page.error))]


def press(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def write(page: AppTest, label: str, text: str) -> None:
    next(area for area in page.text_area if label in area.label).set_value(text)


def test_without_somebody_it_says_where_to_go(open_decision: Open) -> None:
    page = open_decision()

    assert "Choose somebody from the list" in words_of(page)


def test_both_sides_weights_and_errors_stand_there_with_a_sentence_why(hiring: Hiring, open_decision: Open) -> None:
    person = finish_tellingly(hiring, "Sofia <i>")
    interviewer = interviewer_of(hiring, person.application)
    rate_all(hiring.house, person.application, interviewer.actor, [4, 4, 3, 5, 2, 4], now=hiring.now)

    words = words_of(open_decision(person))

    for said in (
        "Sofia &lt;i&gt;",
        "Weighs 0 %",
        "Weighs 100 %",
        "Talk about patience, liveliness",
        "likely ",
        "Mean 3.7 of 5",
        "too few to say",
        "from other houses",
        "counts nothing in the decision",
        "Research draft",
        "Open and read the report",
    ):
        assert said in words
    assert "Sofia <i>" not in words


def test_an_offer_is_decided_read_and_sent_on_the_page(hiring: Hiring, open_decision: Open) -> None:
    to_decide(hiring, "First", ago=40)
    person = to_decide(hiring, "Ana", ago=30)
    page = open_decision(person)

    page.radio[0].set_value("offer").run()
    write(page, "Your reasons", BECAUSE)
    press(page, "Decide and draft the message")
    asked = trouble(page)
    write(page, "Why before", ORDER)
    press(page, "Decide and draft the message")
    write(page, "Message", "Hello Ana, come and work with us.")
    press(page, "Send")

    assert "why before First" in asked[0]
    assert trouble(page) == []
    assert "Stands" in words_of(page)
    (event,) = events_of(hiring.house, "decided")
    row = message(hiring.house, hiring.staff.organisation_id, f"decision:{event['decision']}")
    assert row is not None
    assert row.status == "queued"
    assert hiring.house.vault.open(row.text_sealed) == "Hello Ana, come and work with us."


def test_a_refusal_with_a_score_in_its_reason_is_held_and_what_was_typed_stays(
    hiring: Hiring, open_decision: Open
) -> None:
    person = to_decide(hiring)
    page = open_decision(person)

    page.radio[0].set_value("not_taken").run()
    write(page, "Your reasons", BECAUSE)
    write(page, "main reason", "Your score of 41 was too low for this job.")
    write(page, "without a talk", NO_TALK)
    press(page, "Decide and draft the message")
    held, beside = trouble(page), words_of(page)
    write(page, "main reason", REASON)
    press(page, "Decide and draft the message")

    assert "41" in held[0]
    assert "Please take out: 41, score" in beside
    assert moves(hiring.house, person.application, actor=hiring.staff)[-1].to_stage == "not_taken"
    draft = next(area.value for area in page.text_area if area.label == "Message")
    assert REASON in draft


def test_another_job_is_proposed_with_its_coverage(hiring: Hiring, open_decision: Open) -> None:
    person, other = to_decide(hiring), hiring.open_another("help_desk_agent")
    page = open_decision(person)

    page.radio[0].set_value("redirected").run()
    options = page.selectbox[0].options
    write(page, "Your reasons", BECAUSE)
    press(page, "Decide and draft the message")

    assert options == ["Another job · 3 of 4 signature facets measured · 6 lines and 4 scenes more, about 4 min"]
    assert trouble(page) == []
    assert [e["vacancy"] for e in events_of(hiring.house, "redirect_proposed")] == [other.vacancy]
    assert "Without a yes the other team sees nothing" in words_of(page)


def test_where_no_other_opening_fits_it_says_why(hiring: Hiring, open_decision: Open) -> None:
    page = open_decision(to_decide(hiring))

    page.radio[0].set_value("redirected").run()

    assert "There is no other opening to propose" in words_of(page)


def test_an_answer_by_phone_and_the_hire(hiring: Hiring, open_decision: Open) -> None:
    person = to_decide(hiring)
    send(hiring, offer(hiring, person).id)
    page = open_decision(person)

    next(field for field in page.text_input if field.label == "Who said so, and how").set_value("She, by phone")
    press(page, "Note the answer")
    press(page, "Confirm the hire")

    assert trouble(page) == []
    assert moves(hiring.house, person.application, actor=hiring.staff)[-1].to_stage == "hired"


def test_a_decision_is_taken_back_with_a_reason(hiring: Hiring, open_decision: Open) -> None:
    person = to_decide(hiring)
    refuse(hiring, person)
    page = open_decision(person)

    write(page, "Why", "I mixed up two people; this one was fine.")
    press(page, "Take it back")

    assert "I mixed up two people" in words_of(page)
    assert moves(hiring.house, person.application, actor=hiring.staff)[-1].to_stage == "to_read"


def test_the_same_reasons_are_pointed_out_after_deciding(hiring: Hiring, open_decision: Open) -> None:
    offer(hiring, to_decide(hiring, "One", ago=40))
    person = to_decide(hiring, "Two", ago=30)
    page = open_decision(person)

    page.radio[0].set_value("offer").run()
    write(page, "Your reasons", BECAUSE)
    press(page, "Decide and draft the message")

    assert "The same reasons stand on 1 other decision" in words_of(page)


@pytest.mark.parametrize("role", ["interviewer", "supervisor"])
def test_interviewers_and_supervisors_have_no_such_page(hiring: Hiring, open_decision: Open, role: str) -> None:
    person = to_decide(hiring, "Hidden Name")
    refuse(hiring, person)
    other = colleague(hiring, "Ivo", role)

    with pytest.raises(Exception, match="decision"):
        open_decision(person, cookie=other.cookie)


def test_nothing_is_shown_to_the_person_before_it_was_sent(hiring: Hiring, see_cards: See) -> None:
    offered, asked, refused = (to_decide(hiring, name, ago=ago) for name, ago in (("A", 9), ("B", 8), ("C", 7)))
    offer(hiring, offered)
    propose(hiring, asked, hiring.open_another("help_desk_agent").vacancy)
    refuse(hiring, refused)

    shown = [words_of(see_cards(person)) for person in (offered, asked, refused)]

    assert not any("<h2>" in words for words in shown)


@pytest.mark.parametrize(
    ("language", "yes", "sure", "glad"),
    [
        ("en", "Yes, I take the job", "Yes, send my answer", "We are glad"),
        ("es", "Sí, acepto el puesto", "Sí, enviar mi respuesta", "Nos alegra"),
    ],
)
def test_an_offer_is_accepted_with_two_taps(
    hiring: Hiring, see_cards: See, monkeypatch: pytest.MonkeyPatch, language: str, yes: str, sure: str, glad: str
) -> None:
    monkeypatch.setattr("assessment.pages.parts.candidate_frame.Here.now", hiring.now)
    person = to_decide(hiring, "Ana", language=language)
    send(hiring, offer(hiring, person).id)
    page = see_cards(person)
    before = words_of(page)

    press(page, yes)
    after_one = my_offer(hiring.house, actor=person.come_in(), now=hiring.now)
    press(page, sure)

    assert "16 an hour" in before
    assert after_one is not None
    assert after_one.offer.answer is None
    assert glad in words_of(page)


def test_the_cards_stand_on_the_status_page(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    person = to_decide(hiring)
    send(hiring, offer(hiring, person).id)
    cookie = person.cookie(now=hiring.now)
    monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_candidate": cookie})

    page = AppTest.from_file(str(MAIN), default_timeout=20).run().switch_page("candidate/status.py").run()

    assert "We would like to work with you" in words_of(page)


def test_another_job_is_read_and_agreed_to_and_goes_on_by_its_own_link(
    hiring: Hiring, see_cards: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.pages.parts.candidate_frame.Here.now", hiring.now)
    person, other = to_decide(hiring), hiring.open_another("help_desk_agent")
    send(hiring, propose(hiring, person, other.vacancy).id)
    page = see_cards(person)
    before = words_of(page)

    press(page, "Yes, show them my answers")
    press(page, "Yes, send my answer")

    mine = my_redirect(hiring.house, actor=person.come_in(), now=hiring.now)
    assert mine is not None
    assert "We still ask 6 lines and 4 scenes" in before
    assert "Without your yes, we share no answers" in before
    assert f'href="{mine.link}"' in words_of(page)


def test_a_no_is_one_card_with_the_words_sent_and_a_second_look(
    hiring: Hiring, see_cards: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.pages.parts.candidate_frame.Here.now", hiring.now)
    person = to_decide(hiring)
    send(hiring, refuse(hiring, person).id)
    page = see_cards(person)

    words = words_of(page)
    write(page, "In your own words", "I can work every other weekend.")
    press(page, "Send")

    assert unescape(words).count(REASON) == 1
    assert re.search(r'<a href="http://localhost:8501/i/[^"]+" target="_self">here</a>', words)
    assert "A person will look again" in words_of(page)
    (asked,) = questions(hiring.house, actor=person.come_in())
    assert asked.text == "Please take a second look: I can work every other weekend."


def test_a_late_answer_is_not_taken_here_but_by_phone(
    hiring: Hiring, see_cards: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = to_decide(hiring)
    send(hiring, offer(hiring, person).id)
    monkeypatch.setattr("assessment.pages.parts.candidate_frame.Here.now", hiring.now + timedelta(days=8))

    page = see_cards(person)

    assert "The day to answer by has passed" in words_of(page)
    assert [b.label for b in page.button if "job" in b.label] == []
