"""One working day: Monday to Friday, by the clock on the organisation's wall."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from assessment.services.working_time import add_working_days

MADRID = ZoneInfo("Europe/Madrid")
NEW_YORK = ZoneInfo("America/New_York")


def at(text: str, zone: ZoneInfo = MADRID) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-24T09:30", "2026-11-25T09:30"),  # Tuesday
        ("2026-11-27T15:00", "2026-11-30T15:00"),  # Friday
        ("2026-11-27T23:59", "2026-11-30T23:59"),
        ("2026-11-28T00:00", "2026-12-01T00:00"),  # Saturday counts as Monday's first minute
        ("2026-11-29T20:00", "2026-12-01T00:00"),  # Sunday
        ("2026-11-30T00:00", "2026-12-01T00:00"),
    ],
)
def test_a_question_is_due_one_working_day_later_at_the_same_time(asked: str, due: str) -> None:
    assert add_working_days(at(asked), 1, zone=MADRID) == at(due)


@pytest.mark.parametrize(
    ("asked", "due"), [("2026-03-27T15:00", "2026-03-30T15:00"), ("2026-10-23T15:00", "2026-10-26T15:00")]
)
def test_the_hour_on_the_wall_stays_when_summer_time_begins_or_ends(asked: str, due: str) -> None:
    found = add_working_days(at(asked), 1, zone=MADRID)

    assert found == at(due)
    assert (found - at(asked).astimezone(UTC)).total_seconds() / 3600 != 72


def test_where_it_is_counts_and_not_where_the_clock_is_read() -> None:
    friday_evening_there = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)  # Saturday in Madrid

    assert add_working_days(friday_evening_there, 1, zone=NEW_YORK) == at("2026-11-30T20:00", NEW_YORK)
    assert add_working_days(friday_evening_there, 1, zone=MADRID) == at("2026-12-01T00:00")


def test_an_hour_that_a_change_leaves_out_or_gives_twice_has_one_answer() -> None:
    cairo = ZoneInfo("Africa/Cairo")  # summer time begins on Friday 24 April 2026 at midnight

    before, after = (add_working_days(at(t, cairo), 1, zone=cairo) for t in ("2026-04-23T00:30", "2026-04-23T01:30"))

    assert before.astimezone(cairo).isoformat() == "2026-04-24T01:30:00+03:00"
    assert before <= after


def test_more_days_pass_over_every_weekend() -> None:
    assert add_working_days(at("2026-11-26T08:00"), 7, zone=MADRID) == at("2026-12-07T08:00")
