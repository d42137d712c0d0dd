"""θ and its error: against a fine grid, by recovery, and compiled against plain."""

from typing import Any

import numpy as np
import pytest

from assessment.instruments.instrument import Facet, Item, ResponseFormat
from assessment.instruments.sheets import Codes, Floats, Sheets
from assessment.scoring import irt
from assessment.scoring.graded import (
    ItemParameters,
    category_probabilities,
    item_information,
    simulate,
    total_information,
)
from assessment.scoring.irt import eap, estimate, fit_terms, l_z, likelihoods, person_misfit, prior
from assessment.scoring.kernels import compiled, plain

NAN = np.nan
BOTH = pytest.mark.parametrize("kernels", [plain, compiled], ids=["plain", "compiled"])


def bank(n_items: int, *, steps: int = 4, seed: int = 2, steep: float = 1.0) -> ItemParameters:
    rng = np.random.default_rng(seed)
    slopes = steep * rng.uniform(0.8, 2.2, n_items)
    thresholds = np.sort(rng.normal(0, 1, (n_items, steps)), axis=1) + np.arange(steps) * 0.2
    return ItemParameters(tuple(f"i{at}" for at in range(n_items)), slopes, thresholds)


def answers(parameters: ItemParameters, n: int, *, seed: int = 4, missing: float = 0.1) -> tuple[Floats, Codes]:
    rng = np.random.default_rng(seed)
    theta = rng.standard_normal(n)
    codes = simulate(theta, parameters.slopes, parameters.thresholds, rng=rng).T.astype(np.uint8)
    return theta, np.where(rng.random(codes.shape) < missing, 0, codes).astype(np.uint8)


def on_a_fine_grid(codes: Codes, parameters: ItemParameters) -> tuple[Floats, Floats]:
    """The same from the definition: 401 points, every probability looked up one by one."""
    points = np.linspace(-6, 6, 401)
    weights = np.tile(np.exp(-(points**2) / 2), (codes.shape[1], 1))
    p = category_probabilities(points, parameters.slopes, parameters.thresholds)
    for person in range(codes.shape[1]):
        for item, code in enumerate(codes[:, person]):
            if code:
                weights[person] *= p[:, item, code - 1]
    weights /= weights.sum(axis=1, keepdims=True)
    theta = weights @ points
    return theta, np.sqrt(((points[None, :] - theta[:, None]) ** 2 * weights).sum(axis=1))


@BOTH
@pytest.mark.parametrize(("n_items", "steep"), [(1, 1.0), (6, 1.0), (60, 1.0), (12, 2.0)])
def test_sixty_one_points_are_enough(kernels: Any, n_items: int, steep: float) -> None:
    parameters = bank(n_items, steep=steep)
    _, codes = answers(parameters, 300)
    answered = codes.any(axis=0)

    theta, se = eap(codes, parameters, kernels=kernels)

    true_theta, true_se = on_a_fine_grid(codes[:, answered], parameters)
    np.testing.assert_allclose(theta[answered], true_theta, atol=1e-4)
    np.testing.assert_allclose(se[answered], true_se, atol=1e-4)


@BOTH
def test_nothing_answered_says_nothing(kernels: Any) -> None:
    theta, se = eap(np.zeros((6, 400), dtype=np.uint8), bank(6), kernels=kernels)

    assert np.isnan(theta).all()
    assert np.isnan(se).all()


@BOTH
def test_a_missing_answer_adds_nothing(kernels: Any) -> None:
    parameters = bank(6)
    _, codes = answers(parameters, 50, missing=0.0)
    gone = codes.copy()
    gone[4:] = 0

    first_four = parameters.of(parameters.items[:4])

    np.testing.assert_allclose(
        eap(gone, parameters, kernels=kernels), eap(codes[:4], first_four, kernels=kernels), atol=1e-6
    )


@BOTH
def test_estimates_do_not_depend_on_how_many_people_are_estimated_at_once(kernels: Any) -> None:
    parameters = bank(6)
    _, codes = answers(parameters, 1000)

    many, few = eap(codes, parameters, kernels=kernels), eap(codes[:, :100], parameters, kernels=kernels)

    np.testing.assert_allclose(many[0][:100], few[0], atol=1e-6)
    np.testing.assert_allclose(many[1][:100], few[1], atol=1e-6)


def test_compiled_and_plain_agree_also_on_answers_that_contradict_each_other() -> None:
    parameters = bank(80, steep=3.0)
    rng = np.random.default_rng(9)
    codes = rng.integers(0, 6, (80, 300)).astype(np.uint8)
    codes[:40, :50], codes[40:, :50] = 1, 5  # the same person never, then always

    with_numba, with_numpy = eap(codes, parameters, kernels=compiled), eap(codes, parameters, kernels=plain)

    np.testing.assert_allclose(with_numba[0], with_numpy[0], atol=1e-5)
    np.testing.assert_allclose(with_numba[1], with_numpy[1], atol=1e-5)


def test_compiled_and_plain_expect_the_same_counts() -> None:
    parameters = bank(10)
    _, codes = answers(parameters, 500)
    weights = np.random.default_rng(1).integers(1, 4, 500).astype(float)
    tables = likelihoods(parameters)

    counts, log_likelihood = compiled.expected_counts(codes, weights, tables, prior())
    expected, log_of_plain = plain.expected_counts(codes, weights, tables, prior())

    np.testing.assert_allclose(counts, expected, atol=1e-8)
    assert log_likelihood == pytest.approx(log_of_plain, rel=1e-12)
    assert counts.sum() == pytest.approx((weights * (codes != 0)).sum())


