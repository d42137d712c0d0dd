"""The ledger counts from the records alone: days, hours and money, each by hand."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.answers import submit
from assessment.services.costs import add_cost, list_costs, remove_cost
from assessment.services.ledger import Spent, ledger, ledger_csv
from assessment.services.rates import Rates, edit_rates, rates
from assessment.services.reading import reading
from assessment.services.stages import move, undo
from tests.hiring import Hiring, Person, answer_all, events_of

DAY = timedelta(days=1)


def finished(hiring: Hiring, name: str, *, after: int) -> Person:
    person = hiring.invite(name)
    actor = person.begin(now=hiring.now + after * DAY)
    answer_all(hiring.house, actor, now=hiring.now + after * DAY)
    submit(hiring.house, actor=actor, now=hiring.now + after * DAY)
    return person


def test_days_are_those_between_moves_and_add_up_to_the_event_log(hiring: Hiring) -> None:
    ana, bo = finished(hiring, "Ana", after=2), finished(hiring, "Bo", after=3)
    hiring.invite("Cy")
    move(hiring.house, [ana.application], "interview", actor=hiring.staff, now=hiring.now + 6 * DAY)
    (slip,) = move(hiring.house, [bo.application], "decision", actor=hiring.staff, now=hiring.now + 4 * DAY)
    undo(hiring.house, slip, actor=hiring.staff, now=hiring.now + 4.5 * DAY)

    found = ledger(hiring.house, actor=hiring.staff, now=hiring.now + 10 * DAY)

    by_stage = {stage.stage: stage for stage in found.stages}
    assert (by_stage["invited"].n, by_stage["invited"].candidate) == (2, 2.5)
    assert (by_stage["to_read"].n, by_stage["to_read"].us) == (1, 4.0)
    assert {w.name: (w.stage, w.on, w.days) for w in found.waiting} == {
        "Ana": ("interview", "us", 4.0),
        "Bo": ("to_read", "us", 7.0),
        "Cy": ("invited", "candidate", 10.0),
    }
    whole = sum(w.days for w in found.waiting) + sum(s.n * (s.us + s.candidate) for s in found.stages)
    assert whole == pytest.approx(days_by_the_log(hiring, until=10))


def days_by_the_log(hiring: Hiring, *, until: int) -> float:
    """All days of all applications that have not ended, from the events alone."""
    begun = [e for e in events_of(hiring.house, "stage_moved") if e["from"] is None]
    return len(begun) * float(until)


def test_overdue_comes_first_and_says_whose_turn_it_is(hiring: Hiring) -> None:
    late = finished(hiring, "Late", after=0)
    fresh = finished(replace(hiring, now=hiring.now + 29 * DAY), "Fresh", after=0)

    found = ledger(hiring.house, actor=hiring.staff, now=hiring.now + 30 * DAY)

    assert [(w.name, w.overdue) for w in found.waiting] == [("Late", True), ("Fresh", False)]
    assert [w.application_id for w in found.overdue] == [late.application]
    assert fresh.application not in [w.application_id for w in found.overdue]


def test_hours_are_counted_from_what_was_done_once_a_day(hiring: Hiring) -> None:
    person = finished(hiring, "Ana", after=0)
    for hour in (1, 2, 30):
        reading(hiring.house, person.application, actor=hiring.staff, now=hiring.now + timedelta(hours=hour))

    (line,) = ledger(hiring.house, actor=hiring.staff, now=hiring.now + 3 * DAY).vacancies

    assert line.spent == Spent(counted_minutes=2 + 2 * 10, hours_cents=round(2 * 3800 / 60) + 2 * round(10 * 3800 / 60))


def test_what_was_typed_is_added_and_can_be_struck_out(hiring: Hiring) -> None:
    ids = [
        add_cost(
            hiring.house,
            hiring.vacancy,
            what,
            minutes=minutes,
            cents=cents,
            spent_on=date(2026, 11, 20),
            actor=hiring.staff,
            now=hiring.now,
        )
        for what, minutes, cents in (("=Advert", 0, 250_00), ("Calls", 90, 0))
    ]
    before = ledger(hiring.house, actor=hiring.staff, now=hiring.now).spent

    remove_cost(hiring.house, ids[0], actor=hiring.staff, now=hiring.now)

    assert before == Spent(typed_minutes=90, hours_cents=5700, typed_cents=25000)
    assert [c.what for c in list_costs(hiring.house, actor=hiring.staff)] == ["Calls"]
    assert ledger(hiring.house, actor=hiring.staff, now=hiring.now).spent.cents == 5700
    assert len(events_of(hiring.house, "cost_added")) == 2


@pytest.mark.parametrize(
    ("what", "minutes", "cents", "ahead"), [("", 10, 0, 0), ("x" * 201, 10, 0, 0), ("x", 0, 0, 0), ("x", 10, 0, 1)]
)
def test_a_cost_that_cannot_be_is_refused_kindly(
    hiring: Hiring, what: str, minutes: int, cents: int, ahead: int
) -> None:
    with pytest.raises(SheetError):
        add_cost(
            hiring.house,
            hiring.vacancy,
            what,
            minutes=minutes,
            cents=cents,
            spent_on=hiring.now.date() + ahead * DAY,
            actor=hiring.staff,
            now=hiring.now,
        )

    assert list_costs(hiring.house, actor=hiring.staff) == ()


def test_rates_are_the_organisations_own_with_a_reason(hiring: Hiring) -> None:
    add_cost(
        hiring.house,
        hiring.vacancy,
        "Calls",
        minutes=60,
        cents=0,
        spent_on=hiring.now.date(),
        actor=hiring.staff,
        now=hiring.now,
    )
    with pytest.raises(SheetError):
        edit_rates(hiring.house, Rates(hr_hour_cents=5000), reason=" ", actor=hiring.staff, now=hiring.now)

    edit_rates(hiring.house, Rates(hr_hour_cents=5000), reason="New pay scale", actor=hiring.staff, now=hiring.now)

    assert rates(hiring.house, actor=hiring.staff).hr_hour_cents == 5000
    assert ledger(hiring.house, actor=hiring.staff, now=hiring.now).spent.hours_cents == 5000


def test_the_export_says_the_same_and_runs_no_formula(hiring: Hiring) -> None:
    finished(hiring, "=cmd()", after=1)

    found = ledger(hiring.house, actor=hiring.staff, now=hiring.now + 5 * DAY)
    rows = list(csv.DictReader(io.StringIO(ledger_csv(found))))

    assert next(r for r in rows if r["part"] == "waiting")["about"].startswith("'=cmd()")
    assert float(next(r for r in rows if r["part"] == "waiting")["value"]) == found.waiting[0].days
    hours = [float(r["value"]) for r in rows if r["part"] == "opening" and r["unit"] == "hours"]
    assert sum(hours) == pytest.approx(found.spent.minutes / 60)


def test_others_see_no_ledger_and_strike_nothing_out(hiring: Hiring) -> None:
    cost = add_cost(
        hiring.house,
        hiring.vacancy,
        "Calls",
        minutes=60,
        cents=0,
        spent_on=hiring.now.date(),
        actor=hiring.staff,
        now=hiring.now,
    )
    interviewer = Actor("staff", hiring.staff.organisation_id, "1" * 32, "interviewer")
    stranger = Actor("staff", "0" * 32, "1" * 32, "hr_manager")

    with pytest.raises(NotAllowedError):
        ledger(hiring.house, actor=interviewer, now=hiring.now)
    with pytest.raises(UnknownIdError):
        remove_cost(hiring.house, cost, actor=stranger, now=hiring.now)

    assert ledger(hiring.house, actor=stranger, now=hiring.now).vacancies == ()
