"""Honest facts about a job, shown before the questions; answers are for the talk, never for scoring."""

from typing import Literal

from pydantic import Field

from assessment.instruments.instrument import Document, Id, Status, Version

FactAnswer = Literal["fine", "talk", "not_for_me"]


class JobFact(Document):
    id: Id
    title: str = Field(min_length=1, max_length=120)
    text: str = Field(min_length=1, max_length=600)


class FactsWording(Document):
    """The facts of every role in one language, and the words around them."""

    language: Id
    version: Version
    status: Status
    licence: str
    intro: str
    change_note: str
    answers: dict[FactAnswer, str]
    roles: dict[Id, tuple[JobFact, ...]]
