"""By hand and by construction; the numbers of R's psych stand in tests/reference."""

import numpy as np
import pytest

from assessment.instruments.instrument import Facet, Item, ResponseFormat
from assessment.instruments.sheets import Floats, Sheets
from assessment.scoring.reliability import (
    ReliabilityCount,
    alpha,
    alpha_interval,
    moments,
    omega_total,
    one_factor,
    reliability,
)

NAN = np.nan


def sheets(responses: Floats) -> Sheets:
    items = [Item(id=f"i{at}", facet="f", keyed="plus") for at in range(responses.shape[1])]
    return Sheets.of(responses, items, facets=[Facet(id="f", name="F")], format=ResponseFormat(low=1, high=5))


def people(n: int, k: int = 5, *, seed: int = 3, missing: float = 0.1) -> Floats:
    rng = np.random.default_rng(seed)
    answers = np.clip(np.round(3 + rng.standard_normal((n, 1)) + rng.standard_normal((n, k))), 1, 5)
    return np.where(rng.random((n, k)) < missing, NAN, answers)


def test_alpha_by_hand() -> None:
    """Two items with variance 1 and covariance .5: α = 2 · (1 − 2/3)."""
    assert alpha(np.array([[1.0, 0.5], [0.5, 1.0]])) == pytest.approx(2 / 3)


def test_alpha_of_one_item_or_of_items_without_variance_is_not_defined() -> None:
    assert np.isnan(alpha(np.array([[1.0]])))
    assert np.isnan(alpha(np.zeros((3, 3))))


def test_an_item_that_everybody_answers_alike_is_left_out_of_alpha() -> None:
    answers = people(40, missing=0.0)
    with_constant = np.concatenate((answers, np.full((40, 1), 4.0)), axis=1)

    (found,) = reliability(sheets(with_constant))
    (without,) = reliability(sheets(answers))

    assert found.alpha == pytest.approx(without.alpha)
    assert (found.items[5].r_drop, found.items[5].mean, found.items[5].sd) == (None, 4.0, 0.0)


def test_covariances_are_those_of_the_people_who_answered_both() -> None:
    answers = people(60)

    found = moments(sheets(answers).codes).pairwise()

    for i in range(5):
        for j in range(5):
            both = ~np.isnan(answers[:, i]) & ~np.isnan(answers[:, j])
            assert found[i, j] == pytest.approx(np.cov(answers[both, i], answers[both, j], ddof=1)[0, 1])


def test_correlations_use_the_spread_of_the_people_who_answered_both() -> None:
    answers = people(60)

    found = moments(sheets(answers).codes).correlations()

    both = ~np.isnan(answers[:, 0]) & ~np.isnan(answers[:, 1])
    assert found[0, 1] == pytest.approx(np.corrcoef(answers[both, 0], answers[both, 1])[0, 1])


def test_listwise_looks_at_whole_sheets_only() -> None:
    answers = people(60)
    whole = answers[~np.isnan(answers).any(axis=1)]

    (found,) = reliability(sheets(answers))

    assert found.n_complete == len(whole) < 60
    assert found.alpha_listwise == pytest.approx(alpha(np.cov(whole.T)))


def test_block_by_block_gives_what_all_at_once_gives() -> None:
    whole = sheets(people(100))
    count = ReliabilityCount(whole)
    for start in (0, 30, 60, 90):
        count.add(whole.people(slice(start, start + 30)))

    assert count.result()[0].alpha == pytest.approx(reliability(whole)[0].alpha, abs=1e-12)
    assert count.result()[0].n == 100


def test_the_correlation_with_the_others_leaves_the_item_itself_out() -> None:
    answers = people(80, missing=0.0)

    (found,) = reliability(sheets(answers))

    by_hand = np.corrcoef(answers[:, 2], np.delete(answers, 2, axis=1).sum(axis=1))[0, 1]
    assert found.items[2].r_drop == pytest.approx(by_hand)
    assert found.items[2].sd == pytest.approx(answers[:, 2].std(ddof=1))


def test_the_error_in_t_follows_from_alpha() -> None:
    (found,) = reliability(sheets(people(80)))

    assert found.alpha is not None
    assert found.sem_t == pytest.approx(10 * np.sqrt(1 - found.alpha))


def test_the_interval_of_alpha_holds_the_true_one_about_95_times_in_a_hundred() -> None:
    rng = np.random.default_rng(5)
    truth, held, runs = 5 * 0.5 / (1 + 4 * 0.5), 0, 1000
    for _ in range(runs):
        answers = rng.standard_normal((50, 1)) + rng.standard_normal((50, 5))
        low, high = alpha_interval(alpha(np.cov(answers.T)), n=50, k=5)
        held += low <= truth <= high

    assert held / runs == pytest.approx(0.95, abs=0.025)


def test_one_factor_is_found_again() -> None:
    loadings = np.array([0.8, 0.7, 0.6, 0.5, -0.4])
    correlation = np.outer(loadings, loadings)
    np.fill_diagonal(correlation, 1)

    found, unique = one_factor(correlation)

    np.testing.assert_allclose(found, loadings, atol=1e-6)
    np.testing.assert_allclose(unique, 1 - loadings**2, atol=1e-6)
    assert omega_total(correlation) == pytest.approx(loadings.sum() ** 2 / correlation.sum(), abs=1e-6)


def test_two_items_have_no_omega_and_one_person_nothing_at_all() -> None:
    (two,) = reliability(sheets(people(30, 2)))
    (one,) = reliability(sheets(people(1)))

    assert two.omega_total is None
    assert two.alpha is not None
    assert (one.alpha, one.alpha_ci95, one.average_r, one.sem_t) == (None, None, None, None)
    assert all(item.sd is None and item.r_drop is None for item in one.items)


def test_an_empty_item_leaves_the_statistics_of_the_others_alone() -> None:
    answers = people(80, missing=0.0)
    with_empty = np.concatenate((answers, np.full((80, 1), NAN)), axis=1)

    (found,), (expected,) = reliability(sheets(with_empty)), reliability(sheets(answers))

    assert [item.r_drop for item in found.items[:5]] == pytest.approx([item.r_drop for item in expected.items])
    assert (found.items[5].r_drop, found.items[5].n) == (None, 0)


def test_the_interval_counts_the_items_that_vary() -> None:
    answers = people(60, missing=0.0)
    with_constant = np.concatenate((answers, np.full((60, 1), 4.0)), axis=1)

    assert reliability(sheets(with_constant))[0].alpha_ci95 == pytest.approx(reliability(sheets(answers))[0].alpha_ci95)


def test_covariances_that_contradict_each_other_give_no_alpha_and_no_error() -> None:
    contradicting = np.array([[1.0, 0.9, 0.9], [0.9, 1.0, 0.9], [0.9, 0.9, 0.1]])

    assert np.isnan(alpha(contradicting + 10))


def test_sums_of_large_squares_stay_exact() -> None:
    rng = np.random.default_rng(1)
    answers = rng.integers(1, 251, (20_000, 3)).astype(float)
    items = [Item(id=f"i{at}", facet="f", keyed="plus") for at in range(3)]
    wide = Sheets.of(answers, items, facets=[Facet(id="f", name="F")], format=ResponseFormat(low=1, high=250))

    np.testing.assert_allclose(moments(wide.codes).pairwise(), np.cov(answers.T), rtol=1e-12)
