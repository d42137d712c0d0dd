"""Made-up people whose scores are known: a key turned round no longer finds them."""

import pytest

from assessment.instruments.instrument import Instrument
from assessment.instruments.library import ROOT, Library
from assessment.roles.library import role_profile
from assessment.roles.proof import prove_same_answers
from assessment.roles.trial_people import Answers, always, expected_score, fit_of, fitting_answers
from assessment.scoring.norms import read_norms
from assessment.scoring.standing import stand

LIBRARY = Library.shipped()
KEY = LIBRARY.questionnaire()
NORMS = read_norms(ROOT / "data/norms/provisional.yaml")


def turned(item: str) -> Instrument:
    other = {"plus": "minus", "minus": "plus"}
    data = KEY.model_dump()
    data["items"] = [{**i, "keyed": other[i["keyed"]]} if i["id"] == item else i for i in data["items"]]
    return Instrument.model_validate(data)


def fitting(role: str) -> Answers:
    asked = [KEY.by_id[id_] for id_ in LIBRARY.form(role).items if id_ in KEY.by_id]
    return fitting_answers(role_profile(role), instrument=KEY, asked=asked, norms=NORMS)


def outside(role: str, instrument: Instrument) -> set[str]:
    form = LIBRARY.form(role)
    fit = fit_of(fitting(role), role_profile(role), instrument=instrument, form=form, norms=NORMS)
    return {m.requirement.facet for m in fit.matches if m.requirement.facet in form.facets and m.band != "in_range"}


@pytest.mark.parametrize("role", LIBRARY.roles())
def test_someone_who_fits_comes_out_within_every_range(role: str) -> None:
    assert outside(role, KEY) == set()


@pytest.mark.parametrize("role", LIBRARY.roles())
def test_someone_who_fits_scores_at_the_middle_of_each_range(role: str) -> None:
    form = LIBRARY.form(role)

    stood = stand(fitting(role), instrument=KEY, asked=form.items, norms=NORMS)

    aims = {r.facet: r for r in role_profile(role).requirements if r.facet in form.facets}
    off = {facet: (stood[facet].score or 0) - expected_score(r, NORMS) for facet, r in aims.items()}
    assert {facet: d for facet, d in off.items() if not (-1 / 12 <= d <= 1 / 6)} == {}


@pytest.mark.parametrize("item", ["voi_01", "wrm_02", "rel_01", "tea_01"])
def test_a_key_turned_round_no_longer_finds_the_person_who_fits(item: str) -> None:
    assert outside("front_desk_officer", turned(item)) == {KEY.by_id[item].facet}


def test_all_the_same_answers_land_on_the_middle_whatever_they_are() -> None:
    assert prove_same_answers(KEY) == ([], ["all 1 and all 5: 3.00 on every facet"])


def test_all_the_same_answers_find_a_key_turned_round() -> None:
    assert prove_same_answers(turned("voi_01")) == (
        [
            "facet voi: someone who always answers 1 scores 3.50, expected 3.00",
            "facet voi: someone who always answers 5 scores 2.50, expected 3.00",
        ],
        [],
    )


def test_always_gives_every_item_the_same_answer() -> None:
    assert always(1, KEY.items[:2]) == {"voi_01": 1, "voi_02": 1}
