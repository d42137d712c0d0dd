"""Stays at stages by hand: a few moves whose days can be counted on the fingers."""

from datetime import UTC, datetime, timedelta

from assessment.services.waits import Handover, StageWait, Stay, Step, Waiting, stage_waits, stays

START = datetime(2026, 11, 2, tzinfo=UTC)


def at(day: float) -> datetime:
    return START + timedelta(days=day)


def who(_: str, stage: str) -> Waiting:
    return "candidate" if stage in ("invited", "answering") else "us"


def of(*steps: tuple[str, float], undoes: dict[int, str] | None = None) -> list[Step]:
    return [Step(str(n), "a", stage, at(day), (undoes or {}).get(n)) for n, (stage, day) in enumerate(steps)]


def test_each_stage_lasts_until_the_next_and_an_end_lasts_not_at_all() -> None:
    steps = of(("invited", 0), ("answering", 2), ("to_read", 3), ("hired", 7))

    found = stays(steps, roles={"a": "r"}, who_waits=who)

    assert [(s.stage, s.on, s.lasted(at(9)) / timedelta(days=1)) for s in found] == [
        ("invited", "candidate", 2.0),
        ("answering", "candidate", 1.0),
        ("to_read", "us", 4.0),
    ]


def test_who_stands_still_waits_until_now() -> None:
    (stay,) = stays(of(("invited", 0)), roles={"a": "r"}, who_waits=who)

    assert (stay.until, stay.lasted(at(5))) == (None, timedelta(days=5))


def test_a_move_that_was_taken_back_counts_as_nothing() -> None:
    steps = of(("to_read", 0), ("interview", 2), ("to_read", 3), undoes={2: "1"})

    found = stays(steps, roles={"a": "r"}, who_waits=who)

    assert found == (Stay("a", "to_read", "us", at(0), None),)


def test_within_a_stage_the_turn_passes() -> None:
    steps = of(("interview", 0), ("decision", 10))
    turns = [Handover("a", at(2), "candidate"), Handover("a", at(5), "us"), Handover("b", at(1), "candidate")]

    found = stays(steps, roles={"a": "r"}, who_waits=who, handovers=turns)

    assert [(s.on, s.since, s.until) for s in found[:3]] == [
        ("us", at(0), at(2)),
        ("candidate", at(2), at(5)),
        ("us", at(5), at(10)),
    ]


def test_means_are_over_those_who_have_left_the_stage() -> None:
    steps = [
        Step("1", "a", "to_read", at(0)),
        Step("2", "b", "to_read", at(0)),
        Step("3", "c", "to_read", at(0)),
        Step("4", "a", "decision", at(1)),
        Step("5", "b", "decision", at(5)),
    ]

    found = stage_waits(stays(steps, roles=dict.fromkeys("abc", "r"), who_waits=who), ("invited", "to_read"))

    assert found == (StageWait("invited", 0, 0.0, 0.0, None), StageWait("to_read", 2, 3.0, 0.0, 3.0))


def test_somebody_who_came_through_a_stage_twice_counts_once_with_both() -> None:
    steps = of(("to_read", 0), ("interview", 1), ("to_read", 2), ("decision", 5))

    (found,) = stage_waits(stays(steps, roles={"a": "r"}, who_waits=who), ("to_read",))

    assert (found.n, found.us, found.median) == (1, 4.0, 4.0)
