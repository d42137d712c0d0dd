"""What the picks in scenarios come to by their key, how far the key's authors agree, and how little the sum may say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessment.instruments.scenario import Scenario, ScenarioSet
from assessment.instruments.sheets import Floats
from assessment.scoring.reliability import alpha, known, omega_total

MIXED = (
    "Scenarios mix several competencies on purpose, so α and ω say how alike they are, not how exactly each is measured; "
    "a low value is expected and no reason to drop a scenario."
)


@dataclass(frozen=True)
class KeyAgreement:
    """How far the authors of a key agree on the options they rated.

    icc_single : agreement of one author with another, icc_mean : of the mean of all with another such
    mean; two-way random, absolute agreement, ICC(2,1) and ICC(2,k). 1 = the same ratings, 0 = none
    beyond chance (it may fall below). None where there are fewer than two authors or options, or no spread.
    """

    authors: int
    options: int
    icc_single: float | None
    icc_mean: float | None


@dataclass(frozen=True)
class ScenarioReliability:
    """Internal consistency of scenario scores over n people who answered all of them; `warning` goes with it."""

    n: int
    scenarios: int
    alpha: float | None
    omega_total: float | None
    warning: str = MIXED


def scenario_score(scenario: Scenario, best: str | None, worst: str | None) -> float | None:
    """Key of the option picked as best + (6 − key of the one picked as worst), between its least (0) and most (1).

    The same option cannot be best and worst, so the bounds are those of two different
    options. None while one of the two picks is missing or both are the same. One scenario is no score of a
    competency: it is a point to talk about.
    """
    if best is None or worst is None or best == worst:
        return None
    keys = {letter: option.key for letter, option in scenario.options.items()}
    possible = [keys[a] + 6 - keys[b] for a in keys for b in keys if a != b]
    points = keys[best] + 6 - keys[worst]
    return (points - min(possible)) / (max(possible) - min(possible))


def scenario_scores(
    scenarios: Sequence[Scenario], best: Sequence[Sequence[str | None]], worst: Sequence[Sequence[str | None]]
) -> Floats:
    """(n_people, n_scenarios) scores of many people's picks, NaN where one of the two is missing."""
    found = [
        [scenario_score(scene, *picks) for scene, *picks in zip(scenarios, *rows, strict=True)]
        for rows in zip(best, worst, strict=True)
    ]
    return np.array([[np.nan if x is None else x for x in row] for row in found]).reshape(len(found), len(scenarios))


def scenario_reliability(scores: Floats) -> ScenarioReliability:
    """α and ω of the scenario scores, (n_people, n_scenarios); people with a gap are left out."""
    whole = scores[~np.isnan(scores).any(axis=1)]
    n, k = whole.shape
    if n < 2 or k < 2:
        return ScenarioReliability(n, k, None, None)
    covariance = np.cov(whole.T)
    varying = np.diag(covariance) > 0
    own = covariance[np.ix_(varying, varying)]
    sd = np.sqrt(np.diag(own))
    return ScenarioReliability(n, k, known(alpha(covariance)), known(omega_total(own / np.outer(sd, sd))))


def key_agreement(scenarios: ScenarioSet) -> KeyAgreement:
    """Agreement of the authors over all options that carry every author's rating.

    References
    ----------
    Shrout & Fleiss (1979). https://doi.org/10.1037/0033-2909.86.2.420
    McGraw & Wong (1996). https://doi.org/10.1037/1082-989X.1.1.30
    """
    rated = [o.ratings for scene in scenarios.scenarios for o in scene.options.values() if len(o.ratings) > 1]
    if not rated:
        return KeyAgreement(scenarios.authors, 0, None, None)
    single, mean = icc(np.array(rated, dtype=float))
    return KeyAgreement(scenarios.authors, len(rated), known(single), known(mean))


def icc(ratings: Floats) -> tuple[float, float]:
    """ICC(2,1) and ICC(2,k) of ratings, (n_targets, n_raters), nothing missing; NaN where nothing varies."""
    n, k = ratings.shape
    if n < 2 or k < 2:
        return float("nan"), float("nan")
    grand = ratings.mean()
    rows, columns = ratings.mean(axis=1), ratings.mean(axis=0)
    between = k * ((rows - grand) ** 2).sum() / (n - 1)
    raters = n * ((columns - grand) ** 2).sum() / (k - 1)
    rest = ((ratings - rows[:, None] - columns + grand) ** 2).sum() / ((n - 1) * (k - 1))
    one, all_ = between + (k - 1) * rest + k * (raters - rest) / n, between + (raters - rest) / n
    if not (one > 0 and all_ > 0):
        return float("nan"), float("nan")
    return float((between - rest) / one), float((between - rest) / all_)
