"""The scenes of a role looked at through everybody's picks."""

import numpy as np
import pytest
from sqlalchemy import insert

from assessment.errors import NotAllowedError
from assessment.scoring.scenarios import scenario_reliability, scenario_scores
from assessment.services.scenario_health import scenario_agreement, scenario_health
from assessment.storage.schema import responses
from tests.hiring import Hiring
from tests.many_sheets import another_organisation, hand_in


def pick(hiring: Hiring, sittings: tuple[str, ...]) -> np.ndarray:
    """Random picks in every scene, written straight to storage; what they come to."""
    rng, house = np.random.default_rng(2), hiring.house
    key = house.library.scenarios().by_id()
    scenes = [key[id_] for id_ in house.library.form("front_desk_officer").scenarios]
    best, worst, rows = [], [], []
    for sitting in sittings:
        pairs = [rng.permutation(sorted(scene.options))[:2] for scene in scenes]
        best.append([str(pair[0]) for pair in pairs])
        worst.append([str(pair[1]) for pair in pairs])
        for scene, pair in zip(scenes, pairs, strict=True):
            for which, letter in zip(("best", "worst"), pair, strict=True):
                rows.append(
                    {
                        "sitting_id": sitting,
                        "item": f"{scene.id}.{which}",
                        "value": str(letter),
                        "rev": 1,
                        "saved_at": "x",
                    }
                )
    with house.database.write() as connection:
        connection.execute(insert(responses), rows)
    return scenario_scores(scenes, best, worst)


def test_alpha_of_the_scenes_is_that_of_the_science_on_the_same_picks(hiring: Hiring) -> None:
    scores = pick(hiring, hand_in(hiring, 120).sittings)
    another_organisation(hiring, 5)

    (found,) = scenario_health(hiring.house, actor=hiring.staff)

    assert (found.role, found.n, found.scenarios) == ("front_desk_officer", 120, 4)
    assert found.reliability == scenario_reliability(scores)


def test_below_a_hundred_people_there_is_no_figure(hiring: Hiring) -> None:
    pick(hiring, hand_in(hiring, 99).sittings)

    (found,) = scenario_health(hiring.house, actor=hiring.staff)

    assert (found.n, found.reliability) == (99, None)


def test_people_who_left_a_scene_out_do_not_count(hiring: Hiring) -> None:
    handed_in = hand_in(hiring, 20)
    pick(hiring, handed_in.sittings[:15])

    (found,) = scenario_health(hiring.house, actor=hiring.staff)

    assert found.n == 15


def test_a_candidate_is_refused(hiring: Hiring) -> None:
    with pytest.raises(NotAllowedError):
        scenario_health(hiring.house, actor=hiring.invite().come_in())
    with pytest.raises(NotAllowedError):
        scenario_agreement(hiring.house, actor=hiring.invite("Bo").come_in())
