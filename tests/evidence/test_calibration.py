"""Items are found again from simulated people; R's mirt stands in tests/reference."""

import subprocess
import sys

import numpy as np
import pytest

from assessment.errors import InstrumentError, TooFewError
from assessment.evidence.calibration import calibrate
from assessment.instruments.instrument import Facet, Item, ResponseFormat
from assessment.instruments.library import ROOT
from assessment.instruments.sheets import Codes, Floats, Sheets
from assessment.scoring.graded import simulate
from assessment.scoring.kernels import compiled

_APP = """
import sys
import numpy as np
import assessment.services.calibrations, assessment.services.health
from assessment.evidence.calibration import calibrate
from assessment.instruments.library import Library
from assessment.instruments.sheets import Sheets

instrument = Library.shipped().questionnaire()
own = instrument.items_of("pat")
level = np.random.default_rng(1).normal(3, 1, (300, 1))
answers = np.clip(np.round(level + np.random.default_rng(2).normal(0, 1, (300, len(own)))), 1, 5)
turned = np.where([item.keyed == "minus" for item in own], 6 - answers, answers)
found = calibrate(Sheets.of(turned, own, facets=instrument.facets, format=instrument.format))
print(found.facets[0].converged, "numba" in sys.modules)
"""
STEPS = np.array([-1.6, -0.5, 0.5, 1.6])


def truth(n_items: int, *, seed: int = 1) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    return rng.uniform(0.8, 2.2, n_items), STEPS + rng.uniform(-0.6, 0.6, (n_items, 1))


def people(n: int, slopes: Floats, thresholds: Floats, *, seed: int = 7, missing: float = 0.0) -> Codes:
    rng = np.random.default_rng(seed)
    codes = simulate(rng.standard_normal(n), slopes, thresholds, rng=rng).T
    return np.where(rng.random(codes.shape) < missing, 0, codes).astype(np.uint8)


def sheets(codes: Codes) -> Sheets:
    items = tuple(Item(id=f"i{at}", facet="f", keyed="plus") for at in range(len(codes)))
    return Sheets(items, (Facet(id="f", name="F"),), ResponseFormat(low=1, high=5), codes)


def test_eight_items_are_found_again_from_a_thousand_people() -> None:
    slopes, thresholds = truth(8)

    (found,) = calibrate(sheets(people(1000, slopes, thresholds, missing=0.05))).facets

    assert found.converged
    assert np.abs(found.slopes - slopes).mean() < 0.15
    assert np.abs(found.thresholds - thresholds).mean() < 0.15


def test_with_many_people_the_error_goes_away() -> None:
    slopes, thresholds = truth(6)

    (found,) = calibrate(sheets(people(30_000, slopes, thresholds)), errors=False, kernels=compiled).facets

    np.testing.assert_allclose(found.slopes, slopes, atol=0.06)
    np.testing.assert_allclose(found.thresholds, thresholds, atol=0.08)


@pytest.mark.big
def test_standard_errors_say_how_far_estimates_scatter() -> None:
    slopes, thresholds = truth(5)
    runs = [calibrate(sheets(people(400, slopes, thresholds, seed=seed)), errors=seed == 0) for seed in range(60)]
    scatter = np.std([run.facets[0].slopes for run in runs], axis=0, ddof=1)

    (first,) = runs[0].facets

    np.testing.assert_allclose(first.slopes_se.mean() / scatter.mean(), 1, atol=0.2)


def test_compiled_and_plain_find_the_same() -> None:
    answers = sheets(people(600, *truth(6), missing=0.1))

    (plain,), (fast,) = calibrate(answers).facets, calibrate(answers, kernels=compiled).facets

    np.testing.assert_allclose(plain.slopes, fast.slopes, atol=1e-8)
    np.testing.assert_allclose(plain.thresholds_se, fast.thresholds_se, atol=1e-6)


