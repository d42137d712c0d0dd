"""What a role asks of a person's way of working, and why."""

from typing import Literal, Self

from pydantic import Field, model_validator

from assessment.instruments.instrument import Document, Id, Status, Version

Grade = Literal["judgement", "weak", "moderate", "strong"]
Part = Literal["core", "signature", "other"]


class Evidence(Document):
    """How strong the ground for a requirement is, and the figures it rests on."""

    grade: Grade
    figures: tuple[str, ...] = ()
    weight_note: str | None = None
    softened: str | None = None  # why a draft floor was lowered
    kept_above_52: str | None = None  # why it was not


class Requirement(Document):
    """The range of T in which the work tends to go well, on one facet.

    floor: enough is enough, nothing more is earned above `low`. range: both too
    little and too much can cost.
    """

    facet: Id
    kind: Literal["floor", "range"]
    low: float
    high: float | None = None
    weight: float = Field(ge=0)
    because: str = Field(min_length=1)
    evidence: Evidence
    proxy_note: str | None = None

    @model_validator(mode="after")
    def _range_has_two_ends(self) -> Self:
        if self.kind == "range" and self.high is None:
            raise ValueError(f"{self.facet}: a range needs `high`; or make it a floor")
        if self.kind == "floor" and self.high is not None:
            raise ValueError(f"{self.facet}: a floor has no `high`; or make it a range")
        if self.high is not None and self.low >= self.high:
            raise ValueError(f"{self.facet}: low {self.low:g} must be below high {self.high:g}")
        return self


class OnetCode(Document):
    code: str
    title: str
    weight: float


class RoleProfile(Document):
    """The requirements of one role, its core and the four facets that set it apart."""

    id: Id
    version: Version
    title: str
    weights_origin: Literal["expert", "fitted"]
    status: Status
    core: tuple[Id, ...]
    signature: tuple[Id, ...]
    requirements: tuple[Requirement, ...]
    purpose: str = ""
    duties: tuple[str, ...] = ()
    use: str = ""
    caution: str = ""
    onet_codes: tuple[OnetCode, ...] = ()
    old_new_agreement: float | None = None
    source: str = ""
    licence: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        asked = [r.facet for r in self.requirements]
        if twice := {facet for facet in asked if asked.count(facet) > 1}:
            raise ValueError(f"requirements name {', '.join(sorted(twice))} twice")
        if both := set(self.core) & set(self.signature):
            raise ValueError(f"{', '.join(sorted(both))}: in core and in signature; choose one")
        if absent := [f for f in (*self.core, *self.signature) if f not in asked]:
            raise ValueError(f"core or signature name {', '.join(absent)}, which no requirement asks for")
        if not sum(r.weight for r in self.requirements) > 0:
            raise ValueError("the weights add up to nothing")
        return self

    def part_of(self, facet: str) -> Part:
        return "core" if facet in self.core else "signature" if facet in self.signature else "other"
