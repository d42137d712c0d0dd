"""Seminars: seats that are never given twice, a line that moves up, dates that move, calendars, and who was there."""

from datetime import time, timedelta

import icalendar
import pytest

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.invitations import revoke
from assessment.services.learning import confirm, learning_of
from assessment.services.module_work import open_module
from assessment.services.my_seminars import FullError, give_back, my_seminar_calendar, my_seminars, sign_up
from assessment.services.organisation import found as found_organisation
from assessment.services.outbox import message, outbox
from assessment.services.own_modules import retire_module
from assessment.services.seminar_places import give_place, note_attendance, take_out
from assessment.services.seminars import (
    cancel_seminar,
    invitees,
    list_seminars,
    move_seminar,
    seminar_calendar,
)
from tests.hiring import Hiring, events_of
from tests.interviewing import colleague
from tests.learning import DAY, MODULE, at_work, dated, do_all, for_growth, rush, seminar, standings
from tests.newcomers import Newcomer, supervise
from tests.picking import told

AFTER = timedelta(days=20)


def move(hiring: Hiring, id_: str, **given: object) -> None:
    kept = {"day": DAY, "at": time(14), "minutes": 90, "place": "Room 2", "seats": 2, "led_by": "Una Berg"}
    move_seminar(hiring.house, id_, **{**kept, **given}, actor=hiring.staff, now=hiring.now)  # type: ignore[arg-type]


def people(hiring: Hiring, n: int) -> list[Newcomer]:
    return [at_work(hiring, f"P{at} Ruiz") for at in range(n)]


def join(hiring: Hiring, id_: str, newcomer: Newcomer, *, wait: bool = True) -> str:
    return sign_up(hiring.house, id_, wait=wait, actor=newcomer.actor, now=hiring.now)


def test_a_place_is_taken_and_told_with_an_entry_for_the_calendar(hiring: Hiring) -> None:
    lucia, id_ = at_work(hiring, "Lucía Gil", language="es"), seminar(hiring)

    standing = join(hiring, id_, lucia)
    again = join(hiring, id_, lucia)

    (message,) = told(hiring.house, "seminar_place")
    assert (standing, again) == ("place", "place")
    assert (message.language, message.method) == ("es", "REQUEST")
    assert "martes 8 de diciembre a las 14:00" in message.text
    assert message.event.decoded("DTSTART").isoformat() == "2026-12-08T14:00:00+00:00"
    assert str(message.event["LOCATION"]) == "Room 2"
    assert "Con Una Berg" in message.unfolded
    assert "lucía@x.org" in message.unfolded
    assert len(events_of(hiring.house, "seminar_place_taken")) == 1


def test_who_comes_when_it_is_full_is_told_so_and_may_wait(hiring: Hiring) -> None:
    (ana, bo, cleo), id_ = people(hiring, 3), seminar(hiring, seats=1)
    join(hiring, id_, ana)

    with pytest.raises(FullError, match="You can wait for the next one"):
        join(hiring, id_, bo, wait=False)
    waits = [join(hiring, id_, one) for one in (bo, cleo)]

    (seen,) = my_seminars(hiring.house, actor=cleo.actor, now=hiring.now)
    assert waits == ["waiting", "waiting"]
    assert (seen.standing, seen.ahead, seen.seminar.taken, seen.seminar.waiting) == ("waiting", 1, 1, 2)
    assert [m.application for m in told(hiring.house, "seminar_place")] == [ana.application]


def test_a_place_given_back_goes_to_whoever_waits_first(hiring: Hiring) -> None:
    (ana, bo, cleo), id_ = people(hiring, 3), seminar(hiring, seats=1)
    for one in (ana, bo, cleo):
        join(hiring, id_, one)

    give_back(hiring.house, id_, actor=ana.actor, now=hiring.now)
    give_back(hiring.house, id_, actor=ana.actor, now=hiring.now)
    join(hiring, id_, ana)

    (back,) = told(hiring.house, "seminar_place_back")
    assert standings(hiring, id_) == {
        bo.application: "place",
        cleo.application: "waiting",
        ana.application: "waiting",
    }
    assert [m.application for m in told(hiring.house, "seminar_place")] == [ana.application, bo.application]
    assert (back.application, back.method) == (ana.application, "CANCEL")


