"""Days and hours in words, on the clock of the place."""

from datetime import UTC, date, datetime

import pytest

from assessment.messages.times import comes_twice, exists, listed, say_day, say_hours, say_time

MADRID = "Europe/Madrid"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Tuesday 8 December at 14:00 (Madrid time)"),
        ("es", "martes 8 de diciembre a las 14:00 (hora de Madrid)"),
    ],
)
def test_a_time_is_said_with_weekday_date_clock_and_place(language: str, words: str) -> None:
    assert say_time(at("2026-12-08T13:00"), MADRID, language) == words


def test_the_same_hour_of_the_day_is_said_before_and_after_clocks_change() -> None:
    before, after = at("2027-03-26T13:00"), at("2027-03-29T12:00")

    assert say_time(before, MADRID, "en") == "Friday 26 March at 14:00 (Madrid time)"
    assert say_time(after, MADRID, "en") == "Monday 29 March at 14:00 (Madrid time)"


def test_of_an_hour_that_comes_twice_it_is_said_which() -> None:
    assert say_time(at("2026-10-25T00:30"), MADRID, "en") == "Sunday 25 October at 02:30 (Madrid time, CEST)"
    assert say_time(at("2026-10-25T01:30"), MADRID, "en") == "Sunday 25 October at 02:30 (Madrid time, CET)"


def test_a_place_of_two_words_and_one_without_a_city_are_said_as_they_are() -> None:
    assert say_time(at("2026-12-08T13:00"), "America/New_York", "en") == "Tuesday 8 December at 08:00 (New York time)"
    assert say_time(at("2026-12-08T13:00"), "UTC", "es") == "martes 8 de diciembre a las 13:00 (UTC)"


def test_clocks_leave_an_hour_out_in_spring_and_show_one_twice_in_autumn() -> None:
    assert not exists(datetime(2027, 3, 28, 2, 30), MADRID)
    assert not comes_twice(datetime(2027, 3, 28, 2, 30), MADRID)
    assert comes_twice(datetime(2026, 10, 25, 2, 30), MADRID)
    assert exists(datetime(2026, 10, 25, 2, 30), MADRID)
    assert not comes_twice(datetime(2026, 10, 25, 3, 30), MADRID)


def test_day_hours_and_names() -> None:
    assert say_day(date(2027, 1, 2), "es") == "sábado 2 de enero"
    assert say_hours(at("2026-12-08T13:00"), at("2026-12-08T13:45"), MADRID, "es") == "14:00 a 14:45"
    assert (listed(["Ivo"], "en"), listed(["Ivo", "Una", "Lena"], "es")) == ("Ivo", "Ivo, Una y Lena")
