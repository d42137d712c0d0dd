"""The stages that ship, and what a file of stages may not say."""

import pytest
from pydantic import ValidationError

from assessment.errors import UnknownIdError
from assessment.roles.stage_template import StageTemplate, prove_stages, shipped_stages
from assessment.services.stages import STAGES


def changed(stage: str, **values: object) -> StageTemplate:
    body = shipped_stages().model_dump()
    body["stages"] = [{**rule, **(values if rule["id"] == stage else {})} for rule in body["stages"]]
    return StageTemplate.model_validate(body)


def test_every_stage_says_who_waits_and_how_long() -> None:
    template = shipped_stages()

    assert [(s, template.waits_on(s), template.days(s)) for s in STAGES] == [
        ("invited", "candidate", 3),
        ("answering", "candidate", 5),
        ("to_read", "us", 3),
        ("interview", "us", 7),
        ("decision", "us", 3),
        ("offer", "candidate", 5),
        ("hired", "nobody", None),
        ("not_taken", "nobody", None),
        ("withdrawn", "nobody", None),
        ("redirected", "nobody", None),
    ]


@pytest.mark.parametrize(
    ("stage", "values", "words"),
    [
        ("withdrawn", {"used": False}, "only interview and decision may be left out"),
        ("not_taken", {"used": False}, "only interview and decision may be left out"),
        ("to_read", {"days": None}, "`days` stands where somebody waits"),
        ("hired", {"days": 2}, "`days` stands where somebody waits"),
        ("to_read", {"days": 0}, "greater than or equal to 1"),
        ("to_read", {"name": "offer"}, "name offer stands twice"),
        ("to_read", {"id": "offer"}, "stage offer stands twice"),
    ],
)
def test_what_cannot_be_is_refused(stage: str, values: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        changed(stage, **values)


def test_interview_and_decision_may_be_left_out() -> None:
    template = changed("interview", used=False)

    assert (template.is_used("interview"), "interview" in template.used) == (False, False)
    assert template.days("interview") == 7  # for whoever stands there still


def test_an_unknown_stage_is_named() -> None:
    with pytest.raises(UnknownIdError, match="no stage 'lunch'"):
        shipped_stages().days("lunch")


def test_a_file_with_a_stage_too_few_or_out_of_order_is_no_proof() -> None:
    template = shipped_stages()
    short = template.model_copy(update={"stages": template.stages[1:]})
    turned = template.model_copy(update={"stages": template.stages[::-1]})

    assert prove_stages(template, STAGES) == []
    assert len(prove_stages(short, STAGES)) == len(prove_stages(turned, STAGES)) == 1
