"""What ships keeps the plan that the forms were drawn up by."""

from itertools import pairwise

import pytest

from assessment.errors import UnknownIdError
from assessment.instruments.form import Form
from assessment.instruments.library import Library
from assessment.instruments.wording import fill

LIBRARY = Library.shipped()
KEY = LIBRARY.questionnaire()
FORMS = [LIBRARY.form(role) for role in LIBRARY.roles()]
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)


def asked(form: Form) -> list[str]:
    return [item for item in form.items if item in KEY.by_id]


def test_twelve_facets_have_eight_items_each() -> None:
    assert {facet.id: len(KEY.items_of(facet.id)) for facet in KEY.facets} == dict.fromkeys(KEY.facets_by_id, 8)


def test_liveliness_composure_and_flexibility_never_count_for_a_band() -> None:
    assert KEY.high_proxy_risk() == {"liv", "cmp", "flx"}


@each_form
def test_a_form_asks_the_preferred_items_of_its_eight_facets(form: Form) -> None:
    preferred = {item.id for item in KEY.items if item.preferred and item.facet in form.facets}

    assert (len(form.facets), len(preferred), set(asked(form))) == (8, 48, preferred)


@each_form
def test_a_form_counts_48_items_2_checks_and_8_picks(form: Form) -> None:
    assert (len(form.items), len(form.scenarios), len(form.job_facts), len(form.fields())) == (50, 4, 6, 58)


@each_form
def test_plus_and_minus_never_stand_three_times_in_a_row(form: Form) -> None:
    ways = [KEY.by_id[item].keyed for item in asked(form)]

    assert [three for three in zip(ways, ways[1:], ways[2:], strict=False) if len(set(three)) == 1] == []


@each_form
def test_near_opposites_stand_forty_items_apart(form: Form) -> None:
    order = asked(form)
    pairs = [
        (item, other)
        for item in order
        for other in order
        if (KEY.by_id[item].review or "").startswith(f"Near-opposite of {other}")
    ]

    assert [pair for pair in pairs if abs(order.index(pair[0]) - order.index(pair[1])) < 40] == []


@each_form
def test_checks_stand_near_one_third_and_two_thirds(form: Form) -> None:
    places = [round(form.items.index(check.id) / len(form.items), 1) for check in KEY.checks]

    assert places == [0.3, 0.7]


@each_form
def test_no_facet_stands_twice_in_a_row(form: Form) -> None:
    assert [(a, b) for a, b in pairwise(asked(form)) if KEY.by_id[a].facet == KEY.by_id[b].facet] == []


def test_an_unknown_role_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownIdError, match=r"no role 'clrk'; there are: billing_clerk, care_coordinator"):
        LIBRARY.form("clrk")


def test_an_unknown_language_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownIdError, match="no language 'fr'; there are: en, es"):
        LIBRARY.wording(language="fr")


def test_braces_in_what_people_typed_stay_text() -> None:
    assert fill("{role} at {organisation}", role="{contact}", organisation="Elm") == "{contact} at Elm"
