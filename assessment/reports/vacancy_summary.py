"""One opening on paper: how far people are, who waits for what, and by which versions they are read."""

from dataclasses import dataclass

from assessment.roles.fit import Interval


@dataclass(frozen=True)
class SummaryRow:
    name: str
    stage: str
    waiting: str
    chip: str
    says: str
    core: Interval | None
    core_words: str
    signature: Interval | None
    signature_words: str


@dataclass(frozen=True)
class Promise:
    """Something somebody was promised; `due` in words."""

    title: str
    line: str
    due: str
    overdue: bool


@dataclass(frozen=True)
class VacancySummary:
    """`order`: in which order people are listed, in a sentence; `left_out`: that there are more, or nothing.

    fit_start : where the axis of the fits begins
    """

    title: str
    where: str
    owner: str
    stages: tuple[tuple[str, int], ...]
    order: str
    draft: str
    unsteady: str
    rows: tuple[SummaryRow, ...]
    left_out: str
    fit_start: int
    versions: tuple[tuple[str, str], ...]
    waits_for: str  # whose promises are listed
    promises: tuple[Promise, ...]
