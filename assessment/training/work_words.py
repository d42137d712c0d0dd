"""What the work asks of somebody, in plain words for the newcomer: what it looks like on a good day, role by role."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated

from pydantic import Field

from assessment.errors import UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.instruments.reading_grade import too_hard
from assessment.instruments.wording_proof import said_twice, same_ids, sentences, texts
from assessment.training.module import ENGLISH

Problems = list[str]
Title = Annotated[str, Field(min_length=1, max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=500)]
FOLDER = "data/work"


class WorkAsks(Document):
    """One way of working that the role asks for; `try_this` (in the file: `try`) is one thing for this week."""

    facet: Id
    title: Title
    text: Text
    try_this: Text = Field(alias="try")


class RoleWork(Document):
    """`asks` follows the signature of the role profile, `also` says its core; `people`: how those served notice it."""

    lead: Text
    asks: tuple[WorkAsks, ...] = Field(min_length=1)
    also: Text
    people: Text
    hard: Text


class WorkWords(Document):
    language: Id
    version: Version
    status: Status
    licence: str
    intro: Text
    roles: dict[Id, RoleWork]

    def role(self, role: str) -> RoleWork:
        if role not in self.roles:
            raise UnknownIdError("role", role, tuple(self.roles))
        return self.roles[role]


@cache
def work_words(language: str) -> WorkWords:
    """The words in a language; where that one is missing, in English, and `language` says so."""
    path = ROOT / FOLDER / f"{language}.yaml"
    if language not in work_languages():
        path = ROOT / FOLDER / f"{ENGLISH}.yaml"
    return parse(WorkWords, read_document(path), where=path)


@cache
def work_languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (ROOT / FOLDER).glob("*.yaml")))


def prove_work_words(words: WorkWords, *, roles: Collection[str], signatures: Mapping[str, Sequence[str]]) -> Problems:
    """Every role has its words, one for each facet of its signature in that order, easy enough to read.

    roles : those with a form; signatures : facets per role, as in the profiles
    """
    problems = same_ids("role", words.roles, roles)
    for role, own in words.roles.items():
        found, due = [asked.facet for asked in own.asks], list(signatures.get(role, ()))
        if found != due:
            problems.append(f"{role}: asks {', '.join(found)}; the profile has {', '.join(due) or 'no signature'}")
        said = list(_said(own))
        problems += said_twice(role, [asked.title for asked in own.asks])
        if words.language == ENGLISH:
            problems += too_hard(f"work of {role}", [words.intro, *said])
    whole = [sentence for own in words.roles.values() for text in _said(own) for sentence in sentences(text)]
    return problems + said_twice("roles", whole)


def _said(work: RoleWork) -> Iterator[str]:
    """Every text as it is read, without the ids."""
    return texts(work.model_dump(exclude={"asks": {"__all__": {"facet"}}}))
