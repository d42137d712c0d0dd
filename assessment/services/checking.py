"""Proving that what ships is whole: each file alone, beside the others, and beside its digest."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from assessment.errors import AssessmentError, InstrumentError, UnknownIdError
from assessment.instruments.digest import BOOK, Kept, drift, read_book
from assessment.instruments.digest import renew as renew_digest
from assessment.instruments.document import parse, read_document
from assessment.instruments.facts import FactsWording
from assessment.instruments.form import Form
from assessment.instruments.instrument import Document, Instrument
from assessment.instruments.key_proof import prove_form, prove_key, prove_scenarios
from assessment.instruments.library import ROOT, Library, read_questionnaire
from assessment.instruments.scenario import ScenarioSet, ScenarioWording
from assessment.instruments.wording import Wording
from assessment.instruments.wording_proof import prove_facts, prove_scenario_wording, prove_wording, same_ids
from assessment.messages.inquiry_answers import InquiryAnswers, prove_inquiry_answers
from assessment.messages.plain_pages import PlainPages
from assessment.messages.proof import prove_messages, prove_page_words
from assessment.messages.templates import Messages
from assessment.messages.words import Words
from assessment.roles.checklist import DefaultChecks, prove_checks
from assessment.roles.interview_guide import InterviewGuide, interview_guide, prove_guide
from assessment.roles.library import InterviewWording, RolesWording, read_profile
from assessment.roles.profile import RoleProfile
from assessment.roles.proof import prove_norms, prove_people, prove_profile, prove_same_answers
from assessment.roles.stage_template import StageTemplate, prove_stages
from assessment.roles.vignettes import Vignettes, prove_vignettes
from assessment.scoring.norms import NormGroup, read_norms
from assessment.scoring.scenarios import key_agreement
from assessment.services.stages import STAGES
from assessment.training.check_in import CheckInKey, CheckInWords
from assessment.training.check_in_proof import prove_check_in_key, prove_check_in_words
from assessment.training.growth_items import GrowthItems, GrowthWords, prove_growth_items, prove_growth_words
from assessment.training.module import ModuleKey, ModuleWording, prove_module, prove_module_wording, worded_in
from assessment.training.onboarding import PlanRules, PlanWording
from assessment.training.onboarding_proof import prove_plan_rules, prove_plan_wording
from assessment.training.outcome_scales import OutcomeScales, prove_outcome_scales
from assessment.training.words import TrainingWords, prove_training_words
from assessment.training.work_words import WorkWords, prove_work_words

FOLDERS = (
    "questionnaires",
    "data/roles",
    "data/norms",
    "data/job_facts",
    "data/interview",
    "data/messages",
    "data/pages",
    "data/plain_pages",
    "data/stages",
    "data/inquiry_answers",
    "data/checks",
    "data/training",
    "data/onboarding",
    "data/check_ins",
    "data/work",
    "data/growth",
    "data/outcomes",
)
ENGLISH = "en.yaml"


@dataclass(frozen=True)
class Checked:
    """What was found about one file; `says` are facts worth reading that are no fault.

    unreadable : the file could not be taken at all, and why
    """

    path: Path
    kind: str
    version: str
    problems: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    unreadable: str | None = None


@dataclass(frozen=True)
class _Shelf:
    """Where a file stands and what it belongs to."""

    path: Path
    library: Library

    def key(self) -> Instrument:
        """The questionnaire a file beside it is about, else the one that ships with its tree."""
        beside = self.path.parent / "questionnaire.yaml"
        return read_questionnaire(beside) if beside.is_file() else self.library.questionnaire()

    def norms(self) -> NormGroup:
        return read_norms(self.library.root / "data/norms/provisional.yaml")

    def english(self) -> dict[str, Any]:
        beside = self.path.with_name(ENGLISH)
        return read_document(beside if beside.is_file() else self.path)

    def facts(self) -> dict[str, dict[str, list[str]]]:
        """Per language and role, the ids of its job facts."""
        return {
            language: {role: [card.id for card in cards] for role, cards in facts.roles.items()}
            for language in self.library.languages()
            for facts in [self.library.job_facts(language)]
        }


Proof = tuple[Sequence[str], Sequence[str]]  # problems, and what is worth saying


@dataclass(frozen=True)
class _Kind:
    """A kind of file: the fields that tell it, its model, its proof."""

    name: str
    told_by: frozenset[str]
    model: type[Document] | None
    prove: Callable[[Any, _Shelf], Proof]
    digest: bool = True


def check_files(paths: Sequence[Path] = (), *, root: Path = ROOT) -> Iterator[Checked]:
    """Check files, and all files of folders; without any, everything that ships."""
    library_of = cache(Library)  # each tree is read once a call, never longer: files may change between calls
    for path in paths or [root / folder for folder in FOLDERS if (root / folder).is_dir()]:
        if not path.is_dir():
            yield _check(path, library_of)
            continue
        files = sorted(path.rglob("*.yaml"))
        if not files:
            yield Checked(path, "folder", "", unreadable=f"{path}: no .yaml file in this folder; expected one or more")
        yield from (_check(file, library_of) for file in files)
        yield from _lost(path)


def renew(path: Path, *, version: str, reason: str, on: date) -> Kept:
    """Give a changed file its new version, once it is whole apart from its digest.

    Raises
    ------
    InstrumentError : the file is not whole, or the version does not fit what changed
    """
    kind, thing, _ = _read(path)
    problems, _ = kind.prove(thing, _Shelf(path, Library(_root_of(path))))
    if problems:
        raise InstrumentError(f"{path}: not renewed, since it is not whole: {'; '.join(problems[:5])}")
    return renew_digest(path, version=version, reason=reason, on=on)


def _check(path: Path, library_of: Callable[[Path], Library]) -> Checked:
    try:
        kind, thing, data = _read(path)
        shipped = _ships(path)
        problems, says = kind.prove(thing, _Shelf(path, library_of(_root_of(path))))
        changed = drift(path, data, needed=shipped and kind.digest)
        if kind.digest and not shipped and path.name not in read_book(path.parent).files:
            says = [*says, "no digest is kept beside it"]
        return Checked(path, kind.name, str(data.get("version", "")), (*problems, *changed), tuple(says))
    except AssessmentError as error:
        return Checked(path, "", "", unreadable=str(error))


def _read(path: Path) -> tuple[_Kind, Any, dict[str, Any]]:
    data = read_document(path)
    for kind in KINDS:
        if kind.told_by <= data.keys():
            return kind, parse(kind.model, data, where=path) if kind.model else data, data
    known = ", ".join(f"{kind.name} ({', '.join(sorted(kind.told_by))})" for kind in KINDS)
    raise InstrumentError(f"{str(path)[:160]}: no kind of file known here; expected one with the fields of: {known}")


def _lost(folder: Path) -> Iterator[Checked]:
    for book in sorted(folder.rglob(BOOK)):
        for name, kept in read_book(book.parent).files.items():
            if not (book.parent / name).is_file():
                gone = f"its digest stands in {BOOK}, but the file is gone"
                yield Checked(book.parent / name, "lost file", kept.version, (gone,))


def _root_of(path: Path) -> Path:
    """The tree a file belongs to; for a file that stands alone, the one that ships."""
    inside = (p for p in path.resolve().parents if (p / "questionnaires/temperament/questionnaire.yaml").is_file())
    return next(inside, ROOT)


def _ships(path: Path) -> bool:
    root = _root_of(path)
    return any(path.resolve().is_relative_to(root / folder) for folder in FOLDERS)


def _key(instrument: Instrument, shelf: _Shelf) -> Proof:
    problems, says = prove_same_answers(instrument)
    return [*prove_key(instrument), *problems], says


def _form(form: Form, shelf: _Shelf) -> Proof:
    library = shelf.library
    return prove_form(form, library.questionnaire(form.questionnaire), library.scenarios(), shelf.facts()), ()


def _profile(profile: RoleProfile, shelf: _Shelf) -> Proof:
    problems = prove_profile(profile, shelf.key())
    try:
        form = shelf.library.form(profile.id)
    except UnknownIdError:
        return problems, ("no form asks for this role here: nobody was simulated",)
    unasked = [f for f in (*profile.signature, *profile.core) if f not in form.facets]
    problems += [f"{facet}: in core or signature, but the form of the role does not ask about it" for facet in unasked]
    if problems:  # a profile that is not whole has no fitting person yet
        return problems, ()
    return prove_people(profile, instrument=shelf.key(), form=form, norms=shelf.norms())


def _scenarios(scenarios: ScenarioSet, shelf: _Shelf) -> Proof:
    agreement = key_agreement(scenarios)
    said = f"key by {agreement.authors} author{'s' * (agreement.authors != 1)}"
    if agreement.icc_single is not None and agreement.icc_mean is not None:
        said += (
            f", who rated {agreement.options} options: ICC(2,1) {agreement.icc_single:.2f}, "
            f"of their mean {agreement.icc_mean:.2f}"
        )
    else:
        said += "; agreement needs the ratings of two or more"
    return prove_scenarios(scenarios, shelf.library.questionnaire(), shelf.library.roles()), [said]


def _scenario_wording(wording: ScenarioWording, shelf: _Shelf) -> Proof:
    beside = shelf.path.with_name("scenarios.yaml")
    scenarios = (
        parse(ScenarioSet, read_document(beside), where=beside) if beside.is_file() else shelf.library.scenarios()
    )
    return prove_scenario_wording(wording, scenarios), ()


def _guide(guide: InterviewGuide, shelf: _Shelf) -> Proof:
    library = shelf.library
    known = library.scenarios().competencies
    facets = library.questionnaire().facets_by_id
    return prove_guide(guide, facets=facets, roles=library.roles(), competencies=known), ()


def _vignettes(found: Vignettes, shelf: _Shelf) -> Proof:
    beside = shelf.path.with_name(f"guide.{found.language}.yaml")
    guide = parse(InterviewGuide, read_document(beside), where=beside) if beside.is_file() else interview_guide()
    said = f"model ratings by {found.authors} author{'s' * (found.authors != 1)}"
    return prove_vignettes(found, guide, shelf.library.roles()), [said]


def _messages(messages: Messages, shelf: _Shelf) -> Proof:
    return prove_messages(messages, parse(Messages, shelf.english(), where=shelf.path.with_name(ENGLISH))), ()


def _inquiries(answers: InquiryAnswers, shelf: _Shelf) -> Proof:
    english = parse(InquiryAnswers, shelf.english(), where=shelf.path.with_name(ENGLISH))
    return prove_inquiry_answers(answers, english, stages=STAGES), ()


def _module(key: ModuleKey, shelf: _Shelf) -> Proof:
    library, path = shelf.library, shelf.path
    words = _training_words(library.root / "data/training/words.en.yaml")
    problems = prove_module(
        key,
        facets=library.questionnaire().facets_by_id,
        roles=library.roles(),
        competencies=words.competencies,
        formats=words.formats,
    )
    if path.stem != key.id:
        problems.append(f"the file is called {path.stem}, but the module is {key.id}")
    there_is = worded_in(key.id, root=library.root)
    if "en" not in there_is:
        problems.append("not worded in English, which stands in for every language that is missing")
    return problems, [
        f"not worded in {language}: shown in English" for language in library.languages() if language not in there_is
    ]


def _module_wording(wording: ModuleWording, shelf: _Shelf) -> Proof:
    path = shelf.path
    of_module = shelf.library.root / f"data/training/modules/{wording.module}.yaml"
    problems = prove_module_wording(wording, parse(ModuleKey, read_document(of_module), where=of_module))
    if (path.parent.name, path.stem) != (wording.language, wording.module):
        problems.append(f"stands in {path.parent.name}/{path.name}, expected {wording.language}/{wording.module}.yaml")
    return problems, ()


def _training_words(path: Path) -> TrainingWords:
    return parse(TrainingWords, read_document(path), where=path)


def _plan_rules(rules: PlanRules, shelf: _Shelf) -> Proof:
    library = shelf.library
    folder = library.root / "data/training/modules"
    modules = {path.stem: parse(ModuleKey, read_document(path), where=path) for path in sorted(folder.glob("*.yaml"))}
    facets = library.questionnaire().facets_by_id
    problems = prove_plan_rules(rules, facets=facets, roles=library.roles(), modules=modules)
    return [*problems, *_unworded(shelf)], ()


def _plan_wording(wording: PlanWording, shelf: _Shelf) -> Proof:
    beside = shelf.path.with_name("rules.yaml")
    return prove_plan_wording(wording, parse(PlanRules, read_document(beside), where=beside)), ()


def _check_in_words(words: CheckInWords, shelf: _Shelf) -> Proof:
    beside = shelf.path.with_name("check_ins.yaml")
    key = parse(CheckInKey, read_document(beside), where=beside)
    return prove_check_in_words(words, key, roles=shelf.library.roles()), ()


def _growth_words(words: GrowthWords, shelf: _Shelf) -> Proof:
    beside = shelf.path.with_name("items.yaml")
    return prove_growth_words(words, parse(GrowthItems, read_document(beside), where=beside)), ()


def _work_words(words: WorkWords, shelf: _Shelf) -> Proof:
    paths = sorted((shelf.library.root / "data/roles").glob("*.yaml"))
    signatures = {path.stem: read_profile(path).signature for path in paths}
    return prove_work_words(words, roles=shelf.library.roles(), signatures=signatures), ()


def _unworded(shelf: _Shelf) -> list[str]:
    """The languages of the questionnaire that a key has no words in."""
    there_is = shelf.library.languages()
    return [f"not worded in {name}" for name in there_is if not shelf.path.with_name(f"{name}.yaml").is_file()]


def _pages(words: Words | PlainPages, shelf: _Shelf) -> Proof:
    return prove_page_words(words.model_dump(mode="json", exclude_unset=True), shelf.english()), ()


KINDS = (
    _Kind("wording", frozenset({"language", "items"}), Wording, lambda w, s: (prove_wording(w, s.key()), ())),
    _Kind("form", frozenset({"minutes", "items"}), Form, _form),
    _Kind(
        "growth items",
        frozenset({"items", "views"}),
        GrowthItems,
        lambda k, s: ([*prove_growth_items(k), *_unworded(s)], ()),
    ),
    _Kind("questionnaire", frozenset({"items"}), Instrument, _key),
    _Kind("scenario wording", frozenset({"language", "scenarios"}), ScenarioWording, _scenario_wording),
    _Kind("scenarios", frozenset({"scenarios"}), ScenarioSet, _scenarios),
    _Kind("role profile", frozenset({"requirements"}), RoleProfile, _profile),
    _Kind("norms", frozenset({"kind", "n"}), NormGroup, lambda n, s: (prove_norms(n, s.library.questionnaire()), ())),
    _Kind(
        "job facts",
        frozenset({"change_note", "roles"}),
        FactsWording,
        lambda f, s: (prove_facts(f, s.library.roles()), ()),
    ),
    _Kind("work words", frozenset({"language", "intro", "roles"}), WorkWords, _work_words),
    _Kind("interview guide", frozenset({"language", "told_anyway"}), InterviewGuide, _guide),
    _Kind("practice in rating", frozenset({"language", "vignettes"}), Vignettes, _vignettes),
    _Kind(
        "role words",
        frozenset({"language", "roles"}),
        RolesWording,
        lambda w, s: (same_ids("role", w.roles, s.library.roles()), ()),
    ),
    _Kind("messages", frozenset({"language", "templates"}), Messages, _messages),
    _Kind(
        "interview questions",
        frozenset({"language", "facets"}),
        InterviewWording,
        lambda w, s: (same_ids("facet", w.facets, s.library.questionnaire().facets_by_id), ()),
    ),
    _Kind("answers to inquiries", frozenset({"language", "next_steps"}), InquiryAnswers, _inquiries),
    _Kind(
        "checks of a hire",
        frozenset({"checks", "never_before_offer"}),
        DefaultChecks,
        lambda c, s: (prove_checks(c, s.library.roles()), ()),
    ),
    _Kind("training module", frozenset({"minutes", "steps"}), ModuleKey, _module),
    _Kind("training module wording", frozenset({"language", "module", "steps"}), ModuleWording, _module_wording),
    _Kind(
        "training words",
        frozenset({"language", "formats"}),
        TrainingWords,
        lambda w, s: (prove_training_words(w, _training_words(s.path.with_name("words.en.yaml"))), ()),
    ),
    _Kind("onboarding rules", frozenset({"rules", "families"}), PlanRules, _plan_rules),
    _Kind("onboarding wording", frozenset({"language", "rules"}), PlanWording, _plan_wording),
    _Kind(
        "check-ins",
        frozenset({"low", "days"}),
        CheckInKey,
        lambda k, s: ([*prove_check_in_key(k), *_unworded(s)], ()),
    ),
    _Kind("check-in wording", frozenset({"language", "newcomer"}), CheckInWords, _check_in_words),
    _Kind("growth wording", frozenset({"language", "intro_peer"}), GrowthWords, _growth_words),
    _Kind(
        "outcome scales",
        frozenset({"scales", "leaving_reasons"}),
        OutcomeScales,
        lambda f, _shelf: (prove_outcome_scales(f), ()),
    ),
    _Kind("stages", frozenset({"stages"}), StageTemplate, lambda t, s: (prove_stages(t, STAGES), ())),
    _Kind("page words", frozenset({"language", "frame"}), Words, _pages, digest=False),
    _Kind("page words", frozenset({"language", "door"}), PlainPages, _pages, digest=False),
    _Kind("made-up names", frozenset({"first", "last"}), None, lambda _names, _shelf: ((), ()), digest=False),
)
