"""The stages an application goes through: who waits at each, for how long it may, and what is to be done."""

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assessment.errors import UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.instruments.wording_proof import said_twice

Waits = Literal["us", "candidate", "nobody"]
Name = Annotated[str, Field(min_length=1, max_length=24)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
MAY_BE_LEFT_OUT = ("interview", "decision")
MOST_DAYS = 90


class StageRule(Document):
    """One stage. `waits`: for whom the hiring stands still; `days`: after how many whole days it is overdue."""

    id: Id
    name: Name
    waits: Waits
    days: int | None = Field(default=None, ge=1, le=MOST_DAYS)
    to_do: Line
    used: bool = True

    @model_validator(mode="after")
    def _days_where_somebody_waits(self) -> Self:
        if (self.days is None) != (self.waits == "nobody"):
            raise ValueError(f"{self.id}: `days` stands where somebody waits, and nowhere else")
        if not self.used and self.id not in MAY_BE_LEFT_OUT:
            raise ValueError(f"{self.id}: only {' and '.join(MAY_BE_LEFT_OUT)} may be left out")
        return self


class StageTemplate(Document):
    version: Version
    status: Status
    licence: str
    stages: tuple[StageRule, ...]

    @model_validator(mode="after")
    def _says_each_once(self) -> Self:
        for what, words in (("stage", [s.id for s in self.stages]), ("name", [s.name.casefold() for s in self.stages])):
            if twice := sorted({word for word in words if words.count(word) > 1}):
                raise ValueError(f"{what} {', '.join(twice)} stands twice")
        return self

    @cached_property
    def _by_id(self) -> dict[str, StageRule]:
        return {rule.id: rule for rule in self.stages}

    def rule(self, stage: str) -> StageRule:
        if stage not in self._by_id:
            raise UnknownIdError("stage", stage, tuple(self._by_id))
        return self._by_id[stage]

    def days(self, stage: str) -> int | None:
        """How many days an application may stand there; None where nobody waits."""
        return self.rule(stage).days

    def waits_on(self, stage: str) -> Waits:
        return self.rule(stage).waits

    def name(self, stage: str) -> str:
        return self.rule(stage).name

    def to_do(self, stage: str) -> str:
        return self.rule(stage).to_do

    def is_used(self, stage: str) -> bool:
        return self.rule(stage).used

    @property
    def used(self) -> tuple[str, ...]:
        """The stages people are led through, in order."""
        return tuple(rule.id for rule in self.stages if rule.used)


@cache
def shipped_stages() -> StageTemplate:
    path = ROOT / "data/stages/default.yaml"
    return parse(StageTemplate, read_document(path), where=path)


def prove_stages(template: StageTemplate, known: Sequence[str]) -> list[str]:
    """The stages there are, all of them, in their order, and each with work of its own."""
    found = [rule.id for rule in template.stages]
    problems = [] if found == list(known) else [f"stages: {', '.join(found)}; expected {', '.join(known)}"]
    return problems + said_twice("to do", [rule.to_do for rule in template.stages])
