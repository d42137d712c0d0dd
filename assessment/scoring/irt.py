"""The graded response model: how likely each answer is at a level of the trait."""

import numpy as np
from scipy.special import expit

from assessment.scoring.classical import Floats, Ints


def category_probabilities(theta: Floats, slopes: Floats, thresholds: Floats) -> Floats:
    """Probability of each answer category, `P(X ≥ k) = 1 / (1 + exp(−a (θ − b_k)))`.

    Parameters
    ----------
    theta : (n_people,) level of the trait, mean 0 and SD 1 in the group calibrated on
    slopes : (n_items,) a, in the logistic metric without 1.7
    thresholds : (n_items, n_steps) b, rising

    Returns
    -------
    (n_people, n_items, n_steps + 1), each row of categories adds up to 1

    References
    ----------
    Samejima (1969). https://doi.org/10.1007/BF03372160
    """
    at_least = expit(slopes[None, :, None] * (theta[:, None, None] - thresholds[None, :, :]))
    ends = np.ones((*at_least.shape[:2], 1)), np.zeros((*at_least.shape[:2], 1))
    bounds = np.concatenate((ends[0], at_least, ends[1]), axis=2)
    probabilities: Floats = bounds[:, :, :-1] - bounds[:, :, 1:]
    return probabilities


def simulate(theta: Floats, slopes: Floats, thresholds: Floats, *, rng: np.random.Generator, low: int = 1) -> Ints:
    """Made-up answers in the facet's direction, (n_people, n_items), from `low` upwards."""
    reached = np.cumsum(category_probabilities(theta, slopes, thresholds), axis=2)[:, :, :-1]
    draw = rng.random((len(theta), len(slopes), 1))
    answers: Ints = low + (draw > reached).sum(axis=2)
    return answers
