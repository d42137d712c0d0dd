"""A sheet becomes a result once, under the versions its sitting was made with."""

import json
from datetime import timedelta

import pytest

from assessment.services.answers import Answer, save_answers, submit
from assessment.services.scoring import score_sitting
from assessment.storage.results import result_of
from tests.hiring import NOW, Hiring, answer_all


def test_all_fours_score_by_hand(hiring: Hiring) -> None:
    """Six items a facet, three keyed minus: mean (3·4 + 3·2)/6 = 3; voi: T = 50 + 10 (3 − 3.25)/.60."""
    actor = hiring.invite().begin()
    answer_all(hiring.house, actor, value=4)
    submit(hiring.house, actor=actor, now=NOW)

    with hiring.house.database.write() as connection:
        scored = score_sitting(connection, actor.sitting_id or "", NOW)

    voi = scored.standings["voi"]
    assert (voi.answered, voi.items, voi.score) == (6, 6, pytest.approx(3.0))
    assert voi.t == pytest.approx(50 + 10 * (3 - 3.25) / 0.60)
    assert voi.sem == pytest.approx(10 * (1 - 0.74) ** 0.5)


def test_a_result_is_written_with_the_sheet_and_never_again(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    answer_all(hiring.house, actor)
    submit(hiring.house, actor=actor, now=NOW)

    with hiring.house.database.write() as connection:
        first = result_of(connection, actor.sitting_id or "")
        score_sitting(connection, actor.sitting_id or "", NOW + timedelta(days=1))
        second = result_of(connection, actor.sitting_id or "")

    assert first is not None
    assert first == second


def test_a_result_holds_a_band_for_each_facet_of_the_profile_in_its_order(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    answer_all(hiring.house, actor)
    submit(hiring.house, actor=actor, now=NOW)

    with hiring.house.database.write() as connection:
        scored = score_sitting(connection, actor.sitting_id or "", NOW)
        kept = result_of(connection, actor.sitting_id or "")

    assert kept is not None
    assert list(json.loads(kept.facet_bands)) == [r.facet for r in scored.profile.requirements]
    assert (kept.band, kept.named.split()) == (scored.fit.band, list(scored.fit.named))
    assert kept.core_low <= kept.core_fit <= kept.core_high


def test_a_facet_with_too_few_answers_is_not_scored_and_the_band_says_so(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    answer_all(hiring.house, actor)
    save_answers(hiring.house, [Answer("voi_01", None, 2), Answer("voi_05", None, 2)], actor=actor, now=NOW)
    submit(hiring.house, actor=actor, now=NOW, skip=True)

    with hiring.house.database.write() as connection:
        scored = score_sitting(connection, actor.sitting_id or "", NOW)

    assert scored.standings["voi"].score is None
    assert (scored.fit.band, scored.fit.named) == ("not_measured", ("voi",))


def test_the_same_answer_throughout_is_flagged_and_costs_nothing(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    answer_all(hiring.house, actor, value=4)
    submit(hiring.house, actor=actor, now=NOW)

    with hiring.house.database.read() as connection:
        kept = result_of(connection, actor.sitting_id or "")

    assert kept is not None
    assert kept.flags.split()[0] == "same_answer"


def test_nothing_answered_is_a_result_too(hiring: Hiring) -> None:
    actor = hiring.invite().begin()

    submit(hiring.house, actor=actor, now=NOW, skip=True)

    with hiring.house.database.read() as connection:
        kept = result_of(connection, actor.sitting_id or "")
    assert kept is not None
    assert (kept.band, kept.core_fit, kept.signature_low) == ("not_measured", None, None)
