"""By hand: tiny tables one can check by eye."""

import numpy as np

from assessment.instruments.instrument import Facet, Item, ResponseFormat
from assessment.instruments.sheets import Sheets
from assessment.scoring.classical import facet_scores

FIVE = ResponseFormat(low=1, high=5)
CALM = Facet(id="calm", name="Calm")
WARM = Facet(id="warm", name="Warm")


def items(facet: str, keys: str) -> list[Item]:
    """`++-` as three items of a facet."""
    names = {"+": "plus", "-": "minus"}
    return [Item(id=f"{facet}_{at}", facet=facet, keyed=names[key]) for at, key in enumerate(keys)]  # type: ignore[arg-type]


def test_a_minus_keyed_answer_is_turned_round_and_missing_stays_missing() -> None:
    raw = np.array([[1.0, 1.0, np.nan]])

    sheets = Sheets.of(raw, items("calm", "+--"), facets=[CALM], format=FIVE)

    np.testing.assert_array_equal(sheets.keyed, [[1, 5, np.nan]])
    np.testing.assert_array_equal(sheets.responses, raw)


def test_a_score_is_the_mean_of_the_answered_items() -> None:
    raw = np.array([[4.0, 2.0, 5.0], [1.0, 5.0, 1.0]])

    scores = facet_scores(Sheets.of(raw, items("calm", "+-+"), facets=[CALM], format=FIVE))

    np.testing.assert_allclose(scores.score, [[(4 + 4 + 5) / 3], [1.0]])


def test_five_of_six_are_enough_and_four_are_not() -> None:
    raw = np.array([[3.0] * 5 + [np.nan], [3.0] * 4 + [np.nan] * 2])

    scores = facet_scores(Sheets.of(raw, items("calm", "++++++"), facets=[CALM], format=FIVE))

    np.testing.assert_array_equal(scores.score, [[3.0], [np.nan]])
    np.testing.assert_array_equal(scores.answered, [[5], [4]])


def test_exactly_four_in_five_are_enough() -> None:
    raw = np.array([[3.0] * 4 + [np.nan]])

    scores = facet_scores(Sheets.of(raw, items("calm", "+++++"), facets=[CALM], format=FIVE))

    assert scores.score[0, 0] == 3.0


def test_nothing_answered_is_not_scored_even_when_little_is_asked_for() -> None:
    lenient = Facet(id="calm", name="Calm", min_answered=0.01)

    scores = facet_scores(Sheets.of(np.full((1, 3), np.nan), items("calm", "+++"), facets=[lenient], format=FIVE))

    assert np.isnan(scores.score[0, 0])


def test_a_facet_of_which_nothing_was_asked_is_left_out() -> None:
    scores = facet_scores(Sheets.of(np.array([[2.0]]), items("warm", "+"), facets=[CALM, WARM], format=FIVE))

    assert scores.facets == ("warm",)
    np.testing.assert_array_equal(scores.items, [1])


def test_the_order_of_columns_does_not_matter() -> None:
    both = [*items("calm", "+-"), *items("warm", "-+")]
    raw = np.array([[1.0, 2.0, 3.0, 4.0]])

    forwards = facet_scores(Sheets.of(raw, both, facets=[CALM, WARM], format=FIVE))
    backwards = facet_scores(Sheets.of(raw[:, ::-1], both[::-1], facets=[CALM, WARM], format=FIVE))

    np.testing.assert_array_equal(forwards.score, backwards.score)


def test_sums_that_do_not_fit_in_a_byte_are_right() -> None:
    rng = np.random.default_rng(1)
    many = items("calm", "+-" * 150)
    raw = rng.integers(1, 101, (7, 300)).astype(float)
    raw[0, :20] = np.nan
    wide = ResponseFormat(low=1, high=100)

    found = facet_scores(Sheets.of(raw, many, facets=[CALM], format=wide))

    turned = np.where(np.arange(300) % 2 == 1, 101 - raw, raw)
    np.testing.assert_allclose(found.score[:, 0], np.nanmean(turned, axis=1), rtol=1e-12)
