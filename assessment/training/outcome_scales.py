"""Anchored scales on which a supervisor says at day 90 how the work goes, and the reasons why somebody left.

What is rated is what was seen at work. The ratings are evidence about our hiring; they are set beside no
temperament on any screen and decide on nothing by themselves.
"""

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.instruments.wording_proof import said_twice, same_ids

Problems = list[str]
Text = Annotated[str, Field(min_length=1, max_length=400)]
Anchored = Literal[1, 3, 5]
Between = Literal[2, 4]
LOWEST, HIGHEST = 1, 5
NO_CHANCE = 0  # the supervisor had no chance to see it; counts nowhere
LEAVING = ("own_choice", "our_choice", "end_of_term", "moved", "other")


class OutcomeScale(Document):
    """`anchors` say what is seen at 1, 3 and 5; high is better for the people who are served."""

    id: Id
    title: Annotated[str, Field(min_length=1, max_length=60)]
    question: Text
    anchors: dict[Anchored, Text]


class OutcomeScales(Document):
    """`between` says what a rating of 2 or 4 means, beside the anchors of a scale."""

    version: Version
    status: Status
    licence: str
    how_to_rate: tuple[Text, ...] = Field(min_length=1)
    points: Literal[5]
    between: dict[Between, Text]
    no_chance: Text
    scales: tuple[OutcomeScale, ...] = Field(min_length=1)
    leaving_reasons: dict[Id, Text]

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if twice := sorted({id_ for id_ in self.ids if self.ids.count(id_) > 1}):
            raise ValueError(f"scale {', '.join(twice)} stands twice")
        return self

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(scale.id for scale in self.scales)


@cache
def outcome_scales() -> OutcomeScales:
    path = ROOT / "data/outcomes/scales.yaml"
    return parse(OutcomeScales, read_document(path), where=path)


def prove_outcome_scales(found: OutcomeScales) -> Problems:
    """Every scale has its three anchors, none said twice, and every reason for leaving has its words."""
    problems = same_ids("rating between anchors", found.between, (2, 4))
    for scale in found.scales:
        problems += same_ids(f"{scale.id} anchor", scale.anchors, (1, 3, 5))
    problems += same_ids("reason for leaving", found.leaving_reasons, LEAVING)
    problems += said_twice("questions", [scale.question for scale in found.scales])
    problems += said_twice("anchors", [text for scale in found.scales for text in scale.anchors.values()])
    return problems + said_twice("reasons for leaving", found.leaving_reasons.values())
