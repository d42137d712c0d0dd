"""Ready answers to candidates' questions and notes, in each language, and what comes next at each stage."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from assessment.errors import UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.instruments.reading_grade import too_hard
from assessment.instruments.wording_proof import same_ids

FILLED = ("contact", "contact_name", "hours", "pay", "reply_date")
GAP = "[…]"  # stands for what the opening does not say
_FILLED = re.compile(r"\{([a-z_]+)\}")
_TO_FILL = re.compile(r"\[[^\[\]\n]{1,60}\]")


class ReadyAnswer(Document):
    """Text to begin with: {words} are filled by themselves, [words] by whoever answers."""

    title: str
    kinds: tuple[Literal["question", "note"], ...]
    text: str


class InquiryAnswers(Document):
    """`next_steps`: by stage of the application, for "Your next step: …, by …"."""

    language: Id
    version: Version
    status: Status
    licence: str
    next_steps: dict[str, str]
    answers: dict[Id, ReadyAnswer]


@cache
def inquiry_answers(language: str) -> InquiryAnswers:
    folder = ROOT / "data/inquiry_answers"
    path = folder / f"{language}.yaml"
    if not path.is_file():
        raise UnknownIdError("language", language, [p.stem for p in folder.glob("*.yaml")])
    return parse(InquiryAnswers, read_document(path), where=path)


def left_to_fill(text: str) -> tuple[str, ...]:
    """What of a ready answer nobody has filled in yet, with its square brackets."""
    languages = sorted(path.stem for path in (ROOT / "data/inquiry_answers").glob("*.yaml"))
    known = {GAP, *(place for language in languages for place in _places(inquiry_answers(language)))}
    return tuple(place for place in _TO_FILL.findall(text) if place in known)


def prove_inquiry_answers(found: InquiryAnswers, english: InquiryAnswers, *, stages: Sequence[str]) -> list[str]:
    """The same answers for the same kinds as in English, with the same gaps; easy to read; a next step for each stage."""
    problems = [p.replace("the key", "English") for p in same_ids("answer", found.answers, english.answers)]
    problems += same_ids("stage", found.next_steps, stages)
    for id_, answer in found.answers.items():
        filled = _FILLED.findall(answer.text)
        problems += [
            f"answer {id_}: placeholder {name} is not filled by anybody" for name in filled if name not in FILLED
        ]
        original = english.answers.get(id_)
        if original is None:
            continue
        if original.kinds != answer.kinds:
            problems.append(f"answer {id_}: for other kinds than in English")
        if sorted(filled) != sorted(_FILLED.findall(original.text)):
            problems.append(f"answer {id_}: other placeholders than in English")
        if len(_TO_FILL.findall(answer.text)) != len(_TO_FILL.findall(original.text)):
            problems.append(f"answer {id_}: another number of [gaps] than in English")
        if found.language == "en":
            problems += too_hard(f"answer {id_}", [answer.text])
    return problems


def _places(found: InquiryAnswers) -> tuple[str, ...]:
    return tuple(place for answer in found.answers.values() for place in _TO_FILL.findall(answer.text))
