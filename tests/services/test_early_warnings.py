"""Early warnings: only for those who lead the newcomer, settled with a note, opened again, and never of who has left."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.absences import go_away
from assessment.services.actor import Actor
from assessment.services.check_in_rounds import check_in_rounds
from assessment.services.early_warnings import (
    early_warnings,
    open_warning_again,
    settle_warning,
    tasks_for,
    warnings_about,
)
from assessment.services.today import today
from assessment.storage.clock import stamp
from assessment.storage.schema import leavings, warning_steps
from tests.checking_in import DAY_7, Started, noon, start
from tests.hiring import Hiring, events_of
from tests.interviewing import colleague

LOW = (1, 2, 4, 4, 4)


@pytest.fixture
def started(hiring: Hiring) -> Started:
    return start(hiring)


def kinds(hiring: Hiring, actor: Actor, *, days: int = 0) -> list[tuple[str, int]]:
    found = early_warnings(hiring.house, actor=actor, now=noon(DAY_7 + timedelta(days=days)))
    return [(one.kind, one.day) for one in found]


def leave(hiring: Hiring, application: str, *, days: int) -> None:
    on = (DAY_7 + timedelta(days=days)).isoformat()
    with hiring.house.database.write() as connection:
        connection.execute(
            insert(leavings).values(
                application_id=application, left_on=on, reason="own_choice", noted_by="ada", noted_at=stamp(noon(DAY_7))
            )
        )


def test_hr_sees_everybody_and_a_supervisor_only_their_own(started: Started) -> None:
    hiring = started.hiring
    other = start(hiring, "Bo", lead="Una")
    started.say(7, LOW)
    other.say(7, [4] * 5, talk=True)

    assert kinds(hiring, hiring.staff) == [("low", 7), ("talk", 7)]
    assert kinds(hiring, started.lead) == [("low", 7)]
    assert kinds(hiring, other.lead) == [("talk", 7)]
    for actor in (colleague(hiring, "Ivo", "interviewer").actor, started.newcomer.actor):
        with pytest.raises(NotAllowedError):
            early_warnings(hiring.house, actor=actor, now=noon(DAY_7))
    with pytest.raises(UnknownIdError):
        warnings_about(hiring.house, other.application, actor=started.lead, now=noon(DAY_7))


def test_each_has_a_day_three_working_days_off_and_whose_it_is(started: Started) -> None:
    started.say(7, LOW)

    (one,) = early_warnings(started.hiring.house, actor=started.lead, now=noon(DAY_7))

    assert (one.name, one.lead_id, one.due_on) == ("Ana", started.lead.account_id, DAY_7 + timedelta(days=3))


def test_what_was_done_is_noted_and_leaves_the_list_and_can_be_undone(started: Started) -> None:
    house, app, lead, now = started.hiring.house, started.application, started.lead, noon(DAY_7)
    started.say(7, LOW)

    settle_warning(house, app, "low", 7, note="Talked; keys came.", actor=lead, now=now)
    settle_warning(house, app, "low", 7, note="Again", actor=lead, now=now)
    gone = kinds(started.hiring, lead)
    (settled,) = warnings_about(house, app, actor=started.hiring.staff, now=now)
    with house.database.read() as connection:
        (sealed,) = connection.execute(select(warning_steps.c.note_sealed)).scalars()
    open_warning_again(house, app, "low", 7, actor=lead, now=now)

    assert gone == []
    assert settled.settled is not None
    assert (settled.settled.by, settled.settled.note) == ("Grace", "Talked; keys came.")
    assert b"keys" not in bytes(sealed)
    assert kinds(started.hiring, lead) == [("low", 7)]
    assert [e["warning"] for k in ("warning_settled", "warning_opened_again") for e in events_of(house, k)] == [
        "low"
    ] * 2


def test_nothing_is_settled_without_a_word_or_where_nothing_is(started: Started) -> None:
    house, app = started.hiring.house, started.application
    started.say(7, LOW)

    for kind, note, error in (("low", "  ", SheetError), ("falling", "Talked", UnknownIdError)):
        with pytest.raises(error):
            settle_warning(house, app, kind, 7, note=note, actor=started.lead, now=noon(DAY_7))
    stranger = colleague(started.hiring, "Una", "supervisor").actor
    with pytest.raises(UnknownIdError):
        settle_warning(house, app, "low", 7, note="Talked", actor=stranger, now=noon(DAY_7))

    assert kinds(started.hiring, started.lead) == [("low", 7)]


def test_nobody_who_has_left_is_warned_about(started: Started) -> None:
    started.say(7, LOW)
    leave(started.hiring, started.application, days=2)

    assert [kinds(started.hiring, started.hiring.staff, days=n) for n in (1, 2)] == [[("low", 7)], []]


def test_today_holds_what_waits_for_the_supervisor_once_it_is_late_or_they_are_away(started: Started) -> None:
    hiring, lead = started.hiring, started.lead
    check_in_rounds(hiring.house, now=noon(DAY_7))
    started.say(7, LOW)
    for_lead = tasks_for(hiring.house, actor=lead, now=noon(DAY_7))
    on_time = tasks_for(hiring.house, actor=hiring.staff, now=noon(DAY_7))
    late = tasks_for(hiring.house, actor=hiring.staff, now=noon(DAY_7 + timedelta(days=4)))
    go_away(hiring.house, DAY_7, DAY_7, hiring.staff.account_id or "", actor=lead, now=hiring.now)

    stands_in = today(hiring.house, actor=hiring.staff, now=noon(DAY_7)).waiting_on_you

    assert [(t.kind, t.link) for t in for_lead] == [
        ("warning", f"/newcomer?application={started.application}"),
        ("check_in", f"/check-in?application={started.application}&day=7"),
    ]
    assert on_time == ()
    assert [(t.kind, t.overdue) for t in late] == [("warning", True)]
    assert [(t.kind, t.for_whom) for t in stands_in if t.kind in ("warning", "check_in")] == [
        ("warning", "for Grace (away until 7 Dec)"),
        ("check_in", "for Grace (away until 7 Dec)"),
    ]


def test_whoever_asked_to_see_no_names_sees_none(started: Started) -> None:
    started.say(7, LOW)
    masked = replace(started.lead, masked=True)

    tasks = tasks_for(started.hiring.house, actor=masked, now=noon(DAY_7))

    assert [t.title for t in tasks] == ["Low answers: Person 1", "Day 7 of Person 1: five questions"]
