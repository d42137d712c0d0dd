"""A team's summary: by the members' own word, from five people up, and nobody is told from it."""

from datetime import timedelta

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.reading import reading
from assessment.services.team_answers import answer_team, my_team_questions
from assessment.services.team_summary import team_summary, what_is_added
from assessment.services.teams import (
    ask_members,
    choose_team,
    close_team,
    list_teams,
    make_team,
    possible_members,
    rename_team,
    team_members,
    team_of,
)
from tests.deciding import message, to_decide
from tests.hiring import Hiring
from tests.interviewing import finish_tellingly
from tests.newcomers import Newcomer, hire, supervise


def hired(hiring: Hiring, number: int, *, value: int = 4) -> list[Newcomer]:
    return [hire(hiring, f"Person {at}", value=value) for at in range(number)]


def team_with(hiring: Hiring, people: list[Newcomer], *, yes: int | None = None) -> str:
    """A team all of whose people were asked, the first of whom said yes."""
    team = make_team(hiring.house, "Front of house", actor=hiring.staff, now=hiring.now)
    ask_members(hiring.house, team, [p.application for p in people], actor=hiring.staff, now=hiring.now)
    for person in people[: len(people) if yes is None else yes]:
        answer_team(hiring.house, team, True, actor=person.actor, now=hiring.now)
    return team


def facets(hiring: Hiring, team: str) -> dict[str, int]:
    found = team_summary(hiring.house, team, actor=hiring.staff, now=hiring.now).facets
    return {facet: summary.n for facet, summary in found.items()}


def test_nobody_counts_who_has_not_said_yes(hiring: Hiring) -> None:
    people = hired(hiring, 6)

    team = team_with(hiring, people, yes=4)

    assert facets(hiring, team) == {}
    answers = {m.name: m.answer for m in team_members(hiring.house, team, actor=hiring.staff, now=hiring.now)}
    assert (answers["Person 3"], answers["Person 4"]) == ("yes", "waiting")


def test_five_who_say_yes_are_summed_up_and_a_sixth_changes_nothing(hiring: Hiring) -> None:
    people = hired(hiring, 6)
    team = team_with(hiring, people, yes=5)
    five = team_summary(hiring.house, team, actor=hiring.staff, now=hiring.now)

    answer_team(hiring.house, team, True, actor=people[5].actor, now=hiring.now)

    six = team_summary(hiring.house, team, actor=hiring.staff, now=hiring.now)
    assert {s.n for s in five.facets.values()} == {5}
    assert (six.facets, six.team.counts) == (five.facets, 6)


def test_taking_ones_word_back_makes_the_summary_vanish(hiring: Hiring) -> None:
    people = hired(hiring, 6)
    team = team_with(hiring, people, yes=5)
    facets(hiring, team)
    answer_team(hiring.house, team, True, actor=people[5].actor, now=hiring.now)

    answer_team(hiring.house, team, False, actor=people[0].actor, now=hiring.now)

    assert facets(hiring, team) == {}


def test_the_mean_is_that_of_the_standings(hiring: Hiring) -> None:
    people = [*hired(hiring, 4), hire(hiring, "Other", value=2)]
    team = team_with(hiring, people)

    found = team_summary(hiring.house, team, actor=hiring.staff, now=hiring.now).facets

    by_hand = [
        reading(hiring.house, p.application, actor=hiring.staff, now=hiring.now).standings["voi"].t for p in people
    ]
    assert found["voi"].mean == pytest.approx(sum(t or 0 for t in by_hand) / 5)


def test_what_somebody_adds_is_said_only_beyond_the_error(hiring: Hiring) -> None:
    team = team_with(hiring, hired(hiring, 5))
    alike, quiet = to_decide(hiring, "Alike"), finish_tellingly(hiring, "Quiet")  # she is far less lively and patient
    summary = team_summary(hiring.house, team, actor=hiring.staff, now=hiring.now)

    added = [
        {
            c.facet: c.adds
            for c in what_is_added(
                summary, reading(hiring.house, p.application, actor=hiring.staff, now=hiring.now).standings
            )
        }
        for p in (alike, quiet)
    ]

    assert set(added[0].values()) == {"alike"}
    assert (added[1]["liv"], added[1]["pat"]) == ("less", "less")


def test_a_person_is_asked_once_and_may_change_their_word(hiring: Hiring) -> None:
    (person,) = hired(hiring, 1)
    team = team_with(hiring, [person], yes=0)

    again = ask_members(hiring.house, team, [person.application], actor=hiring.staff, now=hiring.now)
    answers = []
    for yes in (True, True, False, True):
        answer_team(hiring.house, team, yes, actor=person.actor, now=hiring.now + timedelta(hours=1))
        answers.append(my_team_questions(hiring.house, actor=person.actor)[0].answer)

    assert (again, answers) == (0, ["yes", "yes", "no", "yes"])
    assert message(hiring.house, hiring.staff.organisation_id, f"team_question:{team}:{person.application}")


def test_only_people_who_work_here_can_be_asked(hiring: Hiring) -> None:
    candidate = to_decide(hiring, "Candidate")
    team = make_team(hiring.house, "Night", actor=hiring.staff, now=hiring.now)

    with pytest.raises(UnknownIdError):
        ask_members(hiring.house, team, [candidate.application], actor=hiring.staff, now=hiring.now)
    with pytest.raises(NotAllowedError):
        my_team_questions(hiring.house, actor=candidate.come_in())

    assert possible_members(hiring.house, team, actor=hiring.staff, now=hiring.now) == ()


def test_an_opening_has_the_team_that_was_chosen_until_it_is_closed(hiring: Hiring) -> None:
    team = make_team(hiring.house, "Night", actor=hiring.staff, now=hiring.now)
    choose_team(hiring.house, hiring.vacancy, team, actor=hiring.staff, now=hiring.now)
    rename_team(hiring.house, team, "Night shift", actor=hiring.staff, now=hiring.now)
    chosen = team_of(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)

    close_team(hiring.house, team, actor=hiring.staff, now=hiring.now)

    assert chosen is not None
    assert chosen.name == "Night shift"
    assert team_of(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now) is None
    assert list_teams(hiring.house, actor=hiring.staff, now=hiring.now) == ()


def test_a_supervisor_sees_no_team(hiring: Hiring) -> None:
    people = hired(hiring, 5)
    team, supervisor = team_with(hiring, people), supervise(hiring, people[0])

    with pytest.raises(NotAllowedError):
        team_summary(hiring.house, team, actor=supervisor, now=hiring.now)


def test_a_team_without_a_name_is_refused(hiring: Hiring) -> None:
    with pytest.raises(SheetError):
        make_team(hiring.house, "  ", actor=hiring.staff, now=hiring.now)
