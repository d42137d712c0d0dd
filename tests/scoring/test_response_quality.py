"""Signs of answering without reading: all point the same way, and what is not defined is not a number."""

from collections.abc import Sequence

import numpy as np
import pytest

from assessment.instruments.instrument import Facet, Item, ResponseFormat
from assessment.instruments.library import Library
from assessment.instruments.sheets import Codes, Sheets
from assessment.scoring.graded import category_probabilities, simulate
from assessment.scoring.response_quality import (
    Quality,
    ask_again,
    average_string,
    even_odd,
    flags_of,
    irv,
    longstring,
    mahalanobis_d2,
    quality_flags,
)

LIBRARY = Library.shipped()
INSTRUMENT, FORM = LIBRARY.questionnaire(), LIBRARY.form("front_desk_officer")
NAN = np.nan
FIVE = ResponseFormat(low=1, high=5)


def sheets(answers: Sequence[Sequence[float]], facets: Sequence[str]) -> Sheets:
    items = [Item(id=f"i{at}", facet=facet, keyed="plus") for at, facet in enumerate(facets)]
    own = [Facet(id=facet, name=facet) for facet in dict.fromkeys(facets)]
    return Sheets.of(np.array(answers, dtype=float), items, facets=own, format=FIVE)


def codes(answers: Sequence[Sequence[float]]) -> Codes:
    return sheets(answers, ["f"] * len(answers[0])).codes


@pytest.mark.parametrize(
    ("answers", "expected"),
    [([1, 1, 1, 2], 3), ([1, 2, 3, 4], 1), ([2, 2, NAN, 2, 2], 2), ([NAN, NAN], 0), ([5], 1)],
)
def test_the_longest_run_ends_at_a_gap(answers: list[float], expected: int) -> None:
    assert longstring(codes([answers]))[0] == expected


def test_the_mean_run_counts_the_runs_on_both_sides_of_a_gap() -> None:
    found = average_string(codes([[2, 2, NAN, 2, 2], [1, 2, 2, 2, NAN], [NAN] * 5]))

    np.testing.assert_array_equal(found, [2, 2, NAN])


def test_the_spread_of_the_answers_is_their_sd() -> None:
    found = irv(codes([[3.0, 3, 3], [1, 3, 5], [NAN, 3, NAN]]))

    np.testing.assert_array_equal(found, [0, 2, NAN])


def test_halves_that_agree_are_low_and_halves_that_contradict_are_high() -> None:
    facets = ["a", "a", "b", "b", "c", "c"]
    agree, contradict = [1, 1, 3, 3, 5, 5], [1, 5, 3, 3, 5, 1]

    found = even_odd(sheets([agree, contradict], facets))

    np.testing.assert_allclose(found, [-1, 1])


def test_constant_answers_and_too_few_facets_are_not_defined() -> None:
    assert np.isnan(even_odd(sheets([[3] * 6], ["a", "a", "b", "b", "c", "c"])))[0]
    assert np.isnan(even_odd(sheets([[1, 2, 3, 4]], ["a", "a", "b", "b"])))[0]


def test_the_same_answer_throughout_is_two_signs_with_the_checks() -> None:
    flags = quality_flags(dict.fromkeys(FORM.items, 3), instrument=INSTRUMENT, asked=FORM.items)

    assert flags == ("same_answer", "checks")
    assert ask_again(flags)


def test_nothing_answered_is_no_sign_of_anything() -> None:
    assert quality_flags({}, instrument=INSTRUMENT, asked=FORM.items) == ()


@pytest.mark.big
def test_attentive_people_are_seldom_named() -> None:
    rng = np.random.default_rng(7)
    n = 400
    answers = np.empty((n, len(FORM.items)))
    for facet in FORM.facets:
        at = [i for i, id_ in enumerate(FORM.items) if id_ in INSTRUMENT.by_id and INSTRUMENT.by_id[id_].facet == facet]
        theta = rng.standard_normal(n)
        thresholds = np.tile([-3.4, -1.1, 1.1, 3.4], (len(at), 1))
        counted = simulate(theta, np.full(len(at), 1.15), thresholds, rng=rng)
        minus = np.array([INSTRUMENT.by_id[FORM.items[i]].keyed == "minus" for i in at])
        answers[:, at] = np.where(minus, 6 - counted, counted)
    checks = {check.id: check.expects for check in INSTRUMENT.checks}

    asked_again = 0
    for row in answers:
        sheet = {id_: checks.get(id_, int(row[i]) if id_ not in checks else 0) for i, id_ in enumerate(FORM.items)}
        asked_again += ask_again(quality_flags(sheet, instrument=INSTRUMENT, asked=FORM.items))

    assert asked_again / n < 0.02


