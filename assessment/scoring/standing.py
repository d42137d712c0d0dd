"""Where a person stands in a comparison group: T, its error, and the percentile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr

from assessment.instruments.instrument import Instrument
from assessment.instruments.sheets import Floats, Sheets
from assessment.scoring.classical import FacetScores, facet_scores
from assessment.scoring.norms import NormGroup, percentiles
from assessment.scoring.reliability import known


@dataclass(frozen=True)
class Standing:
    """One person on one facet. T has mean 50 and SD 10 in the norm group; None means not scored or no norms.

    sem is the standard error of measurement in T; where the form is calibrated, theta and theta_se are the
    EAP estimate behind T, norm_mean and norm_sd are those of the group's estimates, and score is None. percentile runs 0–100 and is modelled
    from a normal curve where the norm group keeps no counts.
    """

    facet: str
    answered: int
    items: int
    score: float | None
    t: float | None
    sem: float | None
    percentile: float | None
    percentile_modelled: bool
    reliability: float | None
    norm_mean: float | None
    norm_sd: float | None
    norm_id: str
    norm_version: str
    theta: float | None = None
    theta_se: float | None = None

    @property
    def by_eap(self) -> bool:
        """Whether T comes from an estimate of θ with its own error, not from the mean of the answers."""
        return self.theta is not None


@dataclass(frozen=True)
class Standings:
    """Standings of many people: t, percentile (n_people, n_facets); sem, modelled (n_facets,)."""

    scores: FacetScores
    norms: NormGroup
    t: Floats
    sem: Floats

    @property
    def modelled(self) -> tuple[bool, ...]:
        """Whether percentiles come from a normal curve, because the group keeps no counts."""
        known = [self.norms.facets.get(facet) for facet in self.scores.facets]
        return tuple(norm is None or not norm.counts for norm in known)

    @cached_property
    def percentile(self) -> Floats:
        """Mid-rank percentile where counts are kept, else `100·Φ((T − 50)/10)`; worked out when asked for."""
        found = np.full_like(self.t, np.nan)
        for at, facet in enumerate(self.scores.facets):
            norm = self.norms.facets.get(facet)
            if norm is not None:
                score, t = self.scores.score[:, at], self.t[:, at]
                found[:, at] = percentiles(score, norm.counts) if norm.counts else 100 * ndtr((t - 50) / 10)
        return found


def standings(scores: FacetScores, norms: NormGroup) -> Standings:
    """`T = 50 + 10 (score − μ)/σ`, `SEM = 10 √(1 − r)`.

    A facet that the norm group does not know has NaN throughout; one whose reliability it does not know, no SEM.
    """
    nan = float("nan")
    known = [norms.facets.get(facet) for facet in scores.facets]
    slope = np.array([10 / norm.sd if norm else nan for norm in known])
    mean = np.array([norm.mean if norm else nan for norm in known])
    reliability = np.array([nan if norm is None or norm.reliability is None else norm.reliability for norm in known])
    t = scores.score - mean
    t *= slope
    t += 50
    return Standings(scores, norms, t, 10 * np.sqrt(1 - reliability))


def stand(
    answers: Mapping[str, int | None], *, instrument: Instrument, asked: Sequence[str], norms: NormGroup
) -> dict[str, Standing]:
    """One person's standings on every facet asked about; ids that are no items (checks, scenarios) are passed over."""
    sheet = Sheets.of_one(answers, instrument=instrument, asked=asked)
    stood = standings(facet_scores(sheet), norms)
    return {facet: _one(stood, at, norms) for at, facet in enumerate(stood.scores.facets)}


def _one(stood: Standings, at: int, norms: NormGroup) -> Standing:
    facet = stood.scores.facets[at]
    norm = norms.facets.get(facet)
    return Standing(
        facet=facet,
        answered=int(stood.scores.answered[0, at]),
        items=int(stood.scores.items[at]),
        score=known(stood.scores.score[0, at]),
        t=known(stood.t[0, at]),
        sem=known(stood.sem[at]),
        percentile=known(stood.percentile[0, at]),
        percentile_modelled=stood.modelled[at],
        reliability=norm.reliability if norm else None,
        norm_mean=norm.mean if norm else None,
        norm_sd=norm.sd if norm else None,
        norm_id=norms.id,
        norm_version=norms.version,
    )
