"""The training modules that ship, how one is read, and what the proofs find when one is not whole."""

from collections import Counter
from typing import Any

import pytest

from assessment.errors import InstrumentError, UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.library import ROOT, Library
from assessment.training import module as modules
from assessment.training.module import (
    LETTERS,
    SUPERVISOR,
    ModuleKey,
    ModuleWording,
    join,
    module,
    prove_module,
    prove_module_wording,
    shipped_modules,
    worded_in,
    wording_path,
)
from assessment.training.words import TrainingWords, prove_training_words, training_words

LIBRARY = Library.shipped()
ONE = "speak_up_kindly"


@pytest.fixture
def key() -> dict[str, Any]:
    return read_document(ROOT / f"data/training/modules/{ONE}.yaml")


@pytest.fixture
def words() -> dict[str, Any]:
    return read_document(wording_path(ONE, "en"))


def key_faults(data: dict[str, Any]) -> list[str]:
    return prove_module(
        parse(ModuleKey, data, where="key"),
        facets=LIBRARY.questionnaire().facets_by_id,
        roles=LIBRARY.roles(),
        competencies=training_words("en").competencies,
        formats=training_words("en").formats,
    )


def faults(data: dict[str, Any]) -> list[str]:
    return prove_module_wording(parse(ModuleWording, data, where="words"), shipped_modules()[ONE])


def test_a_module_is_its_key_and_its_words_in_one_language() -> None:
    found = module(ONE, "es")

    assert (found.id, found.in_language, found.minutes, found.facets) == (ONE, "es", 45, ("voi", "hon", "tea"))
    assert found.title == "Hablar con amabilidad cuando algo preocupa"
    assert set(found.scenes) == {"front_desk_officer", "elder_care_aide", "registered_nurse", "physician"}
    assert [(c.id, c.fits) for c in found.checks] == [("three_parts", "b"), ("still_unsure", "a"), ("thanks", "c")]
    assert [tuple(check.options) for check in found.checks] == [LETTERS] * 3


def test_a_language_that_is_missing_is_answered_in_english_and_says_so() -> None:
    asked_for_german = module(ONE, "de")

    assert (asked_for_german.in_language, asked_for_german.title) == ("en", "Speaking up kindly")
    assert training_words("de").language == "en"


def test_an_unknown_module_and_one_without_english_words_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownIdError, match="no training module 'juggling'"):
        module("juggling", "en")

    monkeypatch.setattr(modules, "worded_in", lambda _id: ("es",))
    with pytest.raises(UnknownIdError, match="no wording of training module interpreters in 'en'"):
        module.__wrapped__("interpreters", "de")


def test_every_shipped_module_speaks_english_and_spanish() -> None:
    assert {id_: worded_in(id_) for id_ in shipped_modules()} == dict.fromkeys(shipped_modules(), ("en", "es"))


def test_every_role_and_every_facet_has_modules_and_supervisors_have_their_own() -> None:
    keys = shipped_modules().values()

    for_roles = Counter(role for key in keys for role in key.roles)
    trained = {facet for key in keys for facet in key.facets}
    assert set(for_roles) == {*LIBRARY.roles(), SUPERVISOR}
    assert min(for_roles[role] for role in LIBRARY.roles()) >= 10
    assert trained == set(LIBRARY.questionnaire().facets_by_id)


def test_neither_the_letter_nor_the_length_of_an_option_gives_it_away() -> None:
    letters = Counter(check.fits for key in shipped_modules().values() for check in key.checks)
    checks = [check for id_ in shipped_modules() for check in module(id_, "en").checks]
    longest = sum(max(c.options, key=lambda letter, c=c: len(c.options[letter].text)) == c.fits for c in checks)  # type: ignore[misc]

    assert all(abs(letters[letter] - len(checks) / 3) <= len(checks) / 15 for letter in LETTERS)
    assert longest / len(checks) < 0.5


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"roles": ["front_desk_officer", "barber"], "scenes": ["front_desk_officer"]}, "no role 'barber'"),
        ({"facets": ["zen"]}, "no facet 'zen'"),
        ({"competencies": ["juggling"]}, "no competency 'juggling'"),
        ({"format": ["by_mail"]}, "no format 'by_mail'"),
        ({"scenes": ["front_desk_officer", "supervisor"]}, "no scene 'supervisor'"),
        ({"roles": ["physician", "supervisor"], "scenes": ["physician"]}, f"{ONE}: for supervisor and for roles"),
    ],
)
def test_whatever_a_module_names_without_there_being_it_is_found(
    key: dict[str, Any], change: dict[str, Any], found: str
) -> None:
    assert key_faults(key) == []

    (fault,) = key_faults({**key, **change})

    assert fault.startswith(found)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"checks": [{"id": "one", "fits": "a"}, {"id": "two", "fits": "b"}]}, "at least 3 items"),
        ({"checks": [{"id": i, "fits": "d"} for i in ("one", "two", "three")]}, "'a', 'b' or 'c'"),
        ({"checks": [{"id": i, "fits": "a"} for i in ("one", "one", "three")]}, "checks: one stands twice"),
        ({"facets": ["voi", "hon", "voi"]}, "facets: voi stands twice"),
        ({"minutes": 0}, "greater than or equal to 10"),
    ],
)
def test_what_cannot_be_a_module_is_refused(key: dict[str, Any], change: dict[str, Any], words: str) -> None:
    with pytest.raises(InstrumentError, match=words):
        key_faults({**key, **change})