def test_probabilities_of_all_answers_add_up_to_one_and_rise_with_the_trait() -> None:
    theta = np.array([-2.0, 0.0, 2.0])

    p = category_probabilities(theta, np.array([1.3]), np.array([[-1.0, 0.0, 1.0]]))

    np.testing.assert_allclose(p.sum(axis=2), 1)
    expected = (p[:, 0] * np.arange(4)).sum(axis=1)
    assert list(expected) == sorted(expected)


def quality(**indices: float) -> Quality:
    fields = {"answered": 50, "longstring": 1, "average_string": 1.0, "irv": 1.0, "even_odd": -0.9}
    fields |= {"mahalanobis_d2": 50.0, "person_misfit": 0.0, **indices}
    return Quality(**{name: np.array([value]) for name, value in fields.items()})  # type: ignore[arg-type]


def flags(missed: int = 0, *, format: ResponseFormat = FIVE, exempt: bool = False, **indices: float) -> tuple[str, ...]:
    (found,) = flags_of(
        quality(**indices), asked=50, format=format, checks_missed=np.array([missed]), exempt=np.array([exempt])
    )
    return found


def test_an_attentive_sheet_shows_no_sign() -> None:
    assert flags() == ()


@pytest.mark.parametrize(
    ("indices", "expected"),
    [
        ({"longstring": 13}, ("same_answer",)),
        ({"longstring": 12}, ()),
        ({"irv": 0.3}, ("little_variation",)),
        ({"even_odd": 0.1}, ("halves",)),
        ({"mahalanobis_d2": 90.0}, ("unusual",)),
        ({"person_misfit": 2.5}, ("misfit",)),
        ({"person_misfit": -2.5}, ()),
        ({"longstring": 13, "irv": 0.1}, ("same_answer",)),
        ({"even_odd": 0.1, "mahalanobis_d2": 90.0, "person_misfit": 2.5}, ("halves",)),
        ({"mahalanobis_d2": 90.0, "person_misfit": 2.5}, ("unusual",)),
        ({"even_odd": np.nan, "irv": np.nan, "mahalanobis_d2": np.nan, "person_misfit": np.nan}, ()),
    ],
)
def test_each_habit_is_one_sign_however_many_indices_see_it(
    indices: dict[str, float], expected: tuple[str, ...]
) -> None:
    assert flags(**indices) == expected


def test_a_missed_check_is_a_sign_of_its_own() -> None:
    assert flags(1, longstring=13) == ("same_answer", "checks")


def test_little_variation_is_measured_on_the_scale_that_was_used() -> None:
    assert flags(irv=0.3, format=ResponseFormat(low=0, high=1)) == ()
    assert flags(irv=3.0, format=ResponseFormat(low=0, high=100)) == ("little_variation",)


def test_an_adjustment_exempts_from_every_sign() -> None:
    assert flags(1, longstring=13, even_odd=0.5, exempt=True) == ()


def test_an_item_that_does_not_vary_leaves_the_distance_of_the_others_alone() -> None:
    rng = np.random.default_rng(1)
    own = rng.integers(1, 6, (4, 60)).astype(np.uint8)
    constant = np.concatenate((own, np.full((1, 60), 3, dtype=np.uint8)))

    def distance(codes: Codes) -> np.ndarray:
        return mahalanobis_d2(codes, mean=codes.mean(axis=1), covariance=np.cov(codes))

    np.testing.assert_allclose(distance(constant), distance(own))


def test_covariances_that_contradict_each_other_give_no_distance() -> None:
    indefinite = np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]])

    found = mahalanobis_d2(np.array([[1], [2], [3]], dtype=np.uint8), mean=np.full(3, 2.0), covariance=indefinite)

    assert np.isnan(found).all()
