"""One person's report on paper: a page for the line manager, and everything behind it for who reads on."""

from dataclasses import dataclass

from assessment.reports.ranges import RangeRow


@dataclass(frozen=True)
class FacetLine:
    """A row of the range chart with the same in figures and words."""

    row: RangeRow
    t: str
    error: str
    asked: str
    chip: str
    says: str


@dataclass(frozen=True)
class OpenPoint:
    """Something to explore; `question` opens the talk."""

    facet: str
    chip: str
    says: str
    question: str
    because: str
    do_not_ask: str


@dataclass(frozen=True)
class WhyFacet:
    facet: str
    sums: tuple[tuple[str, str], ...]
    sentence: str
    because: str


@dataclass(frozen=True)
class Scene:
    topic: str
    stem: str
    picks: tuple[tuple[str, str, str], ...]  # picked as what, the words, what the key says


@dataclass(frozen=True)
class Fact:
    title: str
    text: str
    chip: str
    answer: str


@dataclass(frozen=True)
class Written:
    text: str
    about: str


@dataclass(frozen=True)
class FullPart:
    """Everything behind the first page; `versions` are words and what they were."""

    why: tuple[WhyFacet, ...]
    fit_sums: tuple[tuple[str, str], ...]
    scenes: tuple[Scene, ...]
    facts: tuple[Fact, ...]
    own_words: tuple[Written, ...]
    versions: tuple[tuple[str, str], ...]
    sure: tuple[str, ...]


@dataclass(frozen=True)
class CandidateReport:
    """`fits`: what is said loudly and the rest of the sentence, for signature and core; `full` None: one page only."""

    name: str
    first_name: str
    vacancy: str
    how: str
    chip: str
    band: str
    advice: str
    draft: str
    unsteady: str
    fits: tuple[tuple[str, str], ...]
    chart_line: str
    facets: tuple[FacetLine, ...]
    explore: tuple[OpenPoint, ...]
    nothing_to_explore: str
    full: FullPart | None
