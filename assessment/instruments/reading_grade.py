"""How many years of school a text asks for."""

import re
from collections.abc import Iterable

import textstat

MOST_FOR_CANDIDATES = 6.0
_PLACEHOLDER = re.compile(r"\{\{?\s*\w+\s*\}?\}")


def reading_grade(parts: Iterable[str]) -> float:
    """Flesch-Kincaid grade of a whole screen or message in English.

    `0.39 · words per sentence + 11.8 · syllables per word − 15.59`. High means harder. Headings
    and list lines count as sentences of their own; a placeholder counts as one short word.
    Never for a single statement: on a few words it says nothing.

    References
    ----------
    Kincaid et al. (1975). https://apps.dtic.mil/sti/citations/ADA006655
    """
    lines = [line.strip() for part in parts for line in _PLACEHOLDER.sub("Elm", part).splitlines() if line.strip()]
    text = " ".join(line if line[-1] in ".!?…" else f"{line}." for line in lines)
    return float(textstat.flesch_kincaid_grade(text)) if text else 0.0


def too_hard(screen: str, parts: Iterable[str]) -> tuple[str, ...]:
    grade = reading_grade(parts)
    if grade <= MOST_FOR_CANDIDATES:
        return ()
    return (f"{screen}: reading grade {grade:.1f}, expected {MOST_FOR_CANDIDATES:g} or lower; use shorter words",)
