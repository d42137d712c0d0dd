"""Short scenes from the work: the key, and the words beside it."""

from typing import Annotated, Literal

from pydantic import Field

from assessment.instruments.instrument import Document, Id, Status, Version

Letter = Annotated[str, Field(pattern=r"^[a-h]$")]


class Option(Document):
    """One way to act; key 1 makes things worse, 5 is the best of those offered."""

    key: float = Field(ge=1, le=5)
    because: str


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
