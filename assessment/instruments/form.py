"""The form of a role: which items, scenarios and job facts are shown, and in which order."""

from typing import Self

from pydantic import Field, model_validator

from assessment.instruments.instrument import Document, Id, Status, Version


class Form(Document):
    """What is asked for one role; `items` holds the attention checks too, in the order shown."""

    id: Id
    version: Version
    questionnaire: Id
    title: str
    status: Status
    licence: str
    minutes: int = Field(ge=1, le=90)
    facets: tuple[Id, ...]
    items: tuple[Id, ...]
    scenarios: tuple[Id, ...] = ()
    job_facts: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _asks_once(self) -> Self:
        for name in ("facets", "items", "scenarios", "job_facts"):
            ids = getattr(self, name)
            if len(set(ids)) < len(ids):
                raise ValueError(f"{name}: {', '.join(sorted({i for i in ids if ids.count(i) > 1}))} stands twice")
        return self

    def fields(self) -> tuple[str, ...]:
        """Everything that can be answered: items and checks, then best and worst of each scenario."""
        picks = tuple(f"{scenario}.{pick}" for scenario in self.scenarios for pick in ("best", "worst"))
        return (*self.items, *picks)