def test_an_entry_keeps_its_uid_and_every_change_has_a_higher_number(hiring: Hiring) -> None:
    (ana, bo), id_ = people(hiring, 2), seminar(hiring)
    join(hiring, id_, ana)
    give_back(hiring.house, id_, actor=ana.actor, now=hiring.now)
    join(hiring, id_, bo)
    join(hiring, id_, ana)
    move(hiring, id_, at=time(10))
    cancel_seminar(hiring.house, id_, actor=hiring.staff, now=hiring.now)

    mine = [m for m in told(hiring.house) if m.application == ana.application and m.method]

    numbers = [int(m.event["SEQUENCE"]) for m in mine]
    assert [m.template for m in mine] == [
        "seminar_place",
        "seminar_place_back",
        "seminar_place",
        "seminar_changed",
        "seminar_cancelled",
    ]
    assert [m.method for m in mine] == ["REQUEST", "CANCEL", "REQUEST", "REQUEST", "CANCEL"]
    assert numbers == sorted(set(numbers))
    assert len({str(m.event["UID"]) for m in mine}) == 1
    assert "bo@" not in mine[-1].unfolded


def test_a_seminar_that_moves_is_told_to_those_who_have_a_place(hiring: Hiring) -> None:
    (ana, bo), id_ = people(hiring, 2), seminar(hiring, seats=1)
    join(hiring, id_, ana)
    join(hiring, id_, bo)

    move(hiring, id_, seats=1, place="Garden room")
    move(hiring, id_, seats=1, place="Garden room")
    move(hiring, id_, seats=1, place="Garden room", led_by="Ivo Lind")

    (changed,) = told(hiring.house, "seminar_changed")
    assert (changed.application, "Garden room" in changed.text) == (ana.application, True)
    assert [e["changed"] for e in events_of(hiring.house, "seminar_moved")] == [["place"], ["led_by"]]


def test_more_seats_let_people_move_up_and_fewer_than_are_taken_are_refused(hiring: Hiring) -> None:
    three, id_ = people(hiring, 3), seminar(hiring, seats=1)
    for one in three:
        join(hiring, id_, one)

    move(hiring, id_, seats=2)
    with pytest.raises(SheetError, match="2 people have a place"):
        move(hiring, id_, seats=1)

    assert list(standings(hiring, id_).values()) == ["place", "place", "waiting"]
    assert [m.application for m in told(hiring.house, "seminar_place")] == [one.application for one in three[:2]]
    assert told(hiring.house, "seminar_changed") == []


def test_a_seminar_called_off_is_told_to_all_on_the_list(hiring: Hiring) -> None:
    (ana, bo), id_ = people(hiring, 2), seminar(hiring, seats=1)
    join(hiring, id_, ana)
    join(hiring, id_, bo)

    for _ in range(2):
        cancel_seminar(hiring.house, id_, actor=hiring.staff, now=hiring.now)

    off = told(hiring.house, "seminar_cancelled")
    assert {(m.application, m.method) for m in off} == {(ana.application, "CANCEL"), (bo.application, None)}
    assert my_seminars(hiring.house, actor=ana.actor, now=hiring.now) == ()
    with pytest.raises(ClosedError, match="Please call Ada Voss"):
        join(hiring, id_, bo)
    with pytest.raises(UnknownIdError):
        my_seminar_calendar(hiring.house, id_, actor=ana.actor, now=hiring.now)


def test_once_it_has_begun_the_list_stays_as_it_is(hiring: Hiring) -> None:
    ana, id_ = at_work(hiring), seminar(hiring)
    join(hiring, id_, ana)
    later = hiring.now + AFTER

    for act in (
        lambda: give_back(hiring.house, id_, actor=ana.actor, now=later),
        lambda: take_out(hiring.house, id_, ana.application, actor=hiring.staff, now=later),
        lambda: cancel_seminar(hiring.house, id_, actor=hiring.staff, now=later),
    ):
        with pytest.raises(ClosedError):
            act()


def test_staff_put_in_and_take_out_and_the_person_is_told(hiring: Hiring) -> None:
    (ana, bo), id_ = people(hiring, 2), seminar(hiring)
    grace = supervise(hiring, ana)

    first = give_place(hiring.house, id_, ana.application, actor=grace, now=hiring.now)
    give_place(hiring.house, id_, ana.application, actor=hiring.staff, now=hiring.now)
    take_out(hiring.house, id_, ana.application, actor=grace, now=hiring.now)

    assert first == "place"
    assert standings(hiring, id_) == {}
    assert [m.template for m in told(hiring.house) if m.template.startswith("seminar")] == [
        "seminar_place",
        "seminar_place_back",
    ]
    with pytest.raises(UnknownIdError):
        give_place(hiring.house, id_, bo.application, actor=grace, now=hiring.now)
    with pytest.raises(NotAllowedError):
        seminar(hiring, actor=grace)


