"""Picks by their key, how far its authors agree, and what the sum of scenes may say."""

import numpy as np
import pytest

from assessment.errors import InstrumentError
from assessment.instruments.document import parse
from assessment.instruments.library import Library
from assessment.instruments.scenario import Option, Scenario, ScenarioSet
from assessment.scoring.scenarios import icc, key_agreement, scenario_reliability, scenario_score, scenario_scores

# Shrout & Fleiss (1979), table 2: six targets rated by four judges; they print ICC(2,1) = .29 and ICC(2,4) = .62
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)


def scene(*ratings: tuple[float, ...]) -> Scenario:
    options = {
        letter: Option(key=sum(own) / len(own), because="", ratings=own)
        for letter, own in zip("abcd", ratings, strict=False)
    }
    return Scenario(id="s", role="r", topic="t", facets=("f",), competencies=(), options=options)


def scenes(scenario: Scenario, authors: int) -> dict[str, object]:
    body = Library.shipped().scenarios().model_dump(mode="json")
    return {**body, "authors": authors, "scenarios": [scenario.model_dump(mode="json")]}


def test_a_scenario_runs_from_the_worst_two_picks_to_the_best_two() -> None:
    options = {letter: Option(key=key, because="") for letter, key in zip("abc", (1, 3, 5), strict=True)}
    own = Scenario(id="s", role="r", topic="t", facets=("f",), competencies=(), options=options)

    assert scenario_score(own, "c", "a") == 1.0
    assert scenario_score(own, "a", "c") == 0.0
    assert scenario_score(own, "b", "a") == 0.75
    assert scenario_score(own, "b", None) is None


def test_the_same_option_as_best_and_worst_says_nothing() -> None:
    assert scenario_score(scene((1,), (3,), (5,)), "a", "a") is None


def test_a_scene_whose_options_are_all_keyed_alike_is_refused() -> None:
    with pytest.raises(InstrumentError, match="every option has the same key"):
        parse(ScenarioSet, scenes(scene((3,), (3,)), 1), where="s")


def test_many_people_are_scored_as_each_alone() -> None:
    own = scene((1,), (3,), (5,))

    found = scenario_scores([own, own], [["c", None], ["a", "b"]], [["a", "b"], ["c", "a"]])

    np.testing.assert_array_equal(found, [[1.0, np.nan], [0.0, 0.75]])


def test_agreement_is_that_of_the_published_example() -> None:
    single, mean = icc(SHROUT_FLEISS)

    assert (round(single, 2), round(mean, 2)) == (0.29, 0.62)


def test_authors_who_say_the_same_agree_wholly() -> None:
    found = key_agreement(parse(ScenarioSet, scenes(scene((1, 1), (3, 3), (5, 5)), 2), where="s"))

    assert (found.authors, found.options) == (2, 3)
    assert found.icc_single == pytest.approx(1)
    assert found.icc_mean == pytest.approx(1)


def test_one_author_has_nobody_to_agree_with() -> None:
    found = key_agreement(Library.shipped().scenarios())

    assert (found.authors, found.options, found.icc_single) == (1, 0, None)


def test_a_key_that_is_not_the_mean_of_its_ratings_is_refused() -> None:
    wrong = scene((1, 3), (4, 5))
    body = scenes(wrong, 2)
    body["scenarios"][0]["options"]["a"]["key"] = 3  # type: ignore[index]

    with pytest.raises(InstrumentError, match="option a: key 3 is not the mean of its authors' ratings"):
        parse(ScenarioSet, body, where="s")


def test_a_rating_of_every_author_is_needed() -> None:
    with pytest.raises(InstrumentError, match="option a: 2 ratings, but the key has 3 authors"):
        parse(ScenarioSet, scenes(scene((1, 3), (4, 5)), 3), where="s")


def test_alpha_of_scenes_comes_with_its_warning() -> None:
    rng = np.random.default_rng(1)
    scores = rng.random((200, 1)) + rng.random((200, 4))
    scores[0, 0] = np.nan

    found = scenario_reliability(scores)

    whole = scores[1:]
    by_hand = 4 / 3 * (1 - whole.var(axis=0, ddof=1).sum() / whole.sum(axis=1).var(ddof=1))
    assert found.n == 199
    assert found.alpha == pytest.approx(by_hand)
    assert found.omega_total is not None
    assert "mix several competencies" in found.warning


def test_one_scene_or_one_person_has_no_alpha() -> None:
    assert scenario_reliability(np.ones((50, 1))).alpha is None
    assert scenario_reliability(np.ones((1, 4))).alpha is None
    assert scenario_reliability(np.ones((50, 4))).alpha is None
