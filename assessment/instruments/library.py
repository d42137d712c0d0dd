"""The shelf of what ships: questionnaires, forms, scenarios and job facts, read once and kept."""

from functools import cache, cached_property
from pathlib import Path

from assessment.errors import UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.facts import FactsWording
from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument
from assessment.instruments.scenario import ScenarioSet, ScenarioWording
from assessment.instruments.wording import Wording

ROOT = Path(__file__).parents[2]


class Library:
    """The files under one root folder, each parsed at first use."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self._wordings: dict[tuple[str, str], Wording] = {}
        self._forms: dict[str, Form] = {}
        self._questionnaires: dict[str, Instrument] = {}

    @staticmethod
    @cache
    def shipped() -> "Library":
        return Library()

    def roles(self) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in (self.root / "questionnaires").glob("*.yaml")))

    def questionnaire(self, id_: str = "temperament") -> Instrument:
        if id_ not in self._questionnaires:
            there_is = [p.parent.name for p in (self.root / "questionnaires").glob("*/questionnaire.yaml")]
            if id_ not in there_is:
                raise UnknownIdError("questionnaire", id_, there_is)
            self._questionnaires[id_] = read_questionnaire(self.root / "questionnaires" / id_)
        return self._questionnaires[id_]

    def languages(self, id_: str = "temperament") -> tuple[str, ...]:
        folder = self.root / "questionnaires" / id_
        return tuple(sorted(p.stem for p in folder.glob("*.yaml") if p.stem != "questionnaire"))

    def wording(self, id_: str = "temperament", language: str = "en") -> Wording:
        if (id_, language) not in self._wordings:
            if language not in self.languages(id_):
                raise UnknownIdError("language", language, self.languages(id_))
            path = self.root / "questionnaires" / id_ / f"{language}.yaml"
            self._wordings[id_, language] = parse(Wording, read_document(path), where=path)
        return self._wordings[id_, language]

    def form(self, role: str) -> Form:
        if role not in self._forms:
            if role not in self.roles():
                raise UnknownIdError("role", role, self.roles())
            path = self.root / "questionnaires" / f"{role}.yaml"
            self._forms[role] = parse(Form, read_document(path), where=path)
        return self._forms[role]

    @cached_property
    def _scenarios(self) -> ScenarioSet:
        path = self.root / "questionnaires/scenarios/scenarios.yaml"
        return parse(ScenarioSet, read_document(path), where=path)

    def scenarios(self) -> ScenarioSet:
        return self._scenarios

    @cached_property
    def _scenario_wordings(self) -> dict[str, ScenarioWording]:
        folder = self.root / "questionnaires/scenarios"
        paths = [folder / f"{language}.yaml" for language in self.languages()]
        return {path.stem: parse(ScenarioWording, read_document(path), where=path) for path in paths}

    def scenario_wording(self, language: str) -> ScenarioWording:
        if language not in self._scenario_wordings:
            raise UnknownIdError("language", language, tuple(self._scenario_wordings))
        return self._scenario_wordings[language]

    @cached_property
    def _job_facts(self) -> dict[str, FactsWording]:
        paths = [self.root / "data/job_facts" / f"{language}.yaml" for language in self.languages()]
        return {path.stem: parse(FactsWording, read_document(path), where=path) for path in paths}

    def job_facts(self, language: str) -> FactsWording:
        if language not in self._job_facts:
            raise UnknownIdError("language", language, tuple(self._job_facts))
        return self._job_facts[language]


def read_questionnaire(path: Path) -> Instrument:
    """The key in a file, or in `questionnaire.yaml` of a folder."""
    file = path / "questionnaire.yaml" if path.is_dir() else path
    return parse(Instrument, read_document(file), where=file)
