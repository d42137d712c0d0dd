"""Where a person stands in a comparison group: T, its error, and the percentile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from assessment.instruments.instrument import Instrument
from assessment.scoring.classical import FacetScores, Floats, facet_scores
from assessment.scoring.norms import NormGroup, percentiles


@dataclass(frozen=True)
class Standing:
    """One person on one facet. T has mean 50 and SD 10 in the norm group; None means not scored or no norms.

    sem is the standard error of measurement in T; percentile runs 0–100 and is modelled
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


@dataclass(frozen=True)
class Standings:
    """Standings of many people: t, percentile (n_people, n_facets); sem, modelled (n_facets,)."""

    scores: FacetScores
    t: Floats
    sem: Floats
    percentile: Floats
    modelled: tuple[bool, ...]


def standings(scores: FacetScores, norms: NormGroup) -> Standings:
    """`T = 50 + 10 (score − μ)/σ`, `SEM = 10 √(1 − r)`; percentile by mid-rank where counts are kept.

    A facet that the norm group does not know has NaN throughout.
    """
    t = np.full_like(scores.score, np.nan)
    percentile = np.full_like(scores.score, np.nan)
    sem = np.full(len(scores.facets), np.nan)
    modelled = []
    for at, facet in enumerate(scores.facets):
        norm = norms.facets.get(facet)
        modelled.append(norm is None or not norm.counts)
        if norm is None:
            continue
        t[:, at] = 50 + 10 * (scores.score[:, at] - norm.mean) / norm.sd
        sem[at] = 10 * np.sqrt(1 - norm.reliability)
        percentile[:, at] = (
            percentiles(scores.score[:, at], norm.counts) if norm.counts else 100 * ndtr((t[:, at] - 50) / 10)
        )
    return Standings(scores, t, sem, percentile, tuple(modelled))


def stand(
    answers: Mapping[str, int | None], *, instrument: Instrument, asked: Sequence[str], norms: NormGroup
) -> dict[str, Standing]:
    """One person's standings on every facet asked about; ids that are no items (checks, scenarios) are passed over."""
    items = [instrument.by_id[id_] for id_ in asked if id_ in instrument.by_id]
    row = np.array([[np.nan if (value := answers.get(item.id)) is None else float(value) for item in items]])
    scores = facet_scores(row, items, facets=instrument.facets, format=instrument.format)
    stood = standings(scores, norms)
    return {facet: _one(stood, at, norms) for at, facet in enumerate(scores.facets)}


def _one(stood: Standings, at: int, norms: NormGroup) -> Standing:
    facet = stood.scores.facets[at]
    norm = norms.facets.get(facet)
    return Standing(
        facet=facet,
        answered=int(stood.scores.answered[0, at]),
        items=int(stood.scores.items[at]),
        score=_known(stood.scores.score[0, at]),
        t=_known(stood.t[0, at]),
        sem=_known(stood.sem[at]),
        percentile=_known(stood.percentile[0, at]),
        percentile_modelled=stood.modelled[at],
        reliability=norm.reliability if norm else None,
        norm_mean=norm.mean if norm else None,
        norm_sd=norm.sd if norm else None,
        norm_id=norms.id,
        norm_version=norms.version,
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
