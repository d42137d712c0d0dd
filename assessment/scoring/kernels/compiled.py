"""The inner loops compiled by Numba, kept on disk after the first call. Imported in batches and calibration only.

Two or three items are joined into one with all their answers together (6 × 6 × 6 = 216 of three items with five
answers each), so that a sheet of sixty items is twenty look-ups instead of sixty. Rows of the joined tables have
their largest value at 1; its logarithm is kept beside them.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

from assessment.instruments.sheets import Codes, Floats
from assessment.scoring.kernels import plain

_Function = TypeVar("_Function", bound=Callable[..., Any])
_Joined = npt.NDArray[np.uint16]
_FAST = {"reassoc", "contract", "nsz"}  # sums may be reordered; NaN keeps its meaning
_WIDTH = 64  # points, padded so that the compiler can use whole registers
_ROWS = 400  # of a joined table at the most: with 64 points it stays in the processor's second cache
_PEOPLE = 64  # worked on at a time, in the first cache
# precision, and the log of the sum of products below which points that matter may have been lost on the way
_PRECISIONS: tuple[tuple[Any, float], ...] = ((np.float32, -69.0), (np.float64, -600.0))


def _inlined(function: _Function) -> _Function:
    """Written into its callers, so that the compiler sees that its arrays do not overlap."""
    return cast(_Function, numba.njit(inline="always", fastmath=_FAST)(function))


def _compiled(function: _Function) -> _Function:
    return cast(_Function, numba.njit(cache=True, nogil=True, fastmath=_FAST)(function))


def posterior_moments(codes: Codes, tables: Floats, prior: Floats, points: Floats) -> tuple[Floats, Floats]:
    """Single precision (error below 1e-5) serves nearly everybody; the few whose answers contradict each
    other so much that their product leaves its range are worked out again in double, then with logarithms."""
    mean, sd = np.empty(codes.shape[1]), np.empty(codes.shape[1])
    joined, rows, _ = _join(codes, tables)
    left = np.arange(codes.shape[1])
    for precision, least in _PRECISIONS:
        own = joined if len(left) == codes.shape[1] else np.ascontiguousarray(joined[:, left])
        found = np.empty(len(left)), np.empty(len(left))
        weights, places = (_padded(values).astype(precision) for values in (prior, points))
        _posterior_moments(own, rows.astype(precision), weights, places, least, *found)
        mean[left], sd[left] = found
        left = left[np.isnan(found[0])]
        if not len(left):
            return mean, sd
    mean[left], sd[left] = plain.posterior_moments(codes[:, left], tables, prior, points)
    return mean, sd


def expected_counts(codes: Codes, weights: Floats, tables: Floats, prior: Floats) -> tuple[Floats, float]:
    joined, rows, logs = _join(codes, tables)
    counts = np.zeros_like(rows)
    lost = np.zeros(codes.shape[1], dtype=np.bool_)
    log_likelihood = _expected_counts(joined, weights, rows, logs, _padded(prior), counts, lost)
    total = _parted(counts, tables)
    if lost.any():
        more, log_of_lost = plain.expected_counts(codes[:, lost], weights[lost], tables, prior)
        return total + more, float(log_likelihood) + log_of_lost
    return total, float(log_likelihood)


def fit_terms(codes: Codes, theta: Floats, slopes: Floats, thresholds: Floats) -> tuple[Floats, Floats, Floats]:
    observed, expected, variance = (np.zeros(codes.shape[1]) for _ in range(3))
    _fit_terms(codes, theta, slopes, thresholds, observed, expected, variance)
    return observed, expected, variance


def _join(codes: Codes, tables: Floats) -> tuple[_Joined, Floats, Floats]:
    """Codes of joined items (n_joined, n_people), their rows (n_joined, n_rows, 64) and the logs of the rows' largest."""
    base, size = tables.shape[1], _size(tables)
    groups = range(0, len(codes), size)
    joined = np.zeros((len(groups), codes.shape[1]), dtype=np.uint16)
    rows = np.zeros((len(groups), base**size, _WIDTH))
    logs = np.zeros((len(groups), base**size))
    for group, first in enumerate(groups):
        product = np.ones((1, tables.shape[2]))
        for place, item in enumerate(range(first, min(first + size, len(codes)))):
            joined[group] += codes[item].astype(np.uint16) * np.uint16(base**place)
            product = (tables[item][:, None] * product[None]).reshape(-1, tables.shape[2])
        top = product.max(axis=1)
        rows[group, : len(product), : tables.shape[2]] = product / top[:, None]
        logs[group, : len(product)] = np.log(top)
    return joined, rows, logs


