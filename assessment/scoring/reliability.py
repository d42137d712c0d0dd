"""How far the items of a facet agree with each other, and how each item does."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.stats import f as f_distribution

from assessment.instruments.sheets import Codes, Floats, Sheets

COMPOSITE, FEEDBACK = 0.80, 0.70  # SCIENCE 1: a composite that a decision leans on; a facet shown as feedback
_BLOCK = 16_384
Matrix = npt.NDArray[Any]  # single or double precision


@dataclass(frozen=True)
class Moments:
    """What covariances are made of; moments of two halves of the people add up to those of all.

    n, sums, squares, products : (n_items, n_items). n[i, j] people answered both i and j; sums[i, j] and
    squares[i, j] add up their answers to i and the squares of those, products[i, j] those to i × j, all
    as codes. The last three are the same over people who answered every item.
    """

    n: Floats
    sums: Floats
    squares: Floats
    products: Floats
    n_complete: float
    sums_complete: Floats
    products_complete: Floats

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(**{name: value + getattr(other, name) for name, value in vars(self).items()})

    def pairwise(self) -> Floats:
        """Covariances (n − 1), each pair over the people who answered both; NaN where fewer than two did.

        Each pair's means are those of its own people, as in R's `cov(use="pairwise")`.
        """
        return _covariance(self.n, self.sums, self.products)

    def listwise(self) -> Floats:
        """Covariances over the people who answered every item."""
        sums = np.repeat(self.sums_complete[:, None], len(self.sums_complete), axis=1)
        return _covariance(np.full_like(self.n, self.n_complete), sums, self.products_complete)

    def correlations(self) -> Floats:
        """Each pair over the people who answered both, SDs theirs too, as in R's `cor(use="pairwise")`."""
        with np.errstate(invalid="ignore", divide="ignore"):
            variance = (self.squares - self.sums**2 / self.n) / (self.n - 1)
            return self.pairwise() / np.sqrt(variance * variance.T)


@dataclass(frozen=True)
class ItemStatistics:
    """One item in its facet. mean and sd in response units, counted in the facet's direction; None: not defined.

    r_drop : correlation with the sum of the facet's other items; alpha_if_dropped : α of those others
    """

    item: str
    r_drop: float | None
    alpha_if_dropped: float | None
    mean: float | None
    sd: float | None
    n: int


@dataclass(frozen=True)
class FacetReliability:
    """How consistent a facet is; n people answered at least one of its items, n_complete all of them."""

    facet: str
    n: int
    n_complete: int
    n_items: int
    alpha: float | None
    alpha_listwise: float | None
    alpha_ci95: tuple[float, float] | None
    omega_total: float | None
    average_r: float | None
    sem_t: float | None
    items: tuple[ItemStatistics, ...]


def reliability(sheets: Sheets) -> tuple[FacetReliability, ...]:
    """Reliability of every facet and its items, facets in the questionnaire's order."""
    collected = ReliabilityCount(sheets)
    collected.add(sheets)
    return collected.result()


class ReliabilityCount:
    """Reliability of more sheets than fit in memory: `add` them block by block, then take the `result`."""

    def __init__(self, like: Sheets) -> None:
        self._parts = {facet.id: like.of_facet(facet.id).items for facet in like.facets}
        self._low = like.format.low
        self._moments: dict[str, Moments] = {}
        self._people = dict.fromkeys(self._parts, 0)

    def add(self, sheets: Sheets) -> None:
        for facet in self._parts:
            own = sheets.of_facet(facet).keyed_codes
            found = moments(own)
            self._moments[facet] = self._moments[facet] + found if facet in self._moments else found
            self._people[facet] += int(own.any(axis=0).sum())

    def result(self) -> tuple[FacetReliability, ...]:
        return tuple(
            _facet(facet, [item.id for item in items], self._moments[facet], self._people[facet], self._low)
            for facet, items in self._parts.items()
        )


def moments(codes: Codes) -> Moments:
    """Moments of keyed codes, (n_items, n_people), 0 where unanswered."""
    total = _moments_of_block(codes[:, :_BLOCK])
    for start in range(_BLOCK, codes.shape[1], _BLOCK):
        total += _moments_of_block(codes[:, start : start + _BLOCK])
    return total


def alpha(covariance: Floats) -> float:
    """Cronbach's α, `k/(k−1) · (1 − Σ variances / sum of all covariances)`; NaN when it is not defined.

    An item without variance (everybody gave the same answer) is left out, as in R's psych. Where many
    answers are missing, covariances of different people may contradict each other so that α would come
    out above 1: that is not defined either.

    References
    ----------
    Cronbach (1951). https://doi.org/10.1007/BF02310555
    """
    varying = np.diag(covariance) > 0
    own = covariance if varying.all() else covariance[np.ix_(varying, varying)]
    k, total = len(own), own.sum()
    if k < 2 or not total > 0:
        return float("nan")
    value = float(k / (k - 1) * (1 - np.trace(own) / total))
    return value if value <= 1 else float("nan")


def alpha_interval(value: float, *, n: int, k: int, level: float = 0.95) -> tuple[float, float]:
    """Confidence interval of α for n people and k items; NaN when it is not defined.

    References
    ----------
    Feldt, Woodruff & Salih (1987). https://doi.org/10.1177/014662168701100107
    """
    if n < 2 or k < 2 or np.isnan(value):
        return float("nan"), float("nan")
    tail, free = (1 - level) / 2, (n - 1, (n - 1) * (k - 1))
    low, high = (1 - (1 - value) * f_distribution.ppf(p, *free) for p in (1 - tail, tail))
    return float(low), float(high)


