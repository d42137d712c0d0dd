"""The interface words of the candidate's pages, one file per language."""

from functools import cache

from assessment.errors import UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT


class LeftWords(Document):
    ask_title: str
    ask: str
    reasons: tuple[str, ...]
    no_reason: str
    stay: str
    title: str
    line: str
    back: str
    contact: str


class Words(Document):
    """Sections by page; every language has the same keys, which `check` proves."""

    language: Id
    version: Version
    status: Status
    licence: str
    frame: dict[str, str]
    welcome: dict[str, str]
    another_way: dict[str, str]
    job: dict[str, str]
    practice: dict[str, str]
    questions: dict[str, str]
    simple: dict[str, str]
    result: dict[str, str]
    left: LeftWords
    closed: dict[str, str]
    progress: dict[str, str]
    decision: dict[str, str]
    first_days: dict[str, str]
    module: dict[str, str]
    check_in: dict[str, str]
    growth: dict[str, str]
    team: dict[str, str]


@cache
def words(language: str) -> Words:
    path = ROOT / "data/pages" / f"{language}.yaml"
    if not path.is_file():
        raise UnknownIdError("language", language, [p.stem for p in path.parent.glob("*.yaml")])
    return parse(Words, read_document(path), where=path)
