"""Two to four people of one opening on the same ranges, on paper."""

from dataclasses import dataclass

from assessment.reports.ranges import RangeRow


@dataclass(frozen=True)
class Compared:
    """One of them; `core` and `signature` are fits with their interval, in figures."""

    name: str
    chip: str
    band: str
    core: str
    signature: str
    rows: tuple[RangeRow, ...]


@dataclass(frozen=True)
class Mark:
    """Where a letter stands on a facet: T, and how far it is lifted so that close ones do not hide each other."""

    person: int
    t: float
    lift: float


@dataclass(frozen=True)
class ComparedFacet:
    row: RangeRow
    marks: tuple[Mark, ...]
    cells: tuple[str, ...]
    said: str


@dataclass(frozen=True)
class Comparison:
    """`tie`: the distance in T that is still a tie, at the widest."""

    vacancy: str
    draft: str
    people: tuple[Compared, ...]
    facets: tuple[ComparedFacet, ...]
    tie: float
