"""How far the items of a facet agree with each other."""

import numpy as np

from assessment.scoring.classical import Floats


def pairwise_covariance(keyed: Floats) -> Floats:
    """Covariances (n − 1) of the columns, each pair over the people who answered both; NaN where fewer than two did.

    Each pair's means are those of its own people, as in R's `cov(use="pairwise")`.
    """
    given = (~np.isnan(keyed)).astype(float)
    values = np.nan_to_num(keyed)
    n = given.T @ given
    sums = values.T @ given
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = (values.T @ values - sums * sums.T / n) / (n - 1)
    return np.where(n > 1, covariance, np.nan)


def alpha(keyed: Floats) -> float:
    """Cronbach's α from the pairwise covariance matrix; NaN when it is not defined.

    keyed : (n_people, n_items) answers in the facet's direction, NaN where unanswered

    References
    ----------
    Cronbach (1951). https://doi.org/10.1007/BF02310555
    """
    k = keyed.shape[1]
    if k < 2:
        return float("nan")
    covariance = pairwise_covariance(keyed)
    total = covariance.sum()
    if not total > 0:
        return float("nan")
    return float(k / (k - 1) * (1 - np.trace(covariance) / total))
