"""Whoever left, whose time is over or who withdrew is asked, counted, put in and written to no more."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from assessment.errors import ClosedError, NotAllowedError, UnknownIdError
from assessment.services.check_in_rounds import WARNING, check_in_rounds
from assessment.services.check_ins import check_in_for, my_check_in
from assessment.services.engagements import set_engagement
from assessment.services.learning import confirm, learning_of
from assessment.services.leaving import note_leaving
from assessment.services.measuring_again import offer_again
from assessment.services.my_seminars import sign_up
from assessment.services.newcomers import tasks_for
from assessment.services.plans import share
from assessment.services.seminar_leaving import seminar_rounds
from assessment.services.seminar_places import give_place
from assessment.services.seminars import invitees
from assessment.services.sitting import leave
from assessment.services.team_answers import answer_team
from assessment.services.team_summary import team_summary
from assessment.services.teams import ask_members, list_teams, make_team, possible_members, team_members
from assessment.storage.here_still import gone_of, is_here
from assessment.storage.schema import outbox
from tests.checking_in import DAY_7, Started, first_day_is, noon, start
from tests.growing import mailing
from tests.hiring import Hiring, events_of
from tests.learning import DAY, MODULE, at_work, do_all, seminar, standings
from tests.newcomers import Newcomer, hire
from tests.outcome_files import first_day
from tests.picking import told

LOW = (1, 2, 4, 4, 4)
Go = Callable[[Hiring, Newcomer, date], None]


def left(hiring: Hiring, newcomer: Newcomer, today: date) -> None:
    first_day(hiring, newcomer, day=10)
    note_leaving(hiring.house, newcomer.application, today, "own_choice", actor=hiring.staff, now=noon(today))


def ended(hiring: Hiring, newcomer: Newcomer, today: date) -> None:
    last = today - timedelta(days=1)
    set_engagement(hiring.house, newcomer.application, "temporary", ends_on=last, actor=hiring.staff, now=noon(today))


def withdrew(hiring: Hiring, newcomer: Newcomer, today: date) -> None:
    leave(hiring.house, "", actor=newcomer.actor, now=noon(today))


ways = pytest.mark.parametrize("go", [left, ended, withdrew])
quick = pytest.mark.parametrize("go", [ended, withdrew])


def count(hiring: Hiring, application: str) -> int:
    with hiring.house.database.read() as connection:
        return len(connection.execute(select(outbox.c.id).where(outbox.c.application_id == application)).all())


@ways
def test_the_rule_is_one_whoever_asks(hiring: Hiring, go: Go) -> None:
    ana, bo = hire(hiring, "Ana"), hire(hiring, "Bo")
    today = hiring.now.date()

    go(hiring, ana, today)

    with hiring.house.database.read() as connection:
        assert [is_here(connection, one.application, today) for one in (ana, bo)] == [False, True]
        assert gone_of(connection, [ana.application, bo.application], today) == {ana.application}


def test_the_agreed_last_day_is_still_a_day_here(hiring: Hiring) -> None:
    ana, today = hire(hiring, "Ana"), hiring.now.date()
    set_engagement(hiring.house, ana.application, "temporary", ends_on=today, actor=hiring.staff, now=hiring.now)

    with hiring.house.database.read() as connection:
        found = [is_here(connection, ana.application, today + timedelta(days=n)) for n in (0, 1)]

    assert found == [True, False]


def test_a_leaving_gives_the_seat_to_whoever_waits(hiring: Hiring) -> None:
    ana, bo, place = hire(hiring, "Ana"), at_work(hiring, "Bo Ruiz"), seminar(hiring, seats=1)
    for one in (ana, bo):
        sign_up(hiring.house, place, wait=True, actor=one.actor, now=hiring.now)
    first_day(hiring, ana, day=10)
    written = count(hiring, ana.application)

    note_leaving(hiring.house, ana.application, hiring.now.date(), "own_choice", actor=hiring.staff, now=hiring.now)

    assert standings(hiring, place) == {bo.application: "place"}
    assert [t.application for t in told(hiring.house, "seminar_place")] == [ana.application, bo.application]
    assert count(hiring, ana.application) == written


@quick
def test_the_rounds_give_the_seat_of_who_is_gone_to_whoever_waits_once(hiring: Hiring, go: Go) -> None:
    ana, bo, place = at_work(hiring, "Ana Ruiz"), at_work(hiring, "Bo Ruiz"), seminar(hiring, seats=1)
    for one in (ana, bo):
        sign_up(hiring.house, place, wait=True, actor=one.actor, now=hiring.now)
    before = seminar_rounds(hiring.house, now=hiring.now)
    go(hiring, ana, hiring.now.date())

    made = [seminar_rounds(hiring.house, now=hiring.now) for _ in range(2)]

    assert (before, made) == (0, [1, 0])
    assert standings(hiring, place) == {bo.application: "place"}
    assert [t.application for t in told(hiring.house, "seminar_place")] == [ana.application, bo.application]
    assert told(hiring.house, "seminar_place_back") == []


@quick
def test_before_the_rounds_come_nobody_waits_behind_who_is_gone(hiring: Hiring, go: Go) -> None:
    ana, bo, place = at_work(hiring, "Ana Ruiz"), at_work(hiring, "Bo Ruiz"), seminar(hiring, seats=1)
    sign_up(hiring.house, place, actor=ana.actor, now=hiring.now)
    go(hiring, ana, hiring.now.date())

    assert sign_up(hiring.house, place, actor=bo.actor, now=hiring.now) == "place"
    assert standings(hiring, place) == {bo.application: "place"}


@quick
def test_a_seminar_that_has_begun_keeps_its_list(hiring: Hiring, go: Go) -> None:
    ana, place = at_work(hiring, "Ana Ruiz"), seminar(hiring, seats=1)
    sign_up(hiring.house, place, actor=ana.actor, now=hiring.now)
    go(hiring, ana, DAY + timedelta(days=1))

    assert seminar_rounds(hiring.house, now=noon(DAY + timedelta(days=1))) == 0
    assert standings(hiring, place) == {ana.application: "place"}


@ways
def test_who_is_gone_is_not_put_in_and_does_not_sign_up(hiring: Hiring, go: Go) -> None:
    ana, place = hire(hiring, "Ana"), seminar(hiring)
    go(hiring, ana, hiring.now.date())

    with pytest.raises(NotAllowedError):
        give_place(hiring.house, place, ana.application, actor=hiring.staff, now=hiring.now)
    with pytest.raises(NotAllowedError):
        sign_up(hiring.house, place, actor=ana.actor, now=hiring.now)

    assert invitees(hiring.house, actor=hiring.staff, now=hiring.now) == ()
    assert standings(hiring, place) == {}


@ways
def test_who_is_gone_is_not_asked_about_a_team(hiring: Hiring, go: Go) -> None:
    ana, team = hire(hiring, "Ana"), make_team(hiring.house, "Night", actor=hiring.staff, now=hiring.now)
    go(hiring, ana, hiring.now.date())

    with pytest.raises(UnknownIdError):
        ask_members(hiring.house, team, [ana.application], actor=hiring.staff, now=hiring.now)

    assert possible_members(hiring.house, team, actor=hiring.staff, now=hiring.now) == ()


@ways
def test_who_is_gone_counts_in_no_team(hiring: Hiring, go: Go) -> None:
    people = [hire(hiring, f"Person {at}") for at in range(5)]
    team = make_team(hiring.house, "Night", actor=hiring.staff, now=hiring.now)
    ask_members(hiring.house, team, [p.application for p in people], actor=hiring.staff, now=hiring.now)
    for one in people:
        answer_team(hiring.house, team, True, actor=one.actor, now=hiring.now)
    go(hiring, people[0], hiring.now.date())

    (found,) = list_teams(hiring.house, actor=hiring.staff, now=hiring.now)

    assert (found.asked, found.counts) == (4, 4)
    assert team_summary(hiring.house, team, actor=hiring.staff, now=hiring.now).facets == {}
    assert len(team_members(hiring.house, team, actor=hiring.staff, now=hiring.now)) == 4


@quick
def test_who_is_gone_is_not_asked_to_answer_again(hiring: Hiring, go: Go) -> None:
    ana = hire(hiring, "Ana")
    go(hiring, ana, hiring.now.date())

    done = offer_again(mailing(hiring.house), [ana.application], actor=hiring.staff, now=hiring.now)

    assert (done.queued, list(done.left_out)) == (0, ["do not work here any more"])


@quick
def test_the_plan_of_who_is_gone_is_not_shared_and_waits_for_nobody(hiring: Hiring, go: Go) -> None:
    ana = hire(hiring, "Ana")
    waited = tasks_for(hiring.house, actor=hiring.staff, now=hiring.now)
    go(hiring, ana, hiring.now.date())

    with pytest.raises(NotAllowedError, match="only while they do"):
        share(hiring.house, ana.application, based_on=1, actor=hiring.staff, now=hiring.now)

    assert [task.application_id for task in waited] == [ana.application]
    assert tasks_for(hiring.house, actor=hiring.staff, now=hiring.now) == ()


@quick
def test_what_was_seen_in_practice_is_kept_of_who_is_gone_and_not_told_them(hiring: Hiring, go: Go) -> None:
    ana = at_work(hiring)
    do_all(hiring, ana)
    go(hiring, ana, hiring.now.date())

    confirm(hiring.house, ana.application, MODULE, actor=hiring.staff, now=hiring.now)

    assert learning_of(hiring.house, ana.application, actor=hiring.staff).modules[0].state == "confirmed"
    assert told(hiring.house, "module_confirmed") == []


@ways
def test_a_check_in_closes_for_both_sides(hiring: Hiring, go: Go) -> None:
    one = start(hiring)
    go(hiring, one.newcomer, DAY_7)
    first_day_is(hiring, one.application, date(2026, 12, 1))

    for say in (one.say, one.see):
        with pytest.raises(ClosedError):
            say(7, LOW)

    mine = my_check_in(hiring.house, actor=one.newcomer.actor, now=noon(DAY_7))
    theirs = check_in_for(hiring.house, one.application, 7, actor=one.lead, now=noon(DAY_7))
    assert (mine.now, mine.next_on, theirs.may_answer) == (None, None, False)
    assert events_of(hiring.house, "check_in_answered") == []


@ways
def test_a_word_about_a_warning_that_waits_is_dropped(hiring: Hiring, go: Go) -> None:
    one = warned(hiring)
    go(hiring, one.newcomer, DAY_7)

    check_in_rounds(hiring.house, now=noon(DAY_7) + timedelta(hours=3))

    with hiring.house.database.read() as connection:
        query = select(outbox.c.status).where(outbox.c.template == WARNING)
        assert connection.execute(query).scalars().all() == ["dropped"]


def warned(hiring: Hiring) -> Started:
    one = start(hiring)
    one.say(7, LOW)
    check_in_rounds(hiring.house, now=noon(DAY_7) + timedelta(hours=2))
    assert [t.account for t in told(hiring.house, WARNING)] == [one.lead.account_id]
    return one
