"""The graded response model: how likely each answer is at a level of the trait.

`P(X ≥ k) = 1 / (1 + exp(−a (θ − b_k)))`, a in the logistic metric without 1.7. θ has mean 0
and SD 1 in the group the items were calibrated on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import expit

from assessment.instruments.sheets import Floats, Ints


@dataclass(frozen=True)
class ItemParameters:
    """Slopes and thresholds of calibrated items.

    slopes : (n_items,) a; thresholds : (n_items, n_steps) b_k, rising. NaN means that the answers on
    the two sides of that step were not told apart when the item was calibrated: they count as one.
    """

    items: tuple[str, ...]
    slopes: Floats
    thresholds: Floats

    @cached_property
    def _place(self) -> dict[str, int]:
        return {item: at for at, item in enumerate(self.items)}

    def __contains__(self, item: object) -> bool:
        return item in self._place

    def of(self, items: Sequence[str]) -> "ItemParameters":
        at = [self._place[item] for item in items]
        return ItemParameters(tuple(items), self.slopes[at], self.thresholds[at])


def category_probabilities(theta: Floats, slopes: Floats, thresholds: Floats) -> Floats:
    """Probability of each answer category.

    Parameters
    ----------
    theta : (n_people,) level of the trait
    slopes : (n_items,) a
    thresholds : (n_items, n_steps) b, rising; categories beside a NaN share one probability

    Returns
    -------
    (n_people, n_items, n_steps + 1), each row of categories adds up to 1 (but for shared ones)

    References
    ----------
    Samejima (1969). https://doi.org/10.1007/BF03372160
    """
    z = slopes[None, :, None] * (theta[:, None, None] - thresholds[None, :, :])
    end = np.full((*z.shape[:2], 1), np.inf)
    bounds = np.concatenate((end, z, -end), axis=2)
    lower = _filled(bounds[:, :, :-1], thresholds, from_below=True)
    upper = _filled(bounds[:, :, 1:], thresholds, from_below=False)
    # near 1 a difference of two curves loses its digits; turned round, they are near 0 and keep them
    probabilities: Floats = np.where(upper > 0, expit(-upper) - expit(-lower), expit(lower) - expit(upper))
    return probabilities


def item_information(theta: Floats, parameters: ItemParameters) -> Floats:
    """Fisher information of each item, (n_people, n_items): how much an answer to it would say at that level.

    `Σ_k (P*'_k − P*'_{k+1})² / P_k`, with P*' the slope of the boundary curves.

    References
    ----------
    Samejima (1969). https://doi.org/10.1007/BF03372160
    """
    slopes, thresholds = parameters.slopes, parameters.thresholds
    at_least = expit(slopes[None, :, None] * (theta[:, None, None] - thresholds[None, :, :]))
    slope = np.where(np.isnan(at_least), np.nan, slopes[None, :, None] * at_least * (1 - at_least))
    flat = np.zeros((*slope.shape[:2], 1))
    bounds = np.concatenate((flat, slope, flat), axis=2)
    lower = _filled(bounds[:, :, :-1], thresholds, from_below=True)
    upper = _filled(bounds[:, :, 1:], thresholds, from_below=False)
    p = category_probabilities(theta, slopes, thresholds)
    shares = 1.0 / sharing(thresholds)
    with np.errstate(invalid="ignore", divide="ignore"):
        each = np.where(p > 1e-300, (lower - upper) ** 2 / p, 0.0)
    information: Floats = (each * shares[None]).sum(axis=2)
    return information


def total_information(theta: Floats, parameters: ItemParameters) -> Floats:
    """(n_people,) sum of the information of the items; `1/√` of it is the standard error of a maximum-likelihood θ."""
    total: Floats = item_information(theta, parameters).sum(axis=1)
    return total


def simulate(theta: Floats, slopes: Floats, thresholds: Floats, *, rng: np.random.Generator, low: int = 1) -> Ints:
    """Made-up answers in the facet's direction, (n_people, n_items), from `low` upwards."""
    reached = np.cumsum(category_probabilities(theta, slopes, thresholds), axis=2)[:, :, :-1]
    draw = rng.random((len(theta), len(slopes), 1))
    answers: Ints = low + (draw > reached).sum(axis=2)
    return answers


def _filled(bounds: Floats, thresholds: Floats, *, from_below: bool) -> Floats:
    """Boundaries of categories, those beside a step not told apart taken from the next one known."""
    if not np.isnan(thresholds).any():
        return bounds
    filled = bounds.copy()
    steps = filled.shape[2]
    order = range(1, steps) if from_below else range(steps - 2, -1, -1)
    for at in order:
        before = at - 1 if from_below else at + 1
        filled[:, :, at] = np.where(np.isnan(filled[:, :, at]), filled[:, :, before], filled[:, :, at])
    return filled


def sharing(thresholds: Floats) -> Floats:
    """(n_items, n_categories): how many categories share the probability of each."""
    group = np.concatenate((np.zeros((len(thresholds), 1)), np.cumsum(~np.isnan(thresholds), axis=1)), axis=1)
    sharing: Floats = (group[:, :, None] == group[:, None, :]).sum(axis=2).astype(float)
    return sharing