def test_a_supervisor_sees_own_people_by_name_and_of_others_only_how_many(hiring: Hiring) -> None:
    ana, bo = at_work(hiring, "Ana Ruiz"), at_work(hiring, "Zanzibar Quux")
    grace, id_ = supervise(hiring, ana), seminar(hiring)
    join(hiring, id_, ana)
    join(hiring, id_, bo)

    (seen,) = list_seminars(hiring.house, actor=grace)

    assert ([one.name for one in seen.people], seen.others) == (["Ana Ruiz"], 1)
    assert "Zanzibar" not in repr(seen)
    assert [one.name for one in invitees(hiring.house, actor=grace, now=hiring.now)] == ["Ana Ruiz"]
    with pytest.raises(UnknownIdError):
        take_out(hiring.house, id_, bo.application, actor=grace, now=hiring.now)
    with pytest.raises(NotAllowedError):
        list_seminars(hiring.house, actor=colleague(hiring, "Ivo").actor)


def test_who_was_there_has_done_the_module_and_a_note_put_right_takes_that_back(hiring: Hiring) -> None:
    (ana, bo), id_ = people(hiring, 2), seminar(hiring)
    grace = supervise(hiring, ana)
    join(hiring, id_, ana)
    with pytest.raises(NotAllowedError, match="has begun"):
        note_attendance(hiring.house, id_, ana.application, attended=True, actor=grace, now=hiring.now)
    later = hiring.now + AFTER

    note_attendance(hiring.house, id_, ana.application, attended=True, actor=grace, now=later)
    (one,) = learning_of(hiring.house, ana.application, actor=hiring.staff).modules
    note_attendance(hiring.house, id_, ana.application, attended=False, actor=hiring.staff, now=later)
    (after,) = learning_of(hiring.house, ana.application, actor=hiring.staff).modules

    assert (one.state, one.noted_by, one.done_at.isoformat() if one.done_at else "") == (
        "done",
        "Grace",
        "2026-12-08T15:30:00+00:00",
    )
    assert (after.state, after.noted_by) == ("begun", "")
    with pytest.raises(NotAllowedError, match="had no place"):
        note_attendance(hiring.house, id_, bo.application, attended=True, actor=hiring.staff, now=later)


def test_what_somebody_did_alone_stays_done_when_the_note_is_put_right(hiring: Hiring) -> None:
    ana, id_ = at_work(hiring), seminar(hiring)
    do_all(hiring, ana)
    join(hiring, id_, ana)
    later = hiring.now + AFTER

    note_attendance(hiring.house, id_, ana.application, attended=True, actor=hiring.staff, now=later)
    confirm(hiring.house, ana.application, MODULE, actor=hiring.staff, now=later)
    note_attendance(hiring.house, id_, ana.application, attended=False, actor=hiring.staff, now=later)

    assert open_module(hiring.house, MODULE, actor=ana.actor).done_at == hiring.now


def test_a_seminar_needs_words_seats_and_a_time_that_exists(hiring: Hiring) -> None:
    for given, said in (
        ({"place": " "}, "where"),
        ({"title": ""}, "called"),
        ({"led_by": ""}, "leads"),
        ({"seats": 0}, "seats"),
        ({"minutes": 5}, "15 to 600"),
        ({"day": hiring.now.date() - timedelta(days=1)}, "passed"),
    ):
        with pytest.raises(SheetError, match=said):
            dated(hiring, **given)
    with pytest.raises(UnknownIdError, match="no training module"):
        seminar(hiring, module="juggling")
    retire_module(hiring.house, MODULE, reason="Not now", actor=hiring.staff, now=hiring.now)
    with pytest.raises(NotAllowedError, match="retired"):
        seminar(hiring)


def test_the_files_for_calendars_name_nobody_but_their_owner(hiring: Hiring) -> None:
    ana, bo, id_ = at_work(hiring, "Ana Ruiz"), at_work(hiring, "Zanzibar Quux"), seminar(hiring)
    join(hiring, id_, ana)

    mine = my_seminar_calendar(hiring.house, id_, actor=ana.actor, now=hiring.now)
    theirs = seminar_calendar(hiring.house, id_, actor=hiring.staff, now=hiring.now)

    (event,) = icalendar.Calendar.from_ical(mine).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Privacy at the desk"
    assert "ana@x.org" in mine.replace("\r\n ", "")
    assert "ATTENDEE" not in theirs
    with pytest.raises(UnknownIdError):
        my_seminar_calendar(hiring.house, id_, actor=bo.actor, now=hiring.now)


