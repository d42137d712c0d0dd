"""How near one rater's ratings lie to those of another, or to model ratings, and how far a few of them can say so."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from assessment.errors import SheetError
from assessment.instruments.sheets import Floats
from assessment.scoring.reliability import known
from assessment.scoring.scenarios import icc

ENOUGH_FOR_LENIENCY = 4
ENOUGH_FOR_ICC = 10


@dataclass(frozen=True)
class RaterAgreement:
    """Of n answers that both rated.

    leniency : mean of own − reference in points of the scale; above 0 is kinder, below 0 stricter
    leniency_low, leniency_high : its 95 % interval; None below 4 answers, where any number would be luck
    exact, within_one : shares of answers rated the same, or at most one point apart, 0–1
    mean_difference : mean of |own − reference|, in points
    icc : ICC(2,1), 1 = the same ratings, 0 = none beyond chance; None below 10 answers or where nothing varies
    """

    n: int
    leniency: float | None
    leniency_low: float | None
    leniency_high: float | None
    exact: float | None
    within_one: float | None
    mean_difference: float | None
    icc: float | None

    @property
    def leans(self) -> str:
        """`kind` or `strict` where the interval leaves out 0; `neither`; or `too_few` to say."""
        if self.leniency_low is None or self.leniency_high is None:
            return "too_few"
        return "kind" if self.leniency_low > 0 else "strict" if self.leniency_high < 0 else "neither"


def rater_agreement(own: Floats, reference: Floats) -> RaterAgreement:
    """Set one rater's ratings beside a reference.

    The interval of the leniency is `mean ± t(n−1) · SD/√n` of the differences. It takes the answers as
    independent, which several answers of one candidate are not quite.

    Parameters
    ----------
    own, reference : (n_answers,) ratings of the same answers, NaN where one was not rated

    References
    ----------
    Shrout & Fleiss (1979). https://doi.org/10.1037/0033-2909.86.2.420

    >>> found = rater_agreement(np.array([5., 3, 4, 2]), np.array([4., 3, 2, 2]))
    >>> found.n, found.leniency, found.exact, found.within_one, found.mean_difference
    (4, 0.75, 0.5, 0.75, 0.75)
    """
    if own.shape != reference.shape or own.ndim != 1:
        raise SheetError(f"found {own.shape} and {reference.shape} ratings; both rate the same answers, one by one")
    both = ~(np.isnan(own) | np.isnan(reference))
    own, reference = own[both], reference[both]
    n = int(both.sum())
    if n == 0:
        return RaterAgreement(0, None, None, None, None, None, None, None)
    differences = own - reference
    mean, low, high = float(differences.mean()), None, None
    if n >= ENOUGH_FOR_LENIENCY:
        half = float(stdtrit(n - 1, 0.975) * differences.std(ddof=1) / np.sqrt(n))
        low, high = mean - half, mean + half
    apart = np.abs(differences)
    single = icc(np.stack([own, reference], axis=1))[0] if n >= ENOUGH_FOR_ICC else float("nan")
    return RaterAgreement(
        n=n,
        leniency=mean,
        leniency_low=low,
        leniency_high=high,
        exact=float((apart == 0).mean()),
        within_one=float((apart <= 1).mean()),
        mean_difference=float(apart.mean()),
        icc=known(single),
    )
