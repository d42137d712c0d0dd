"""How near a person's true standing on one facet is likely to be to the range a role asks for.

`gap = max(low − T, T − high, 0)` and `match = max(0, 100 − 4·gap)`: 25 T outside is 0.
The true standing is taken as normal with mean `50 + r (T − 50)` and variance
`100 r (1 − r)` (Kelley 1947; r the reliability of the facet in the norm group).
"""

import numpy as np
from scipy.special import ndtr

from assessment.instruments.sheets import Floats
from assessment.roles.profile import Requirement

PER_T = 4.0  # points of match lost for each T outside
REACH = 100 / PER_T  # T outside at which nothing is left


def gap(t: Floats, requirement: Requirement) -> Floats:
    """Distance from the range in T, 0 inside; shape of `t`, NaN stays NaN."""
    high = np.inf if requirement.high is None else requirement.high
    return np.maximum(np.maximum(requirement.low - t, t - high), 0)


def match(t: Floats, requirement: Requirement) -> Floats:
    """100 inside the range, 4 less for each T outside, never below 0."""
    return np.maximum(0.0, 100 - PER_T * gap(t, requirement))


class TrueStanding:
    """The distribution of the true standing of many people on one facet; t and reliability are (n_people,)."""

    def __init__(self, t: Floats, reliability: Floats) -> None:
        self.mean = 50 + reliability * (t - 50)
        self.sd = np.maximum(10 * np.sqrt(reliability * (1 - reliability)), 1e-9)

    def chance_within(self, requirement: Requirement) -> Floats:
        """Probability, 0–1, that the true standing lies in the range; (n_people,)."""
        high = np.inf if requirement.high is None else requirement.high
        inside: Floats = ndtr((high - self.mean) / self.sd) - ndtr((requirement.low - self.mean) / self.sd)
        return inside

    def expected_match(self, requirement: Requirement) -> Floats:
        """Mean of the match over the true standing, in closed form; (n_people,)."""
        return 100 - self.shortfall(np.full((1, 1), 100.0), requirement)[:, 0]

    def shortfall(self, y: Floats, requirement: Requirement) -> Floats:
        """`E[(y − match)₊]` for 0 ≤ y ≤ 100: the integrated distribution function of the match.

        With `ψ(x) = E[(x − τ)₊]`, the part below the range gives
        `4 (ψ(low − (100 − y)/4) − ψ(low − 25))`, and the part above it likewise, mirrored.

        y : (1, k) or (n_people, k); returns (n_people, k)
        """
        inwards = (100 - y) / PER_T
        lost = PER_T * (self._below(requirement.low - inwards) - self._below(requirement.low - REACH))
        if requirement.high is not None:
            lost = lost + PER_T * (self._above(requirement.high + inwards) - self._above(requirement.high + REACH))
        return lost

    def _below(self, x: Floats | float) -> Floats:
        """`E[(x − τ)₊]`."""
        mean, sd = self.mean[:, None], self.sd[:, None]
        z = (x - mean) / sd
        value: Floats = sd * (z * ndtr(z) + np.exp(-z * z / 2) / np.sqrt(2 * np.pi))
        return value

    def _above(self, x: Floats | float) -> Floats:
        """`E[(τ − x)₊]`."""
        mean, sd = self.mean[:, None], self.sd[:, None]
        z = (mean - x) / sd
        value: Floats = sd * (z * ndtr(z) + np.exp(-z * z / 2) / np.sqrt(2 * np.pi))
        return value
