"""Where a person stands by an estimate of θ, on the scale of the people the form was calibrated on."""

import numpy as np
import pytest

from assessment.instruments.library import Library
from assessment.instruments.sheets import Sheets
from assessment.scoring.calibrated import CalibratedFacet, CalibratedForm, CalibratedItem, stand_by_eap
from assessment.scoring.irt import estimate

INSTRUMENT = Library.shipped().questionnaire()
PATIENCE = [item.id for item in INSTRUMENT.items_of("pat")][:6]


def form(**facet: float) -> CalibratedForm:
    fields = {"eap_mean": 0.1, "eap_sd": 0.8, "reliability": 0.64, **facet}
    return CalibratedForm(
        id="c",
        version="1.0",
        questionnaire="temperament",
        questionnaire_version="0.1",
        n=600,
        period="2026",
        source="made up",
        items={id_: CalibratedItem(facet="pat", a=1.5, b=(-1.6, -0.5, 0.5, 1.6)) for id_ in PATIENCE},
        facets={"pat": CalibratedFacet(**fields)},
    )


def answers(counted: int, *, of: int = 6) -> dict[str, int | None]:
    return {id_: counted if INSTRUMENT.by_id[id_].keyed == "plus" else 6 - counted for id_ in PATIENCE[:of]}


def test_t_is_ten_for_each_sd_of_the_groups_own_estimates_and_the_error_is_the_persons() -> None:
    sheet = Sheets.of_one(answers(4), instrument=INSTRUMENT, asked=PATIENCE)
    found = estimate(sheet, form().parameters)
    theta, se = found.theta[0, 0], found.se[0, 0]

    standing = stand_by_eap(answers(4), instrument=INSTRUMENT, asked=PATIENCE, calibrated=form())["pat"]

    assert (standing.theta, standing.theta_se) == (theta, se)
    assert standing.t == pytest.approx(50 + 10 * (theta - 0.1) / 0.8)
    assert standing.sem == pytest.approx(10 * se / 1.0)  # .8 / √.64: the SD of θ in the group is 1
    assert standing.reliability == pytest.approx(1 - se**2)
    assert (standing.by_eap, standing.score) == (True, None)


def test_over_the_group_the_error_is_that_of_its_reliability() -> None:
    """√ of the mean squared SEM is 10 √(1 − ρ), when the group's mean squared SE is what its reliability says."""
    group = form().facets["pat"]
    mean_squared_se = group.eap_sd**2 * (1 - group.reliability) / group.reliability

    assert 10 * np.sqrt(mean_squared_se) / group.spread == pytest.approx(10 * np.sqrt(1 - group.reliability))


def test_too_few_answers_are_not_scored_and_five_of_six_are() -> None:
    four = stand_by_eap(answers(4, of=4), instrument=INSTRUMENT, asked=PATIENCE, calibrated=form())["pat"]
    five = stand_by_eap(answers(4, of=5), instrument=INSTRUMENT, asked=PATIENCE, calibrated=form())["pat"]

    assert (four.answered, four.items, four.t, four.theta) == (4, 6, None, None)
    assert five.t is not None


def test_fewer_answers_are_less_sure() -> None:
    six = stand_by_eap(answers(4), instrument=INSTRUMENT, asked=PATIENCE, calibrated=form())["pat"]
    four = stand_by_eap(answers(4, of=4), instrument=INSTRUMENT, asked=PATIENCE[:4], calibrated=form())["pat"]

    assert six.sem is not None
    assert four.sem is not None
    assert four.sem > six.sem


def test_a_facet_that_was_not_calibrated_has_no_standing() -> None:
    voi = INSTRUMENT.items_of("voi")[0].id

    standing = stand_by_eap({voi: 3}, instrument=INSTRUMENT, asked=[voi], calibrated=form())["voi"]

    assert (standing.t, standing.sem, standing.theta) == (None, None, None)


def test_a_form_covers_what_it_asks_and_checks_need_no_parameters() -> None:
    assert form().covers([*PATIENCE, "att_01"], instrument=INSTRUMENT)
    assert not form().covers([*PATIENCE, "voi_01"], instrument=INSTRUMENT)
