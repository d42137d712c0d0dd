"""Graded items fitted by marginal maximum likelihood: EM with acceleration, and the information for standard errors."""

import numpy as np

from assessment.instruments.sheets import Bools, Codes, Floats
from assessment.scoring.graded import ItemParameters
from assessment.scoring.irt import POINTS, likelihoods, prior
from assessment.scoring.kernels import Kernels

MOST_STEPS = 2000
_CLOSE = 1e-5  # largest change of a parameter in one step of EM
STEEPEST = 15.0  # a slope beyond says that the answers have no finite maximum
_NUDGE = 1e-5  # of a parameter, for differences of the gradient


class GradedItems:
    """Slope and intercepts of every item as one vector, `z_k = a θ + d_k`, `P(X ≥ k) = 1 / (1 + exp(−z_k))`.

    A step is known where the answer above it occurs and is not the lowest that does.
    """

    def __init__(self, codes: Codes, categories: int) -> None:
        occurs = np.array([[(item == code).any() for code in range(1, categories + 1)] for item in codes])
        below = np.cumsum(occurs, axis=1)[:, :-1] > 0
        self.known: Bools = occurs[:, 1:] & below
        self.n_items, self.categories = len(codes), categories
        self._groups = [np.flatnonzero(self.known.sum(axis=1) == steps) for steps in np.unique(self.known.sum(axis=1))]

    def start(self, codes: Codes) -> Floats:
        """Slopes from the correlation with the sum of the others, intercepts from how often each step is reached."""
        answers = np.where(codes == 0, np.nan, codes.astype(float))
        centred = np.nan_to_num(answers - np.nanmean(answers, axis=1, keepdims=True))
        others = centred.sum(axis=0) - centred
        spread = np.sqrt((centred**2).sum(axis=1) * (others**2).sum(axis=1))
        r = np.clip((centred * others).sum(axis=1) / np.maximum(spread, 1e-12), -0.8, 0.85)
        slopes = 1.7 * r / np.sqrt(1 - r * r) + np.where(r < 0, -0.3, 0.3)
        n = (codes != 0).sum(axis=1)
        reached = np.array([(codes > step).sum(axis=1) for step in range(1, self.categories)]).T / n[:, None]
        shares = np.clip(reached, 1e-4, 1 - 1e-4)
        intercepts = np.log(shares / (1 - shares)) * np.sqrt(1 + slopes[:, None] ** 2 / 3)
        return np.concatenate((slopes[:, None], np.where(self.known, intercepts, np.nan)), axis=1)

    def parameters(self, values: Floats) -> tuple[Floats, Floats]:
        """(slopes, thresholds) of a table of values (n_items, 1 + n_steps)."""
        return values[:, 0], -values[:, 1:] / values[:, :1]

    def right(self, values: Floats) -> bool:
        """Whether every known intercept lies below the one before, and no slope has run away."""
        for items in self._groups:
            steps = self._steps(values, items)
            if not (np.isfinite(steps).all() and (np.diff(steps, axis=1) < 0).all()):
                return False
        return bool((np.abs(values[:, 0]) <= STEEPEST).all())

    @property
    def free(self) -> Bools:
        """(n_items, 1 + n_steps) which values there are: every slope, and the known steps."""
        return np.concatenate((np.ones((self.n_items, 1), dtype=bool), self.known), axis=1)

    def vector(self, values: Floats) -> Floats:
        return values[self.free]

    def table(self, vector: Floats) -> Floats:
        values = np.full(self.free.shape, np.nan)
        values[self.free] = vector
        return values

    def tables(self, values: Floats) -> Floats:
        """What each answer says at each point, under these values."""
        return likelihoods(ItemParameters((), *self.parameters(values)))

    def gradient(self, values: Floats, counts: Floats) -> Floats:
        """Derivatives of the expected log-likelihood by the vector of values."""
        found = np.full(self.free.shape, np.nan)
        for items in self._groups:
            steps = self._steps(values, items)
            self._put(found, items, _slope_and_information(values[items, 0], steps, self._merged(counts, items))[0])
        return self.vector(found)

    def by_threshold(self, values: Floats) -> Floats:
        """Derivatives of (a, b_1 …) by (a, d_1 …) for the whole vector; `b = −d/a`."""
        size = int(self.free.sum())
        turn, at = np.zeros((size, size)), 0
        for item in range(self.n_items):
            own = values[item][self.free[item]]
            slope, steps = own[0], own[1:]
            turn[at, at] = 1.0
            for place, step in enumerate(steps, start=1):
                turn[at + place, at], turn[at + place, at + place] = step / slope**2, -1 / slope
            at += len(own)
        return turn

    def improve(self, values: Floats, counts: Floats) -> Floats:
        """One step of Fisher scoring for every item on the expected counts; halved until the order holds."""
        better = values.copy()
        for items in self._groups:
            slope, steps = values[items, 0], self._steps(values, items)
            merged = self._merged(counts, items)
            change = _scoring_step(slope, steps, merged)
            for _ in range(30):
                moved = steps + change[:, 1:]
                wrong = (np.diff(moved, axis=1) >= 0).any(axis=1)
                if not wrong.any():
                    break
                change[wrong] /= 2
            self._put(better, items, np.concatenate((slope[:, None], steps), axis=1) + change)
        return better

    def _steps(self, values: Floats, items: np.typing.NDArray[np.intp]) -> Floats:
        return np.stack([values[item, 1:][self.known[item]] for item in items])

    def _put(self, values: Floats, items: np.typing.NDArray[np.intp], found: Floats) -> None:
        """Write (a, d_1 …) of items with as many known steps each to their places in the table of values."""
        for item, own in zip(items, found, strict=True):
            values[item, self.free[item]] = own

    def _merged(self, counts: Floats, items: np.typing.NDArray[np.intp]) -> Floats:
        """(n_items, n_known_categories, n_points): counts of answers not told apart added up."""
        merged = []
        for item in items:
            starts = np.concatenate(([0], np.flatnonzero(self.known[item]) + 1))
            merged.append(np.add.reduceat(counts[item, 1:], starts, axis=0))
        return np.stack(merged)


