"""A candidate's own result on paper, in their language: words and soft bands, no numbers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ResultFacet:
    """`t`, `low`, `high` are in T, low to high the 95 % band; only drawn."""

    name: str
    text: str
    band: str
    low_pole: str
    high_pole: str
    t: float
    low: float
    high: float


@dataclass(frozen=True)
class ResultSheet:
    """`sections` are a heading and its facets; `parts` a heading and its paragraphs; `trial` may be empty."""

    title: str
    job: str
    made_on: str
    trial: str
    sections: tuple[tuple[str, tuple[ResultFacet, ...]], ...]
    remarks: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
