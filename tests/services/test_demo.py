"""Made-up people: the same ones from the same seed, labelled, in every state, and never beside real ones."""

from collections import Counter

import pytest

from assessment.errors import NotAllowedError
from assessment.services.accounts import sign_in, staff_actor
from assessment.services.actor import Actor
from assessment.services.demo import demo, refuse_made_up_people, shift_for_mean
from assessment.services.early_warnings import early_warnings
from assessment.services.growth import list_groups
from assessment.services.house import House
from assessment.services.newcomers import newcomers
from assessment.services.organisation import organisation
from assessment.services.seminars import list_seminars
from assessment.services.shortlist import list_candidates
from assessment.services.team_summary import team_summary
from assessment.services.teams import list_teams
from assessment.services.vacancies import list_vacancies
from assessment.storage import audit
from tests.hiring import NOW, Hiring


@pytest.fixture
def manager(house: House) -> Actor:
    made = demo(house, now=NOW)
    token = sign_in(house, made.accounts[1].email, made.accounts[1].password, address="x", now=NOW)
    actor = staff_actor(house, token, now=NOW)
    assert actor is not None
    return actor


def test_people_in_every_state_and_both_languages_and_six_who_were_hired_before(house: House, manager: Actor) -> None:
    rows = [
        row
        for vacancy in list_vacancies(house, actor=manager, now=NOW)
        for row in list_candidates(house, vacancy.id, actor=manager, now=NOW)
    ]

    assert Counter(row.stage for row in rows)["hired"] == 7
    assert len(rows) == 126
    assert set(Counter(row.state for row in rows)) == {"finished", "started", "invited", "expired", "withdrawn"}
    assert {row.language for row in rows} == {"en", "es"}
    assert {row.band for row in rows if row.band} >= {"in_or_close", "talk", "outside"}
    assert any(len(row.flags) >= 2 for row in rows)


def test_the_first_days_of_those_hired_before_show_every_kind_of_thing(house: House, manager: Actor) -> None:
    demo(house, now=NOW)

    people = newcomers(house, actor=manager, now=NOW)
    warned = {warning.kind for warning in early_warnings(house, actor=manager, now=NOW)}
    (team,) = list_teams(house, actor=manager, now=NOW)
    summary = team_summary(house, team.id, actor=manager, now=NOW)
    (doctors,) = list_groups(house, actor=manager)

    assert sum(one.plan == "shared" for one in people) == 6
    assert warned >= {"no_answer", "low", "falling"}
    assert (team.counts, {one.n for one in summary.facets.values()}) == (5, {5})
    assert (doctors.invited, doctors.answered) == (6, 5)
    assert len(list_seminars(house, actor=manager)) == 1


def test_everything_is_labelled_as_made_up_and_its_log_holds(house: House, manager: Actor) -> None:
    assert organisation(house, actor=manager).made_up
    with house.database.read() as connection:
        assert audit.first_bad(connection, manager.organisation_id) is None


def test_asked_twice_it_changes_nothing_and_reset_makes_the_same_people_anew(house: House, manager: Actor) -> None:
    first, again = demo(house, now=NOW), demo(house, now=NOW)
    anew = demo(house, now=NOW, reset=True)

    assert first == again
    assert {v.id for v in anew.vacancies} & {v.id for v in first.vacancies} == set()
    assert len(anew.candidate_links) == len(first.candidate_links)


def test_a_real_organisation_is_left_alone(hiring: Hiring) -> None:
    with pytest.raises(NotAllowedError, match="a database of its own"):
        demo(hiring.house, now=NOW, reset=True)


def test_thresholds_are_moved_until_people_answer_the_mean() -> None:
    assert shift_for_mean(3.0) == pytest.approx(0, abs=1e-6)
    assert shift_for_mean(4.0) < shift_for_mean(3.5) < 0


def test_real_use_does_not_begin_on_the_demos_database(house: House, manager: Actor) -> None:
    with pytest.raises(NotAllowedError, match="DATABASE_URL"):
        refuse_made_up_people(house)


def test_real_use_begins_on_an_empty_database_and_goes_on_on_a_real_one(house: House, hiring: Hiring) -> None:
    refuse_made_up_people(house)
    refuse_made_up_people(hiring.house)
