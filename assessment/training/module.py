"""A training module: what it trains and for whom (key), and what is read and tried in each language (wording).

Modules train what people do. They neither judge nor change a temperament, and the three checks at
the end are for the newcomer: a pick shows a friendly word and is no result of anybody.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from assessment.errors import UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.instruments.reading_grade import MOST_FOR_CANDIDATES, reading_grade
from assessment.instruments.wording_proof import said_twice, same_ids, sentences, texts

Problems = list[str]
Letter = Literal["a", "b", "c"]
Title = Annotated[str, Field(min_length=1, max_length=90)]
Line = Annotated[str, Field(min_length=1, max_length=400)]
LETTERS: tuple[Letter, ...] = get_args(Letter)
ENGLISH = "en"
SUPERVISOR = "supervisor"  # stands beside the roles: modules for those who lead
MOST_FOR_SUPERVISORS = 8.0
LONGER_BY = 1.8  # an option may be this many times as long as the shortest: length must not give the answer away
_JUDGES = re.compile(
    r"\b(?:incorrect|incorrect[oa]|fail(?:ed)?|(?:is|are|answer) wrong|no es correct[oa]|está mal|se equivoca)\b",
    re.IGNORECASE,
)


class CheckKey(Document):
    """A question to oneself; `fits` is the option that fits best."""

    id: Id
    fits: Letter


class ModuleKey(Document):
    """What does not depend on language; `minutes` is the time of one person, practice included."""

    id: Id
    version: Version
    status: Status
    licence: str
    roles: tuple[Id, ...] = Field(min_length=1)
    facets: tuple[Id, ...] = Field(min_length=1)
    competencies: tuple[Id, ...] = Field(min_length=1)
    minutes: int = Field(ge=10, le=240)
    format: tuple[Id, ...] = Field(min_length=1)
    steps: int = Field(ge=3, le=8)
    scenes: tuple[Id, ...] = Field(min_length=1)
    checks: tuple[CheckKey, ...] = Field(min_length=3, max_length=3)
    sources: tuple[Line, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        for what in ("roles", "facets", "competencies", "format", "scenes"):
            _refuse_twice(what, getattr(self, what))
        _refuse_twice("checks", [check.id for check in self.checks])
        return self

    @property
    def for_supervisors(self) -> bool:
        return SUPERVISOR in self.roles


class OptionWording(Document):
    """One thing to do; `feedback` says kindly why it fits, or what would go better."""

    text: Line
    feedback: Line


class CheckWording(Document):
    """`answer`: the good answer in a sentence or two, shown once somebody has picked."""

    id: Id
    question: Line
    options: dict[Letter, OptionWording]
    answer: Line

    @model_validator(mode="after")
    def _words_each_option(self) -> Self:
        if tuple(self.options) != LETTERS:
            raise ValueError(f"options {', '.join(self.options)}; expected {', '.join(LETTERS)} in this order")
        return self


class ModuleWording(Document):
    module: Id
    language: Id
    version: Version
    status: Status
    licence: str
    title: Title
    why: Line
    objectives: tuple[Line, ...] = Field(min_length=3, max_length=3)
    steps: tuple[Line, ...] = Field(min_length=1)
    scenes: dict[Id, Line]
    checks: tuple[CheckWording, ...]


@dataclass(frozen=True)
class Check:
    """A check with its words; `options` in the order a, b, c."""

    id: str
    question: str
    options: Mapping[Letter, OptionWording]
    fits: Letter
    answer: str


@dataclass(frozen=True)
class Module:
    """Key and wording as one; `in_language` says which language the words are in."""

    id: str
    version: str
    in_language: str
    wording_version: str
    roles: tuple[str, ...]
    facets: tuple[str, ...]
    competencies: tuple[str, ...]
    minutes: int
    format: tuple[str, ...]
    title: str
    why: str
    objectives: tuple[str, ...]
    steps: tuple[str, ...]
    scenes: Mapping[str, str]
    checks: tuple[Check, ...]
    sources: tuple[str, ...]


@cache
def shipped_modules() -> dict[str, ModuleKey]:
    """The key of every module that ships, by id."""
    paths = sorted((ROOT / "data/training/modules").glob("*.yaml"))
    return {path.stem: parse(ModuleKey, read_document(path), where=path) for path in paths}


@cache
def module(id: str, language: str) -> Module:
    """A module in one language; where that one is missing, in English, and it says so.

    Raises
    ------
    UnknownIdError : no such module, or not even English words
    """
    if id not in shipped_modules():
        raise UnknownIdError("training module", id, tuple(shipped_modules()))
    there_is = worded_in(id)
    taken = language if language in there_is else ENGLISH
    if taken not in there_is:
        raise UnknownIdError(f"wording of training module {id} in", taken, there_is)
    path = wording_path(id, taken)
    return join(shipped_modules()[id], parse(ModuleWording, read_document(path), where=path))


def wording_path(id: str, language: str, *, root: Path = ROOT) -> Path:
    return root / "data/training" / language / f"{id}.yaml"


def worded_in(id: str, *, root: Path = ROOT) -> tuple[str, ...]:
    """The languages a module has words in."""
    folders = (path.parent.name for path in (root / "data/training").glob(f"*/{id}.yaml"))
    return tuple(sorted(folder for folder in folders if folder != "modules"))


def join(key: ModuleKey, wording: ModuleWording) -> Module:
    fits = {check.id: check.fits for check in key.checks}
    return Module(
        id=key.id,
        version=key.version,
        in_language=wording.language,
        wording_version=wording.version,
        roles=key.roles,
        facets=key.facets,
        competencies=key.competencies,
        minutes=key.minutes,
        format=key.format,
        title=wording.title,
        why=wording.why,
        objectives=wording.objectives,
        steps=wording.steps,
        scenes=wording.scenes,
        checks=tuple(Check(c.id, c.question, c.options, fits[c.id], c.answer) for c in wording.checks),
        sources=key.sources,
    )


def prove_module(
    key: ModuleKey,
    *,
    facets: Collection[str],
    roles: Collection[str],
    competencies: Collection[str],
    formats: Collection[str],
) -> Problems:
    """Whatever a module names is there, and its scenes are those of people it is for.

    facets : of the questionnaire; roles : those with a form; competencies, formats : those that have words
    """
    problems = _unknown("role", key.roles, (*roles, SUPERVISOR))
    problems += _unknown("facet", key.facets, facets)
    problems += _unknown("competency", key.competencies, competencies)
    problems += _unknown("format", key.format, formats)
    problems += _unknown("scene", key.scenes, key.roles)
    if key.for_supervisors and len(key.roles) > 1:
        problems.append(f"{key.id}: for {SUPERVISOR} and for roles; make it two modules")
    return problems + said_twice("sources", key.sources)


def prove_module_wording(wording: ModuleWording, key: ModuleKey) -> Problems:
    """Every step, scene and check of the key is worded, nothing is said twice, and it is easy to read."""
    problems = [] if wording.module == key.id else [f"words of {wording.module}, but the key is of {key.id}"]
    if len(wording.steps) != key.steps:
        problems.append(f"{len(wording.steps)} steps, but the key has {key.steps}")
    problems += same_ids("scene", wording.scenes, key.scenes)
    asked, due = [check.id for check in wording.checks], [check.id for check in key.checks]
    problems += same_ids("check", asked, due)
    if sorted(asked) == sorted(due) and asked != due:
        problems.append(f"checks in the order {', '.join(asked)}; the key has {', '.join(due)}")
    for check in wording.checks:
        problems += _prove_options(check)
    whole = list(module_texts(wording))
    problems += said_twice("module", (sentence for text in whole for sentence in sentences(text)))
    return problems + (_too_hard(whole, key) if wording.language == ENGLISH else [])


def module_texts(wording: ModuleWording) -> Iterator[str]:
    """Everything that is read, from the title to the last answer."""
    yield from (wording.title, wording.why, *wording.objectives, *wording.steps, *wording.scenes.values())
    for check in wording.checks:
        yield check.question
        yield from texts({letter: option.model_dump() for letter, option in check.options.items()})
        yield check.answer


def _prove_options(check: CheckWording) -> Problems:
    said = [option.text for option in check.options.values()]
    problems = said_twice(f"check {check.id}", said)
    lengths = [len(text) for text in said]
    if max(lengths) > LONGER_BY * min(lengths):
        problems.append(
            f"check {check.id}: options of {min(lengths)} to {max(lengths)} characters; "
            f"the longest may be {LONGER_BY:g} times the shortest"
        )
    return problems + [
        f"check {check.id}, option {letter}: “{found[0]}” judges; say what would go better"
        for letter, option in check.options.items()
        for found in [_JUDGES.search(option.feedback)]
        if found
    ]


def _too_hard(whole: list[str], key: ModuleKey) -> Problems:
    most = MOST_FOR_SUPERVISORS if key.for_supervisors else MOST_FOR_CANDIDATES
    grade = reading_grade(whole)
    return (
        []
        if grade <= most
        else [f"module: reading grade {grade:.1f}, expected {most:g} or lower; use shorter words and sentences"]
    )


def _unknown(what: str, named: Collection[str], known: Collection[str]) -> Problems:
    return [f"no {what} {name!r}; there are: {', '.join(known)}" for name in named if name not in known]


def _refuse_twice(what: str, ids: Collection[str]) -> None:
    named = list(ids)
    if twice := sorted({id_ for id_ in named if named.count(id_) > 1}):
        raise ValueError(f"{what}: {', '.join(twice)} stands twice")
