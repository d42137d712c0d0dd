"""The comparison group that gives a score its standing."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from assessment.errors import TooFewError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Version
from assessment.instruments.sheets import Floats, Sheets
from assessment.scoring.classical import FacetScores, facet_scores
from assessment.scoring.reliability import ReliabilityCount


class FacetNorm(Document):
    """Mean and SD in response units, reliability 0–1; `counts` are (score, how many people had it)."""

    mean: float
    sd: float = Field(gt=0)
    reliability: float = Field(ge=0, le=1)
    counts: tuple[tuple[float, int], ...] = ()


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
        """SD with n − 1, reliability as α (0 where α is negative or not defined), counts for mid-rank percentiles.

        Raises
        ------
        TooFewError : a facet has fewer than two scored people, or they all scored the same
        """
        alphas = {found.facet: found.alpha for found in self._reliability.result()}
        facets = {facet: _facet_norm(facet, counts, alphas[facet]) for facet, counts in self._counts.items()}
        return NormGroup(id=id, version=version, kind="local", n=self.n, period=period, source=source, facets=facets)


def norms_from(sheets: Sheets, *, id: str, version: str = "0.1", period: str, source: str) -> NormGroup:
    """A norm group made of the sheets themselves.

    Raises
    ------
    TooFewError : a facet has fewer than two scored people, or they all scored the same
    """
    count = NormCount(sheets)
    count.add(sheets)
    return count.group(id=id, version=version, period=period, source=source)


def _facet_norm(facet: str, counts: Mapping[float, int], alpha: float | None) -> FacetNorm:
    values = np.array(sorted(counts), dtype=float)
    people = np.array([counts[value] for value in values], dtype=float)
    n = people.sum()
    if len(values) < 2:
        raise TooFewError(has=int(n), needs=2, of=f"people scored on {facet!r}" + (", who differ" if n > 1 else ""))
    mean = float(people @ values / n)
    return FacetNorm(
        mean=mean,
        sd=float(np.sqrt(people @ (values - mean) ** 2 / (n - 1))),
        reliability=min(max(alpha or 0.0, 0.0), 1.0),
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
