"""Eight rows a newcomer, on days they work; what was asked or answered stays when the first day moves."""

from datetime import date, timedelta

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.check_in_dates import due_days, set_dates
from assessment.services.check_in_rounds import check_in_rounds
from assessment.storage import check_ins as stored
from tests.checking_in import DAY_7, DUE, FIRST_DAY, first_day_is, move_to, noon, start
from tests.hiring import Hiring, events_of
from tests.interviewing import colleague
from tests.learning import at_work
from tests.newcomers import hire, supervise


def dates(hiring: Hiring, application: str) -> dict[tuple[int, str], str]:
    with hiring.house.database.read() as connection:
        return {(row.day, row.side): row.due_on for row in stored.of_application(connection, application)}


def test_each_day_falls_on_a_day_of_work() -> None:
    weekends = (4, 5, 6)

    assert due_days(FIRST_DAY, (0, 1, 2, 3, 4)) == DUE
    assert due_days(FIRST_DAY, weekends)[7] == date(2026, 12, 11)
    assert due_days(FIRST_DAY, ())[90] == date(2027, 2, 28)


def test_both_sides_have_a_row_for_each_of_the_four_days(hiring: Hiring) -> None:
    started = start(hiring)

    found = dates(hiring, started.application)

    assert len(found) == 8
    assert {found[day, side] for day in DUE for side in ("newcomer", "manager")} == {
        d.isoformat() for d in DUE.values()
    }


def test_another_first_day_moves_what_nobody_was_asked_about(hiring: Hiring) -> None:
    ana = at_work(hiring)
    lead = supervise(hiring, ana)
    set_dates(hiring.house, ana.application, starts_on=FIRST_DAY, actor=lead, now=hiring.now)
    check_in_rounds(hiring.house, now=noon(DAY_7))

    later = FIRST_DAY + timedelta(days=1)
    moved = set_dates(hiring.house, ana.application, starts_on=later, actor=lead, now=noon(DAY_7))
    again = set_dates(hiring.house, ana.application, starts_on=later, actor=lead, now=noon(DAY_7))

    found = dates(hiring, ana.application)
    assert (moved, again) == (4, 0)  # days 30 and 60; day 90 was moved to a Monday anyway
    assert found[7, "newcomer"] == DAY_7.isoformat()
    assert found[30, "manager"] == "2026-12-31"
    assert [e["changed"] for e in events_of(hiring.house, "check_ins_dated")][-1] == 4


def test_one_side_that_has_answered_keeps_the_day_of_both(hiring: Hiring) -> None:
    started = start(hiring)
    started.say(7, [4, 4, 4, 4, 4])

    first_day_is(hiring, started.application, date(2026, 12, 14))

    found = dates(hiring, started.application)
    assert found[7, "manager"] == found[7, "newcomer"] == DAY_7.isoformat()


def test_a_first_day_far_away_is_a_slip_of_the_pen(hiring: Hiring) -> None:
    newcomer = at_work(hiring)

    with pytest.raises(SheetError, match="within a year"):
        set_dates(hiring.house, newcomer.application, starts_on=date(2062, 12, 1), actor=hiring.staff, now=hiring.now)


def test_the_year_is_counted_from_the_day_of_the_house(hiring: Hiring) -> None:
    newcomer = at_work(hiring)
    late = hiring.now.replace(hour=23)
    a_year_on = late.date() + timedelta(days=367)

    with pytest.raises(SheetError, match="within a year"):
        set_dates(hiring.house, newcomer.application, starts_on=a_year_on, actor=hiring.staff, now=late)
    move_to(hiring, "Pacific/Auckland")  # where it is tomorrow already

    assert set_dates(hiring.house, newcomer.application, starts_on=a_year_on, actor=hiring.staff, now=late) == 8


def test_where_there_is_a_plan_the_check_ins_follow_it_and_nothing_else(hiring: Hiring) -> None:
    newcomer = hire(hiring)
    before = dates(hiring, newcomer.application)

    with pytest.raises(NotAllowedError, match="in the plan"):
        set_dates(hiring.house, newcomer.application, starts_on=FIRST_DAY, actor=hiring.staff, now=hiring.now)

    assert dates(hiring, newcomer.application) == before


def test_days_are_set_by_those_who_lead_the_person_once_the_hire_is_confirmed(hiring: Hiring) -> None:
    newcomer, applicant = hire(hiring), hiring.invite("Bo")
    other = colleague(hiring, "Una", "supervisor").actor

    for actor, application, error in (
        (other, newcomer.application, UnknownIdError),
        (newcomer.actor, newcomer.application, NotAllowedError),
        (hiring.staff, applicant.application, NotAllowedError),
    ):
        with pytest.raises(error):
            set_dates(hiring.house, application, starts_on=FIRST_DAY, actor=actor, now=hiring.now)
