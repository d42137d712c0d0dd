"""The graded response model with mirt for Python (PyPI `mirt`, Rust inside).

Scores: `fscores(method="EAP")` is what its documentation shows. It lays Gauss-Hermite points, 49 unless told,
whose middle ones stand 0.4 apart however wide the outer ones reach: too coarse for a long scale (see
`run_fscores`). `run_scores` takes its Rust log-likelihoods, `mirt.backends.rust.polytomous`, at the same even
points as everybody else, and is the quicker way as well.

Calibration: `fit_mirt(model="GRM")`, EM with 21 Gauss-Hermite points unless told; `accelerate="squarem"` and no
standard errors are its documented quicker settings.

Adaptive: `CATEngine`, 21 Gauss-Hermite points unless told, with which it is less exact than it says: after 20 items
of a made-up graded bank of 96 its errors are 0.22, its standard errors 0.19; with 61 points they are 0.20 and 0.19.
A simulation of a graded bank takes its vectorised "lock step", one of a two-category bank (2PL) its Rust loop.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from mirt import fit_mirt, fscores
from mirt.backends.rust.polytomous import compute_log_likelihoods_grm
from mirt.cat import CATEngine
from mirt.cat.selection import MaxFisherInformation
from mirt.cat.stopping import MaxItemsStop
from mirt.models import GradedResponseModel, TwoParameterLogistic

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_BLOCK = 4096  # people at a time, so that their log-likelihoods stay in the processor's cache


@dataclass(frozen=True)
class Scale:
    """One scale's model, and its answers 0, 1, … with −1 where unanswered, (n_people, n_items)."""

    model: Any
    responses: Ints
    narrow: npt.NDArray[np.int32]


def graded(slopes: Floats, thresholds: Floats) -> Any:
    """A model with given parameters: graded, or two-parameter logistic where items have one threshold.

    There is no public way to say that parameters are given, not fitted; `_is_fitted` is what mirt sets itself.
    """
    if thresholds.shape[1] == 1:
        model = TwoParameterLogistic(len(slopes)).set_parameters(discrimination=slopes, difficulty=thresholds[:, 0])
    else:
        model = GradedResponseModel(len(slopes), n_categories=thresholds.shape[1] + 1)
        model.set_parameters(discrimination=slopes, thresholds=thresholds)
    model._is_fitted = True
    return model


def prepare_scores(
    keyed: npt.NDArray[np.uint8], *, slopes: Floats, thresholds: Floats, scale_of: npt.NDArray[np.int64]
) -> list[Scale]:
    """From codes in the scale's direction, (n_items, n_people), 0 where unanswered; thresholds (n_items, n_steps)."""
    scales = []
    for scale in np.unique(scale_of):
        own = scale_of == scale
        responses = np.ascontiguousarray(keyed[own].T.astype(np.int64) - 1)
        scales.append(Scale(graded(slopes[own], thresholds[own]), responses, responses.astype(np.int32)))
    return scales


def run_fscores(prepared: list[Scale], *, points: int | None = 61) -> tuple[Floats, Floats]:
    """EAP and its standard error under N(0, 1), (n_people, n_scales) each, by Gauss-Hermite points.

    With 60 items of slope 0.8 to 2.5 the 61 points err by up to 0.07 in both, the default 49 by 0.09; 251 points
    are as exact as 61 even ones. Of 6 items all are exact to 0.0004.
    """
    found = [fscores(scale.model, scale.responses, method="EAP", n_quadpts=points) for scale in prepared]
    return np.stack([x.theta for x in found], axis=1), np.stack([x.standard_error for x in found], axis=1)


