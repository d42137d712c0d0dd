"""Short scenes from the work: the key, and the words beside it."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assessment.instruments.instrument import Document, Id, Status, Version

Letter = Annotated[str, Field(pattern=r"^[a-h]$")]


class Option(Document):
    """One way to act; key 1 makes things worse, 5 is the best of those offered.

    `ratings` are those of each author of the key, where there are several; the key is then their mean.
    """

    key: float = Field(ge=1, le=5)
    because: str
    ratings: tuple[Annotated[float, Field(ge=1, le=5)], ...] = ()


class Scenario(Document):
    id: Id
    role: Id
    topic: str
    facets: tuple[Id, ...]
    competencies: tuple[Id, ...]
    options: dict[Letter, Option] = Field(min_length=2)


class ScenarioSet(Document):
    """All scenarios; `authors` is how many people set the key."""

    id: Id
    version: Version
    status: Status
    authors: int = Field(ge=1)
    licence: str
    source: str
    answer: Literal["pick_best_and_worst"]
    competencies: dict[Id, str]
    scenarios: tuple[Scenario, ...]

    @model_validator(mode="after")
    def _key_is_what_its_authors_say(self) -> Self:
        for scenario in self.scenarios:
            if len({option.key for option in scenario.options.values()}) < 2:
                raise ValueError(f"scenario {scenario.id}: every option has the same key, so no pick says anything")
            for letter, option in scenario.options.items():
                where = f"scenario {scenario.id}, option {letter}"
                if option.ratings and len(option.ratings) != self.authors:
                    raise ValueError(f"{where}: {len(option.ratings)} ratings, but the key has {self.authors} authors")
                if option.ratings and abs(option.key - sum(option.ratings) / len(option.ratings)) > 0.05:
                    raise ValueError(f"{where}: key {option.key:g} is not the mean of its authors' ratings")
        return self

    def by_id(self) -> dict[str, Scenario]:
        return {scenario.id: scenario for scenario in self.scenarios}


class SceneWording(Document):
    stem: str
    options: dict[Letter, str]


class ScenarioWording(Document):
    questionnaire: Id
    language: Id
    version: Version
    status: Status
    licence: str
    question: str
    pick_best: str
    pick_worst: str
    intro: str
    scenarios: dict[Id, SceneWording]
    competencies: dict[Id, str] = Field(default_factory=dict)
