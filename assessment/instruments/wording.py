"""The words of a questionnaire in one language; no key is repeated here."""

import re
from typing import Literal

from assessment.instruments.instrument import Document, Id, Status, Version

FeedbackBand = Literal["well_below", "below", "about", "above", "well_above"]
PLACEHOLDERS = ("organisation", "role", "minutes", "contact", "keep_months", "reply_days")
_PLACEHOLDER = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")


class FacetWording(Document):
    name: str
    definition: str
    low_pole: str
    high_pole: str
    strengths_low: str
    strengths_high: str
    watch_out_low: str
    watch_out_high: str
    feedback: dict[FeedbackBand, str]


class Welcome(Document):
    title: str
    text: str
    button: str


class NoticeSection(Document):
    id: Id
    heading: str
    text: str


class Notice(Document):
    """What a candidate is told before anything is asked."""

    title: str
    sections: tuple[NoticeSection, ...]
    trial: str
    agree: str
    another_way_button: str
    decline: str


class Adjustments(Document):
    title: str
    text: str
    options: dict[Id, str]
    note: str
    contact: str


class Instructions(Document):
    title: str
    points: tuple[str, ...]
    short: str


class PracticeWording(Document):
    intro: str
    lines: dict[Id, str]
    done: str


class Finish(Document):
    title: str
    text: str
    stopped: str
    declined: str


class Wording(Document):
    """Every text of a questionnaire that a candidate reads, in one language."""

    questionnaire: Id
    language: Id
    version: Version
    status: Status
    licence: str
    source: str
    scale: dict[int, str]
    items: dict[Id, str]
    checks: dict[Id, str]
    practice: PracticeWording
    bands: dict[FeedbackBand, str]
    facets: dict[Id, FacetWording]
    welcome: Welcome
    notice: Notice
    adjustments: Adjustments
    instructions: Instructions
    finish: Finish

    def statement(self, item: str) -> str:
        """The words of an item or of an attention check."""
        return self.items[item] if item in self.items else self.checks[item]


def fill(text: str, **values: object) -> str:
    """Put values in for known {placeholders}; braces in the values themselves stay text."""
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)