def one_factor(correlation: Floats) -> tuple[Floats, Floats]:
    """Loadings and unique variances of one factor by minimum residuals; NaN when they are not defined.

    Minimises the squared residuals off the diagonal, `Σ (r_ij − λ_i λ_j)²`; loadings are positive in sum.

    References
    ----------
    Harman & Jones (1966). https://doi.org/10.1007/BF02289468
    """
    k = len(correlation)
    undefined = np.full(k, np.nan), np.full(k, np.nan)
    if k < 3 or not np.isfinite(correlation).all():
        return undefined

    squared = 1 - 1 / np.clip(np.diag(np.linalg.pinv(correlation)), 1.0, None)
    values, vectors = np.linalg.eigh(correlation - np.diag(1 - squared))
    start = vectors[:, -1] * np.sqrt(max(values[-1], 0.0))

    def value(own: Floats) -> tuple[float, Floats]:
        residual = correlation - np.outer(own, own)
        np.fill_diagonal(residual, 0)
        return float((residual**2).sum() / 2), -2 * residual @ own

    found = minimize(
        value, start, jac=True, method="L-BFGS-B", bounds=[(-1.0, 1.0)] * k, options={"ftol": 1e-15, "gtol": 1e-9}
    ).x
    own = found if found.sum() >= 0 else -found
    return own, 1 - own**2


def omega_total(correlation: Floats) -> float:
    """ω total of one factor, `1 − Σ unique / Σ correlations`, the share of the sum's variance that is common.

    The denominator is the observed variance of the standardised sum, as in R's psych. Not defined outside 0 to 1.

    References
    ----------
    McDonald (1999), Test theory: A unified treatment. Revelle & Condon (2019). https://doi.org/10.1037/pas0000754
    """
    _, unique = one_factor(correlation)
    total = correlation.sum()
    if np.isnan(unique).any() or not len(unique) or not total > 0:
        return float("nan")
    value = float(1 - unique.sum() / total)
    return value if 0 <= value <= 1 else float("nan")


def _facet(facet: str, ids: list[str], found: Moments, people: int, low: int) -> FacetReliability:
    covariance = found.pairwise()
    varying = np.diag(covariance) > 0
    sd = np.sqrt(np.diag(covariance)[varying])
    among = covariance[np.ix_(varying, varying)] / np.outer(sd, sd)
    own, k = alpha(covariance), len(among)
    ci = alpha_interval(own, n=people, k=k)
    return FacetReliability(
        facet=facet,
        n=people,
        n_complete=int(found.n_complete),
        n_items=len(ids),
        alpha=known(own),
        alpha_listwise=known(alpha(found.listwise())),
        alpha_ci95=None if np.isnan(ci[0]) else ci,
        omega_total=known(omega_total(found.correlations()[np.ix_(varying, varying)])),
        average_r=known((among.sum() - k) / (k * (k - 1))) if k > 1 else None,
        sem_t=known(10 * np.sqrt(1 - max(own, 0.0))),
        items=tuple(_item(id_, at, found, covariance, low) for at, id_ in enumerate(ids)),
    )


def _item(id_: str, at: int, found: Moments, covariance: Floats, low: int) -> ItemStatistics:
    others = (np.arange(len(covariance)) != at) & (np.diag(covariance) > 0)
    variance, n = covariance[at, at], int(found.n[at, at])
    total = covariance[np.ix_(others, others)].sum()
    r_drop = covariance[at, others].sum() / np.sqrt(variance * total) if variance > 0 and total > 0 else np.nan
    return ItemStatistics(
        item=id_,
        r_drop=known(r_drop) if abs(r_drop) <= 1 + 1e-9 else None,
        alpha_if_dropped=known(alpha(covariance[np.ix_(others, others)])),
        mean=found.sums[at, at] / n + low - 1 if n else None,
        sd=known(np.sqrt(variance)) if n > 1 else None,
        n=n,
    )


def _moments_of_block(codes: Codes) -> Moments:
    # sums of a block of small squares stay below 2**24, where single precision is exact
    exact = int(codes.max(initial=0)) ** 2 * _BLOCK < 2**24
    values: Matrix = codes.astype(np.float32 if exact else np.float64)
    if codes.min(initial=1):
        products = (values @ values.T).astype(float)
        sums = values.sum(axis=1, dtype=float)
        n, by_pair = np.full_like(products, codes.shape[1]), np.repeat(sums[:, None], len(codes), axis=1)
        squares = np.repeat(np.diag(products)[:, None], len(codes), axis=1)
        return Moments(n, by_pair, squares, products, float(codes.shape[1]), sums, products)
    given: Matrix = (codes != 0).astype(values.dtype)
    complete = given.min(axis=0)
    whole = values * complete
    return Moments(
        (given @ given.T).astype(float),
        (values @ given.T).astype(float),
        ((values * values) @ given.T).astype(float),
        (values @ values.T).astype(float),
        float(complete.sum()),
        whole.sum(axis=1, dtype=float),
        (whole @ whole.T).astype(float),
    )


def _covariance(n: Floats, sums: Floats, products: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = (products - sums * sums.T / n) / (n - 1)
    return np.where(n > 1, covariance, np.nan)


def known(value: float) -> float | None:
    """A number, or None where it is not defined."""
    return float(value) if np.isfinite(value) else None
