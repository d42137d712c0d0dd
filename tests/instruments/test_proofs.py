"""What makes a key, a form or a wording less than whole is named, each fault by its id."""

import pytest

from assessment.instruments.instrument import Instrument
from assessment.instruments.key_proof import prove_form, prove_key, prove_scenarios
from assessment.instruments.library import Library
from assessment.instruments.reading_grade import reading_grade
from assessment.instruments.scenario import ScenarioSet, ScenarioWording
from assessment.instruments.wording import Wording
from assessment.instruments.wording_proof import prove_scenario_wording, prove_wording

LIBRARY = Library.shipped()
KEY = LIBRARY.questionnaire()
ENGLISH = LIBRARY.wording(language="en")


def with_key(item: str, keyed: str) -> Instrument:
    data = KEY.model_dump()
    data["items"] = [{**i, "keyed": keyed} if i["id"] == item else i for i in data["items"]]
    return Instrument.model_validate(data)


def reworded(**parts: dict[str, str]) -> Wording:
    data = ENGLISH.model_dump()
    for part, words in parts.items():
        data[part] = {**data[part], **words}
        data[part] = {id_: text for id_, text in data[part].items() if text}
    return Wording.model_validate(data)


def test_a_turned_key_unbalances_the_bank_and_the_preferred_items() -> None:
    assert prove_key(with_key("voi_01", "minus")) == [
        "facet voi: 3 plus and 5 minus in the bank, expected as many of each",
        "facet voi: 2 plus and 4 minus in the preferred items, expected as many of each",
    ]


def test_a_turned_key_unbalances_every_form_that_asks_it() -> None:
    form = LIBRARY.form("front_desk_officer")

    assert prove_form(form, with_key("voi_01", "minus"), LIBRARY.scenarios(), {}) == [
        "facet voi: 2 plus and 4 minus in the form, expected as many of each"
    ]


def test_a_form_may_not_ask_items_of_facets_it_does_not_name() -> None:
    form = LIBRARY.form("front_desk_officer")
    other = form.model_copy(update={"facets": tuple(f for f in form.facets if f != "voi"), "scenarios": ("ec_1", "zz")})

    problems = prove_form(other, KEY, LIBRARY.scenarios(), {"en": {"front_desk_officer": form.job_facts[1:]}})

    of_voi = [item for item in form.items if item.startswith("voi")]
    assert problems[:-3] == [f"item {item}: its facet voi is not one of the form's" for item in of_voi]
    assert problems[-3] == "scenario ec_1: belongs to elder_care_aide"
    assert problems[-2].startswith("scenario zz: there is none; there are: fd_1, fd_2")
    assert problems[-1] == "job fact busy_phones: not worded in en"


def test_an_item_without_words_and_words_without_an_item_are_named() -> None:
    assert prove_wording(reworded(items={"voi_01": "", "voi_99": "I like tea."}), KEY) == [
        "item voi_01: not worded",
        "item voi_99: worded, but the key has none",
    ]


def test_the_same_statement_under_two_ids_is_named() -> None:
    again = reworded(items={"voi_02": "When a group goes quiet,  I speak FIRST."})

    assert prove_wording(again, KEY) == [
        "statements and results: “when a group goes quiet, i speak first.” stands 2 times"
    ]


def test_two_steps_of_the_scale_may_not_read_alike() -> None:
    wording = ENGLISH.model_copy(update={"scale": {**ENGLISH.scale, 4: "Rarely"}})

    assert prove_wording(wording, KEY) == ["scale: “rarely” stands 2 times"]


def test_an_unknown_placeholder_is_named() -> None:
    assert prove_wording(reworded(finish={"stopped": "Please call {kontact} today."}), KEY) == [
        "“{kontact}” is no placeholder; there are: organisation, role, minutes, contact, keep_months, reply_days"
    ]


def test_a_page_in_officialese_is_too_hard_to_read() -> None:
    hard = "Notwithstanding preceding considerations, participation necessitates comprehensive authorisation."

    problems = prove_wording(reworded(welcome={"text": hard}), KEY)

    assert [problem.split(",")[0][:22] for problem in problems] == ["welcome: reading grade"]


def test_the_reading_grade_of_a_text_counted_by_hand() -> None:
    """Two sentences, 9 words, 9 syllables: 0.39 · 4.5 + 11.8 · 1 − 15.59 = −2.0."""
    assert reading_grade(["The cat sat on a mat", "It was good."]) == pytest.approx(-2.0, abs=0.11)


def test_options_are_worded_exactly_as_keyed() -> None:
    data = LIBRARY.scenario_wording("en").model_dump()
    data["scenarios"]["fd_1"]["options"] = {"a": "Go on.", "b": "Stop there.", "c": "Go on.", "d": "Wait."}

    assert prove_scenario_wording(ScenarioWording.model_validate(data), LIBRARY.scenarios()) == [
        "scenario fd_1 option e: not worded",
        "scenario fd_1: “go on.” stands 2 times",
    ]


def test_a_scenario_without_one_clear_best_is_named() -> None:
    data = LIBRARY.scenarios().model_dump()
    second = next(option for option in data["scenarios"][0]["options"].values() if option["key"] == 4)
    second["key"] = 5

    assert prove_scenarios(ScenarioSet.model_validate(data), KEY, LIBRARY.roles()) == [
        "scenario fd_1: keys 1, 2, 2, 5, 5, expected one clear best and one clear worst, two or more apart"
    ]