def test_a_step_a_scene_or_a_check_too_few_is_found(words: dict[str, Any]) -> None:
    words["steps"].pop()
    del words["scenes"]["physician"]
    words["checks"][2]["id"] = "bye"

    assert faults(words) == [
        "4 steps, but the key has 5",
        "scene physician: not worded",
        "check thanks: not worded",
        "check bye: worded, but the key has none",
    ]


def test_checks_out_of_order_and_words_of_another_module_are_found(words: dict[str, Any]) -> None:
    words["checks"].reverse()
    words["module"] = "listen_nurse"

    assert faults(words) == [
        f"words of listen_nurse, but the key is of {ONE}",
        "checks in the order thanks, still_unsure, three_parts; the key has three_parts, still_unsure, thanks",
    ]


def test_what_is_said_twice_is_found_across_the_whole_module(words: dict[str, Any]) -> None:
    words["checks"][0]["answer"] = words["objectives"][2]

    assert faults(words) == ["module: “thank a colleague who speaks up to you.” stands 2 times"]


def test_an_option_that_stands_out_by_its_length_and_feedback_that_judges_are_found(words: dict[str, Any]) -> None:
    words["checks"][0]["options"]["a"]["text"] = "Say nothing."
    words["checks"][1]["options"]["b"]["feedback"] = "That answer is wrong."

    assert faults(words) == [
        "check three_parts: options of 12 to 81 characters; the longest may be 1.8 times the shortest",
        "check still_unsure, option b: “is wrong” judges; say what would go better",
    ]


@pytest.mark.parametrize(
    ("hard_steps", "roles", "language", "found"),
    [
        (0, ("physician",), "en", []),
        (4, ("physician",), "en", ["expected 6 or lower"]),
        (4, (SUPERVISOR,), "en", []),
        (5, (SUPERVISOR,), "en", ["expected 8 or lower"]),
        (5, ("physician",), "es", []),
    ],
)
def test_hard_words_are_found_and_supervisors_may_read_a_little_harder_ones(
    words: dict[str, Any], hard_steps: int, roles: tuple[str, ...], language: str, found: list[str]
) -> None:
    hard = "Communicating apprehensions immediately facilitates institutional safety considerations"
    words["steps"][:hard_steps] = [f"{hard}, {step}" + f" and {hard}" * 2 for step in "abcde"[:hard_steps]]
    wording = parse(ModuleWording, {**words, "language": language}, where="words")
    key = shipped_modules()[ONE].model_copy(update={"roles": roles})

    problems = prove_module_wording(wording, key)

    assert [problem.split(", ")[1].split(";")[0] for problem in problems] == found


@pytest.mark.parametrize("letters", ["ab", "bac", "abcd"])
def test_options_are_a_b_and_c_in_this_order(words: dict[str, Any], letters: str) -> None:
    one = {"text": "Ask again.", "feedback": "Kind and clear."}
    words["checks"][0]["options"] = dict.fromkeys(letters, one)

    with pytest.raises(InstrumentError, match="options"):
        faults(words)


def test_a_joined_check_takes_its_letter_from_the_key_and_not_from_its_place() -> None:
    key, words = shipped_modules()[ONE], parse(ModuleWording, read_document(wording_path(ONE, "en")), where="words")

    turned = join(key, words.model_copy(update={"checks": words.checks[::-1]}))

    assert [(c.id, c.fits) for c in turned.checks] == [("thanks", "c"), ("still_unsure", "a"), ("three_parts", "b")]


def test_formats_and_competencies_have_a_name_of_their_own_in_each_language() -> None:
    english, spanish = training_words("en"), training_words("es")
    named = {name for key in shipped_modules().values() for name in (*key.format, *key.competencies)}

    assert prove_training_words(spanish, english) == []
    assert named == {*english.formats, *english.competencies}


def test_a_name_that_is_missing_or_stands_for_two_is_found() -> None:
    data = read_document(ROOT / "data/training/words.es.yaml")
    del data["formats"]["seminar"]
    data["competencies"]["privacy"] = data["competencies"]["coaching"]

    assert prove_training_words(parse(TrainingWords, data, where="words"), training_words("en")) == [
        "format seminar: not worded",
        "competencies: “orientar a otras personas” stands 2 times",
    ]
