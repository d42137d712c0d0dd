"""The names of formats and competencies that training modules speak of, one file per language."""

from functools import cache

from pydantic import Field

from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.instruments.wording_proof import said_twice, same_ids
from assessment.training.module import ENGLISH


class TrainingWords(Document):
    """`note` stands under every module; `formats` and `competencies` by id."""

    language: Id
    version: Version
    status: Status
    licence: str
    note: str
    formats: dict[Id, str] = Field(min_length=1)
    competencies: dict[Id, str] = Field(min_length=1)


@cache
def training_words(language: str) -> TrainingWords:
    """The words in a language; where that one is missing, in English, and `language` says so."""
    there_is = {path.name: path for path in (ROOT / "data/training").glob("words.*.yaml")}
    path = there_is.get(f"words.{language}.yaml", ROOT / f"data/training/words.{ENGLISH}.yaml")
    return parse(TrainingWords, read_document(path), where=path)


def prove_training_words(found: TrainingWords, english: TrainingWords) -> list[str]:
    """The same formats and competencies as in English, each with a name of its own."""
    problems = [
        *same_ids("format", found.formats, english.formats),
        *same_ids("competency", found.competencies, english.competencies),
    ]
    return [
        *(problem.replace("the key", "English") for problem in problems),
        *said_twice("formats", found.formats.values()),
        *said_twice("competencies", found.competencies.values()),
    ]