def _parted(counts: Floats, tables: Floats) -> Floats:
    """Expected counts of joined items as those of single items, shaped as `tables`; none for code 0."""
    base, size = tables.shape[1], _size(tables)
    total = np.empty_like(tables)
    for item in range(len(tables)):
        each = counts[item // size].reshape(*[base] * size, _WIDTH)
        place = size - 1 - item % size
        others = tuple(axis for axis in range(size) if axis != place)
        total[item] = each.sum(axis=others)[:, : tables.shape[2]]
    total[:, 0] = 0
    return total


def _size(tables: Floats) -> int:
    """How many items are joined into one."""
    size = 1
    while tables.shape[1] ** (size + 1) <= _ROWS:
        size += 1
    return min(size, len(tables))


def _padded(values: Floats) -> Floats:
    if len(values) > _WIDTH:
        raise ValueError(f"{len(values)} points; there is room for {_WIDTH}")
    padded = np.zeros(_WIDTH)
    padded[: len(values)] = values
    return padded


@_inlined
def _products(joined: _Joined, first: int, people: int, rows: Floats, prior: Floats, products: Floats) -> None:
    """Prior times likelihood of some people at every point."""
    for person in range(people):
        for point in range(_WIDTH):
            products[person, point] = prior[point]
    for group in range(joined.shape[0]):
        for person in range(people):
            row = joined[group, first + person]
            for point in range(_WIDTH):
                products[person, point] *= rows[group, row, point]


@_inlined
def _total(products: Floats, person: int) -> float:
    total: float = products[person, 0] * 0
    for point in range(_WIDTH):
        total += products[person, point]
    return total


@_compiled
def _posterior_moments(
    joined: _Joined,
    rows: Floats,
    prior: Floats,
    points: Floats,
    least: float,
    mean: Floats,
    sd: Floats,
) -> None:
    """NaN where the products came out so small that points which matter may have been lost on the way."""
    products = np.empty((_PEOPLE, _WIDTH), dtype=rows.dtype)
    n = joined.shape[1]
    for first in range(0, n, _PEOPLE):
        people = min(_PEOPLE, n - first)
        _products(joined, first, people, rows, prior, products)
        for person in range(people):
            total = _total(products, person)
            if not total > 0.0 or np.log(total) < least:
                mean[first + person] = sd[first + person] = np.nan
                continue
            middle = square = prior[0] * 0
            for point in range(_WIDTH):
                middle += products[person, point] * points[point]
            middle /= total
            for point in range(_WIDTH):
                square += products[person, point] * (points[point] - middle) ** 2
            mean[first + person] = middle
            sd[first + person] = np.sqrt(square / total)


@_compiled
def _expected_counts(
    joined: _Joined,
    weights: Floats,
    rows: Floats,
    logs: Floats,
    prior: Floats,
    counts: Floats,
    lost: npt.NDArray[np.bool_],
) -> float:
    products = np.empty((_PEOPLE, _WIDTH))
    n, log_likelihood = joined.shape[1], 0.0
    for first in range(0, n, _PEOPLE):
        people = min(_PEOPLE, n - first)
        _products(joined, first, people, rows, prior, products)
        for person in range(people):
            product, weight = products[person], weights[first + person]
            total = _total(products, person)
            if not total > 0.0 or np.log(total) < -600.0:
                lost[first + person] = True
                product[:] = 0.0
                continue
            log_likelihood += weight * np.log(total)
            for group in range(joined.shape[0]):
                log_likelihood += weight * logs[group, joined[group, first + person]]
            share = weight / total
            for point in range(_WIDTH):
                product[point] *= share
        for group in range(joined.shape[0]):
            for person in range(people):
                row = joined[group, first + person]
                for point in range(_WIDTH):
                    counts[group, row, point] += products[person, point]
    return log_likelihood


@_compiled
def _fit_terms(
    codes: Codes,
    theta: Floats,
    slopes: Floats,
    thresholds: Floats,
    observed: Floats,
    expected: Floats,
    variance: Floats,
) -> None:
    n_steps = thresholds.shape[1]
    for item in range(codes.shape[0]):
        for person in range(codes.shape[1]):
            code = codes[item, person]
            if code == 0 or np.isnan(theta[person]):
                continue
            above, mean, square = np.inf, 0.0, 0.0
            said = False
            for step in range(n_steps + 1):
                below = -np.inf
                if step < n_steps:
                    if np.isnan(thresholds[item, step]):
                        continue  # this answer and the next were not told apart
                    below = slopes[item] * (theta[person] - thresholds[item, step])
                if below > 0:  # near 1 a difference loses its digits; turned round it keeps them
                    p = 1 / (1 + np.exp(below)) - 1 / (1 + np.exp(above))
                else:
                    p = 1 / (1 + np.exp(-above)) - 1 / (1 + np.exp(-below))
                p = max(p, 1e-300)
                log_p = np.log(p)
                mean += p * log_p
                square += p * log_p * log_p
                if not said and code <= step + 1:
                    observed[person] += log_p
                    said = True
                above = below
            expected[person] += mean
            variance[person] += square - mean * mean
