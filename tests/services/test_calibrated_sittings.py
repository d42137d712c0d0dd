"""Standings by EAP where a sitting was made under a calibration, and every number of it again by hand."""

import csv
import io

import numpy as np
import pytest

from assessment.scoring.calibrated import CalibratedItem, stand_by_eap
from assessment.scoring.graded import category_probabilities
from assessment.services.answers import submit
from assessment.services.reading import Reading, reading
from assessment.services.result import result
from assessment.services.result_page import page_of
from assessment.services.why import why, why_csv
from assessment.storage import sittings
from tests.calibrated import calibrate, calibrated_form, put_to_use
from tests.hiring import NOW, Hiring, Person, answer_all


def finished(hiring: Hiring, *, value: int = 4) -> tuple[Person, Reading]:
    person = hiring.invite()
    actor = person.begin()
    answer_all(hiring.house, actor, value=value)
    submit(hiring.house, actor=actor, now=NOW)
    return person, reading(hiring.house, person.application, actor=hiring.staff, now=NOW)


def calibration_under(hiring: Hiring, person: Person) -> str | None:
    with hiring.house.database.read() as connection:
        row = sittings.newest_of(connection, person.application, organisation_id=hiring.staff.organisation_id)
    assert row is not None
    found: str | None = row.calibration_id
    return found


def test_only_sittings_made_from_now_on_are_made_under_a_calibration(hiring: Hiring) -> None:
    before = hiring.invite("Before")

    document = calibrate(hiring)

    after = hiring.invite("After")
    assert (calibration_under(hiring, before), calibration_under(hiring, after)) == (None, document)


def test_a_calibration_that_knows_a_part_of_the_form_is_left_alone(hiring: Hiring) -> None:
    whole = calibrated_form(hiring.house)
    part = whole.model_copy(update={"items": {id_: item for id_, item in whole.items.items() if id_ != "voi_01"}})

    put_to_use(hiring.house, hiring.staff.organisation_id, part)

    assert calibration_under(hiring, hiring.invite()) is None


def test_standings_come_from_theta_where_there_is_a_calibration(hiring: Hiring) -> None:
    calibrate(hiring)

    _, read = finished(hiring)

    numbers = {id_: value for id_, value in read.answers.items() if isinstance(value, int)}
    expected = stand_by_eap(
        numbers, instrument=read.instrument, asked=read.form.items, calibrated=calibrated_form(hiring.house)
    )
    assert {f: s for f, s in read.standings.items() if s.by_eap} == expected
    assert set(expected) == set(read.form.facets)


def test_every_number_of_the_table_can_be_worked_out_again_from_answers_and_parameters(hiring: Hiring) -> None:
    calibrate(hiring)
    _, read = finished(hiring, value=2)
    table = list(csv.DictReader(io.StringIO(why_csv(read, library=hiring.house.library))))
    points = np.linspace(-6, 6, 61)

    assert len(table) == 48
    for line in table:
        posterior = np.exp(-points * points / 2)
        for other in (one for one in table if one["facet"] == line["facet"]):
            b = np.array([[float(other[f"b{step}"]) for step in (1, 2, 3, 4)]])
            p = category_probabilities(points, np.array([float(other["a"])]), b)[:, 0, :]
            posterior *= p[:, int(other["counts_as"]) - 1]
        posterior /= posterior.sum()
        theta = float(posterior @ points)
        se = float(np.sqrt(posterior @ points**2 - theta**2))
        t, sem = float(line["t"]), float(line["sem"])
        low, high = float(line["low"]), float(line["high"] or "inf")
        assert line["standing_from"] == "eap"
        assert (float(line["theta"]), float(line["theta_se"])) == pytest.approx((theta, se))
        assert t == pytest.approx(50 + 10 * (float(line["theta"]) - float(line["norm_mean"])) / float(line["norm_sd"]))
        assert sem == pytest.approx(10 * float(line["theta_se"]) / float(line["group_theta_sd"]))
        assert float(line["reliability"]) == pytest.approx(1 - (sem / 10) ** 2)
        assert float(line["gap"]) == pytest.approx(max(low - t, t - high, 0))
        assert float(line["match"]) == pytest.approx(max(0, 100 - 4 * float(line["gap"])))
    signature = {line["facet"]: line for line in table if line["part"] == "signature"}.values()
    weight = sum(float(line["weight"]) for line in signature)
    fit = sum(float(line["weight"]) * float(line["expected_match"]) for line in signature) / weight
    assert read.fit.signature.fit == pytest.approx(fit)


def test_why_shows_theta_in_place_of_the_mean(hiring: Hiring) -> None:
    calibrate(hiring)
    _, read = finished(hiring)

    found, stood = why(read, "voi", library=hiring.house.library), read.standings["voi"]

    assert stood.theta is not None
    assert stood.theta_se is not None
    theta = f"{stood.theta:.2f}".replace("-", "−")
    assert found.theta_sum == f"{theta}, SE {stood.theta_se:.2f}"
    assert found.t_sum == f"50 + 10 × ({theta} − 0.02) ÷ 0.90 = {stood.t:.1f}"
    assert found.error_sum.startswith(f"± 1.96 × 10 × {stood.theta_se:.2f} ÷ {0.9 / 0.85**0.5:.2f} = ")


def test_the_result_says_whom_one_is_compared_with(hiring: Hiring) -> None:
    plain, _ = finished(hiring)
    before = result(hiring.house, actor=plain.come_in(), now=NOW)
    calibrate(hiring)
    person, _ = finished(hiring)

    after = result(hiring.house, actor=person.come_in(), now=NOW)

    assert before.compared == ""
    assert "No real people have been counted yet" in page_of(before)
    assert "1,200 people" in after.compared
    assert "No real people have been counted yet" not in page_of(after)


def test_a_step_that_was_not_told_apart_stands_empty_in_the_table(hiring: Hiring) -> None:
    form = calibrated_form(hiring.house)
    first = next(iter(form.items))
    odd = CalibratedItem(facet=form.items[first].facet, a=2.0, b=(-1.0, None, 0.5, 1.5))
    put_to_use(
        hiring.house, hiring.staff.organisation_id, form.model_copy(update={"items": {**form.items, first: odd}})
    )

    _, read = finished(hiring)

    table = csv.DictReader(io.StringIO(why_csv(read, library=hiring.house.library)))
    line = next(line for line in table if line["item"] == first)
    assert [line[f"b{step}"] for step in (1, 2, 3, 4)] == ["-1.0", "", "0.5", "1.5"]
