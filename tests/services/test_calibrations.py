"""Calibrating in the app: kept with its errors and doubts, used by new sittings when somebody says so, and turned off again."""

import sys
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from assessment.errors import NotAllowedError, SheetError, TooFewError, UnknownIdError
from assessment.evidence.calibration import calibrate
from assessment.services.calibrations import calibrate_form, calibration_in_use, calibrations, use_calibration
from assessment.services.health import health
from assessment.services.health_tables import calibration_csv
from tests.hiring import NOW, Hiring, events_of
from tests.many_sheets import HandedIn, another_organisation, hand_in


def in_use(hiring: Hiring) -> str | None:
    with hiring.house.database.read() as connection:
        instrument = hiring.house.library.questionnaire()
        found = calibration_in_use(connection, hiring.staff.organisation_id, instrument)
    return found[0] if found else None


def test_what_is_kept_is_what_was_found_with_its_errors_and_doubts(
    measured: Hiring, handed_in: HandedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)  # the server never loads it
    monkeypatch.delitem(sys.modules, "assessment.scoring.kernels.compiled", raising=False)
    seen: list[float] = []

    made = calibrate_form(
        measured.house, reason="Enough people", actor=measured.staff, now=NOW, progress=seen.append
    ).form

    expected = calibrate(handed_in.sheets)
    assert (made.version, made.questionnaire, made.questionnaire_version, made.n) == ("1.0", "temperament", "0.1", 450)
    assert seen == [k / 8 for k in range(1, 9)]
    for facet in expected.facets:
        kept = made.facets[facet.facet]
        assert (kept.eap_mean, kept.eap_sd, kept.reliability) == pytest.approx(
            (facet.eap_mean, facet.eap_sd, facet.empirical_reliability), abs=1e-6
        )
        for id_, a, a_se, b in zip(facet.items, facet.slopes, facet.slopes_se, facet.thresholds, strict=True):
            assert (made.items[id_].a, made.errors[id_].a) == pytest.approx((a, a_se), abs=1e-4)
            assert [v for v in made.items[id_].b if v is not None] == pytest.approx(b[np.isfinite(b)], abs=1e-3)
    assert any("voi: only 450 people; below 500" in doubt for doubt in made.doubts)
    for items in (made.items, made.errors):
        head, *rows = calibration_csv(items).splitlines()
        assert (head, len(rows)) == ("item,facet,a,b1,b2,b3,b4", 48)
    (event,) = events_of(measured.house, "calibrated")
    assert (event["actor"], event["people"]) == (measured.staff.account_id, 450)


def test_fewer_than_two_hundred_people_are_refused(hiring: Hiring) -> None:
    hand_in(hiring, 199)

    with pytest.raises(TooFewError) as refused:
        calibrate_form(hiring.house, reason="x", actor=hiring.staff, now=NOW)

    assert (refused.value.has, refused.value.needs) == (199, 200)
    assert calibrations(hiring.house, actor=hiring.staff) == ()


def test_a_facet_that_few_were_asked_about_is_left_out_and_named(hiring: Hiring) -> None:
    hand_in(hiring, 200)
    hand_in(hiring.open_another("elder_care_aide"), 20, seed=2)

    made = calibrate_form(hiring.house, reason="x", actor=hiring.staff, now=NOW).form

    assert "gen" not in made.facets
    assert "gen: left out, 20 people; it needs 200" in made.doubts
    assert made.n == 220


def test_the_newest_is_used_until_another_or_none_is_chosen(hiring: Hiring) -> None:
    hand_in(hiring, 200)
    house, staff = hiring.house, hiring.staff
    before = in_use(hiring)

    first = calibrate_form(house, reason="First", actor=staff, now=NOW)
    after_first = in_use(hiring)
    hand_in(hiring, 1, seed=7, now=NOW + timedelta(hours=1))
    second = calibrate_form(house, reason="To look at", actor=staff, now=NOW, use=False)
    after_second = in_use(hiring)
    use_calibration(house, second.document, reason="It looks right", actor=staff, now=NOW)
    chosen = in_use(hiring)
    use_calibration(house, None, reason="Back to means", actor=staff, now=NOW)

    assert (before, after_first, after_second, chosen) == (None, first.document, first.document, second.document)
    assert in_use(hiring) is None
    assert [(v.form.version, v.reason, v.in_use) for v in calibrations(house, actor=staff)] == [
        ("1.0", "First", False),
        ("2.0", "To look at", False),
    ]
    assert [len(events_of(house, kind)) for kind in ("calibration_used", "calibration_off")] == [2, 1]
    assert health(house, actor=staff).calibrated is None
    with pytest.raises(SheetError, match="already"):
        use_calibration(house, None, reason="Again", actor=staff, now=NOW)
    with pytest.raises(SheetError, match="say why"):
        use_calibration(house, first.document, reason=" ", actor=staff, now=NOW)


def test_the_same_sheets_make_no_second_version_and_are_not_worked_through_again(hiring: Hiring) -> None:
    hand_in(hiring, 200)
    calibrate_form(hiring.house, reason="First", actor=hiring.staff, now=NOW)
    seen: list[float] = []

    with pytest.raises(SheetError) as refused:
        calibrate_form(hiring.house, reason="Twice", actor=hiring.staff, now=NOW, progress=seen.append)

    assert str(refused.value) == (
        "Nothing was handed in since version 1.0 was made; a new calibration would say the same."
    )
    assert (seen, len(calibrations(hiring.house, actor=hiring.staff))) == ([], 1)


def test_only_the_staff_and_only_on_their_own_people(measured: Hiring) -> None:
    candidate = measured.invite().come_in()
    there = another_organisation(measured, 1)

    for hiring, refusal in ((replace(measured, staff=candidate), NotAllowedError), (there, TooFewError)):
        with pytest.raises(refusal):
            calibrate_form(hiring.house, reason="x", actor=hiring.staff, now=NOW)
    with pytest.raises(NotAllowedError):
        calibrations(measured.house, actor=candidate)
    with pytest.raises(UnknownIdError):
        use_calibration(measured.house, "f" * 32, reason="x", actor=there.staff, now=NOW)
