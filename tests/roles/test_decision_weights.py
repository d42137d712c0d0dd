"""What questionnaire and interview weigh, and how exact each is, by hand."""

import numpy as np
import pytest

from assessment.errors import SheetError
from assessment.roles.decision_weights import (
    ENOUGH_TALKS,
    DecisionWeights,
    TalkReliability,
    composite_reliability,
    stated_weights,
    talk_reliability,
)


@pytest.mark.parametrize("status", ["draft", "reviewed", "retired"])
def test_the_questionnaire_weighs_nothing_while_profile_or_questionnaire_is_not_in_use(status: str) -> None:
    weights = stated_weights(statuses={"in_use", status}, norms_kind="local")

    assert weights == DecisionWeights(0.0, 1.0, "not_in_use")


def test_the_questionnaire_weighs_nothing_while_norms_are_provisional() -> None:
    assert stated_weights(statuses={"in_use"}, norms_kind="provisional") == DecisionWeights(0.0, 1.0, "provisional")


def test_nothing_answered_weighs_nothing() -> None:
    weights = stated_weights(statuses={"in_use"}, norms_kind="local", answered=False)

    assert weights == DecisionWeights(0.0, 1.0, "no_answers")


def test_after_that_the_interview_weighs_more() -> None:
    assert stated_weights(statuses={"in_use"}, norms_kind="local") == DecisionWeights(0.3, 0.7, "validity")


def test_the_reliability_of_a_sum_by_hand() -> None:
    found = composite_reliability([2, 1], [10 * np.sqrt(1 - 0.8), 10 * np.sqrt(1 - 0.5)])

    assert found == pytest.approx(1 - (4 * 0.2 + 1 * 0.5) / 5)


def test_a_sum_of_nothing_has_no_reliability() -> None:
    assert composite_reliability([], []) is None
    assert composite_reliability([0.0], [5.0]) is None


def test_below_ten_talks_it_is_too_few_to_say() -> None:
    pairs = np.tile([2.0, 4.0], (ENOUGH_TALKS - 1, 1))

    assert talk_reliability(pairs) == TalkReliability(9, None, None)


def test_raters_who_agree_wholly_have_a_reliability_of_one() -> None:
    pairs = np.repeat(np.arange(10.0)[:, None], 2, axis=1)

    assert talk_reliability(pairs) == TalkReliability(10, 1.0, 1.0)


def test_agreement_of_ten_talks_by_hand() -> None:
    pairs = np.array([[1, 2], [5, 4]] * 5, dtype=float)  # means 1.5 and 4.5, one point apart in each

    found = talk_reliability(pairs)

    between, within = 2 * 9 * 1.5**2 / 9 * 10 / 9, 0.5
    assert found.one == pytest.approx((between - within) / (between + within))
    assert found.both == pytest.approx((between - within) / between)


def test_agreement_is_found_again_in_simulated_talks() -> None:
    rng = np.random.default_rng(4)
    true = rng.normal(3, 0.8, 4_000)
    pairs = true[:, None] + rng.normal(0, 0.6, (4_000, 2))

    found = talk_reliability(pairs)

    assert found.one == pytest.approx(0.64 / (0.64 + 0.36), abs=0.03)


def test_where_nobody_differs_nothing_can_be_said() -> None:
    assert talk_reliability(np.full((12, 2), 3.0)) == TalkReliability(12, None, None)


def test_three_columns_are_refused() -> None:
    with pytest.raises(SheetError):
        talk_reliability(np.zeros((12, 3)))
