"""Many sign up for a few seats at once, on a real PostgreSQL as on SQLite."""

import threading

import pytest

from assessment.services.my_seminars import give_back, sign_up
from assessment.services.seminar_places import give_place
from assessment.services.seminars import cancel_seminar
from tests.hiring import Hiring
from tests.learning import at_work, rush, seminar, standings
from tests.picking import told
from tests.storage.test_postgres import hiring_there, on_postgres

__all__ = ["hiring_there", "on_postgres"]
pytestmark = pytest.mark.postgres


def test_a_hundred_people_want_one_of_ten_seats_and_each_seat_is_given_once(hiring_there: Hiring) -> None:
    id_ = seminar(hiring_there, seats=10)

    found = rush(hiring_there, id_, 100, wait=False)

    assert found.trouble == []
    assert (len(found.got), len(found.full)) == (10, 90)
    assert standings(hiring_there, id_) == found.got
    assert {m.application for m in told(hiring_there.house, "seminar_place")} == set(found.got)


def test_whoever_waits_keeps_the_place_in_line_whatever_the_clocks_say(hiring_there: Hiring) -> None:
    id_ = seminar(hiring_there, seats=5)

    found = rush(hiring_there, id_, 40, wait=True)

    assert found.trouble == []
    assert standings(hiring_there, id_) == found.got
    assert list(found.got.values()).count("place") == 5


def test_taking_giving_back_and_calling_off_at_once_end_without_a_deadlock(hiring_there: Hiring) -> None:
    house, now = hiring_there.house, hiring_there.now
    first, second = seminar(hiring_there, seats=2), seminar(hiring_there, seats=2)
    people = [at_work(hiring_there, f"P{n} Ruiz") for n in range(8)]
    trouble: list[Exception] = []

    def go(n: int) -> None:
        person = people[n]
        try:
            for id_ in (first, second) if n % 2 else (second, first):
                sign_up(house, id_, wait=True, actor=person.actor, now=now)
                give_back(house, id_, actor=person.actor, now=now)
                give_place(house, id_, person.application, actor=hiring_there.staff, now=now)
            if n == 7:
                cancel_seminar(house, first, actor=hiring_there.staff, now=now)
        except Exception as error:
            trouble.append(error)

    threads = [threading.Thread(target=go, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {type(error).__name__ for error in trouble} <= {"ClosedError"}
    assert list(standings(hiring_there, second).values()).count("place") == 2
