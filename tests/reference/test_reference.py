"""Our numbers beside those of R's psych, careless and mirt on the same made-up answers.

Each JSON file names package, version and call; `simulate.py` makes the answers again.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assessment.commands.responses import Block, Responses
from assessment.evidence.calibration import Calibration, calibrate
from assessment.instruments.library import read_questionnaire
from assessment.scoring.graded import ItemParameters
from assessment.scoring.irt import estimate, fit_terms, l_z
from assessment.scoring.kernels import compiled, plain
from assessment.scoring.reliability import moments, one_factor, reliability
from assessment.scoring.response_quality import average_string, even_odd, irv, longstring, mahalanobis_d2

HERE = Path(__file__).parent
FACETS = ("cal", "ord", "soc")


def from_r(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text())
    return found


def numbers(values: list[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


@pytest.fixture(scope="module")
def people() -> Block:
    file = Responses(str(HERE / "simulated.csv"), read_questionnaire(HERE / "simulated.yaml"))
    return file.whole(doing="reading")


@pytest.fixture(scope="module")
def calibration(people: Block) -> Calibration:
    return calibrate(people.sheets)


def test_the_answers_are_made_again_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(HERE / "simulate.py"), str(tmp_path)], check=True)

    for name in ("simulated.csv", "simulated.yaml", "dif.csv", "dif_groups.csv"):
        assert (tmp_path / name).read_bytes() == (HERE / name).read_bytes()


@pytest.mark.parametrize("facet", FACETS)
def test_reliability_and_item_statistics_are_those_of_psych(people: Block, facet: str) -> None:
    found = next(r for r in reliability(people.sheets) if r.facet == facet)
    theirs = from_r("psych")["facets"][facet]

    assert (found.n, found.n_complete) == (theirs["n_any_answered"], theirs["n_complete"])
    assert found.alpha == pytest.approx(theirs["alpha"], abs=1e-12)
    assert found.alpha_listwise == pytest.approx(theirs["alpha_listwise"], abs=1e-12)
    assert found.alpha_ci95 == pytest.approx(theirs["alpha_ci95_feldt_n_rows"], abs=1e-10)
    assert found.average_r == pytest.approx(theirs["average_r"], abs=1e-12)
    assert found.omega_total == pytest.approx(theirs["omega_tot_psych"], abs=1e-6)
    for item in found.items:
        own = theirs["items"][item.item]
        assert item.n == own["n"]
        for name in ("r_drop", "alpha_if_dropped", "mean", "sd"):
            assert getattr(item, name) == pytest.approx(own[name], abs=1e-12), name


@pytest.mark.parametrize("facet", FACETS)
def test_loadings_of_one_factor_are_those_of_psych(people: Block, facet: str) -> None:
    found, _ = one_factor(moments(people.sheets.of_facet(facet).keyed_codes).correlations())

    theirs = from_r("psych")["facets"][facet]["items"].values()
    np.testing.assert_allclose(found, [item["loading"] for item in theirs], atol=1e-5)


def test_distance_from_the_middle_is_that_of_psych_and_careless(people: Block) -> None:
    codes = people.sheets.codes
    everybody = moments(codes)
    mean = np.diag(everybody.sums) / np.diag(everybody.n)

    found = mahalanobis_d2(codes, mean=mean, covariance=everybody.pairwise())

    np.testing.assert_allclose(found, from_r("psych")["outlier_d2"]["d2"], atol=1e-9)
    np.testing.assert_allclose(found, from_r("careless")["mahad_d2"], atol=1e-9)


def test_signs_of_carelessness_are_those_of_careless(people: Block) -> None:
    theirs, codes = from_r("careless"), people.sheets.codes
    whole = codes.all(axis=0)  # careless counts every gap as a run of one; ours ends a run there

    np.testing.assert_array_equal(longstring(codes), theirs["longstring"])
    np.testing.assert_allclose(average_string(codes)[whole], numbers(theirs["avgstr"])[whole], atol=1e-12)
    np.testing.assert_allclose(irv(codes), theirs["irv"], atol=1e-12)
    np.testing.assert_allclose(even_odd(people.sheets), numbers(theirs["evenodd"]), atol=1e-10)


@pytest.mark.parametrize("facet", FACETS)
def test_calibrated_items_and_their_errors_are_those_of_mirt(calibration: Calibration, facet: str) -> None:
    found = next(own for own in calibration.facets if own.facet == facet)
    theirs = from_r("mirt")["facets"][facet]
    items = [theirs["items"][item] for item in found.items]

    assert found.converged
    assert found.log_likelihood == pytest.approx(theirs["logLik"], abs=1e-5)
    np.testing.assert_allclose(found.slopes, [item["a"] for item in items], atol=5e-4)
    np.testing.assert_allclose(found.thresholds, [item["b"] for item in items], atol=5e-4)
    np.testing.assert_allclose(found.slopes_se, [item["se_a"] for item in items], rtol=1e-3)
    np.testing.assert_allclose(found.thresholds_se, [item["se_b"] for item in items], rtol=2e-3)


@pytest.mark.parametrize("kernels", [plain, compiled], ids=["plain", "compiled"])
def test_theta_its_error_and_person_fit_are_those_of_mirt(people: Block, kernels: Any) -> None:
    theirs = from_r("mirt")["facets"]
    items = [(id_, item) for facet in theirs.values() for id_, item in facet["items"].items()]
    slopes = np.array([item["a"] for _, item in items])
    parameters = ItemParameters(tuple(id_ for id_, _ in items), slopes, np.array([item["b"] for _, item in items]))

    found = estimate(people.sheets, parameters, kernels=kernels)

    for at, facet in enumerate(FACETS):
        own = people.sheets.of_facet(facet)
        of_facet = parameters.of([item.id for item in own.items])
        terms = fit_terms(own.keyed_codes, numbers(theirs[facet]["theta"]), of_facet, kernels=kernels)
        np.testing.assert_allclose(found.theta[:, at], theirs[facet]["theta"], atol=1e-5)
        np.testing.assert_allclose(found.se[:, at], theirs[facet]["theta_se"], atol=1e-5)
        np.testing.assert_allclose(l_z(*terms), theirs[facet]["Zh"], atol=1e-8)
