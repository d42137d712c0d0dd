"""The role profiles that ship, and their words."""

import pytest

from assessment.errors import UnknownIdError
from assessment.instruments.library import Library
from assessment.roles.library import explore_questions, job_title, role_profile, role_words, shipped_profiles

ROLES = Library.shipped().roles()


def test_every_role_with_a_form_has_a_profile_and_words_in_each_language() -> None:
    assert [tuple(sorted(names)) for names in (shipped_profiles(), role_words("en"), role_words("es"))] == [ROLES] * 3


def test_every_profile_asks_about_all_twelve_facets_and_is_a_draft() -> None:
    facets = set(Library.shipped().questionnaire().facets_by_id)

    asked = {p.id: ({r.facet for r in p.requirements}, p.status) for p in shipped_profiles().values()}
    assert asked == dict.fromkeys(ROLES, (facets, "draft"))


def test_every_facet_has_a_question_to_explore_it() -> None:
    assert set(explore_questions()) == set(Library.shipped().questionnaire().facets_by_id)


def test_an_unknown_profile_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownIdError, match="no role profile 'clrk'; there are: billing_clerk, care_coordinator"):
        role_profile("clrk")


def test_an_opening_nobody_renamed_is_called_by_the_role_in_every_language() -> None:
    assert job_title("Front desk officer", "front_desk_officer", "es") == "Recepción y atención al público"
    assert job_title("", "front_desk_officer", "en") == "Front desk officer"
    assert job_title("Evening desk", "front_desk_officer", "es") == "Evening desk"
