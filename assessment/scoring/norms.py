"""The comparison group that gives a score its standing."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal, Self

import numpy as np
from pydantic import Field, FiniteFloat, PositiveInt, model_validator

from assessment.errors import TooFewError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Version
from assessment.instruments.sheets import Floats, Sheets
from assessment.scoring.classical import FacetScores, facet_scores
from assessment.scoring.reliability import ReliabilityCount


class FacetNorm(Document):
    """Mean and SD in response units, reliability 0–1; `counts` are (score, how many people had it), rising.

    Reliability None: not known (a facet of one item, say), so that T has no error and takes no part in a fit.
    """

    mean: FiniteFloat
    sd: FiniteFloat = Field(gt=0)
    reliability: float | None = Field(ge=0, le=1)
    counts: tuple[tuple[FiniteFloat, PositiveInt], ...] = ()

    @model_validator(mode="after")
    def _scores_rise(self) -> Self:
        if any(after <= before for (before, _), (after, _) in pairwise(self.counts)):
            raise ValueError("counts: scores must rise from one to the next")
        return self


class NormGroup(Document):
    """Who a person is compared with. Provisional: a design assumption, n = 0."""

    id: Id
    version: Version
    kind: Literal["provisional", "local", "published"]
    n: int = Field(ge=0)
    period: str
    source: str
    facets: dict[Id, FacetNorm]

    @model_validator(mode="after")
    def _provisional_has_nobody(self) -> Self:
        if (self.kind == "provisional") != (self.n == 0):
            raise ValueError(
                f"kind {self.kind} with n {self.n}: provisional norms rest on nobody, all others on somebody"
            )
        return self


def read_norms(path: Path) -> NormGroup:
    return parse(NormGroup, read_document(path), where=path)


class NormCount:
    """A norm group made of more sheets than fit in memory: `add` them block by block, then take the `group`."""

    def __init__(self, like: Sheets) -> None:
        self._reliability = ReliabilityCount(like)
        self._counts: dict[str, dict[float, int]] = {facet.id: {} for facet in like.facets}
        self.n = 0

    def add(self, sheets: Sheets, scores: FacetScores | None = None) -> None:
        """`scores` where they are at hand already."""
        scores = scores or facet_scores(sheets)
        self._reliability.add(sheets)
        self.n += sheets.n_people
        for at, facet in enumerate(scores.facets):
            column = scores.score[:, at]
            kept = self._counts[facet]
            for value, n in zip(*np.unique(column[~np.isnan(column)], return_counts=True), strict=True):
                kept[float(value)] = kept.get(float(value), 0) + int(n)

    def group(self, *, id: str, version: str = "0.1", period: str, source: str) -> NormGroup:
        """SD with n − 1, reliability as α (0 where that is negative), counts for mid-rank percentiles.

        Raises
        ------
        TooFewError : no facet has two people who differ
        """
        alphas = {found.facet: found.alpha for found in self._reliability.result()}
        facets = {f: _facet_norm(counts, alphas[f]) for f, counts in self._counts.items() if len(counts) > 1}
        if not facets:
            most = max((sum(counts.values()) for counts in self._counts.values()), default=0)
            raise TooFewError(has=most, needs=2, of="people scored on a facet, all of them alike,")
        return NormGroup(id=id, version=version, kind="local", n=self.n, period=period, source=source, facets=facets)

    @property
    def without_spread(self) -> tuple[str, ...]:
        """Facets on which nobody is scored or all are alike: they have no place in the group."""
        return tuple(facet for facet, counts in self._counts.items() if len(counts) < 2)


def _facet_norm(counts: Mapping[float, int], alpha: float | None) -> FacetNorm:
    values = np.array(sorted(counts), dtype=float)
    people = np.array([counts[value] for value in values], dtype=float)
    n = people.sum()
    mean = float(people @ values / n)
    return FacetNorm(
        mean=mean,
        sd=float(np.sqrt(people @ (values - mean) ** 2 / (n - 1))),
        reliability=None if alpha is None else max(alpha, 0.0),
        counts=tuple((float(value), counts[value]) for value in values),
    )


def percentiles(score: Floats, counts: Sequence[tuple[float, int]]) -> Floats:
    """Mid-rank percentile, 0–100: the share below plus half of the share at the same score; NaN stays NaN."""
    values = np.array([value for value, _ in counts])
    people = np.array([n for _, n in counts], dtype=float)
    below = np.concatenate(([0.0], np.cumsum(people)))
    left = np.searchsorted(values, score - 1e-9, side="left")
    right = np.searchsorted(values, score + 1e-9, side="right")
    rank = (below[left] + below[right]) / 2 / people.sum() * 100
    return np.where(np.isnan(score), np.nan, rank)