def test_who_comes_for_their_own_growth_signs_up_alone_and_is_marked_so(hiring: Hiring) -> None:
    nurse = for_growth(hiring.open_another("registered_nurse"), "Mei Park")
    id_ = seminar(hiring)
    join(hiring, id_, nurse)

    (seen,) = list_seminars(hiring.house, actor=hiring.staff)
    later = hiring.now + AFTER
    note_attendance(hiring.house, id_, nurse.application, attended=True, actor=hiring.staff, now=later)

    (one,) = seen.people
    assert (one.name, one.job, one.own_growth) == ("Mei Park", "", True)
    assert open_module(hiring.house, MODULE, actor=nurse.actor).done_at is not None
    assert invitees(hiring.house, actor=hiring.staff, now=hiring.now) == ()
    with pytest.raises(UnknownIdError):
        give_place(hiring.house, id_, nurse.application, actor=hiring.staff, now=hiring.now)


def test_another_organisation_has_no_way_to_it(hiring: Hiring) -> None:
    ana, id_ = at_work(hiring), seminar(hiring)
    with hiring.house.database.write() as connection:
        other = found_organisation(connection, name="E", contact_name="E", contact="e@x.org", now=hiring.now)
    stranger: Actor = colleague(hiring, "Xu", "administrator", organisation=other).actor

    assert list_seminars(hiring.house, actor=stranger) == ()
    for act in (
        lambda: cancel_seminar(hiring.house, id_, actor=stranger, now=hiring.now),
        lambda: give_place(hiring.house, id_, ana.application, actor=stranger, now=hiring.now),
        lambda: take_out(hiring.house, id_, ana.application, actor=stranger, now=hiring.now),
        lambda: seminar_calendar(hiring.house, id_, actor=stranger, now=hiring.now),
    ):
        with pytest.raises(UnknownIdError):
            act()


def test_many_who_sign_up_at_once_get_each_seat_once(hiring: Hiring) -> None:
    id_ = seminar(hiring, seats=3)

    found = rush(hiring, id_, 12, wait=False)

    assert found.trouble == []
    assert (len(found.got), len(found.full)) == (3, 9)
    assert standings(hiring, id_) == dict.fromkeys(standings(hiring, id_), "place")
    assert {m.application for m in told(hiring.house, "seminar_place")} == set(found.got)


def test_whoever_was_told_of_a_place_keeps_it_whatever_the_clocks_say(hiring: Hiring) -> None:
    id_ = seminar(hiring, seats=3)

    found = rush(hiring, id_, 8, wait=True)

    assert found.trouble == []
    assert standings(hiring, id_) == found.got
    assert list(found.got.values()).count("place") == 3


def test_what_is_written_to_people_in_a_growth_group_opens_nothing_of_theirs(hiring: Hiring) -> None:
    grower = for_growth(hiring, "Wen Li")
    id_ = seminar(hiring)

    sign_up(hiring.house, id_, actor=grower.actor, now=hiring.now)
    cancel_seminar(hiring.house, id_, actor=hiring.staff, now=hiring.now)

    letters = [
        message(hiring.house, one.id, actor=hiring.staff)
        for one in outbox(hiring.house, actor=hiring.staff, now=hiring.now)
    ]
    told = [one for one in letters if one.template.startswith("seminar_")]
    assert {one.template for one in told} == {"seminar_place", "seminar_cancelled"}
    assert all("/i/" not in f"{one.text}{one.sms}{one.calendar}" for one in told)


def test_a_link_that_was_taken_back_stops_nothing(hiring: Hiring) -> None:
    newcomer = at_work(hiring)
    id_ = seminar(hiring)
    sign_up(hiring.house, id_, actor=newcomer.actor, now=hiring.now)
    revoke(hiring.house, newcomer.application, actor=hiring.staff, now=hiring.now)

    cancel_seminar(hiring.house, id_, actor=hiring.staff, now=hiring.now)

    letters = [
        message(hiring.house, one.id, actor=hiring.staff)
        for one in outbox(hiring.house, actor=hiring.staff, now=hiring.now)
    ]
    (told,) = [one for one in letters if one.template == "seminar_cancelled"]
    assert "/first-days" in told.text
    assert "/i/" not in told.text
