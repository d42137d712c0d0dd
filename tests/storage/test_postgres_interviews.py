"""Two hundred people pick among fifty times at once, on a real PostgreSQL as on SQLite."""

import threading
from datetime import time, timedelta

import pytest

from assessment.errors import SheetError
from assessment.services.interviews import pick
from assessment.services.sitting import leave
from assessment.services.slots import list_slots
from tests.hiring import Hiring
from tests.interviewing import colleague
from tests.picking import DAY, asked, check_the_truth, held, offer, race
from tests.storage.test_postgres import hiring_there, on_postgres

__all__ = ["hiring_there", "on_postgres"]
pytestmark = pytest.mark.postgres


def test_two_hundred_people_pick_among_fifty_times_at_once(hiring_there: Hiring) -> None:
    ivo = colleague(hiring_there, "Ivo").actor.account_id or ""
    days = [DAY + timedelta(days=n) for n in range(5)]
    slots = offer(hiring_there, ivo, days=days, times=tuple(time(hour) for hour in range(9, 19)))

    found = race(hiring_there, 200, slots, now=hiring_there.now)

    check_the_truth(hiring_there, found, slots)
    assert (len(slots), len(found.got), len(found.refused)) == (50, 50, 150)


def test_one_interviewer_offers_the_same_time_twice_at_once_and_has_it_once(hiring_there: Hiring) -> None:
    ivo, said = colleague(hiring_there, "Ivo").actor.account_id or "", []
    start = threading.Barrier(8)

    def go() -> None:
        start.wait()
        try:
            offer(hiring_there, ivo)
        except SheetError as error:
            said.append(str(error))

    _together([go] * 8)

    assert len(list_slots(hiring_there.house, hiring_there.vacancy, actor=hiring_there.staff)) == 1
    assert len(said) == 7


def test_picking_and_leaving_at_once_end_in_one_of_the_two_and_in_no_deadlock(hiring_there: Hiring) -> None:
    ivo = colleague(hiring_there, "Ivo").actor.account_id or ""
    times = [time(hour) for hour in range(9, 15)]
    slots = offer(hiring_there, ivo, times=times)
    people = [p.come_in() for p in asked(hiring_there, *(f"P{n} x" for n in range(6)))]
    trouble: list[Exception] = []

    def pick_it(n: int) -> None:
        try:
            pick(hiring_there.house, slots[n], actor=people[n], now=hiring_there.now)
        except Exception as error:
            trouble.append(error)

    _together(
        [lambda n=n: pick_it(n) for n in range(6)]  # type: ignore[misc]
        + [lambda n=n: leave(hiring_there.house, "", actor=people[n], now=hiring_there.now) for n in range(6)]  # type: ignore[misc]
    )

    assert held(hiring_there.house) == {}
    assert {type(error).__name__ for error in trouble} <= {"ClosedError"}


def test_people_are_invited_and_pick_at_once_without_a_deadlock(hiring_there: Hiring) -> None:
    ivo = colleague(hiring_there, "Ivo").actor.account_id or ""
    slots = offer(hiring_there, ivo, times=[time(hour) for hour in range(9, 15)])
    people = [p.come_in() for p in asked(hiring_there, *(f"P{n} x" for n in range(6)))]
    trouble: list[Exception] = []

    def go(n: int) -> None:
        try:
            for more in range(4):
                hiring_there.invite(f"New {n} {more}", f"n{n}-{more}@x.org")
            pick(hiring_there.house, slots[n], actor=people[n], now=hiring_there.now)
        except Exception as error:
            trouble.append(error)

    _together([lambda n=n: go(n) for n in range(6)])  # type: ignore[misc]

    assert trouble == []
    assert len(held(hiring_there.house)) == 6


def _together(work: list) -> None:  # type: ignore[type-arg]
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
