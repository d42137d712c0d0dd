"""A key or a form that contradicts itself is refused where it is read."""

from typing import Any

import pytest

from assessment.errors import InstrumentError
from assessment.instruments.document import parse
from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument

KEY: dict[str, Any] = {
    "id": "own",
    "version": "0.1",
    "title": "Own",
    "source": "me",
    "licence": "CC0",
    "format": {"low": 1, "high": 5},
    "facets": [{"id": "a", "name": "A"}],
    "items": [{"id": "a_1", "facet": "a", "keyed": "plus"}],
}
FORM: dict[str, Any] = {
    "id": "desk",
    "version": "0.1",
    "questionnaire": "own",
    "title": "Desk",
    "status": "draft",
    "licence": "CC0",
    "minutes": 5,
    "facets": ["a"],
    "items": ["a_1", "a_2"],
    "scenarios": ["s_1"],
}


def refusal(model: type[Instrument] | type[Form], data: dict[str, Any], **fields: Any) -> str:
    with pytest.raises(InstrumentError) as refused:
        parse(model, {**data, **fields}, where="own.yaml")
    return str(refused.value)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"format": {"low": 5, "high": 5}}, "own.yaml: file: format: low 5 must be below high 5"),
        ({"facets": KEY["facets"] * 2}, "own.yaml: file: facet 'a' stands twice"),
        ({"items": KEY["items"] * 2}, "own.yaml: file: item 'a_1' stands twice"),
        ({"checks": [{"id": "a_1", "expects": 2}]}, "own.yaml: file: item 'a_1' stands twice"),
        (
            {"items": [{"id": "a_1", "facet": "b", "keyed": "plus"}]},
            "own.yaml: file: item a_1: no facet 'b'; there are: a",
        ),
        ({"colour": "blue"}, "own.yaml: colour: Extra inputs are not permitted (found 'blue')"),
        ({"version": 0.1}, "own.yaml: version: Input should be a valid string (found 0.1)"),
    ],
)
def test_a_key_that_contradicts_itself_is_refused(fields: dict[str, Any], told: str) -> None:
    assert refusal(Instrument, KEY, **fields) == told


@pytest.mark.parametrize("part", ["facets", "items", "scenarios"])
def test_a_form_asks_nothing_twice(part: str) -> None:
    assert refusal(Form, FORM, **{part: FORM[part] + FORM[part][:1]}) == (
        f"own.yaml: file: {part}: {FORM[part][0]} stands twice"
    )


def test_the_fields_of_a_form_are_items_and_two_picks_a_scenario() -> None:
    assert Form.model_validate(FORM).fields() == ("a_1", "a_2", "s_1.best", "s_1.worst")
