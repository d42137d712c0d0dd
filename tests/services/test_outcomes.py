"""Rating at day 90: by whoever leads the person, saved as typed, handed in, kept; and seen by nobody else."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from assessment.errors import ClosedError, IncompleteError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.assigned import assign, unassign
from assessment.services.engagements import set_engagement
from assessment.services.leaving import note_leaving
from assessment.services.outcome_days import stay
from assessment.services.outcome_due import rating_reminders, ratings_due
from assessment.services.outcome_rows import outcome_rows
from assessment.services.outcomes import hand_in, may_rate, open_again, rating_sheet, save_note, save_rating
from assessment.services.sitting import leave
from assessment.services.today import today
from assessment.storage.outbox import listed
from assessment.storage.schema import vacancies
from tests.hiring import Hiring, events_of
from tests.interviewing import colleague
from tests.newcomers import Newcomer, hire, supervise
from tests.outcome_files import SCALES, first_day, later, rate


@pytest.fixture
def ana(hiring: Hiring) -> Newcomer:
    """Hired, and 85 days here."""
    newcomer = hire(hiring, "Ana")
    first_day(hiring, newcomer, day=85)
    return newcomer


def test_ratings_are_saved_as_they_are_chosen_and_found_again(hiring: Hiring, ana: Newcomer) -> None:
    grace = supervise(hiring, ana)

    save_rating(hiring.house, ana.application, "learns", 4, rev=1, actor=grace, now=hiring.now)
    save_rating(hiring.house, ana.application, "relied_on", 0, rev=2, actor=grace, now=hiring.now)
    save_note(hiring.house, ana.application, "Asks good questions", rev=3, actor=grace, now=hiring.now)

    sheet = rating_sheet(hiring.house, ana.application, actor=grace, now=hiring.now)
    assert (sheet.given["learns"], sheet.given["relied_on"], sheet.given["does_the_work"]) == (4, 0, None)
    assert (sheet.note, sheet.rev, sheet.day) == ("Asks good questions", 3, 85)
    assert sheet.missing == ("does_the_work", "safety_and_privacy", "respect_under_pressure", "works_with_team")


def test_a_newer_rev_wins_and_of_equal_ones_the_first_stands(hiring: Hiring, ana: Newcomer) -> None:
    grace = supervise(hiring, ana)
    save_rating(hiring.house, ana.application, "learns", 4, rev=1, actor=grace, now=hiring.now)

    equal = save_rating(hiring.house, ana.application, "learns", 2, rev=1, actor=grace, now=hiring.now)
    again = save_rating(hiring.house, ana.application, "learns", 4, rev=2, actor=grace, now=hiring.now)
    newer = save_rating(hiring.house, ana.application, "learns", 3, rev=2, actor=grace, now=hiring.now)

    assert (equal.given["learns"], again.rev, newer.given["learns"]) == (4, 1, 3)
    assert [e["rev"] for e in events_of(hiring.house, "outcome_rated")] == [1, 2]


@pytest.mark.parametrize(("scale", "rating"), [("learns", 6), ("learns", -1), ("learns", True), ("learns", 2.5)])
def test_a_rating_out_of_range_is_not_kept(hiring: Hiring, ana: Newcomer, scale: str, rating: Any) -> None:
    grace = supervise(hiring, ana)

    with pytest.raises(SheetError, match="1 to 5, or 0"):
        save_rating(hiring.house, ana.application, scale, rating, rev=1, actor=grace, now=hiring.now)


def test_it_is_handed_in_whole_and_then_stays(hiring: Hiring, ana: Newcomer) -> None:
    grace = supervise(hiring, ana)
    save_rating(hiring.house, ana.application, "learns", 4, rev=1, actor=grace, now=hiring.now)
    with pytest.raises(IncompleteError):
        hand_in(hiring.house, ana.application, actor=grace, now=hiring.now)
    rate_rest = [(scale, 5) for scale in SCALES if scale != "learns"]
    for rev, (scale, rating) in enumerate(rate_rest, start=2):
        save_rating(hiring.house, ana.application, scale, rating, rev=rev, actor=grace, now=hiring.now)

    hand_in(hiring.house, ana.application, actor=grace, now=hiring.now)
    hand_in(hiring.house, ana.application, actor=grace, now=hiring.now)

    with pytest.raises(ClosedError, match="handed in"):
        save_rating(hiring.house, ana.application, "learns", 1, rev=9, actor=grace, now=hiring.now)
    with pytest.raises(ClosedError, match="handed in"):
        save_note(hiring.house, ana.application, "x", rev=9, actor=grace, now=hiring.now)
    assert len(events_of(hiring.house, "outcome_handed_in")) == 1


def test_it_opens_again_for_a_day_and_no_longer(hiring: Hiring, ana: Newcomer) -> None:
    grace = supervise(hiring, ana)
    rate(hiring, ana.application, grace, [4] * 6)
    soon, late = (hiring.now + timedelta(hours=hours) for hours in (24, 25))

    open_again(hiring.house, ana.application, actor=grace, now=soon)
    save_rating(hiring.house, ana.application, "learns", 2, rev=7, actor=grace, now=soon)
    hand_in(hiring.house, ana.application, actor=grace, now=hiring.now)

    assert rating_sheet(hiring.house, ana.application, actor=grace, now=soon).given["learns"] == 2
    with pytest.raises(ClosedError, match="more than a day"):
        open_again(hiring.house, ana.application, actor=grace, now=late)


@pytest.mark.parametrize(("day", "opens"), [(79, False), (80, True)])
def test_it_opens_on_day_80(hiring: Hiring, day: int, opens: bool) -> None:
    newcomer = hire(hiring, "Ana")
    first_day(hiring, newcomer, day=day)
    grace = supervise(hiring, newcomer)

    sheet = rating_sheet(hiring.house, newcomer.application, actor=grace, now=hiring.now)

    assert sheet.is_open is opens
    if not opens:
        with pytest.raises(NotAllowedError, match="opens from 25 November 2026"):
            save_rating(hiring.house, newcomer.application, "learns", 4, rev=1, actor=grace, now=hiring.now)


def test_without_a_plan_the_first_day_is_that_of_the_offer(hiring: Hiring) -> None:
    newcomer = hire(hiring, "Ana")
    with hiring.house.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM plans")
    grace = supervise(hiring, newcomer)

    sheet = rating_sheet(hiring.house, newcomer.application, actor=grace, now=hiring.now)

    assert sheet.first_day == hiring.now.date() + timedelta(days=30)


def test_hr_rates_only_whom_they_lead(hiring: Hiring, ana: Newcomer) -> None:
    owner = may_rate(hiring.house, ana.application, actor=hiring.staff)
    grace = supervise(hiring, ana)
    led = may_rate(hiring.house, ana.application, actor=hiring.staff)
    with pytest.raises(NotAllowedError, match="Only their supervisor rates"):
        rating_sheet(hiring.house, ana.application, actor=hiring.staff, now=hiring.now)

    assert hiring.staff.account_id
    assign(
        hiring.house,
        ana.application,
        hiring.staff.account_id,
        duty="supervisor",
        actor=hiring.staff,
        now=hiring.now,
    )

    assert (owner, led) == (True, False)
    assert may_rate(hiring.house, ana.application, actor=hiring.staff)
    assert may_rate(hiring.house, ana.application, actor=grace)


def test_nobody_else_rates_or_sees_what_was_rated(hiring: Hiring, ana: Newcomer) -> None:
    grace, other = supervise(hiring, ana), hire(hiring, "Bo")
    stranger = supervise(hiring, other, "Sam")
    rate(hiring, ana.application, grace, [5, 4, 3, 2, 1, 0])

    with pytest.raises(UnknownIdError):
        rating_sheet(hiring.house, ana.application, actor=stranger, now=hiring.now)
    with pytest.raises(NotAllowedError):
        rating_sheet(hiring.house, ana.application, actor=ana.actor, now=hiring.now)
    with pytest.raises(NotAllowedError):
        outcome_rows(hiring.house, actor=grace, now=hiring.now)

    second = supervise(hiring, ana, "Ivy")
    assert set(rating_sheet(hiring.house, ana.application, actor=second, now=hiring.now).given.values()) == {None}


def test_somebody_who_is_no_supervisor_any_more_rates_no_more(hiring: Hiring, ana: Newcomer) -> None:
    grace = supervise(hiring, ana)
    assert grace.account_id

    unassign(hiring.house, ana.application, grace.account_id, duty="supervisor", actor=hiring.staff, now=hiring.now)

    with pytest.raises(UnknownIdError):
        save_rating(hiring.house, ana.application, "learns", 4, rev=1, actor=grace, now=hiring.now)


def test_a_rating_waits_for_whoever_leads_until_it_is_handed_in(hiring: Hiring, ana: Newcomer) -> None:
    of_owner = ratings_due(hiring.house, actor=hiring.staff, now=hiring.now)
    grace = supervise(hiring, ana)
    (waits,) = ratings_due(hiring.house, actor=grace, now=hiring.now)

    rate(hiring, ana.application, grace, [4] * 6)

    assert [task.link for task in of_owner] == [f"/outcome?application={ana.application}"]
    assert (waits.title, waits.due, waits.overdue) == ("Rate the work of Ana", "Due 9 December", False)
    assert ratings_due(hiring.house, actor=grace, now=hiring.now) == ()
    assert ratings_due(hiring.house, actor=hiring.staff, now=hiring.now) == ()


def test_a_rating_stands_on_the_page_today(hiring: Hiring, ana: Newcomer) -> None:
    found = today(hiring.house, actor=hiring.staff, now=hiring.now)

    assert "Rate the work of Ana" in [task.title for task in found.waiting_on_you]


def test_one_message_goes_to_each_who_has_not_rated_at_day_90(hiring: Hiring, ana: Newcomer) -> None:
    grace, ivy = supervise(hiring, ana), supervise(hiring, ana, "Ivy")
    rate(hiring, ana.application, grace, [4] * 6)
    at_89, at_90 = later(hiring, days=4), later(hiring, days=5)

    made = [rating_reminders(hiring.house, at.now) for at in (at_89, at_90, at_90)]
    at_night = rating_reminders(hiring.house, at_90.now.replace(hour=3))

    with hiring.house.database.read() as connection:
        rows = listed(connection, hiring.staff.organisation_id, template="manager_rating_day_90")
    assert (made, at_night) == ([0, 1, 0], 0)
    assert [row.account_id for row in rows] == [ivy.account_id]
    text = hiring.house.vault.open(rows[0].text_sealed)
    assert f"/outcome?application={ana.application}" in text
    assert "9 December" in text


@pytest.mark.parametrize(("day", "asked"), [(180, 1), (181, 0)])
def test_nobody_is_asked_about_hires_of_long_ago(hiring: Hiring, day: int, asked: int) -> None:
    newcomer = hire(hiring, "Ana")
    first_day(hiring, newcomer, day=day)

    assert len(ratings_due(hiring.house, actor=hiring.staff, now=hiring.now)) == asked


def test_who_left_is_to_be_rated_at_once_and_who_withdrew_never(hiring: Hiring) -> None:
    left, withdrew = hire(hiring, "Ana"), hire(hiring, "Bo")
    for one, day in ((left, 40), (withdrew, 95)):
        first_day(hiring, one, day=day)
    note_leaving(hiring.house, left.application, hiring.now.date(), "own_choice", actor=hiring.staff, now=hiring.now)
    leave(hiring.house, "", actor=withdrew.actor, now=hiring.now)

    waits = ratings_due(hiring.house, actor=hiring.staff, now=hiring.now)

    assert [(task.application_id, task.due) for task in waits] == [(left.application, "Due 4 December")]
    assert "after the last day" in waits[0].line


def test_nobody_is_written_to_about_who_is_not_here_any_more(hiring: Hiring) -> None:
    left, ended, withdrew, here = (hire(hiring, name) for name in ("Ana", "Bo", "Cleo", "Di"))
    for one in (left, ended, withdrew, here):
        first_day(hiring, one, day=95)
    now_on = hiring.now.date()
    note_leaving(hiring.house, left.application, now_on, "own_choice", actor=hiring.staff, now=hiring.now)
    over = now_on - timedelta(days=1)
    set_engagement(hiring.house, ended.application, "temporary", ends_on=over, actor=hiring.staff, now=hiring.now)
    leave(hiring.house, "", actor=withdrew.actor, now=hiring.now)

    rating_reminders(hiring.house, hiring.now)

    with hiring.house.database.read() as connection:
        rows = listed(connection, hiring.staff.organisation_id, template="manager_rating_day_90")
    assert [row.application_id for row in rows] == [here.application]


def test_a_supervisor_has_ratings_to_do_of_own_people_alone(hiring: Hiring, ana: Newcomer) -> None:
    una = colleague(hiring, "Una", "supervisor").actor
    with hiring.house.database.write() as connection:
        connection.execute(update(vacancies).values(owner_id=una.account_id))

    before = ratings_due(hiring.house, actor=una, now=hiring.now)
    assign(hiring.house, ana.application, una.account_id or "", duty="supervisor", actor=hiring.staff, now=hiring.now)

    assert before == ()
    assert [task.application_id for task in ratings_due(hiring.house, actor=una, now=hiring.now)] == [ana.application]


FIRST = date(2026, 3, 2)  # day 90 is 30 May, day 365 is 1 March


@pytest.mark.parametrize(
    ("left_on", "reason", "ends_on", "on", "at_90", "at_365"),
    [
        (None, None, None, date(2026, 5, 29), "too_early", "too_early"),
        (None, None, None, date(2026, 5, 30), "yes", "too_early"),
        (None, None, None, date(2027, 3, 1), "yes", "yes"),
        (date(2026, 5, 29), "own_choice", None, date(2027, 6, 1), "no", "no"),
        (date(2026, 5, 30), "our_choice", None, date(2027, 6, 1), "yes", "no"),
        (date(2026, 4, 30), "own_choice", None, date(2026, 5, 1), "no", "no"),
        (date(2026, 4, 30), "end_of_term", date(2026, 4, 30), date(2026, 6, 1), "term_ended", "term_ended"),
        (date(2026, 4, 30), "other", date(2026, 4, 30), date(2026, 6, 1), "term_ended", "term_ended"),
        (date(2026, 4, 29), "own_choice", date(2026, 4, 30), date(2026, 6, 1), "no", "no"),
        (None, None, date(2026, 4, 30), date(2026, 5, 1), "term_ended", "term_ended"),
        (None, None, date(2026, 4, 30), date(2026, 4, 30), "too_early", "too_early"),
        (date(2026, 8, 1), "end_of_term", date(2026, 7, 31), date(2026, 9, 1), "yes", "term_ended"),
        (date(2026, 4, 30), "moved", None, date(2026, 6, 1), "moved", "moved"),
    ],
)
def test_stay_follows_from_first_day_last_day_and_agreed_end(
    left_on: date | None, reason: str | None, ends_on: date | None, on: date, at_90: str, at_365: str
) -> None:
    found = [
        stay(days, first_day=FIRST, left_on=left_on, reason=reason, ends_on=ends_on, today=on) for days in (90, 365)
    ]

    assert found == [at_90, at_365]


def test_without_a_first_day_nothing_is_said_of_the_stay() -> None:
    assert stay(90, first_day=None, left_on=None, reason=None, ends_on=None, today=FIRST) == "unknown"
