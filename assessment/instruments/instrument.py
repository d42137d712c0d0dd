"""What a questionnaire asks and how its answers count: the key, without any wording."""

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
Version = Annotated[str, Field(pattern=r"^\d+(\.\d+){1,3}$")]
Status = Literal["draft", "reviewed", "in_use", "retired"]
MOST_CATEGORIES = 254  # an answer is kept in one byte, beside "unanswered"


class Document(BaseModel):
    """The part of a file that is checked at the edge; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ResponseFormat(Document):
    """The lowest and highest answer that may be given, for instance 1 to 5."""

    low: int
    high: int


class ProxyRisk(Document):
    """Could a score stand in for something that must not be measured? A judgement, to be tested."""

    level: Literal["some", "high"]
    groups: tuple[str, ...] = ()
    reason: str = ""
    mitigation: str = ""


class Facet(Document):
    """A habit of acting at work that several items ask about."""

    id: Id
    name: str
    min_answered: float = Field(default=0.8, gt=0, le=1)
    group: str | None = None
    shape: Literal["ideal", "floor"] | None = None
    proxy_risk: ProxyRisk | None = None


class Item(Document):
    """One statement, by id. Plus: agreeing means more of the facet; minus: less."""

    id: Id
    facet: Id
    keyed: Literal["plus", "minus"]
    aspect: str | None = None
    preferred: bool | None = None
    review: str | None = None


class Check(Document):
    """A kind attention check: never scored, never a reason to reject."""

    id: Id
    expects: int


class Practice(Document):
    """A line to try out, whose answer is not kept."""

    id: Id


class Instrument(Document):
    """A questionnaire: its facets, its items and how they are keyed."""

    id: Id
    version: Version
    title: str
    source: str
    licence: str
    status: Status = "draft"
    format: ResponseFormat
    facets: tuple[Facet, ...]
    items: tuple[Item, ...]
    checks: tuple[Check, ...] = ()
    practice: tuple[Practice, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.format.low >= self.format.high:
            raise ValueError(f"format: low {self.format.low} must be below high {self.format.high}")
        if self.format.high - self.format.low >= MOST_CATEGORIES:
            raise ValueError(f"format: {self.format.low} to {self.format.high}; {MOST_CATEGORIES} answers at the most")
        ids = [facet.id for facet in self.facets]
        _refuse_twice("facet", ids)
        _refuse_twice("item", [i.id for i in self.items] + [c.id for c in self.checks])
        for item in self.items:
            if item.facet not in ids:
                raise ValueError(f"item {item.id}: no facet {item.facet!r}; there are: {', '.join(ids)}")
        return self

    @cached_property
    def by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def facets_by_id(self) -> dict[str, Facet]:
        return {facet.id: facet for facet in self.facets}

    def items_of(self, facet: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.facet == facet)

    def high_proxy_risk(self) -> frozenset[str]:
        """Facets that may be named but never count for a person's band."""
        return frozenset(f.id for f in self.facets if f.proxy_risk and f.proxy_risk.level == "high")


def _refuse_twice(what: str, ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise ValueError(f"{what} {id_!r} stands twice")
        seen.add(id_)
