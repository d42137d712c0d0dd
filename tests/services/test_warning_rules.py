"""Each rule by hand on a small table: what is found, in which words, and what is not named before it may be read."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from assessment.services.check_in import CheckIn
from assessment.services.organisation import Organisation
from assessment.services.warning_rules import Found, warnings_of
from assessment.services.warning_words import GENERAL_STEP, HELPS, KIND_WORDS
from assessment.training.check_in import DAYS, Side, check_in_key
from tests.checking_in import DUE

HERE = Organisation("o", "St Anne's", "Ada", "ada@x.org", 12, 7, False)
GOOD = (4, 4, 4, 4, 4)


def side(day: int, side: Side, values: Sequence[int | None] = (), *, talk: bool = False, asked: bool = True) -> CheckIn:
    """One side, asked in the morning of its day and answered at noon, or not answered."""
    lines = check_in_key().day(day).asked(side)
    at = datetime(DUE[day].year, DUE[day].month, DUE[day].day, 9, tzinfo=UTC)
    return CheckIn(
        f"{day}{side}",
        "ana",
        day,
        side,
        DUE[day],
        asked_at=at if asked else None,
        answered_at=at + timedelta(hours=3) if values else None,
        wants_talk=talk,
        answers=dict(zip(lines, values, strict=True)) if values else {},
    )


def found(*sides: CheckIn, on: date) -> list[Found]:
    return list(warnings_of(sides, role="front_desk_officer", organisation=HERE, today=on))


def kinds(*sides: CheckIn, on: date) -> list[str]:
    return [one.kind for one in found(*sides, on=on)]


def test_a_good_start_asks_for_nothing() -> None:
    sides = [side(day, who, GOOD) for day in DAYS for who in ("newcomer", "manager")]

    assert found(*sides, on=DUE[90]) == []


@pytest.mark.parametrize(("days", "expected"), [(6, []), (7, ["no_answer"]), (40, ["no_answer"])])
def test_a_week_of_silence_is_a_reason_to_ask_in_person(days: int, expected: list[str]) -> None:
    silent = side(7, "newcomer"), side(7, "manager")

    assert kinds(*silent, on=DUE[7] + timedelta(days=days)) == expected


def test_silence_says_when_it_was_asked_and_nothing_where_nobody_asked_or_a_later_day_was_answered() -> None:
    (one,) = found(side(7, "newcomer"), on=DUE[7] + timedelta(days=8))

    assert (one.because, one.since) == ("No answer to day 7, asked on 7 December.", date(2026, 12, 14))
    assert found(side(7, "newcomer", asked=False), on=DUE[30]) == []
    assert found(side(7, "newcomer"), side(30, "newcomer", GOOD), on=DUE[30]) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((2, 1, 4, 4, 4), ["low"]),
        ((2, 3, 3, 3, 3), []),
        ((2, None, None, None, 3), []),
        ((2, 2, None, None, None), ["low"]),
    ],
)
def test_two_low_lines_are_low_and_what_was_left_out_is_not(
    values: tuple[int | None, ...], expected: list[str]
) -> None:
    assert kinds(side(7, "newcomer", values), on=DUE[7]) == expected


def test_low_lines_are_named_with_what_helps_first() -> None:
    (one,) = found(side(7, "newcomer", (2, 4, 1, 4, None)), on=DUE[7])

    assert one.because == (
        "2 of 4 lines of day 7 answered low: “I got what I need to work: access, tools, clothes, keys”; "
        "“The job is like what I was told before I came”."
    )
    assert one.step == HELPS["tools"]


def test_before_the_own_view_is_given_it_is_told_that_help_may_be_needed_but_not_with_what() -> None:
    sides = side(7, "newcomer", (2, 2, 4, 4, 4)), side(7, "manager")

    (early,) = found(*sides, on=DUE[7] + timedelta(days=6))
    (late,) = found(*sides, on=DUE[7] + timedelta(days=7))

    assert early.because == "2 lines of day 7 answered low. Give your own view first, then you can read which."
    assert early.step == GENERAL_STEP
    assert "keys" in late.because


def test_who_does_not_plan_to_stay_is_asked_what_would_make_it_a_place_to_stay() -> None:
    leaving = side(90, "newcomer", (4, 4, 4, 2, 4))

    assert kinds(leaving, on=DUE[90]) == ["stay"]
    assert kinds(leaving, side(90, "manager"), on=DUE[90]) == []
    assert kinds(side(90, "newcomer", (4, 4, 4, 3, 4)), on=DUE[90]) == []


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ((5, 5, 5, 5, 5), (4, 4, 4, 4, 4), ["falling"]),
        ((5, 5, 5, 5, 5), (4, 4, 4, 4, 5), []),  # .8
        ((4, 4, 4, 4, 4), (5, 5, 5, 5, 5), []),
        ((5, 5, None, None, None), (3, 3, 3, 3, 3), []),  # too few lines for a mean beside another
        ((5, 5, 5, None, None), (3, 3, 3, None, None), ["falling"]),
    ],
)
def test_a_fall_by_a_step_from_one_day_to_the_next(
    then: tuple[int | None, ...], now: tuple[int | None, ...], expected: list[str]
) -> None:
    assert kinds(side(7, "newcomer", then), side(30, "newcomer", now), on=DUE[30]) == expected


def test_each_day_is_set_beside_the_one_before_it() -> None:
    sides = side(7, "newcomer", (5,) * 5), side(30, "newcomer", (4,) * 5), side(60, "newcomer", (4,) * 5)

    assert [(one.kind, one.day) for one in found(*sides, on=DUE[60])] == [("falling", 30)]


def test_a_fall_says_both_means_with_how_many_lines_and_passes_over_a_day_without_an_answer() -> None:
    sides = (
        side(7, "newcomer", (5, 5, 5, 5, None)),
        side(30, "newcomer", asked=False),
        side(60, "newcomer", (3, 4, 4, 3, 4)),
    )

    (one,) = found(*sides, on=DUE[60])

    assert one.because == "The mean fell from 5.0 on day 7 (4 lines) to 3.6 on day 60 (5 lines)."
    (hidden,) = found(*sides, side(60, "manager"), on=DUE[60])
    assert "5.0" not in hidden.because
    assert "lower on day 60 than on day 7" in hidden.because


def test_two_steps_between_the_two_sides_are_laid_side_by_side_in_words() -> None:
    (one,) = found(side(7, "newcomer", (3, 4, 4, 4, 4)), side(7, "manager", (5, 1, 1, 4, 4)), on=DUE[7])

    assert (one.kind, one.day) == ("apart", 7)
    assert one.because == (
        "On day 7 the two sides see this in another way: "
        "“I got what I need to work: access, tools, clothes, keys” (newcomer 3, lead 5)."
    )
    assert kinds(side(7, "newcomer", (4, 4, 4, 4, 4)), side(7, "manager", (5, 1, 1, 3, 5)), on=DUE[7]) == []


def test_a_wish_to_talk_shows_at_once_whoever_has_answered() -> None:
    (one,) = found(side(7, "newcomer", GOOD, talk=True), side(7, "manager"), on=DUE[7])

    assert (one.kind, one.because) == ("talk", "Said on day 7: I would like to talk.")


def test_no_warning_is_a_figure_of_the_person_and_each_line_has_a_first_step() -> None:
    sides = side(7, "newcomer", (1, 1, 1, 1, 1), talk=True), side(7, "manager", (5, 5, 5, 5, 5))

    lines = {line for day in DAYS for line in check_in_key().day(day).newcomer} - {"role", "stay"}
    assert set(HELPS) == lines
    assert {one.kind for one in found(*sides, on=DUE[7])} <= set(KIND_WORDS)
    assert not any("score" in f"{one.because}{one.step}" for one in found(*sides, on=DUE[7]))
