"""Made-up candidates on whom interviewers practise rating, with ratings to compare their own with."""

from collections.abc import Sequence
from functools import cache
from typing import Annotated

from pydantic import Field

from assessment.errors import UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.instruments.wording_proof import said_twice
from assessment.roles.interview_guide import HIGHEST, LOWEST, InterviewGuide

Problems = list[str]
Text = Annotated[str, Field(min_length=1, max_length=1000)]


class ModelRating(Document):
    """What the authors would give, and why."""

    rating: int = Field(ge=LOWEST, le=HIGHEST)
    because: Text


class VignetteAnswer(Document):
    """`question` is one of the interview guide; `trap` is what leads raters astray here."""

    question: Id
    answer: Text
    model: ModelRating
    trap: Text


class Vignette(Document):
    id: Id
    role: Id
    candidate: Text
    setting: Text
    answers: tuple[VignetteAnswer, ...] = Field(min_length=2)
    talk_about: Text

    @property
    def model_ratings(self) -> tuple[int, ...]:
        return tuple(answer.model.rating for answer in self.answers)


class Vignettes(Document):
    """`authors` is how many people set the model ratings; `accept_within` how far off is near enough."""

    language: Id
    version: Version
    status: Status
    licence: str
    authors: int = Field(ge=1)
    accept_within: int = Field(ge=0, le=2)
    vignettes: tuple[Vignette, ...]

    def one(self, id_: str) -> Vignette:
        found = {vignette.id: vignette for vignette in self.vignettes}
        if id_ not in found:
            raise UnknownIdError("vignette", id_, tuple(found))
        return found[id_]


@cache
def vignettes() -> Vignettes:
    path = ROOT / "data/interview/vignettes.en.yaml"
    return parse(Vignettes, read_document(path), where=path)


def prove_vignettes(found: Vignettes, guide: InterviewGuide, roles: Sequence[str]) -> Problems:
    """Each is of a role there is and answers questions of the guide, and the model ratings differ."""
    problems = said_twice("vignette", [vignette.id for vignette in found.vignettes])
    for vignette in found.vignettes:
        if vignette.role not in roles:
            problems.append(f"{vignette.id}: no role {vignette.role!r}; there are: {', '.join(roles)}")
        problems += [
            f"{vignette.id}: no question {answer.question!r} in the interview guide"
            for answer in vignette.answers
            if answer.question not in guide.by_id
        ]
        if len(set(vignette.model_ratings)) < 2:
            problems.append(f"{vignette.id}: every model rating is the same, so nothing is learned from it")
        problems += said_twice(vignette.id, [answer.question for answer in vignette.answers])
    return problems
