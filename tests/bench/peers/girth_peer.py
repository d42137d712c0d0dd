"""The graded response model with girth.

Scores: its public `ability_eap` knows two categories only, and `multidimensional_ability_eap` refuses one factor.
`run_scores` calls the two functions that `grm_mml` itself scores with; they are not public, so this flatters
girth. The standard error is the second moment from the same call.

Calibration: `grm_mml` with its look-up table, the default: 41 points on ±4.5 (its help says 61 on ±5), at most 25
rounds, thresholds by matching proportions.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from girth import grm_mml
from girth.unidimensional.polytomous.ability_estimation_poly import _ability_eap_abstract
from girth.unidimensional.polytomous.partial_integrals_poly import _graded_partial_integral
from girth.utilities import INVALID_RESPONSE

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """One scale in girth's layout: categories of all items in one row, answers as positions in it, (n_items, n_people)."""

    slopes: Floats
    lower: Floats
    upper: Floats
    positions: npt.NDArray[np.int64]
    missing: npt.NDArray[np.bool_]


def prepare_scores(
    keyed: npt.NDArray[np.uint8], *, slopes: Floats, thresholds: Floats, scale_of: npt.NDArray[np.int64]
) -> list[Scale]:
    """From codes in the scale's direction, (n_items, n_people), 0 where unanswered; thresholds (n_items, n_steps)."""
    scales = []
    for scale in np.unique(scale_of):
        own, far = scale_of == scale, np.full((int((scale_of == scale).sum()), 1), 1e4)
        steps, categories = thresholds[own], thresholds.shape[1] + 1
        positions = keyed[own].astype(np.int64) - 1 + categories * np.arange(len(steps))[:, None]
        scales.append(
            Scale(
                np.repeat(slopes[own], categories),
                np.hstack([-far, steps]).ravel(),
                np.hstack([steps, far]).ravel(),
                np.where(keyed[own] == 0, 0, positions),
                keyed[own] == 0,
            )
        )
    return scales


def run_scores(prepared: list[Scale], *, points: int = 61, reach: float = 6.0) -> tuple[Floats, Floats]:
    """EAP and its standard error under N(0, 1), (n_people, n_scales) each, at even points on ±`reach`."""
    grid = np.linspace(-reach, reach, points)
    prior = np.exp(-(grid**2) / 2)
    theta, error = [], []
    for scale in prepared:
        likelihood = np.ones((scale.positions.shape[1], points))
        for positions, missing in zip(scale.positions, scale.missing, strict=True):
            likelihood *= _graded_partial_integral(grid, scale.lower, scale.upper, scale.slopes, positions, missing)
        theta.append(_ability_eap_abstract(likelihood, prior, grid))
        error.append(np.sqrt(_ability_eap_abstract(likelihood, prior, grid**2) - theta[-1] ** 2))
    return np.stack(theta, axis=1), np.stack(error, axis=1)


def prepare_calibration(keyed: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """From codes in the scale's direction, (n_items, n_people), 0 where unanswered."""
    return np.where(keyed == 0, INVALID_RESPONSE, keyed.astype(np.int64))


def run_calibration(prepared: npt.NDArray[np.int64], *, points: int = 41, reach: float = 4.5) -> tuple[Floats, Floats]:
    """Slopes and thresholds; the defaults are girth's."""
    found = grm_mml(prepared, {"quadrature_n": points, "quadrature_bounds": (-reach, reach)})
    return found["Discrimination"], found["Difficulty"]
