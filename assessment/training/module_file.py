"""A module as one file: what it trains and its words in each language, for those who write or change one themselves.

What ships stands as key and wording in two files with versions of their own; here both are one, and the
version is given when it is kept.
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Annotated, Any

import yaml
from pydantic import Field

from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id
from assessment.training.module import (
    CheckKey,
    CheckWording,
    Line,
    ModuleKey,
    ModuleWording,
    Problems,
    Title,
    prove_module,
    prove_module_wording,
    wording_path,
)

OwnId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,47}$")]
FEW_OBJECTIVES = 3
_LICENCE, _STATUS = "own", "draft"
_CHOSEN = {"roles": "role", "facets": "facet", "competencies": "competency", "format": "format"}


class ModuleWords(Document):
    """The words in one language."""

    title: Title
    why: Line
    objectives: tuple[Line, ...] = Field(min_length=3, max_length=3)
    steps: tuple[Line, ...] = Field(min_length=3, max_length=8)
    scenes: dict[Id, Line] = Field(min_length=1)
    checks: tuple[CheckWording, ...] = Field(min_length=3, max_length=3)


class ModuleFile(Document):
    """`checks` name what fits best; `words` by language."""

    id: OwnId
    roles: tuple[Id, ...] = Field(min_length=1)
    facets: tuple[Id, ...] = Field(min_length=1)
    competencies: tuple[Id, ...] = Field(min_length=1)
    minutes: int = Field(ge=10, le=240)
    format: tuple[Id, ...] = Field(min_length=1)
    checks: tuple[CheckKey, ...] = Field(min_length=3, max_length=3)
    sources: tuple[Line, ...] = Field(min_length=1)
    words: dict[Id, ModuleWords] = Field(min_length=1)

    def key(self, version: str) -> ModuleKey:
        """As the key of a module that ships; steps and scenes are those of the first language."""
        first = next(iter(self.words.values()))
        own = self.model_dump(exclude={"words"})
        fields = {**own, "version": version, "steps": len(first.steps), "scenes": tuple(first.scenes)}
        return parse(ModuleKey, {**fields, "licence": _LICENCE, "status": _STATUS}, where=self.id)

    def wording(self, language: str, version: str) -> ModuleWording:
        fields = {**self.words[language].model_dump(), "module": self.id, "language": language, "version": version}
        return parse(ModuleWording, {**fields, "licence": _LICENCE, "status": _STATUS}, where=self.id)


@cache
def shipped_wording(id: str, language: str) -> ModuleWording:
    """The words of a module that ships, in a language that it has."""
    path = wording_path(id, language)
    return parse(ModuleWording, read_document(path), where=path)


def file_of(key: ModuleKey, wordings: Mapping[str, ModuleWording]) -> ModuleFile:
    """A module that ships, as one file."""
    fields = key.model_dump(include=set(ModuleFile.model_fields) - {"words"})
    words = {language: said.model_dump(include=set(ModuleWords.model_fields)) for language, said in wordings.items()}
    return parse(ModuleFile, {**fields, "words": words}, where=key.id)


def read_module_file(content: bytes, *, name: str) -> ModuleFile:
    """What somebody uploaded, under the rules of every file that may come from anywhere.

    Raises
    ------
    InstrumentError : names line or field, what was found and what is allowed
    """
    return parse(ModuleFile, read_document(name, content=content), where=name)


def what_is_missing(fields: Mapping[str, Any], language: str) -> list[str]:
    """What a half-filled form lacks in one language, in plain words; empty where it can be made into a module."""
    words = fields["words"][language]
    missing = [f"choose at least one {what}" for name, what in _CHOSEN.items() if not fields[name]]
    missing += [
        f"{what} is empty" for name, what in (("title", "the title"), ("why", "what it is good for")) if not words[name]
    ]
    n = len(words["objectives"])
    missing += [f"{FEW_OBJECTIVES} lines say what one will do; there {_there(n)}"] if n != FEW_OBJECTIVES else []
    n = len(words["steps"])
    missing += [f"3 to 8 steps, one a line; there {_there(n)}"] if not 3 <= n <= 8 else []
    missing += [] if words["scenes"] else ["write a scene for at least one role"]
    for at, check in enumerate(words["checks"], start=1):
        said = [check["question"], check["answer"]]
        said += [text for option in check["options"].values() for text in option.values()]
        if empty := sum(not text for text in said):
            missing.append(f"question {at}: {empty} of {len(said)} fields {'is' if empty == 1 else 'are'} empty")
    missing += [] if fields["sources"] else ["name at least one source, one a line"]
    return missing


def module_file_from(fields: Mapping[str, Any]) -> ModuleFile:
    """What somebody typed into the form."""
    return parse(ModuleFile, dict(fields), where="module")


def as_yaml(found: ModuleFile) -> str:
    body: str = yaml.safe_dump(found.model_dump(mode="json"), sort_keys=False, allow_unicode=True, width=110)
    return body


def prove_module_file(
    found: ModuleFile,
    *,
    facets: Collection[str],
    roles: Collection[str],
    competencies: Collection[str],
    formats: Collection[str],
    languages: Collection[str],
) -> Problems:
    """Whether everything named is there, and the words are whole and easy to read in each language."""
    problems = [
        f"no language {name!r}; there are: {', '.join(languages)}" for name in found.words if name not in languages
    ]
    key = found.key("0.0")
    problems += prove_module(key, facets=facets, roles=roles, competencies=competencies, formats=formats)
    for language in found.words:
        problems += [f"{language}: {said}" for said in prove_module_wording(found.wording(language, "0.0"), key)]
    return problems


def _there(n: int) -> str:
    return f"{'is' if n == 1 else 'are'} {n}"
