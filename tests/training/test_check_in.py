"""What is asked at day 7, 30, 60 and 90; what the proofs find when one line is missing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from assessment.errors import UnknownIdError
from assessment.instruments.library import Library
from assessment.instruments.wording_proof import texts
from assessment.training.check_in import (
    ASKED,
    DAYS,
    SIDES,
    CheckInItem,
    CheckInKey,
    CheckInWords,
    check_in_form,
    check_in_key,
    check_in_languages,
    check_in_words,
)
from assessment.training.check_in_proof import prove_check_in_key, prove_check_in_words

ROLES = Library.shipped().roles()
LANGUAGES = Library.shipped().languages()
Change = Callable[[dict[Any, Any]], object]


def changed_key(change: Change) -> CheckInKey:
    body = check_in_key().model_dump()
    body["days"] = {day: {side: list(lines) for side, lines in own.items()} for day, own in body["days"].items()}
    change(body)
    return CheckInKey.model_validate(body)


def faults_of_words(change: Change) -> list[str]:
    body = check_in_words("en").model_dump()
    change(body)
    return prove_check_in_words(CheckInWords.model_validate(body), check_in_key(), roles=ROLES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_each_side_is_asked_five_lines_and_a_free_one_on_each_day(role: str, language: str) -> None:
    forms = [check_in_form(day, side, role=role, language=language) for day in DAYS for side in SIDES]

    assert [len({item.text for item in form.items}) for form in forms] == [ASKED] * 8
    assert [form.ids[-1] for form in forms] == ["role"] * 8
    assert all(form.open and form.intro and form.no_answer for form in forms)
    assert {tuple(value for value, _ in form.scale) for form in forms} == {(1, 2, 3, 4, 5)}
    assert {form.language for form in forms} == {language}


def test_the_first_week_of_a_front_desk_officer_reads_so() -> None:
    form = check_in_form(7, "newcomer", role="front_desk_officer", language="en")

    assert form.items == (
        CheckInItem("tools", "I got what I need to work: access, tools, clothes, keys."),
        CheckInItem("whom_to_ask", "I know whom to ask when I am stuck."),
        CheckInItem("as_told", "The job is like what I was told before I came."),
        CheckInItem("welcome", "I felt welcome in my team."),
        CheckInItem("role", "I know what to say when the wait gets long."),
    )
    assert form.open == "What should we put right this week?"


def test_what_must_be_asked_is_asked_on_its_day() -> None:
    key = check_in_key()

    assert [line in key.day(day).newcomer for day, line in ((7, "as_told"), (30, "speak_up"), (90, "stay"))] == [
        True
    ] * 3
    assert key.low == (1, 2)


def test_both_sides_are_asked_about_two_things_or_more_on_each_day() -> None:
    assert [len(check_in_key().day(day).pairs) for day in DAYS] == [3, 3, 4, 3]


def test_a_day_or_role_that_is_not_asked_is_named() -> None:
    with pytest.raises(UnknownIdError, match="no check-in at day '45'; there are: 30, 60, 7, 90"):
        check_in_form(45, "newcomer", role="physician", language="en")
    with pytest.raises(UnknownIdError, match="no role 'porter'"):
        check_in_form(7, "newcomer", role="porter", language="en")


def test_a_language_without_words_falls_back_to_english_and_says_so() -> None:
    assert check_in_form(7, "manager", role="physician", language="fr").language == "en"


def test_spanish_speaks_to_usted() -> None:
    said = " ".join(texts(check_in_words("es").model_dump()))

    assert re.findall(r"\b(?:tú|tu|tus|ti|te|contigo|tuyo|vosotros)\b", said, re.IGNORECASE) == []


def test_what_ships_is_whole_in_every_language() -> None:
    assert check_in_languages() == LANGUAGES
    assert prove_check_in_key(check_in_key()) == []
    assert [
        fault for name in LANGUAGES for fault in prove_check_in_words(check_in_words(name), check_in_key(), roles=ROLES)
    ] == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda body: body["days"].pop(60), "day 60: missing"),
        (lambda body: body["days"][90]["newcomer"].remove("next_step"), "day 90, newcomer: 4 lines, expected 5"),
        (lambda body: body["days"][90]["manager"].reverse(), "day 90, manager: the last line is to be `role`"),
        (
            lambda body: body["days"][90]["newcomer"].__setitem__(2, "part_of_team"),
            "day 90, newcomer: “part_of_team” stands 2 times",
        ),
        (lambda body: body["days"][30].update(pairs=[("role", "role")]), "day 30: 1 pairs, expected 2 or more"),
        (
            lambda body: body["days"][30].update(pairs=[("role", "role"), ("role", "rules")]),
            "day 30, pairs, newcomer: “role” stands 2 times",
        ),
        (lambda body: body.update(low=[1, 5]), "low: 5, expected 1 to 4"),
    ],
)
def test_a_fault_in_the_key_is_named(change: Change, fault: str) -> None:
    assert prove_check_in_key(changed_key(change)) == [fault]


def test_a_pair_of_a_line_that_is_not_asked_is_refused() -> None:
    with pytest.raises(ValidationError, match="the manager has no line 'pay'"):
        changed_key(lambda body: body["days"][7]["pairs"].append(("tools", "pay")))


def test_a_fifth_day_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"days\.45"):
        changed_key(lambda body: body["days"].update({45: body["days"][7]}))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda body: body["newcomer"][7].pop("tools"), "day 7, newcomer tools: not worded"),
        (
            lambda body: body["manager"][30].update(pay="I pay on time."),
            "day 30, manager pay: worded, but the key has none",
        ),
        (lambda body: body["role"].pop("physician"), "role physician: not worded"),
        (lambda body: body["role"]["physician"].pop(60), "day of role physician 60: not worded"),
        (lambda body: body["open"]["manager"].pop(90), "free line of manager at day 90: not worded"),
        (lambda body: body["scale"].pop(3), "scale 3: not worded"),
        (lambda body: body["scale"].update({3: "Fully"}), "scale: “fully” stands 2 times"),
        (
            lambda body: body["role"]["physician"][7].update(newcomer="I passed every test."),
            "day 7, newcomer, physician: “test” judges; say what to try",
        ),
    ],
)
def test_a_fault_in_the_words_is_named(change: Change, fault: str) -> None:
    assert faults_of_words(change) == [fault]


def test_hard_words_for_a_newcomer_are_found() -> None:
    hard = "Interdisciplinary communication regarding organizational responsibilities is satisfactorily established."

    found = faults_of_words(lambda body: body["intro"].update(newcomer=hard))

    assert found
    assert all("reading grade" in fault for fault in found)
