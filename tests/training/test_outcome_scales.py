"""The scales of the supervisor's rating at day 90, and why somebody left."""

import pytest

from assessment.errors import InstrumentError
from assessment.instruments.document import parse
from assessment.training.outcome_scales import OutcomeScales, outcome_scales, prove_outcome_scales


def test_six_scales_ship_each_with_its_anchors() -> None:
    found = outcome_scales()

    assert prove_outcome_scales(found) == []
    assert found.ids == (
        *("does_the_work", "safety_and_privacy", "respect_under_pressure"),
        *("works_with_team", "relied_on", "learns"),
    )
    assert {tuple(scale.anchors) for scale in found.scales} == {(1, 3, 5)}


def test_a_missing_anchor_and_a_missing_reason_are_found() -> None:
    whole = outcome_scales().model_dump()
    first = {**whole["scales"][0], "anchors": {1: "a", 3: "b"}}
    reasons = {id_: text for id_, text in whole["leaving_reasons"].items() if id_ != "moved"}
    broken = {**whole, "scales": [first, *whole["scales"][1:]], "leaving_reasons": reasons}

    assert prove_outcome_scales(parse(OutcomeScales, broken, where="x")) == [
        "does_the_work anchor 5: not worded",
        "reason for leaving moved: not worded",
    ]


def test_an_anchor_said_twice_and_a_scale_twice_are_found() -> None:
    whole = outcome_scales().model_dump()
    first = {**whole["scales"][0], "anchors": {1: "Helps", 3: "Helps", 5: "Helps a lot"}}
    same = parse(OutcomeScales, {**whole, "scales": [first, *whole["scales"][1:]]}, where="x")

    assert prove_outcome_scales(same) == ["anchors: “helps” stands 2 times"]
    with pytest.raises(InstrumentError, match="scale learns stands twice"):
        parse(OutcomeScales, {**whole, "scales": [*whole["scales"], whole["scales"][-1]]}, where="x")


def test_no_scale_asks_about_a_temperament() -> None:
    said = " ".join(text for scale in outcome_scales().scales for text in scale.anchors.values()).casefold()

    assert [word for word in ("personality", "temperament", "shy", "lively", "friendly") if word in said] == []
