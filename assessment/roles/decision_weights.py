"""What a decision leans on: the stated weights of questionnaire and interview, and how exact each of them is.

No sum of the two is formed anywhere: a composite to decimals would rank people whom the errors do not part.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assessment.errors import SheetError
from assessment.instruments.sheets import Floats
from assessment.scoring.reliability import known

Ground = Literal["no_answers", "not_in_use", "provisional", "validity"]

VALIDITY_INTERVIEW = 0.42  # structured; Sackett et al. 2022
VALIDITY_TEMPERAMENT = (0.15, 0.25)
FOR_A_DECISION = 0.80  # reliability that a composite needs before a decision leans on it
ENOUGH_TALKS = 10
PUBLISHED_PANEL = 0.74  # two or more raters of the same talk; Huffcutt, Culbertson & Weyhrauch 2013
PUBLISHED_SOURCE = "Huffcutt, Culbertson & Weyhrauch 2013, panel interviews"


@dataclass(frozen=True)
class DecisionWeights:
    """Shares that add up to 1, and the ground they stand on."""

    questionnaire: float
    interview: float
    ground: Ground


@dataclass(frozen=True)
class TalkReliability:
    """Over n talks that two people rated alone.

    one : ICC(1,1), agreement of one rater with another; both : ICC(1,2), of the mean of the two. 1 = the same
    ratings, 0 = none beyond chance (it may fall below). None below ten talks, or where nothing varies.
    """

    n: int
    one: float | None
    both: float | None


def stated_weights(*, statuses: Collection[str], norms_kind: str, answered: bool = True) -> DecisionWeights:
    """What questionnaire and interview weigh in a decision, stated before it is made.

    The questionnaire weighs 0 while its profile or itself is not in use, or its norms are provisional, and where
    somebody has not answered. After that the shares follow what each says about later work: a structured interview
    .42, temperament .15 to .25, so .42 / (.42 + .20) = .68, rounded to 0.7 and 0.3. That takes the two as telling
    different things; where they overlap, the interview would weigh more still.

    statuses : of the profile and of the questionnaire

    References
    ----------
    Sackett, Zhang, Berry & Lievens (2022). https://doi.org/10.1037/apl0000994

    >>> stated_weights(statuses={"in_use"}, norms_kind="local")
    DecisionWeights(questionnaire=0.3, interview=0.7, ground='validity')
    >>> stated_weights(statuses={"in_use", "reviewed"}, norms_kind="local").questionnaire
    0.0
    """
    if not answered:
        return DecisionWeights(0.0, 1.0, "no_answers")
    if set(statuses) != {"in_use"}:
        return DecisionWeights(0.0, 1.0, "not_in_use")
    if norms_kind == "provisional":
        return DecisionWeights(0.0, 1.0, "provisional")
    temperament = sum(VALIDITY_TEMPERAMENT) / 2
    interview = round(VALIDITY_INTERVIEW / (VALIDITY_INTERVIEW + temperament), 1)
    return DecisionWeights(round(1 - interview, 1), interview, "validity")


def composite_reliability(weights: Sequence[float], sems: Sequence[float]) -> float | None:
    """Reliability, 0–1, of a weighted sum of facets in T.

    `1 − Σ w² SEM² / Σ w² · 10²`: the share of the variance of the sum that is not error, the facets taken as
    unrelated. Where facets go together, as these mostly do, the true value is higher, so this one is careful.
    None without a facet that weighs something.

    References
    ----------
    Mosier (1943). https://doi.org/10.1007/BF02288700

    >>> composite_reliability([1, 1], [5.0, 5.0])
    0.75
    """
    squares = np.square(np.array(weights, dtype=float))
    total = float(squares.sum()) * 100
    return 1 - float(squares @ np.square(np.array(sems, dtype=float))) / total if total > 0 else None


def talk_reliability(ratings: Floats) -> TalkReliability:
    """How far two people who rated the same talk alone agree, over many talks.

    One-way random effects, because every talk has its own pair of raters:
    `ICC(1,1) = (B − W) / (B + W)` and `ICC(1,2) = (B − W) / B`, B and W the mean squares between and within talks.

    Parameters
    ----------
    ratings : (n_talks, 2), each rater's mean over the questions that both rated

    References
    ----------
    Shrout & Fleiss (1979). https://doi.org/10.1037/0033-2909.86.2.420
    """
    if ratings.ndim != 2 or ratings.shape[1] != 2:
        raise SheetError(f"found ratings of shape {ratings.shape}; expected two for each talk")
    n = len(ratings)
    if n < ENOUGH_TALKS:
        return TalkReliability(n, None, None)
    between = 2 * float(ratings.mean(axis=1).var(ddof=1))
    within = float(np.square(ratings[:, 0] - ratings[:, 1]).mean()) / 2
    if not between > 0:
        return TalkReliability(n, None, None)
    return TalkReliability(n, known((between - within) / (between + within)), known((between - within) / between))
