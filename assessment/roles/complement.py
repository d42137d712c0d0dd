"""What somebody would add to a team on one facet: for a team, difference is worth as much as likeness."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Adds = Literal["more", "less", "alike"]


@dataclass(frozen=True)
class Complement:
    """One facet: mean and SD (T) of a team of `n`, the person's T, and whether they differ beyond the error."""

    facet: str
    n: int
    mean: float
    sd: float
    t: float
    margin: float
    adds: Adds


def complement(facet: str, *, n: int, mean: float, sd: float, t: float, sem: float) -> Complement:
    """Set one person beside a team of n on a facet, all in T.

    They are alike while `|t − mean| ≤ 1.96 √(SEM² + SEM²/n)`: the error of one person's standing and of the mean of n
    standings measured as exactly. More is not better: what it is good for says the role's range.

    >>> complement("liv", n=5, mean=44, sd=6, t=62, sem=5).adds
    'more'
    >>> complement("liv", n=5, mean=44, sd=6, t=53, sem=5).adds
    'alike'
    """
    margin = float(1.96 * np.sqrt(sem**2 + sem**2 / n))
    distance = t - mean
    adds: Adds = "alike" if abs(distance) <= margin else "more" if distance > 0 else "less"
    return Complement(facet, n, mean, sd, t, margin, adds)
