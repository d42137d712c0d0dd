"""Fewer lines where enough is known, and never fewer than promised."""

import json
import time

import numpy as np
import pytest

from assessment.instruments.library import Library
from assessment.scoring.adaptive import Bank, StoppingRule
from assessment.scoring.graded import ItemParameters, item_information, simulate
from assessment.scoring.irt import eap

INSTRUMENT = Library.shipped().questionnaire()
FORM = Library.shipped().form("front_desk_officer").items
ITEMS = [id_ for id_ in FORM if id_ in INSTRUMENT.by_id]
RULE = StoppingRule()


def parameters(slope: float) -> ItemParameters:
    rng = np.random.default_rng(3)
    thresholds = np.array([-1.8, -0.6, 0.6, 1.8]) + rng.uniform(-0.5, 0.5, (len(ITEMS), 1))
    return ItemParameters(tuple(ITEMS), slope * rng.uniform(0.9, 1.1, len(ITEMS)), thresholds)


def bank(slope: float) -> Bank:
    return Bank(FORM, instrument=INSTRUMENT, parameters=parameters(slope))


def answer(id_: str, counted: int) -> int:
    return 6 - counted if INSTRUMENT.by_id[id_].keyed == "minus" else counted


def go_through(own: Bank, *, counted: int = 3) -> dict[str, int]:
    rng, answers = np.random.default_rng(1), dict[str, int]()
    while left := own.plan(answers, rule=RULE, rng=rng):
        answers[left[0]] = answer(left[0], counted)
    return answers


def test_the_live_estimate_is_the_one_of_the_scorer() -> None:
    own = bank(1.5)
    answers = {id_: 1 + at % 5 for at, id_ in enumerate(ITEMS[:30])}

    now = own.known(answers, RULE)

    for at, facet in enumerate(now.facets):
        asked = [id_ for id_ in answers if INSTRUMENT.by_id[id_].facet == facet]
        codes = np.array([[answer(id_, answers[id_])] for id_ in asked], dtype=np.uint8)
        theta, se = eap(codes, parameters(1.5).of(asked))
        assert (now.theta[at], now.se[at]) == pytest.approx((theta[0], se[0]))


def test_strong_items_stop_early_and_every_facet_has_its_four() -> None:
    own = bank(3.0)

    answers = go_through(own)

    now = own.known(answers, RULE)
    assert len(answers) < len(ITEMS)
    assert now.answered.min() >= 4
    assert now.done.all()
    assert ((now.se <= 0.40) | (now.answered == 6)).all()


def test_weak_items_are_all_asked_and_then_it_ends() -> None:
    assert set(go_through(bank(0.6))) == set(ITEMS)


def test_a_facet_is_not_done_at_three_answers_however_sure() -> None:
    own = bank(8.0)
    facet = own.facets[0]
    three = [id_ for id_ in ITEMS if INSTRUMENT.by_id[id_].facet == facet][:3]

    now = own.known({id_: answer(id_, 3) for id_ in three}, RULE)

    assert now.se[0] <= 0.40
    assert not now.done[0]


def test_facets_take_turns() -> None:
    own = bank(1.5)

    first_round = own.plan({}, rule=RULE, rng=np.random.default_rng(0))[: len(own.facets)]

    assert sorted(INSTRUMENT.by_id[id_].facet for id_ in first_round) == sorted(own.facets)


def test_the_next_item_of_a_facet_is_among_its_three_most_informative() -> None:
    own, found = bank(1.5), parameters(1.5)
    answers = {id_: answer(id_, 4) for id_ in ITEMS[: len(own.facets)]}
    now = own.known(answers, RULE)
    seen: dict[str, set[str]] = {facet: set() for facet in own.facets}

    for seed in range(40):
        for id_ in own.plan(answers, rule=RULE, rng=np.random.default_rng(seed))[: len(own.facets)]:
            seen[INSTRUMENT.by_id[id_].facet].add(id_)

    for at, facet in enumerate(own.facets):
        left = [id_ for id_ in ITEMS if INSTRUMENT.by_id[id_].facet == facet and id_ not in answers]
        information = item_information(now.theta[at : at + 1], found.of(left))[0]
        best = {left[place] for place in np.argsort(-information)[:3]}
        assert seen[facet] == best


def test_the_same_answers_and_seed_give_the_same_plan() -> None:
    answers = dict.fromkeys(ITEMS[:20], 4)

    one, other = (bank(1.5).plan(answers, rule=RULE, rng=np.random.default_rng(5)) for _ in range(2))

    assert one == other
    assert not set(one) & set(answers)


def test_the_live_step_costs_less_than_a_millisecond() -> None:
    own, answers = bank(1.5), dict.fromkeys(ITEMS[:24], 4)
    rng = np.random.default_rng(1)

    took = []
    for _ in range(50):
        began = time.perf_counter()
        own.plan(answers, rule=RULE, rng=rng)
        took.append(time.perf_counter() - began)

    assert sorted(took)[len(took) // 2] < 0.001


@pytest.mark.parametrize("slope", [0.6, 1.15, 3.0])
@pytest.mark.parametrize("counted", [1, 3, 5])
def test_how_many_lines_are_left_is_a_number_that_can_be_sent(slope: float, counted: int) -> None:
    own = bank(slope)
    for n in (0, 5, 20, len(ITEMS)):
        answers = {id_: answer(id_, counted) for id_ in ITEMS[:n]}

        left = own.about(answers, rule=RULE)

        assert json.loads(json.dumps(left)) <= len(own.plan(answers, rule=RULE, rng=np.random.default_rng(1)))


@pytest.mark.big
def test_made_up_people_are_asked_what_the_live_step_would_ask() -> None:
    own, people = bank(2.5), 200

    trial = own.try_out(people, rule=RULE, rng=np.random.default_rng(4))

    lines = []
    rng = np.random.default_rng(5)
    for _ in range(60):
        theta = rng.standard_normal(len(own.facets))
        sheet, answers = {}, dict[str, int]()
        found = parameters(2.5)
        for id_ in ITEMS:
            of = found.of([id_])
            level = theta[[own.facets.index(INSTRUMENT.by_id[id_].facet)]]
            sheet[id_] = answer(id_, int(simulate(level, of.slopes, of.thresholds, rng=rng)[0, 0]))
        while left := own.plan(answers, rule=RULE, rng=rng):
            answers[left[0]] = sheet[left[0]]
        lines.append(len(answers))
    assert trial.lines.mean() == pytest.approx(np.mean(lines), abs=0.7)
    assert trial.lines.min() >= 4 * len(own.facets)
    assert trial.lines.max() <= trial.whole == len(ITEMS)


def test_stopping_early_stays_close_to_the_whole_form_and_that_to_the_truth() -> None:
    trial = bank(2.5).try_out(400, rule=RULE, rng=np.random.default_rng(4))

    same = np.corrcoef(trial.theta.ravel(), trial.theta_whole.ravel())[0, 1]
    true = np.corrcoef(trial.theta_whole.ravel(), trial.truth.ravel())[0, 1]
    assert same > 0.97
    assert 0.92 < true < same


def test_weak_items_save_nothing_in_a_trial_either() -> None:
    trial = bank(0.6).try_out(50, rule=RULE, rng=np.random.default_rng(4))

    assert (trial.lines == len(ITEMS)).all()
    np.testing.assert_allclose(trial.theta, trial.theta_whole)
