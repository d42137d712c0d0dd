"""Whether somebody who answered twice has changed by more than the error of the questionnaire."""

import numpy as np

from assessment.instruments.sheets import Bools, Floats

CRITICAL = 1.96  # of the normal curve: 5 in 100 people without any change lie beyond
WITHIN = 0.95  # and so many within


def reliable_change(t1: Floats, t2: Floats, *, sem1: Floats, sem2: Floats) -> Floats:
    """Reliable change index: the difference between two standings in units of its own error.

    `rci = (t2 − t1) / √(sem1² + sem2²)`. Above 0: more at the second time. Assumes that the errors of both times
    are normal and independent, and that both standings come from the same norm group. It says nothing about why
    somebody changed. With twelve facets, one or more of them lies beyond 1.96 for about 46 in 100 people who have
    not changed at all: see `by_chance`.

    Parameters
    ----------
    t1, t2 : standings in T at the first and at the second time, of any shape; NaN where not scored
    sem1, sem2 : standard errors of measurement in T, of a shape that goes with them

    Returns
    -------
    float array; NaN where a standing or an error is missing

    References
    ----------
    Jacobson & Truax (1991). https://doi.org/10.1037/0022-006X.59.1.12

    >>> found = reliable_change(np.array([40.0, 50.0]), np.array([56.0, 56.0]), sem1=np.array(6.0), sem2=np.array(8.0))
    >>> found.tolist()
    [1.6, 0.6]
    """
    return (np.asarray(t2, dtype=float) - t1) / error_of_difference(sem1, sem2)


def error_of_difference(sem1: Floats, sem2: Floats) -> Floats:
    """Standard error of the difference of two standings, in T: `√(sem1² + sem2²)`; NaN where one is not above 0."""
    found = np.hypot(np.asarray(sem1, dtype=float), sem2)
    return np.where(found > 0, found, np.nan)


def margin_of_noise(sem1: Floats, sem2: Floats) -> Floats:
    """The difference in T up to which two standings are not told apart: `1.96 · √(sem1² + sem2²)`.

    >>> float(margin_of_noise(np.array(6.0), np.array(8.0)))
    19.6
    """
    return CRITICAL * error_of_difference(sem1, sem2)


def by_chance(facets: int) -> float:
    """Share of people without any change for whom at least one of so many facets seems changed; the errors of facets
    taken as independent.

    >>> round(by_chance(12), 2)
    0.46
    """
    return 1 - WITHIN**facets


def changed(rci: Floats) -> Bools:
    """Whether a change is more than noise: `|rci| > 1.96`; False where there is no index."""
    return np.asarray(np.abs(rci) > CRITICAL, dtype=bool)
