"""The comparison group that gives a score its standing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from assessment.errors import TooFewError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Item, ResponseFormat, Version
from assessment.scoring.classical import FacetScores, Floats, keyed
from assessment.scoring.reliability import alpha


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


def norms_from(
    scores: FacetScores,
    responses: Floats,
    items: Sequence[Item],
    *,
    format: ResponseFormat,
    id: str,
    version: str = "0.1",
    period: str,
    source: str,
) -> NormGroup:
    """A norm group made of the sheets themselves: SD with n − 1, reliability as α, counts for mid-rank percentiles.

    Raises
    ------
    TooFewError : a facet has fewer than two scored people, or they all scored the same
    """
    counted = keyed(responses, np.array([item.keyed == "minus" for item in items], dtype=bool), format=format)
    facets: dict[str, FacetNorm] = {}
    for at, facet in enumerate(scores.facets):
        column = scores.score[:, at]
        known = column[~np.isnan(column)]
        sd = float(known.std(ddof=1)) if known.size > 1 else 0.0
        if not sd > 0:
            raise TooFewError(has=int(np.unique(known).size), needs=2)
        agreement = alpha(counted[:, [i for i, item in enumerate(items) if item.facet == facet]])
        values, counts = np.unique(known, return_counts=True)
        facets[facet] = FacetNorm(
            mean=float(known.mean()),
            sd=sd,
            reliability=float(np.clip(agreement, 0, 1)) if np.isfinite(agreement) else 0.0,
            counts=tuple(zip(values.tolist(), counts.tolist(), strict=True)),
        )
    return NormGroup(
        id=id, version=version, kind="local", n=len(responses), period=period, source=source, facets=facets
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
