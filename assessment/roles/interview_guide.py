"""The structured interview: its questions, what an answer is worth, and what must stay out of the talk."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.instruments.wording_proof import said_twice, same_ids

Problems = list[str]
Text = Annotated[str, Field(min_length=1, max_length=600)]
Anchored = Literal[1, 3, 5]
LOWEST, HIGHEST = 1, 5
ASKED_OF_ALL = 3
NO_CHANCE = 0  # the person had no chance to answer; counts nowhere
_LEADING = ("don't you", "wouldn't you", "isn't it", "surely", "of course", "you would never", "i am sure")


class InterviewQuestion(Document):
    """One question; `anchors` say what an answer worth 1, 3 or 5 sounds like."""

    id: Id
    question: Text
    anchors: dict[Anchored, Text]
    probes: tuple[Text, ...] = Field(min_length=1)
    listen_for: Text


class RoleQuestion(InterviewQuestion):
    """A question that everybody is asked for the role; the facet or competency it is nearest to."""

    facet: Id | None = None
    competency: Id | None = None


class FacetQuestions(Document):
    behavioural: tuple[InterviewQuestion, ...] = Field(min_length=1)
    situational: tuple[InterviewQuestion, ...] = Field(min_length=1)
    do_not_ask: Text

    @property
    def questions(self) -> tuple[InterviewQuestion, ...]:
        return (*self.behavioural, *self.situational)


class RoleQuestions(Document):
    questions: tuple[RoleQuestion, ...]
    do_not_ask: Text


class Theme(Document):
    """Something that is not talked about, and words that no question about it could do without."""

    text: Text
    words: tuple[str, ...] = Field(min_length=1)


class RatingScale(Document):
    """`between` says what a rating of 2 or 4 means, beside the anchors of a question."""

    points: Literal[5]
    between: dict[Literal[2, 4], Text]
    no_rating: Text


class InterviewGuide(Document):
    language: Id
    version: Version
    status: Status
    licence: str
    scale: RatingScale
    use: tuple[Text, ...]
    do_not_ask: tuple[Theme, ...]
    told_anyway: Text
    legal_note: Text
    facets: dict[Id, FacetQuestions]
    roles: dict[Id, RoleQuestions]

    @model_validator(mode="after")
    def _asks_by_name_once(self) -> Self:
        ids = [question.id for question in self.everything()]
        if twice := {id_ for id_ in ids if ids.count(id_) > 1}:
            raise ValueError(f"question {', '.join(sorted(twice))} stands twice")
        return self

    def everything(self) -> Iterator[InterviewQuestion]:
        for facet in self.facets.values():
            yield from facet.questions
        for role in self.roles.values():
            yield from role.questions

    @cached_property
    def by_id(self) -> dict[str, InterviewQuestion]:
        return {question.id: question for question in self.everything()}

    @cached_property
    def facet_of(self) -> dict[str, str]:
        """The facet of every question that stands under one."""
        return {question.id: facet for facet, own in self.facets.items() for question in own.questions}


@cache
def interview_guide() -> InterviewGuide:
    path = ROOT / "data/interview/guide.en.yaml"
    return parse(InterviewGuide, read_document(path), where=path)


def prove_guide(
    guide: InterviewGuide, *, facets: Collection[str], roles: Collection[str], competencies: Collection[str]
) -> Problems:
    """Every facet and role has its questions, each with its anchors, and none asks what must not be asked.

    facets, competencies : those of the questionnaire and the scenarios; roles : those with a form
    """
    problems = [*same_ids("facet", guide.facets, facets), *same_ids("role", guide.roles, roles)]
    problems += [f"anchor of a rating of {step}: not worded" for step in (2, 4) if step not in guide.scale.between]
    for role, own in guide.roles.items():
        if len(own.questions) != ASKED_OF_ALL:
            problems.append(f"role {role}: {len(own.questions)} questions, expected {ASKED_OF_ALL}")
        for asked in own.questions:
            if asked.facet is None and asked.competency is None:
                problems.append(f"{asked.id}: names no facet and no competency")
            if asked.facet is not None and asked.facet not in facets:
                problems.append(f"{asked.id}: no facet {asked.facet!r}; there are: {', '.join(facets)}")
            if asked.competency is not None and asked.competency not in competencies:
                problems.append(f"{asked.id}: no competency {asked.competency!r}; there are: {', '.join(competencies)}")
    for question in guide.everything():
        problems += [
            f"{question.id}: no anchor for a rating of {step}" for step in (1, 3, 5) if step not in question.anchors
        ]
        problems += said_twice(question.id, [*question.anchors.values(), *question.probes])
        problems += _out_of_bounds(question, guide.do_not_ask)
    return problems + said_twice("questions", [question.question for question in guide.everything()])


def _out_of_bounds(question: InterviewQuestion, themes: Sequence[Theme]) -> Problems:
    problems: Problems = []
    for text in (question.question, *question.probes):
        problems += [
            f"{question.id}: “{word}” is not asked about: {theme.text}"
            for theme in themes
            for word in theme.words
            if _says(text, word)
        ]
        problems += [f"{question.id}: “{word}” leads to an answer" for word in _LEADING if _says(text, word)]
    return problems


def _says(text: str, words: str) -> bool:
    """Whole words, whatever their case; a plural counts."""
    return re.search(rf"\b{re.escape(words)}s?\b", text.replace("’", "'"), re.IGNORECASE) is not None