def _scoring_step(slope: Floats, steps: Floats, counts: Floats) -> Floats:
    """Change of (a, d_1 …) by one step of Fisher scoring, (n_items, 1 + n_steps)."""
    gradient, information = _slope_and_information(slope, steps, counts)
    trace = np.trace(information, axis1=1, axis2=2)[:, None, None]
    ridge = np.eye(gradient.shape[1]) * (1e-9 * trace + 1e-8)  # also where the items say nothing at all
    change: Floats = np.linalg.solve(information + ridge, gradient[:, :, None])[:, :, 0]
    return np.clip(change, -1.0, 1.0)


def _slope_and_information(slope: Floats, steps: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Gradient and expected information of the expected log-likelihood by (a, d_1 …) of items with as many steps each.

    counts : (n_items, n_steps + 1, n_points) people expected with each answer at each point
    """
    z = slope[:, None, None] * POINTS + steps[:, :, None]
    reached = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
    weight = reached * (1 - reached)
    edge = np.zeros_like(reached[:, :1])
    bounds = np.concatenate((edge + 1, reached, edge), axis=1)
    p = np.maximum(bounds[:, :-1] - bounds[:, 1:], 1e-12)
    ratio = counts / p
    gradient = (ratio[:, 1:] - ratio[:, :-1]) * weight
    people = counts.sum(axis=1)[:, None]
    own = people * weight**2 * (1 / p[:, 1:] + 1 / p[:, :-1])
    next_ = -people * weight[:, :-1] * weight[:, 1:] / p[:, 1:-1]
    n_items, n_steps = steps.shape
    information = np.zeros((n_items, 1 + n_steps, 1 + n_steps))
    at = np.arange(n_steps)
    information[:, 1 + at, 1 + at] = own.sum(axis=2)
    information[:, 1 + at[:-1], 2 + at[:-1]] = information[:, 2 + at[:-1], 1 + at[:-1]] = next_.sum(axis=2)
    row = own.copy()
    row[:, :-1] += next_
    row[:, 1:] += next_
    information[:, 0, 1:] = information[:, 1:, 0] = row @ POINTS
    information[:, 0, 0] = row.sum(axis=1) @ (POINTS**2)
    by_value = np.concatenate(((gradient.sum(axis=1) @ POINTS)[:, None], gradient.sum(axis=2)), axis=1)
    return by_value, information


def climb(
    model: GradedItems, start: Floats, patterns: Codes, weights: Floats, kernels: Kernels
) -> tuple[Floats, int, bool]:
    """EM with squared extrapolation: two steps, then a long one where that is no less likely than after the first.

    Returns the values, how many steps were taken, and whether they settled: not so where a slope runs away,
    since such answers have no finite maximum.
    """
    weights_of_points = prior()

    def step(values: Floats) -> tuple[Floats, float]:
        counts, log_likelihood = kernels.expected_counts(patterns, weights, model.tables(values), weights_of_points)
        return model.improve(values, counts), log_likelihood

    values, iterations = start, 0
    while iterations < MOST_STEPS:
        first, _ = step(values)
        second, between = step(first)
        iterations += 2
        if not model.right(second):
            return second, iterations, False
        one, two = first - values, (second - first) - (first - values)
        if np.nanmax(np.abs(second - first)) < _CLOSE:
            return second, iterations, True
        length = -np.sqrt(np.nansum(one**2) / max(np.nansum(two**2), 1e-300))
        values = second
        if length < -1:
            far = first - one - 2 * length * one + length**2 * two
            if model.right(far):
                landed, after = step(far)
                iterations += 1
                if after >= between and model.right(landed):
                    values = landed
    return values, iterations, False


def standard_errors(model: GradedItems, values: Floats, patterns: Codes, weights: Floats, kernels: Kernels) -> Floats:
    """(n_items, 1 + n_steps) standard errors of a and every known b, from the observed information.

    The gradient of the log-likelihood is that of the expected complete one at the same parameters (Fisher's
    identity); its differences give the information, as in Oakes' method. NaN where that has no inverse.
    """
    at, free = model.vector(values), model.free

    def gradient(vector: Floats) -> Floats:
        table = model.table(vector)
        counts, _ = kernels.expected_counts(patterns, weights, model.tables(table), prior())
        return model.gradient(table, counts)

    here = gradient(at)
    slope = np.stack([(gradient(at + side) - here) / _NUDGE for side in _NUDGE * np.eye(len(at))])
    information = -(slope + slope.T) / 2
    se = np.full(values.shape, np.nan)
    if np.linalg.eigvalsh(information)[0] > 1e-8 * np.trace(information):
        turn = model.by_threshold(values)
        se[free] = np.sqrt(np.diag(turn @ np.linalg.inv(information) @ turn.T))
    return se


def patterns_of(codes: Codes, categories: int) -> tuple[Codes, Floats]:
    """Distinct sheets and how many people gave each; of many items every sheet is taken as it is."""
    if (categories + 1) ** len(codes) >= 2**63:
        return codes, np.ones(codes.shape[1])
    number = np.zeros(codes.shape[1], dtype=np.int64)
    for item in codes:
        number *= categories + 1
        number += item
    _, first, counts = np.unique(number, return_index=True, return_counts=True)
    return np.ascontiguousarray(codes[:, first]), counts.astype(float)
