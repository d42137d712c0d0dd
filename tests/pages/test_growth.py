"""Growth on pages: the staff see groups and who has answered, the person alone what is theirs."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from assessment.services.doors import enter
from assessment.services.growth import list_groups
from assessment.services.measuring_again import begin
from assessment.services.sitting import look, move_to
from assessment.storage.clock import stamp
from assessment.storage.schema import sittings
from assessment.training.growth_items import growth_items
from tests.growing import Grower, hired, physicians, seen_by
from tests.hiring import Hiring
from tests.pages.test_candidate import press, words_of

MAIN = Path(__file__).parents[2] / "assessment/pages/main.py"
Walk = Callable[[str], AppTest]
FIVE = ("Ana Ruiz", "Ben Adler", "Cem Kaya", "Dora Vogt", "Eli Stern")


@pytest.fixture
def desk(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Callable[[], AppTest]:
    def open_() -> AppTest:
        monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_staff": hiring.staff_cookie})
        return AppTest.from_file(str(MAIN), default_timeout=20).run().switch_page("hr/growth.py").run()

    return open_


@pytest.fixture
def walk(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """Open the app in the browser of somebody who came in by this token."""

    def open_(token: str) -> AppTest:
        cookie = enter(hiring.house, token, now=hiring.now)
        monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_candidate": cookie})
        return AppTest.from_file(str(MAIN), default_timeout=20).run()

    return open_


def weeks_ago(hiring: Hiring, *, weeks: int = 5) -> None:
    """Every sheet so far was handed in some weeks ago."""
    then = stamp(hiring.now - timedelta(weeks=weeks))
    with hiring.house.database.write() as connection:
        connection.execute(update(sittings).values(finished_at=then, created_at=then))


def own_page(walk: Walk, token: str) -> AppTest:
    return walk(token).switch_page("candidate/growth.py").run()


def test_without_groups_the_page_says_what_will_be_and_makes_the_first(
    hiring: Hiring, desk: Callable[[], AppTest]
) -> None:
    page = desk()
    empty = words_of(page)

    page.text_input[0].set_value("Doctors of ward 3")
    press(page, "Make the group")

    assert "Make a group, and invite people to it" in empty
    assert "Nobody is invited yet" in words_of(page)
    assert [(g.name, g.role) for g in list_groups(hiring.house, actor=hiring.staff)] == [
        ("Doctors of ward 3", "physician")
    ]


def test_people_are_previewed_invited_and_listed_with_a_link_to_pass_on(
    hiring: Hiring, desk: Callable[[], AppTest]
) -> None:
    physicians(hiring)
    page = desk()

    page.text_area[0].set_value("Ana <b> Ruiz\n, wrong").run()
    wrong = words_of(page)
    page.text_area[0].set_value("Ana <b> Ruiz\nBen Adler, ben@anne.example, es").run()
    press(page, "Invite 2 people")
    page.selectbox[0].select_index(0).run()

    assert "the name is missing" in wrong
    words = words_of(page)
    assert "0 of 2 people answered" in words
    assert "Ana &lt;b&gt; Ruiz" in words
    assert "/i/" in page.code[0].value


def test_the_staff_see_who_has_answered_and_from_five_on_means(hiring: Hiring, desk: Callable[[], AppTest]) -> None:
    _, people = physicians(hiring, *FIVE)
    for person in people[:4]:
        person.answer(4, now=hiring.now)
    few = words_of(desk())

    people[4].answer(3, now=hiring.now)

    enough = words_of(desk())
    assert "4 of 5 people answered" in few
    assert "From 5 people up, means of the group stand here" in few
    assert "The group on the whole: 5 people" in enough
    assert enough.count('data-label="Mean"') >= 8


def test_a_closed_group_takes_nobody_and_opens_again(hiring: Hiring, desk: Callable[[], AppTest]) -> None:
    physicians(hiring, "Ana Ruiz")
    page = desk()

    press(page, "Close the group")

    assert not any(b.label.startswith("Remind") for b in page.button)
    press(page, "Open the group again")
    assert any(b.label == "Remind 1 person" for b in page.button)


def test_the_notice_says_for_whom_and_leads_past_the_facts_of_a_job(hiring: Hiring, walk: Walk) -> None:
    _, (ana,) = physicians(hiring, "Ana <b>")
    page = walk(ana.token)
    notice = words_of(page)

    press(page, "I have read this. Start")
    practice = words_of(page)
    press(page, "Back")

    for said in ("Hello Ana &lt;b&gt;", "For your growth and nothing else", "Only you see your result"):
        assert said in notice
    for said in ("A person decides", "For the job of", "another way to show"):
        assert said not in notice
    assert "How to answer" in practice
    assert "Only you see your result" in words_of(page)


def test_stopping_asks_no_reason_that_is_about_a_job(hiring: Hiring, walk: Walk) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    page = walk(ana.token)

    press(page, "I do not want to go on")
    labels = [b.label for b in page.button]
    press(page, "Stop without saying why")

    assert "The pay does not suit me" not in labels
    assert "You have stopped" in words_of(page)


def test_the_result_is_the_persons_alone_and_leads_to_their_growth(hiring: Hiring, walk: Walk) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer({"hon": 5}, now=hiring.now)

    words = words_of(walk(ana.token).switch_page("candidate/result.py").run())

    assert "Nobody else reads it, and no job hangs on it" in words
    assert 'href="/my-growth"' in words
    for said in ("A person reads your answers", "This is not me", "Ask a question", "/status"):
        assert said not in words


def test_a_change_within_the_error_is_told_as_none(hiring: Hiring, walk: Walk) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer(4, now=hiring.now)
    weeks_ago(hiring)
    ana.begin_again(now=hiring.now)
    ana.answer(4, now=hiring.now)

    words = words_of(own_page(walk, ana.token))

    assert "<h2>Nothing has changed beyond what may be chance</h2>" in words
    assert "More than the first time" not in words


def test_a_change_beyond_the_error_is_told_with_what_chance_does(hiring: Hiring, walk: Walk) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer({"und": 1}, now=hiring.now)
    weeks_ago(hiring)
    ana.begin_again(now=hiring.now)
    ana.answer({"und": 5}, now=hiring.now)

    words = words_of(own_page(walk, ana.token))

    assert "<h2>One thing has changed by more than chance</h2>" in words
    assert words.count("More than the first time") == 1
    assert "By chance alone, one of them or more seems to change for about 3 in 10 people" in words
    assert "You can answer again from" in words


def test_after_three_weeks_one_answers_once_more_from_the_page(hiring: Hiring, walk: Walk) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer(4, now=hiring.now)
    weeks_ago(hiring)
    page = own_page(walk, ana.token)

    press(page, "Answer once more")

    words = words_of(page)
    assert "You have begun to answer once more" in words
    assert f'href="http://localhost:8501/i/{ana.token}"' in words


def test_ones_own_view_and_five_colleagues_stand_beside_each_other(hiring: Hiring, walk: Walk) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer(4, now=hiring.now)
    seen_by(ana, 4, value=4, words="<i>Keep on</i>", now=hiring.now)
    page = own_page(walk, ana.token)
    few = words_of(page)

    for item in growth_items().ids:
        page.radio(key=f"self-{item}-en").set_value(5)
    press(page, "Save")
    saved = words_of(page)
    seen_by(ana, 1, value=2, words="<i>Keep on</i>", first=4, now=hiring.now)

    words = words_of(own_page(walk, ana.token))
    assert "From five people up, you see the means here" in few
    assert "Keep on" not in few
    assert "Saved. Only you see this." in saved
    assert "This is the mean of 5 people" in words
    assert words.count("They say") == 8
    assert words.count("&lt;i&gt;Keep on&lt;/i&gt;") == 5


def test_a_colleague_is_asked_on_the_page_and_without_mail_the_link_is_passed_on(hiring: Hiring, walk: Walk) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer(4, now=hiring.now)
    page = own_page(walk, ana.token)

    page.text_input[0].set_value("Ivo Blum")
    press(page, "Ask this person")

    words = words_of(page)
    assert "0 of 1 have answered" in words
    assert any("/p/" in code.value for code in page.code)
    assert "You can ask 11 more" in words


def test_everything_of_ones_own_is_taken_back_with_two_taps(hiring: Hiring, walk: Walk) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    actor = ana.answer(4, now=hiring.now)
    page = own_page(walk, ana.token)

    press(page, "Yes, erase it")

    assert look(hiring.house, actor=actor, now=hiring.now).status == "withdrawn"
    assert dict(look(hiring.house, actor=actor, now=hiring.now).answers) == {}


def test_a_newcomer_begins_from_the_first_days_and_the_link_of_the_application_shows_nothing_later(
    hiring: Hiring, walk: Walk
) -> None:
    person = hired(hiring, "Nora Hill")
    weeks_ago(hiring)
    page = own_page(walk, person.token)
    first = words_of(page)

    press(page, "Yes, I want to answer")
    begun = words_of(page)
    grower = Grower(hiring.house, person.application)
    grower.answer({"pat": 1}, now=hiring.now)
    later = words_of(own_page(walk, person.token))

    assert "Would you like to see how you grow?" in first
    assert "Here is your own link" in begun
    assert "has a link of its own" in later
    assert "What has changed" not in later
    assert "Many people show their best side then" in words_of(own_page(walk, grower.token))


def test_before_the_first_sheet_is_in_the_page_leads_to_the_questions(hiring: Hiring, walk: Walk) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.come_in(now=hiring.now)

    words = words_of(own_page(walk, ana.token))

    assert "Please answer the questions first" in words
    assert "How others see it" not in words


def test_nothing_of_ones_growth_stays_english_in_spanish(hiring: Hiring, walk: Walk) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer({"und": 1}, now=hiring.now)
    weeks_ago(hiring)
    ana.begin_again(now=hiring.now)
    ana.answer({"und": 5}, now=hiring.now)
    seen_by(ana, 5, now=hiring.now)
    page = own_page(walk, ana.token)

    press(page, "Español")

    words = re.sub("<style>.*?</style>", "", words_of(page), flags=re.DOTALL)
    assert "Más que la primera vez" in words
    assert "Dicen" in words
    for english in ("chance", "They say", "first time", "colleague", "Nobody"):
        assert english not in words


def test_a_step_that_is_none_of_growth_leads_past_it(hiring: Hiring, walk: Walk) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    actor = ana.come_in(now=hiring.now)
    page = walk(ana.token)
    press(page, "I have read this. Start")

    move_to(hiring.house, "job", actor=actor, now=hiring.now)

    assert "How to answer" in words_of(walk(ana.token))
    with pytest.raises(Exception, match="answer the questions first"):
        begin(hiring.house, actor=actor, now=hiring.now)
