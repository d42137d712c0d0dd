"""A plan comes out of every facet, side and role; what the proofs find when one thing is missing."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assessment.errors import UnknownIdError
from assessment.instruments.library import ROOT, Library
from assessment.instruments.wording_proof import texts
from assessment.services.checking import check_files
from assessment.training.module import module, shipped_modules
from assessment.training.onboarding import (
    DIRECTIONS,
    PHASES,
    PlanRules,
    PlanWording,
    plan_languages,
    plan_rules,
    plan_wording,
)
from assessment.training.onboarding_proof import WEEKS, prove_plan_rules, prove_plan_wording

LIBRARY = Library.shipped()
FACETS = LIBRARY.questionnaire().facets_by_id
ROLES = LIBRARY.roles()
CELLS = [(facet, direction, role) for facet in FACETS for direction in DIRECTIONS for role in ROLES]
Change = Callable[[dict[str, Any]], object]


def faults_of_rules(change: Change) -> list[str]:
    body = plan_rules().model_dump(mode="json")
    change(body)
    return prove_plan_rules(PlanRules.model_validate(body), facets=FACETS, roles=ROLES, modules=shipped_modules())


def faults_of_words(change: Change, *, language: str = "en") -> list[str]:
    body = plan_wording(language).model_dump(mode="json")
    change(body)
    return prove_plan_wording(PlanWording.model_validate(body), plan_rules())


def test_there_are_192_cells_in_every_language_of_the_questionnaire() -> None:
    assert (len(CELLS), plan_languages()) == (12 * 2 * 8, LIBRARY.languages())


@pytest.mark.parametrize("language", LIBRARY.languages())
@pytest.mark.parametrize(("facet", "direction", "role"), CELLS)
def test_every_cell_gives_a_plan_that_can_be_read(facet: str, direction: str, role: str, language: str) -> None:
    wording = plan_wording(language).rule(facet, direction)
    modules = [module(id_, language) for id_ in plan_rules().modules_for(facet, direction, role)]

    assert modules
    assert all(role in found.roles for found in modules)
    assert all(found.in_language in (language, "en") for found in modules)  # falls back, and says so
    assert len([step for step in wording.weeks if step]) == WEEKS
    assert wording.on_the_job[plan_rules().family_of(role)]
    assert (wording.sign != "", wording.manager_does != "") == (True, True)


@pytest.mark.parametrize("language", LIBRARY.languages())
@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_four_phases_with_goals_and_somebody_to_talk_with(role: str, language: str) -> None:
    phases, wording = plan_rules().phases_of(role), plan_wording(language)

    assert tuple(phase.id for phase in phases) == tuple(wording.goals_of(role)) == PHASES
    assert [(phase.from_day, phase.to_day) for phase in phases] == [(1, 7), (8, 30), (31, 60), (61, 90)]
    assert [id_ for phase in phases for id_ in phase.modules if id_ not in shipped_modules()] == []
    assert wording.check_in_with[role]


def test_low_patience_and_high_outspokenness_at_the_front_desk_come_with_their_modules() -> None:
    rules = plan_rules()

    assert rules.modules_for("pat", "below", "front_desk_officer") == ("plain_teach_back", "help_desk_inquiries")
    assert rules.modules_for("voi", "above", "front_desk_officer") == ("kind_limits", "listen_nurse")
    assert (rules.rule("pat", "below").kind, rules.rule("voi", "above").kind) == ("growth", "balance")


def test_a_language_without_words_falls_back_to_english_and_says_so() -> None:
    assert plan_wording("fr").language == "en"


def test_nothing_that_stands_nowhere_is_found() -> None:
    with pytest.raises(UnknownIdError, match="no plan rule 'voi beside'"):
        plan_rules().rule("voi", "beside")
    with pytest.raises(UnknownIdError, match="no role 'porter'"):
        plan_rules().modules_for("voi", "below", "porter")
    with pytest.raises(UnknownIdError, match="no role 'porter'"):
        plan_rules().family_of("porter")
    with pytest.raises(UnknownIdError, match="no role 'porter'"):
        plan_rules().phases_of("porter")
    with pytest.raises(UnknownIdError, match="no role 'porter'"):
        plan_wording("en").goals_of("porter")


def test_spanish_speaks_to_usted() -> None:
    said = " ".join(texts(plan_wording("es").model_dump()))

    assert re.findall(r"\b(?:tú|tu|tus|ti|te|contigo|tuyo|vosotros)\b", said, re.IGNORECASE) == []


def test_what_ships_is_whole() -> None:
    assert faults_of_rules(lambda body: None) == []
    assert [fault for name in plan_languages() for fault in faults_of_words(lambda body: None, language=name)] == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda body: body["rules"].pop(0), "rule voi below: missing in rules"),
        (lambda body: body["rules"].append(body["rules"][0]), "rules: “voi below” stands 2 times"),
        (
            lambda body: body["rules"][0]["modules"].pop("physician"),
            "rule voi below: role physician: missing in modules",
        ),
        (
            lambda body: body["rules"][0]["modules"].update(physician=[]),
            "rule voi below, physician: no module",
        ),
        (
            lambda body: body["rules"][0]["modules"].update(physician=["yoga"]),
            "rule voi below, physician: no module 'yoga'",
        ),
        (
            lambda body: body["rules"][0]["modules"].update(physician=["coach_supervisors"]),
            "rule voi below, physician: module coach_supervisors is for supervisor",
        ),
        (lambda body: body["rules"][1].update(kind="strength"), "rule voi above: kind strength, expected balance"),
        (lambda body: body["families"]["doctor"].clear(), "role physician: missing in families"),
        (lambda body: body["families"]["desk"].append("physician"), "families: “physician” stands 2 times"),
        (lambda body: body["phases"].pop("physician"), "role physician: missing in phases"),
        (
            lambda body: body["phases"]["physician"][1].update(from_day=9),
            "phases of physician: week_1 1–7, weeks_2_4 9–30, days_31_60 31–60, days_61_90 61–90; "
            "expected week_1 1–7, weeks_2_4 8–30, days_31_60 31–60, days_61_90 61–90",
        ),
        (
            lambda body: body["phases"]["physician"][0].update(modules=["yoga"]),
            "week_1 of physician: no module 'yoga'",
        ),
        (lambda body: body.update(supervisor_modules=["yoga"]), "no module 'yoga'"),
    ],
)
def test_a_fault_in_the_rules_is_named(change: Change, fault: str) -> None:
    assert fault in faults_of_rules(change)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda body: body["rules"].pop(0), "rule voi below: not worded"),
        (lambda body: body["rules"][0]["weeks"].pop(), "rule voi below: 3 weeks, expected 4"),
        (lambda body: body["rules"][0]["on_the_job"].pop("doctor"), "rule voi below: on the job of doctor: not worded"),
        (lambda body: body["goals"].pop("physician"), "goals of role physician: not worded"),
        (lambda body: body["goals"]["physician"].pop("week_1"), "goal of physician week_1: not worded"),
        (lambda body: body["check_in_with"].pop("physician"), "role physician: not worded"),
        (lambda body: body["kinds"].pop("balance"), "kind balance: not worded"),
        (
            lambda body: body["rules"][0]["weeks"].__setitem__(0, "You are too quiet. Speak up."),
            "rule voi below, doctor: “You are too” judges; say what to try",
        ),
        (
            lambda body: body["rules"][0]["weeks"].__setitem__(0, body["rules"][2]["weeks"][0]),
            f"steps: “{plan_wording('en').rule('liv', 'below').weeks[0].casefold()}” stands 2 times",
        ),
    ],
)
def test_a_fault_in_the_words_is_named(change: Change, fault: str) -> None:
    assert fault in faults_of_words(change)


def test_a_step_in_hard_words_is_found_on_the_screen_of_each_family() -> None:
    hard = "Systematically demonstrate organizational communication competencies throughout interdisciplinary rounds."

    found = faults_of_words(lambda body: body["rules"][0].update(weeks=[f"{hard} {n}" for n in "abcd"]))

    assert [fault.split(":")[0] for fault in found][:5] == [
        f"rule voi below, {family}" for family in plan_rules().families
    ]
    assert all("reading grade" in fault for fault in found)


@pytest.mark.parametrize(("folder", "key"), [("data/onboarding", "rules.yaml"), ("data/check_ins", "check_ins.yaml")])
def test_a_key_without_words_in_a_language_is_not_whole(folder: str, key: str, tmp_path: Path) -> None:
    for needed in ("questionnaires", "data/training", folder):
        shutil.copytree(ROOT / needed, tmp_path / needed)
    (tmp_path / folder / "es.yaml").unlink()

    found = {checked.path.name: checked.problems for checked in check_files([tmp_path / folder])}

    assert found[key] == ("not worded in es",)
    assert found["es.yaml"] == ("its digest stands in digests.json, but the file is gone",)
