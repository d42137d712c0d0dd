"""Answers held one byte each say what they said."""

import numpy as np

from assessment.instruments.instrument import Facet, Item, ResponseFormat
from assessment.instruments.sheets import Sheets

ITEMS = [
    Item(id="a", facet="f", keyed="plus"),
    Item(id="b", facet="f", keyed="minus"),
    Item(id="c", facet="g", keyed="plus"),
]
FACETS = [Facet(id=id_, name=id_) for id_ in ("f", "g", "h")]
RAW = np.array([[0.0, 1, np.nan], [6, np.nan, 3]])


def sheets() -> Sheets:
    return Sheets.of(RAW, ITEMS, facets=FACETS, format=ResponseFormat(low=0, high=6))


def test_answers_come_back_as_they_were_given() -> None:
    np.testing.assert_array_equal(sheets().responses, RAW)


def test_zero_is_an_answer_where_the_scale_has_it_and_missing_is_not() -> None:
    np.testing.assert_array_equal(sheets().codes, [[1, 7], [2, 0], [0, 4]])


def test_a_minus_keyed_answer_is_turned_round_and_a_gap_stays_a_gap() -> None:
    np.testing.assert_array_equal(sheets().keyed, [[0, 5, np.nan], [6, np.nan, 3]])


def test_a_facet_of_which_nothing_was_asked_is_not_there() -> None:
    assert [facet.id for facet in sheets().facets] == ["f", "g"]
    assert [item.id for item in sheets().of_facet("f").items] == ["a", "b"]
