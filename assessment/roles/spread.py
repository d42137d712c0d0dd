"""How far a fit may be off: the distribution of a weighted mean of independent matches."""

from collections.abc import Sequence

import numpy as np
from scipy import fft

from assessment.instruments.sheets import Floats, Ints
from assessment.roles.match import TrueStanding
from assessment.roles.profile import Requirement

STEPS = 1000  # of 0.1 points over 0–100
_CHUNK = 512  # people at a time, so that memory stays flat


def fit_quantiles(
    true: Sequence[TrueStanding], requirements: Sequence[Requirement], weights: Floats, levels: Sequence[float]
) -> Floats:
    """Quantiles of `Σ w·match / Σ w`, the facets independent of each other.

    Each weighted match is laid on a grid of 0.1 points so that its mean is kept exactly
    (mass is split between neighbours), and the sum is found by fast Fourier transform.
    Accurate to about 0.1 points.

    Parameters
    ----------
    true : per requirement, the true standings of the same n_people
    weights : (n_people, n_requirements), 0 where not measured
    levels : probabilities, for instance (.1, .9)

    Returns
    -------
    (n_people, n_levels), NaN where all weights are 0
    """
    quantiles = np.full((len(weights), len(levels)), np.nan)
    total = weights.sum(axis=1)
    known = np.flatnonzero(total > 0)
    for start in range(0, len(known), _CHUNK):
        rows = known[start : start + _CHUNK]
        shares = weights[rows] / total[rows, None]
        mass = _mass_of_sum(true, requirements, shares, rows)
        quantiles[rows] = _quantiles(mass, levels)
    return quantiles


def _mass_of_sum(
    true: Sequence[TrueStanding], requirements: Sequence[Requirement], shares: Floats, rows: Ints
) -> Floats:
    size = fft.next_fast_len(STEPS + 2 * len(requirements) + 2, real=True)
    product = np.ones((len(rows), size // 2 + 1), dtype=np.complex128)
    for at, requirement in enumerate(requirements):
        measured = np.flatnonzero(shares[:, at] > 0)
        if measured.size:
            mass = _mass_of_match(_of(true[at], rows[measured]), requirement, shares[measured, at])
            product[measured] *= fft.rfft(mass, n=size, axis=1)
    summed: Floats = np.maximum(fft.irfft(product, n=size, axis=1), 0)
    return summed


def _mass_of_match(true: TrueStanding, requirement: Requirement, share: Floats) -> Floats:
    """Probability mass of `share · match` at 0, 0.1, 0.2 …, from second differences of its integrated distribution."""
    step = 100 / STEPS
    points = int(np.ceil(share.max() * STEPS)) + 2
    x = np.arange(-1, points + 1) * step  # one before 0, one past the end
    y = x[None, :] / share[:, None]
    integrated = true.shortfall(np.clip(y, 0, 100), requirement) + np.maximum(y - 100, 0)
    integrated = np.where(y <= 0, 0.0, integrated) * share[:, None]
    return np.diff(integrated, n=2, axis=1) / step


def _quantiles(mass: Floats, levels: Sequence[float]) -> Floats:
    step = 100 / STEPS
    reached = np.cumsum(mass, axis=1)
    reached /= reached[:, -1:]
    found = np.empty((len(mass), len(levels)))
    people = np.arange(len(mass))
    for column, level in enumerate(levels):
        at = (reached < level).sum(axis=1)
        before = np.where(at > 0, reached[people, np.maximum(at - 1, 0)], 0.0)
        inside = (level - before) / np.maximum(reached[people, at] - before, 1e-300)
        found[:, column] = np.clip((at - 0.5 + inside) * step, 0, 100)
    return found


def _of(true: TrueStanding, rows: Ints) -> TrueStanding:
    part = TrueStanding.__new__(TrueStanding)
    part.mean, part.sd = true.mean[rows], true.sd[rows]
    return part
