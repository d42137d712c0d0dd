"""Teams on screen: the page of HR, the cards on Compare and Decision, and the question to a member."""

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.team_answers import answer_team, my_team_questions
from assessment.services.teams import ask_members, choose_team, list_teams, make_team, team_members
from tests.deciding import to_decide
from tests.hiring import Hiring
from tests.newcomers import Newcomer, hire

MAIN = Path(__file__).parents[2] / "assessment/pages/main.py"
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Open:
    def open_(page: str, *, cookie: str = "", **parameters: object) -> AppTest:
        remembered = {"carefit_candidate": cookie} if cookie else {"carefit_staff": hiring.staff_cookie}
        monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: remembered)
        app = AppTest.from_file(str(MAIN), default_timeout=20).run()
        app.switch_page(page)
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    return open_


def words_of(page: AppTest) -> str:
    assert not page.exception
    return unescape(" ".join(element.proto.body for element in page.get("html")))


def team_with(hiring: Hiring, people: list[Newcomer], *, yes: bool = True) -> str:
    team = make_team(hiring.house, "Night shift", actor=hiring.staff, now=hiring.now)
    ask_members(hiring.house, team, [p.application for p in people], actor=hiring.staff, now=hiring.now)
    for person in people if yes else []:
        answer_team(hiring.house, team, True, actor=person.actor, now=hiring.now)
    choose_team(hiring.house, hiring.vacancy, team, actor=hiring.staff, now=hiring.now)
    return team


def test_without_a_team_the_page_says_what_it_is_for_and_makes_one(hiring: Hiring, open_page: Open) -> None:
    page = open_page("hr/teams.py")
    said = words_of(page)

    page.text_input[0].input("Ward 3")
    page.button[0].click().run()

    assert "Here you will see what a team has already." in said
    assert [team.name for team in list_teams(hiring.house, actor=hiring.staff, now=hiring.now)] == ["Ward 3"]


def test_four_people_show_no_number_and_five_do(hiring: Hiring, open_page: Open) -> None:
    people = [hire(hiring, f"Person {at}") for at in range(5)]
    team = team_with(hiring, people[:4])
    four = words_of(open_page("hr/teams.py"))
    ask_members(hiring.house, team, [people[4].application], actor=hiring.staff, now=hiring.now)
    answer_team(hiring.house, team, True, actor=people[4].actor, now=hiring.now)

    five = words_of(open_page("hr/teams.py"))

    assert "A summary is shown from 5 people up" in four
    assert "Mean (T)" not in four
    assert "Mean (T)" in five


def test_people_who_work_here_are_asked_from_the_page(hiring: Hiring, open_page: Open) -> None:
    newcomer = hire(hiring)
    team = make_team(hiring.house, "<b>Night</b>", actor=hiring.staff, now=hiring.now)
    page = open_page("hr/teams.py")

    page.multiselect[0].select(newcomer.application)
    next(b for b in page.button if b.label == "Ask them").click().run()

    assert [m.answer for m in team_members(hiring.house, team, actor=hiring.staff, now=hiring.now)] == ["waiting"]
    assert "<b>Night</b>" not in " ".join(element.proto.body for element in page.get("html"))


@pytest.mark.parametrize("page", ["hr/compare.py", "hr/decision.py"])
def test_beside_candidates_stands_what_each_would_add(hiring: Hiring, open_page: Open, page: str) -> None:
    team_with(hiring, [hire(hiring, f"Person {at}") for at in range(5)])
    one, other = to_decide(hiring, "Una"), to_decide(hiring, "Dos")

    given = {"application": one.application} if "decision" in page else {"person": [one.application, other.application]}
    said = words_of(open_page(page, **given))

    assert "What the team has, and what each would add" in said
    assert "within the error of" in said


def test_a_member_says_yes_and_takes_it_back_in_their_language(hiring: Hiring, open_page: Open) -> None:
    newcomer = hire(hiring, "Luz", language="es")
    team_with(hiring, [newcomer], yes=False)
    cookie = newcomer.person.cookie(now=hiring.now)
    page = open_page("candidate/first_days.py", cookie=cookie)
    asked = words_of(page)

    next(b for b in page.button if b.label == "Sí, pueden contar").click().run()
    yes = my_team_questions(hiring.house, actor=newcomer.actor)[0].answer
    next(b for b in page.button if b.label == "Retirar mi palabra").click().run()

    assert "Night shift" in asked
    assert (yes, my_team_questions(hiring.house, actor=newcomer.actor)[0].answer) == ("yes", "no")
