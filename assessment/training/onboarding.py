"""The rules of a plan for the first 90 days: which modules and steps go with a facet, a side of the range and a role.

The key (`rules.yaml`) names facets, roles and modules; the words stand beside it, one file per language.
What a newcomer reads says what to try, never what somebody is like.
"""

from functools import cache, cached_property
from typing import Annotated, Literal, get_args

from pydantic import Field

from assessment.errors import UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.training.module import ENGLISH

Direction = Literal["below", "above"]
Kind = Literal["growth", "balance", "strength"]
PhaseId = Literal["week_1", "weeks_2_4", "days_31_60", "days_61_90"]
Text = Annotated[str, Field(min_length=1, max_length=300)]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
KINDS: tuple[Kind, ...] = get_args(Kind)
PHASES: tuple[PhaseId, ...] = get_args(PhaseId)
FOLDER = "data/onboarding"
RULES = "rules.yaml"


class PlanRule(Document):
    """What is trained where somebody stands below or above the range of a role; `modules` per role, first one first."""

    facet: Id
    direction: Direction
    kind: Kind
    modules: dict[Id, tuple[Id, ...]]


class PlanPhase(Document):
    """A part of the first 90 days that everybody in a role has; days count from the first day at work, which is 1."""

    id: PhaseId
    from_day: int = Field(ge=1)
    to_day: int = Field(le=90)
    modules: tuple[Id, ...] = Field(min_length=1)


class PlanRules(Document):
    version: Version
    status: Status
    licence: str
    how_to_use: tuple[Text, ...] = Field(min_length=1)
    families: dict[Id, tuple[Id, ...]]
    rules: tuple[PlanRule, ...]
    phases: dict[Id, tuple[PlanPhase, ...]]
    supervisor_modules: tuple[Id, ...]

    @cached_property
    def _cells(self) -> dict[tuple[str, str], PlanRule]:
        return {(rule.facet, rule.direction): rule for rule in self.rules}

    @cached_property
    def roles(self) -> tuple[str, ...]:
        return tuple(role for roles in self.families.values() for role in roles)

    def rule(self, facet: str, direction: str) -> PlanRule:
        if (facet, direction) not in self._cells:
            raise UnknownIdError("plan rule", f"{facet} {direction}", [" ".join(cell) for cell in self._cells])
        return self._cells[facet, direction]

    def modules_for(self, facet: str, direction: str, role: str) -> tuple[str, ...]:
        """The modules of one cell, the one to begin with first."""
        modules = self.rule(facet, direction).modules
        if role not in modules:
            raise UnknownIdError("role", role, tuple(modules))
        return modules[role]

    def family_of(self, role: str) -> str:
        """The family whose practice on the job fits a role."""
        found = next((family for family, roles in self.families.items() if role in roles), None)
        if found is None:
            raise UnknownIdError("role", role, self.roles)
        return found

    def phases_of(self, role: str) -> tuple[PlanPhase, ...]:
        """The four parts of the first 90 days in a role, in order."""
        if role not in self.phases:
            raise UnknownIdError("role", role, tuple(self.phases))
        return self.phases[role]


class RuleWording(Document):
    """`sign` and `manager_does` are for staff; `weeks` (four) and `on_the_job` (per family) for the newcomer too."""

    facet: Id
    direction: Direction
    sign: Text
    manager_does: Text
    weeks: tuple[Text, ...]
    on_the_job: dict[Id, Text]


class PlanWording(Document):
    """`check_in_with`: who talks with a newcomer in a role, by what they do."""

    language: Id
    version: Version
    status: Status
    licence: str
    directions: dict[Direction, Text]
    kinds: dict[Kind, Text]
    phases: dict[PhaseId, Text]
    rules: tuple[RuleWording, ...]
    goals: dict[Id, dict[PhaseId, Text]]
    check_in_with: dict[Id, Text]

    @cached_property
    def _cells(self) -> dict[tuple[str, str], RuleWording]:
        return {(rule.facet, rule.direction): rule for rule in self.rules}

    def rule(self, facet: str, direction: str) -> RuleWording:
        if (facet, direction) not in self._cells:
            raise UnknownIdError("plan rule", f"{facet} {direction}", [" ".join(cell) for cell in self._cells])
        return self._cells[facet, direction]

    def goals_of(self, role: str) -> dict[PhaseId, str]:
        """What is to be reached in each phase, in order."""
        if role not in self.goals:
            raise UnknownIdError("role", role, tuple(self.goals))
        return self.goals[role]


@cache
def plan_rules() -> PlanRules:
    path = ROOT / FOLDER / RULES
    return parse(PlanRules, read_document(path), where=path)


@cache
def plan_wording(language: str) -> PlanWording:
    """The words in a language; where that one is missing, in English, and `language` says so."""
    path = ROOT / FOLDER / f"{language}.yaml"
    if language not in plan_languages():
        path = ROOT / FOLDER / f"{ENGLISH}.yaml"
    return parse(PlanWording, read_document(path), where=path)


@cache
def plan_languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (ROOT / FOLDER).glob("*.yaml") if path.name != RULES))