def run_scores(prepared: list[Scale], *, points: int = 61, reach: float = 6.0) -> tuple[Floats, Floats]:
    """EAP and its standard error under N(0, 1), (n_people, n_scales) each, at even points on ±`reach`."""
    grid = np.linspace(-reach, reach, points)
    log_prior = -(grid**2) / 2
    powers = np.stack([np.ones_like(grid), grid, grid**2], axis=1)
    shape = len(prepared[0].responses), len(prepared)
    theta, error = np.empty(shape), np.empty(shape)
    for at, scale in enumerate(prepared):
        model, categories = scale.model, np.array(scale.model.n_categories, dtype=np.int32)
        for start in range(0, shape[0], _BLOCK):
            block = slice(start, start + _BLOCK)
            posterior = compute_log_likelihoods_grm(
                scale.narrow[block], grid, model.discrimination, model.thresholds, categories
            )
            posterior += log_prior
            posterior -= posterior.max(axis=1, keepdims=True)
            np.exp(posterior, out=posterior)
            mass, first, second = (posterior @ powers).T
            theta[block, at] = first / mass
            error[block, at] = np.sqrt(second / mass - (first / mass) ** 2)
    return theta, error


def prepare_calibration(keyed: npt.NDArray[np.uint8]) -> Ints:
    """From codes in the scale's direction, (n_items, n_people), 0 where unanswered."""
    return np.ascontiguousarray(keyed.T.astype(np.int64) - 1)


def run_calibration(
    prepared: Ints, *, categories: int = 5, points: int = 21, errors: bool = True, accelerate: str = "none"
) -> tuple[Floats, Floats, float, int]:
    """Slopes, thresholds, log-likelihood at its own points and number of EM steps; the defaults are mirt's."""
    found = fit_mirt(
        prepared,
        model="GRM",
        n_categories=categories,
        n_quadpts=points,
        compute_standard_errors=errors,
        accelerate=accelerate,
    )
    return found.model.discrimination, found.model.thresholds, found.log_likelihood, found.n_iterations


class AtOnce(MaxFisherInformation):
    """mirt's own choice by information, of all items in one call: it asks item by item where a bank is graded."""

    def get_item_criteria(
        self,
        model: Any,
        theta: float,
        available_items: set[int],
        administered_items: list[int] | None = None,
        responses: list[int] | None = None,
    ) -> dict[int, float]:
        information = model._information_by_item(np.array([[theta]]))[0].tolist()
        return {item: information[item] for item in sorted(available_items)}


def prepare_session(
    slopes: Floats, thresholds: Floats, *, length: int = 20, points: int = 61, at_once: bool = False
) -> Any:
    """An engine that gives `length` items of the bank, each the most informative at the EAP so far.

    `at_once` mends what slows mirt down most (`AtOnce`); nobody would find that in its documentation.
    """
    choice = AtOnce() if at_once else "MFI"
    return CATEngine(
        graded(slopes, thresholds), item_selection=choice, stopping_rule=MaxItemsStop(length), n_quadpts=points
    )


def run_session(prepared: Any, answers: Ints) -> tuple[Ints, Floats, Floats]:
    """One person's session, `answers` (n_items,) 0, 1, … to any item of the bank: items given, EAP, SE after each.

    A step is one `administer_item`: the posterior with the new answer and the choice of the next item.
    """
    prepared.reset()
    state, theta, error = prepared.get_current_state(), [], []
    while not state.is_complete:
        state = prepared.administer_item(int(answers[state.next_item]))
        theta.append(state.theta)
        error.append(state.standard_error)
    return np.array(state.items_administered), np.array(theta), np.array(error)


def prepare_simulation(
    slopes: Floats, thresholds: Floats, *, length: int = 20, enough: float = 0.3, points: int = 21, seed: int = 1
) -> Any:
    """An engine that stops at a standard error of `enough` or after `length` items."""
    bank = graded(slopes, thresholds)
    return CATEngine(bank, stopping_rule="SE", se_threshold=enough, max_items=length, n_quadpts=points, seed=seed)


def run_simulation(prepared: Any, true_theta: Floats) -> tuple[Floats, Floats, Ints]:
    """EAP, SE and number of items of each simulated person."""
    found = prepared.run_batch_simulation(true_theta)
    theta, error = np.array([x.theta for x in found]), np.array([x.standard_error for x in found])
    return theta, error, np.array([x.n_items_administered for x in found])
