"""Standings by hand."""

import numpy as np
import pytest

from assessment.errors import InstrumentError, TooFewError
from assessment.instruments.document import parse
from assessment.instruments.library import Library
from assessment.instruments.sheets import Sheets
from assessment.scoring.norms import FacetNorm, NormCount, NormGroup, percentiles
from assessment.scoring.reliability import alpha
from assessment.scoring.standing import stand

INSTRUMENT = Library.shipped().questionnaire()
PATIENCE = [item.id for item in INSTRUMENT.items if item.facet == "pat"][:6]


def group(**facet: object) -> NormGroup:
    fields: dict[str, object] = {"mean": 3.0, "sd": 0.5, "reliability": 0.64, **facet}
    return NormGroup(
        id="g",
        version="1.0",
        kind="local",
        n=4,
        period="2026",
        source="made up",
        facets={"pat": FacetNorm(**fields)},  # type: ignore[arg-type]
    )


def counted(sheets: Sheets) -> NormCount:
    count = NormCount(sheets)
    count.add(sheets)
    return count


def plus(value: int) -> dict[str, int | None]:
    """The same counted value on every patience item, whichever way it is keyed."""
    return {id_: value if INSTRUMENT.by_id[id_].keyed == "plus" else 6 - value for id_ in PATIENCE}


def test_t_is_fifty_plus_ten_for_each_sd_above_the_mean() -> None:
    standing = stand(plus(4), instrument=INSTRUMENT, asked=PATIENCE, norms=group())["pat"]

    assert (standing.score, standing.t) == (4.0, 70.0)
    assert standing.sem == pytest.approx(6.0)


def test_without_counts_the_percentile_comes_from_the_normal_curve_and_says_so() -> None:
    standing = stand(plus(3), instrument=INSTRUMENT, asked=PATIENCE, norms=group())["pat"]

    assert (standing.percentile, standing.percentile_modelled) == (50.0, True)


def test_with_counts_half_of_the_ties_stand_below() -> None:
    counts = ((2.0, 1), (3.0, 2), (4.0, 1))

    standing = stand(plus(3), instrument=INSTRUMENT, asked=PATIENCE, norms=group(counts=counts))["pat"]

    assert (standing.percentile, standing.percentile_modelled) == (50.0, False)


def test_percentiles_of_scores_below_between_and_above() -> None:
    found = percentiles(np.array([1.0, 2.0, 2.5, 9.0, np.nan]), [(2.0, 1), (3.0, 3)])

    np.testing.assert_array_equal(found, [0, 12.5, 25, 100, np.nan])


def test_a_facet_not_scored_has_no_standing() -> None:
    standing = stand({PATIENCE[0]: 3}, instrument=INSTRUMENT, asked=PATIENCE, norms=group())["pat"]

    assert (standing.answered, standing.items) == (1, 6)
    assert (standing.score, standing.t, standing.percentile) == (None, None, None)


def test_a_facet_that_the_group_does_not_know_has_a_score_and_no_t() -> None:
    item = INSTRUMENT.items_of("voi")[0].id

    standing = stand({item: 3}, instrument=INSTRUMENT, asked=[item], norms=group())["voi"]

    assert (standing.score, standing.t, standing.sem) == (3.0, None, None)


def test_checks_and_scenes_are_passed_over() -> None:
    asked = [*PATIENCE, "att_01", "fd_1.best"]

    standings = stand({**plus(3), "att_01": 4}, instrument=INSTRUMENT, asked=asked, norms=group())

    assert list(standings) == ["pat"]


def test_norms_made_of_the_sheets_use_n_minus_one() -> None:
    rows = np.array([[1.0, 1], [2, 2], [3, 3], [4, 5]])
    items = [i for i in INSTRUMENT.items_of("pat") if i.keyed == "plus"][:2]
    sheets = Sheets.of(rows, items, facets=INSTRUMENT.facets, format=INSTRUMENT.format)

    norms = counted(sheets).group(id="self", period="now", source="test").facets["pat"]

    assert norms.mean == pytest.approx(2.625)
    assert norms.sd == pytest.approx(np.std([1, 2, 3, 4.5], ddof=1))
    assert norms.reliability == pytest.approx(alpha(np.cov(rows.T)))


def test_one_person_is_too_few_for_norms() -> None:
    items = list(INSTRUMENT.items_of("pat")[:2])
    sheets = Sheets.of(np.array([[1.0, 2.0]]), items, facets=INSTRUMENT.facets, format=INSTRUMENT.format)

    with pytest.raises(TooFewError):
        counted(sheets).group(id="x", period="", source="")


def test_provisional_norms_rest_on_nobody() -> None:
    body = {"id": "p", "version": "0.1", "kind": "provisional", "n": 12, "period": "", "source": "", "facets": {}}

    with pytest.raises(InstrumentError, match="provisional norms rest on nobody"):
        parse(NormGroup, body, where="norms.yaml")
