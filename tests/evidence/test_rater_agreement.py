"""How near ratings lie to a reference, by hand."""

import numpy as np
import pytest

from assessment.errors import SheetError
from assessment.evidence.rater_agreement import rater_agreement

NAN = np.nan


def test_a_kinder_rater_stands_above_zero_and_agreement_is_counted_by_hand() -> None:
    found = rater_agreement(np.array([5.0, 4, 4, 3, 5]), np.array([4.0, 3, 4, 2, 2]))

    assert (found.n, found.leniency, found.exact, found.within_one, found.mean_difference) == (5, 1.2, 0.2, 0.8, 1.2)


def test_the_interval_of_the_leniency_is_that_of_a_t_test() -> None:
    found = rater_agreement(np.array([4.0, 4, 5, 3]), np.array([3.0, 4, 3, 2]))

    # differences 1, 0, 2, 1: mean 1, SD .8165, t(3) 3.1824
    assert found.leniency_low == pytest.approx(1 - 3.1824 * 0.8165 / 2, abs=1e-4)
    assert found.leniency_high == pytest.approx(1 + 3.1824 * 0.8165 / 2, abs=1e-4)
    assert found.leans == "neither"


@pytest.mark.parametrize(
    ("own", "leans"),
    [
        ([4, 5, 4, 5, 4, 5], "kind"),
        ([2, 3, 2, 3, 2, 3], "strict"),
        ([3, 4, 3, 4, 3, 4], "neither"),
        ([4, 5], "too_few"),
    ],
)
def test_a_lean_is_named_only_where_the_interval_leaves_out_zero(own: list[int], leans: str) -> None:
    model = np.array([3.0, 4, 3, 4, 3, 4][: len(own)])

    assert rater_agreement(np.array(own, dtype=float), model).leans == leans


def test_the_icc_of_two_raters_is_that_of_the_sums_of_squares() -> None:
    # judges 1 and 2 of Shrout & Fleiss (1979), table 2, twice over: ICC(2,1) from mean squares, 12 targets
    one, two = np.array([9.0, 6, 8, 7, 10, 6] * 2), np.array([2.0, 1, 4, 1, 5, 2] * 2)
    rows, grand = (one + two) / 2, (one.mean() + two.mean()) / 2
    between = 2 * ((rows - grand) ** 2).sum() / 11
    raters = 12 * ((one.mean() - grand) ** 2 + (two.mean() - grand) ** 2)
    rest = (((one - one.mean()) - (two - two.mean())) ** 2).sum() / 2 / 11

    found = rater_agreement(one, two)

    assert found.icc == pytest.approx((between - rest) / (between + rest + 2 * (raters - rest) / 12))


def test_few_answers_give_no_icc_and_none_give_nothing() -> None:
    nine = rater_agreement(np.arange(9) % 5 + 1.0, np.arange(9) % 5 + 1.0)
    ten = rater_agreement(np.arange(10) % 5 + 1.0, np.arange(10) % 5 + 1.0)
    none = rater_agreement(np.array([NAN, 3]), np.array([3, NAN]))

    assert (nine.icc, ten.icc, none.n, none.leniency, none.leans) == (None, 1.0, 0, None, "too_few")


def test_an_answer_that_one_did_not_rate_counts_nowhere() -> None:
    found = rater_agreement(np.array([5, NAN, 3]), np.array([5, 1, NAN]))

    assert (found.n, found.exact) == (1, 1.0)


def test_ratings_of_other_answers_are_refused() -> None:
    with pytest.raises(SheetError):
        rater_agreement(np.zeros(3), np.zeros(4))
