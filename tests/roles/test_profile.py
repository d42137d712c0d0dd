"""A role profile that contradicts itself is refused where it is read."""

from typing import Any

import pytest

from assessment.errors import InstrumentError
from assessment.instruments.document import parse
from assessment.instruments.library import Library
from assessment.roles.library import role_profile
from assessment.roles.profile import RoleProfile
from assessment.roles.proof import prove_profile

FRONT_DESK = role_profile("front_desk_officer")
KEY = Library.shipped().questionnaire()


def changed(of: str, /, **fields: Any) -> dict[str, Any]:
    data = FRONT_DESK.model_dump()
    data["requirements"] = [{**r, **fields} if r["facet"] == of else r for r in data["requirements"]]
    return data


@pytest.mark.parametrize(
    ("facet", "fields", "told"),
    [
        ("voi", {"high": None}, "voi: a range needs `high`"),
        ("rel", {"high": 60}, "rel: a floor has no `high`"),
        ("voi", {"low": 70}, "voi: low 70 must be below high 66"),
        ("voi", {"weight": -1}, "Input should be greater than or equal to 0"),
        ("voi", {"because": ""}, "String should have at least 1 character"),
        ("voi", {"evidence": {"grade": "certain"}}, "Input should be 'judgement', 'weak', 'moderate' or 'strong'"),
    ],
)
def test_a_requirement_that_contradicts_itself_is_refused(facet: str, fields: dict[str, Any], told: str) -> None:
    with pytest.raises(InstrumentError) as refused:
        parse(RoleProfile, changed(facet, **fields), where="front_desk_officer.yaml")

    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("facet", "fields", "told"),
    [
        ("voi", {"weight": 9}, "the weights add up to 101, expected 100"),
        ("voi", {"high": 90}, "voi: 46 to 90, expected within T 20 to 80"),
        ("voi", {"facet": "xyz"}, "xyz: not in temperament"),
        ("liv", {"kind": "floor", "high": None}, "liv: a floor, but on this facet too much costs too; make it a range"),
        (
            "liv",
            {"proxy_note": None},
            "liv: may stand in for something that must not be measured, and has no proxy_note",
        ),
    ],
)
def test_a_profile_that_does_not_suit_the_questionnaire_is_named(facet: str, fields: dict[str, Any], told: str) -> None:
    data = changed(facet, **fields)
    if "facet" in fields:
        data["signature"] = ["xyz", "liv", "wrm", "pat"]

    assert [problem[: len(told)] for problem in prove_profile(RoleProfile.model_validate(data), KEY)] == [told]
