"""Several processes plan and answer check-ins at once, on a real PostgreSQL."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from assessment.services.check_in_rounds import check_in_rounds
from assessment.services.check_in_trends import trends
from tests.checking_in import DAY_7, FIRST_DAY, first_day_is, noon, start
from tests.hiring import Hiring
from tests.picking import told
from tests.storage.test_postgres import hiring_there, on_postgres

__all__ = ["hiring_there", "on_postgres"]
pytestmark = pytest.mark.postgres
ASKED = ("checkin_day_7", "manager_checkin", "checkin_reminder", "manager_checkin_reminder", "manager_early_warning")


def at_once(*work: Callable[[], object]) -> list[Exception]:
    trouble: list[Exception] = []
    begin = threading.Barrier(len(work))

    def go(one: Callable[[], object]) -> None:
        begin.wait()
        try:
            one()
        except Exception as error:
            trouble.append(error)

    threads = [threading.Thread(target=go, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return trouble


def test_four_planners_at_once_ask_remind_and_warn_each_once(hiring_there: Hiring) -> None:
    people = [start(hiring_there, f"P{n} x", lead=f"L{n}") for n in range(3)]
    house = hiring_there.house
    hours = (noon(DAY_7), noon(DAY_7 + timedelta(days=3)), noon(DAY_7 + timedelta(days=7)))

    trouble = [error for now in hours for error in at_once(*[lambda now=now: check_in_rounds(house, now=now)] * 4)]  # type: ignore[misc]

    assert trouble == []
    assert Counter(t.template for t in told(house, *ASKED)) == dict.fromkeys(ASKED, len(people))


def test_both_sides_and_a_move_of_the_first_day_at_once_end_in_no_deadlock(hiring_there: Hiring) -> None:
    one = start(hiring_there)
    house = hiring_there.house

    trouble = at_once(
        *[lambda: one.say(7, [4] * 5, talk=True)] * 3,
        *[lambda: one.see(7, [4] * 5)] * 3,
        *[lambda: first_day_is(hiring_there, one.application, FIRST_DAY)] * 3,
        *[lambda: check_in_rounds(house, now=noon(DAY_7))] * 2,
    )

    (first, *_) = trends(house, one.application, actor=one.lead, now=noon(DAY_7)).days
    assert {type(error).__name__ for error in trouble} <= {"ClosedError"}  # the second view, once both have answered
    assert first.newcomer_answered_at == first.manager.check_in.answered_at == noon(DAY_7)
    assert len(told(house, "manager_wants_talk")) == 1
