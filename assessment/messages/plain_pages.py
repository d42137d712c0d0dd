"""Words of the pages that need no script: a candidate's door, a link that has ended, the result to keep."""

import re
from datetime import date
from functools import cache

from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT

_FOLDER = ROOT / "data/plain_pages"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}


class DoorWords(Document):
    title: str
    job: str
    growth: str  # in place of the job, where somebody answers for their own growth
    text: str
    button: str
    status_text: str  # once the answers are in
    status_button: str
    note: str
    made_up: str


class ClosedDoorWords(Document):
    title: str
    text: str
    help: str


class KioskWords(Document):
    title: str
    text: str


class PeerWords(Document):
    title: str
    for_whom: str
    rules: str
    add: str
    add_hint: str
    send: str
    open: str
    too_long: str
    thanks: str
    thanks_text: str
    closed: str
    closed_text: str
    other_language: str
    free: str


class ResultWords(Document):
    title: str
    role: str
    strong: str
    support: str
    about: str
    sure: str
    sure_text: str
    fewer: str
    compared: str
    not_scored: str
    reused: str
    next: str
    next_text: str
    growth_job: str
    growth_next: str
    provisional: str
    questions: str
    made_on: str


class PlainPages(Document):
    language: Id
    version: Version
    status: Status
    licence: str
    door: DoorWords
    unknown: ClosedDoorWords
    ended: ClosedDoorWords
    taken_back: ClosedDoorWords
    kiosk_over: KioskWords
    result: ResultWords
    peer: PeerWords


@cache
def plain_pages(language: str) -> PlainPages:
    """The words in a language; English where it has none of its own."""
    path = _FOLDER / f"{language if language in plain_page_languages() else 'en'}.yaml"
    return parse(PlainPages, read_document(path), where=path)


@cache
def plain_page_languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def put_in(text: str, **values: object) -> str:
    """Put values in for {placeholders}; braces in the values themselves stay text."""
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)


def say_date(day: date, language: str) -> str:
    """3 March 2027, 3 de marzo de 2027."""
    month = _MONTHS.get(language, _MONTHS["en"]).split()[day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == "es" else f"{day.day} {month} {day.year}"
