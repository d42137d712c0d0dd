"""What an interviewer takes into the room on one page: questions, anchors and room to write, and no result."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SheetQuestion:
    """One question; `anchors` say what an answer worth 1, 3 or 5 sounds like. `facet` is its name in words, or empty."""

    id: str
    facet: str
    question: str
    anchors: Mapping[int, str]
    probes: tuple[str, ...] = ()
    listen_for: str = ""


@dataclass(frozen=True)
class InterviewSheet:
    """`when`: date, time, zone and place in words, as the interviewer reads them; empty until a slot is picked."""

    candidate: str
    role: str
    when: str
    questions: tuple[SheetQuestion, ...]
    do_not_ask: tuple[str, ...]