def test_people_whose_product_vanishes_are_still_counted() -> None:
    parameters = bank(120, steep=4.0)
    codes = np.random.default_rng(9).integers(1, 6, (120, 40)).astype(np.uint8)
    weights, tables = np.ones(40), likelihoods(parameters)

    counts, log_likelihood = compiled.expected_counts(codes, weights, tables, prior())

    expected, log_of_plain = plain.expected_counts(codes, weights, tables, prior())
    assert log_of_plain < -600 * 40 / 4
    assert counts.sum() == pytest.approx(codes.size)
    assert log_likelihood == pytest.approx(log_of_plain, rel=1e-12)
    np.testing.assert_allclose(counts, expected, atol=1e-8)


@BOTH
def test_answers_far_in_the_tail_keep_their_digits(kernels: Any) -> None:
    """log P(lowest answer) at θ − b = 10 and a = 4 is −log(1 + e^40) = −40, however small that is."""
    parameters = ItemParameters(("i",), np.array([4.0]), np.array([[-6.0, 0.0]]))

    observed, _, _ = fit_terms(np.array([[1]], dtype=np.uint8), np.array([4.0]), parameters, kernels=kernels)

    assert observed[0] == pytest.approx(-40, abs=1e-9)


def test_theta_is_found_again_within_its_error() -> None:
    parameters = bank(30)
    truth, codes = answers(parameters, 2000, missing=0.0)

    theta, se = eap(codes, parameters)

    assert np.corrcoef(theta, truth)[0, 1] > 0.95
    assert np.mean(np.abs(theta - truth) < 1.96 * se) == pytest.approx(0.95, abs=0.015)


def test_answers_not_told_apart_count_as_one() -> None:
    three = ItemParameters(("i",), np.array([1.5]), np.array([[-1.0, NAN, 1.0]]))
    two = ItemParameters(("i",), np.array([1.5]), np.array([[-1.0, 1.0]]))

    theta, _ = eap(np.array([[1, 2, 3, 4]], dtype=np.uint8), three)
    expected, _ = eap(np.array([[1, 2, 2, 3]], dtype=np.uint8), two)

    np.testing.assert_allclose(theta, expected)


def test_information_is_the_expected_squared_slope_of_the_log_likelihood() -> None:
    parameters, theta, nudge = bank(3), np.array([-1.0, 0.0, 1.5]), 1e-5
    p = category_probabilities(theta, parameters.slopes, parameters.thresholds)
    ahead = category_probabilities(theta + nudge, parameters.slopes, parameters.thresholds)
    behind = category_probabilities(theta - nudge, parameters.slopes, parameters.thresholds)

    found = item_information(theta, parameters)

    by_difference = (((ahead - behind) / (2 * nudge)) ** 2 / p).sum(axis=2)
    np.testing.assert_allclose(found, by_difference, rtol=1e-6)
    np.testing.assert_allclose(total_information(theta, parameters), by_difference.sum(axis=1), rtol=1e-6)


def test_information_of_two_answers_is_that_of_the_logistic_curve() -> None:
    """a² p (1 − p), at θ = b a quarter of a²."""
    found = item_information(np.array([0.7]), ItemParameters(("i",), np.array([2.0]), np.array([[0.7]])))

    np.testing.assert_allclose(found, [[1.0]])


@BOTH
def test_fit_at_the_true_theta_is_standard_normal(kernels: Any) -> None:
    parameters = bank(40)
    truth, codes = answers(parameters, 4000)

    found = l_z(*fit_terms(codes, truth, parameters, kernels=kernels))

    assert found.mean() == pytest.approx(0, abs=0.05)
    assert found.std() == pytest.approx(1, abs=0.05)


def test_compiled_and_plain_fit_terms_agree() -> None:
    parameters = ItemParameters(("a", "b"), np.array([1.2, 0.7]), np.array([[-1.0, NAN, 1.0], [-0.5, 0.0, 0.5]]))
    codes = np.array([[1, 2, 3, 4, 0], [4, 3, 2, 1, 0]], dtype=np.uint8)
    theta = np.array([-0.5, 0.0, 0.5, NAN, 1.0])

    np.testing.assert_allclose(
        fit_terms(codes, theta, parameters, kernels=compiled), fit_terms(codes, theta, parameters), atol=1e-12
    )


def test_answers_at_random_fit_badly_and_honest_ones_do_not() -> None:
    parameters = bank(40)
    _, honest = answers(parameters, 500, missing=0.0)
    random = np.random.default_rng(3).integers(1, 6, honest.shape).astype(np.uint8)

    def misfit(codes: Codes) -> Floats:
        items = [Item(id=id_, facet=f"f{at % 4}", keyed="plus") for at, id_ in enumerate(parameters.items)]
        own = [Facet(id=f"f{at}", name="F") for at in range(4)]
        sheets = Sheets(tuple(items), tuple(own), ResponseFormat(low=1, high=5), codes)
        return person_misfit(sheets, estimate(sheets, parameters), parameters)

    assert np.median(misfit(random)) > 4
    assert np.mean(misfit(honest) > 2.33) < 0.02


def test_the_weights_of_the_points_add_up_to_one_and_are_as_wide_as_they_should_be() -> None:
    assert len(irt.POINTS) == 61
    assert (irt.POINTS[0], irt.POINTS[-1]) == (-6, 6)
    assert prior().sum() == pytest.approx(1)
    assert prior() @ irt.POINTS**2 == pytest.approx(1, abs=1e-6)
