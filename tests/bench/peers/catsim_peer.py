"""Adaptive testing with catsim: items with two answers only, estimates by maximum likelihood, no posterior.

So it does less than the others do with a graded bank. The quickest of its documented search methods is "bounded"
(SciPy's bounded Brent), the default; a standard error is asked for after each answer, as the stopping rule does.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from catsim import irt
from catsim.estimation import NumericalSearchEstimator
from catsim.initialization import FixedPointInitializer
from catsim.item_bank import ItemBank
from catsim.selection import MaxInfoSelector
from catsim.simulation import Simulator
from catsim.stopping import MinErrorStopper

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Bank:
    """Items of slope a and difficulty b, and the rules of the session."""

    items: Floats
    length: int
    enough: float
    method: str


def prepare(
    slopes: Floats, thresholds: Floats, *, length: int = 20, enough: float = 0.3, method: str = "bounded"
) -> Bank:
    """A two-parameter bank, thresholds (n_items, 1)."""
    items = np.column_stack([slopes, thresholds[:, 0], np.zeros_like(slopes), np.ones_like(slopes)])
    return Bank(items, length, enough, method)


def run_session(prepared: Bank, answers: Ints) -> tuple[Ints, Floats, Floats]:
    """One person's session of `length` items, `answers` (n_items,) 0 or 1: items given, ML estimate, SE after each."""
    bank, select = ItemBank(prepared.items, validate=False), MaxInfoSelector()
    estimate = NumericalSearchEstimator(method=prepared.method)
    given, said, theta, error = [], [], [0.0], []
    while len(given) < prepared.length:
        item = select.select(item_bank=bank, administered_items=given, est_theta=theta[-1])
        given.append(int(item))
        said.append(bool(answers[item]))
        theta.append(
            float(
                estimate.estimate(item_bank=bank, administered_items=given, response_vector=said, est_theta=theta[-1])
            )
        )
        error.append(irt.see(theta[-1], bank.get_items(given)))
    return np.array(given), np.array(theta[1:]), np.array(error)


def run_simulation(prepared: Bank, true_theta: Floats, *, seed: int = 1) -> tuple[Floats, Ints]:
    """ML estimate and number of items of each simulated person."""
    simulator = Simulator(
        ItemBank(prepared.items),
        true_theta,
        FixedPointInitializer(0.0),
        MaxInfoSelector(),
        NumericalSearchEstimator(method=prepared.method),
        MinErrorStopper(prepared.enough, max_items=prepared.length),
        seed=seed,
    )
    simulator.simulate()
    return np.array(simulator.latest_estimations), np.array([len(x) for x in simulator.administered_items])
