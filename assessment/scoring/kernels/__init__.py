"""The few inner loops that need speed, twice: `plain` in NumPy, `compiled` by Numba. Both give the same numbers.

Pages use `plain` and never load Numba; batches and calibration take what `for_batches` gives.
"""

from typing import Protocol

from assessment.instruments.sheets import Codes, Floats


class Kernels(Protocol):
    """codes : (n_items, n_people) keyed, 0 where unanswered; tables : (n_items, n_categories + 1, n_points)."""

    def posterior_moments(self, codes: Codes, tables: Floats, prior: Floats, points: Floats) -> tuple[Floats, Floats]:
        """Mean and SD of the posterior of each person, (n_people,)."""

    def expected_counts(self, codes: Codes, weights: Floats, tables: Floats, prior: Floats) -> tuple[Floats, float]:
        """How many people are expected at each point with each answer, shaped as `tables`, and the log-likelihood."""

    def fit_terms(
        self, codes: Codes, theta: Floats, slopes: Floats, thresholds: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """log-likelihood of each sheet at its θ, its expectation and its variance, (n_people,)."""


def for_batches() -> Kernels:
    """Compiled where Numba is installed and finds a place to keep what it compiled."""
    try:
        from assessment.scoring.kernels import compiled
    except (ImportError, RuntimeError):
        from assessment.scoring.kernels import plain

        return plain
    return compiled
