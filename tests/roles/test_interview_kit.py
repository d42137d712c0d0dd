"""Which three facets somebody is asked about, on tables one can check by eye."""

from collections.abc import Sequence

from assessment.instruments.library import Library
from assessment.roles.fit import FacetBand, Match
from assessment.roles.interview_kit import open_points, why_words
from assessment.roles.library import role_profile

PROFILE = role_profile("front_desk_officer")
FORM = Library.shipped().form("front_desk_officer").facets
SCENES = Library.shipped().scenarios().by_id()


def match(facet: str, band: FacetBand, gap: float | None = 0.0, chance: float | None = 0.8) -> Match:
    requirement = next(r for r in PROFILE.requirements if r.facet == facet)
    return Match(requirement, PROFILE.part_of(facet), None, gap, None, None, chance, band)


def chosen(
    matches: Sequence[Match], scenes: Sequence[tuple[str, float | None]] = (), **options: set[str]
) -> list[tuple[str, str]]:
    scored = [(SCENES[id_], score) for id_, score in scenes]
    found = open_points(matches, scored, PROFILE, form_facets=FORM, **options)
    return [(point.facet, point.why) for point in found]


def test_clearly_outside_comes_first_with_the_wider_gap_before_then_close_ones() -> None:
    found = chosen(
        [match("voi", "close", 9), match("liv", "below", 12), match("wrm", "above", 15), match("pat", "close", 3)]
    )

    assert found == [("wrm", "outside"), ("liv", "outside"), ("voi", "close")]


def test_in_range_with_a_small_chance_of_being_so_is_uncertain_and_comes_after_close() -> None:
    found = chosen(
        [match("voi", "in_range", chance=0.4), match("liv", "in_range", chance=0.3), match("pat", "close", 2, 0.45)]
    )

    assert found == [("pat", "close"), ("liv", "uncertain"), ("voi", "uncertain")]


def test_weak_scenes_come_before_the_signature_the_weakest_first() -> None:
    found = chosen([match(f, "in_range") for f in FORM], [("fd_2", 0.3), ("fd_1", 0.1), ("fd_3", 0.9), ("fd_4", None)])

    assert found == [("voi", "scenario"), ("cmp", "scenario"), ("hon", "scenario")]


def test_with_nothing_open_or_nothing_answered_the_signature_is_asked() -> None:
    everything_fine = chosen([match(f, "in_range") for f in FORM])

    assert everything_fine == chosen([]) == [("voi", "signature"), ("liv", "signature"), ("wrm", "signature")]


def test_a_facet_of_a_question_that_everybody_is_asked_is_passed_over_where_another_is_left() -> None:
    matches = [match("voi", "below", 20), *(match(f, "in_range") for f in FORM if f != "voi")]

    passed_over = chosen(matches, asked_of_all={"voi", "hon"})
    only_that = chosen(matches, asked_of_all=set(FORM) - {"pat"})

    assert passed_over == [("liv", "signature"), ("wrm", "signature"), ("pat", "signature")]
    assert only_that == [("pat", "signature"), ("voi", "outside"), ("liv", "signature")]


def test_a_facet_that_was_not_asked_is_no_open_point_and_one_without_answers_is() -> None:
    unasked = next(r.facet for r in PROFILE.requirements if r.facet not in FORM)

    found = chosen([match(unasked, "not_measured", None, None), match("pat", "not_measured", None, None)])

    assert found[0] == ("pat", "not_measured")
    assert unasked not in [facet for facet, _ in found]


def test_a_facet_is_chosen_once_for_its_first_reason() -> None:
    found = chosen([match("voi", "below", 20)], [("fd_1", 0.0)])

    assert found == [("voi", "outside"), ("cmp", "scenario"), ("liv", "signature")]


def test_the_reason_is_said_in_a_sentence() -> None:
    assert why_words("close", "Welcoming warmth") == (
        "Welcoming warmth is close to the range, and the error could explain it."
    )