@pytest.mark.big
def test_the_app_calibrates_without_loading_numba() -> None:
    done = subprocess.run([sys.executable, "-c", _APP], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["True", "False"]


def test_estimates_of_the_people_are_as_reliable_as_they_are_close_to_the_truth() -> None:
    slopes, thresholds = truth(8)

    (found,) = calibrate(sheets(people(5000, slopes, thresholds)), errors=False).facets

    assert found.eap_mean == pytest.approx(0, abs=0.02)
    assert found.eap_sd**2 == pytest.approx(found.empirical_reliability, abs=0.03)


@pytest.mark.parametrize("n", [0, 1, 199])
def test_below_two_hundred_people_there_is_no_calibration(n: int) -> None:
    with pytest.raises(TooFewError, match=f"there are {n} people who answered a facet") as refused:
        calibrate(sheets(people(300, *truth(5))).people(slice(0, n)))

    assert (refused.value.has, refused.value.needs) == (n, 200)


def test_a_facet_that_too_few_answered_is_left_out_and_the_others_are_calibrated() -> None:
    one, other = people(400, *truth(5)), people(400, *truth(5), seed=8)
    other[:, 150:] = 0
    items = tuple(Item(id=f"i{at}", facet="f" if at < 5 else "g", keyed="plus") for at in range(10))
    facets = (Facet(id="f", name="F"), Facet(id="g", name="G"))

    found = calibrate(Sheets(items, facets, ResponseFormat(low=1, high=5), np.concatenate((one, other))), errors=False)

    assert [facet.facet for facet in found.facets] == ["f"]
    assert found.left_out == {"g": "150 people answered it; it needs 200"}


def test_below_five_hundred_people_it_says_so() -> None:
    slopes, thresholds = truth(5)

    few = calibrate(sheets(people(499, slopes, thresholds)), errors=False).facets[0].doubts
    enough = calibrate(sheets(people(500, slopes, thresholds)), errors=False).facets[0].doubts

    assert any("only 499 people" in doubt for doubt in few)
    assert enough == ()


def test_an_answer_that_never_occurs_is_not_told_apart_and_is_said() -> None:
    slopes, thresholds = truth(5)
    codes = people(800, slopes, thresholds)
    codes[0][codes[0] == 3] = 2

    (found,) = calibrate(sheets(codes)).facets

    assert np.isnan(found.thresholds[0]).tolist() == [False, True, False, False]
    assert np.isnan(found.thresholds_se[0]).tolist() == [False, True, False, False]
    assert not np.isnan(found.thresholds[1:]).any()
    assert "i0: an answer never occurs, so 1 of its steps are not told apart" in found.doubts


def test_an_item_keyed_the_wrong_way_round_gets_a_negative_slope_and_is_named() -> None:
    slopes, thresholds = truth(6)
    codes = people(1000, slopes, thresholds)
    codes[2] = 6 - codes[2]

    (found,) = calibrate(sheets(codes), errors=False).facets

    assert found.slopes[2] < 0 < np.delete(found.slopes, 2).min()
    assert any("i2 runs against the facet" in doubt for doubt in found.doubts)


def test_a_facet_of_two_items_is_left_out_and_said() -> None:
    with pytest.raises(InstrumentError, match="f: 2 items with more than one answer; it needs 3"):
        calibrate(sheets(people(300, *truth(2))))


def test_an_item_that_everybody_answers_alike_is_left_out() -> None:
    codes = people(600, *truth(5))
    codes[4] = 4

    (found,) = calibrate(sheets(codes), errors=False).facets

    assert found.items == ("i0", "i1", "i2", "i3")
    assert "i4 left out: everybody gave the same answer" in found.doubts


def test_people_who_answered_nothing_change_nothing() -> None:
    codes = people(500, *truth(5))
    with_silent = np.concatenate((codes, np.zeros((5, 50), dtype=np.uint8)), axis=1)

    (found,), (expected,) = calibrate(sheets(with_silent)).facets, calibrate(sheets(codes)).facets

    assert found.n == 500
    np.testing.assert_array_equal(found.slopes, expected.slopes)


@pytest.mark.parametrize("copies", [2, 5])
def test_items_that_repeat_each_other_have_no_estimate_and_that_is_said(copies: int) -> None:
    codes = people(600, *truth(5))
    codes[:copies] = codes[0]

    with pytest.raises(InstrumentError, match="no estimate settles; the answers to i"):
        calibrate(sheets(codes))


def test_items_that_have_nothing_in_common_are_left_out() -> None:
    every = np.stack(np.meshgrid(*[np.arange(1, 6)] * 4, indexing="ij")).reshape(4, -1).astype(np.uint8)

    with pytest.raises(InstrumentError, match="nothing in common"):
        calibrate(sheets(every))


@pytest.mark.big
def test_no_made_up_data_set_ends_in_an_error_of_the_arithmetic() -> None:
    rng = np.random.default_rng(105)
    for seed in range(40):
        n_items = int(rng.integers(3, 8))
        slopes, steps = rng.uniform(0.5, 4.5, n_items), np.sort(rng.normal(0, 1.5, (n_items, 4)), axis=1)
        answers = sheets(people(int(rng.integers(200, 400)), slopes, steps, seed=seed, missing=0.1))
        try:
            (found,) = calibrate(answers).facets
        except InstrumentError:
            continue
        assert np.isfinite(found.slopes).all()
        assert np.abs(found.slopes).max() <= 15
