"""A summary tells nothing about fewer than five people, also beside all the summaries shown before it."""

import itertools
import random

import pytest

from assessment.fairness.small_groups import Group, may_follow, releasable


def people(letters: str) -> Group:
    return frozenset(letters)


@pytest.mark.parametrize("letters", ["", "a", "abcd"])
def test_fewer_than_five_people_show_nothing(letters: str) -> None:
    assert releasable([], people(letters)) is None


def test_five_people_show_their_own_summary() -> None:
    assert releasable([], people("abcde")) == people("abcde")


def test_a_sixth_person_changes_nothing_that_is_shown() -> None:
    shown = releasable([people("abcde")], people("abcdef"))

    assert shown == people("abcde")


def test_five_more_people_make_a_new_summary() -> None:
    assert releasable([people("abcde")], people("abcdefghij")) == people("abcdefghij")


def test_whoever_takes_their_word_back_makes_the_summary_vanish() -> None:
    assert releasable([people("abcde")], people("bcdef")) is None


def test_it_comes_back_once_five_others_have_joined() -> None:
    assert releasable([people("abcde")], people("bcdefghij")) == people("bcdefghij")


def test_an_old_group_is_not_subtracted_in_a_roundabout_way() -> None:
    released = [people("abcde"), people("fghij")]

    shown = releasable(released, people("abcdef"))  # five are new beside the last one, but one beside the first

    assert shown is None


def test_three_groups_that_together_tell_of_one_person_are_refused() -> None:
    # (abcdefghij) + (aklmnopqrs) − (bcdefghijklmnopqrs) = 2a
    released = [people("abcdefghij"), people("aklmnopqrs")]

    assert not may_follow(released, people("bcdefghijklmnopqrs"))


def test_groups_that_are_linked_through_others_are_looked_at_too() -> None:
    x, y, z, w = (people(letters) for letters in ("abcde", "fghij", "klmno", "uvwxy"))
    elsewhere = [y, x | y, w, z | w]  # of them one gets x and z

    shown = releasable([], x | z | people("p"), elsewhere=elsewhere)

    assert shown is None


def test_the_summary_of_another_group_is_never_shown_in_its_place() -> None:
    shown = releasable([], people("abcdef"), elsewhere=[people("abcde")])

    assert shown is None


@pytest.mark.parametrize("seed", range(20))
def test_however_people_come_and_go_no_two_summaries_are_nearly_the_same(seed: int) -> None:
    chance, current, released = random.Random(seed), set[str](), list[Group]()
    for _ in range(200):
        who = chance.choice("abcdefghijklmnopqrstuvwxyz")
        current.symmetric_difference_update({who})
        shown = releasable(released, frozenset(current))
        assert shown is None or shown <= current
        if shown is not None and shown not in released:
            released.append(shown)

    assert released
    assert all(len(later - earlier) >= 5 for earlier, later in itertools.combinations(released, 2))
