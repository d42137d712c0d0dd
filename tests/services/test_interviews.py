"""People are asked, pick a time, change it and give it back; nobody gets a time twice, and everybody is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.accounts import disable_account
from assessment.services.assigned import assign, assigned_to
from assessment.services.interview_lists import askable, asked_people
from assessment.services.interviews import (
    JustTakenError,
    ask_to_pick,
    cancel_interview,
    cancel_pick,
    move_interview,
    my_calendar,
    open_slots,
    pick,
    staff_calendar,
)
from assessment.services.ratings import rating_form, save_rating
from assessment.services.redirects import answer_redirect
from assessment.services.sitting import come_back, leave
from assessment.services.slots import list_slots
from assessment.storage import slots
from tests.deciding import propose, refuse, send, to_decide
from tests.hiring import Hiring, Person, events_of
from tests.interviewing import Colleague, colleague, finish_tellingly
from tests.picking import DAY, asked, check_the_truth, held, offer, race, slot_of, stage_of, told

AFTER = datetime(2026, 12, 8, 15, tzinfo=UTC)
HOURS = tuple(time(hour) for hour in range(9, 19))


@pytest.fixture
def ivo(hiring: Hiring) -> Colleague:
    return colleague(hiring, "Ivo")


def id_of(found: Colleague) -> str:
    return found.actor.account_id or ""


def picked(hiring: Hiring, ivo: Colleague, name: str = "Ana Ruiz", *, language: str = "en") -> tuple[Person, str, str]:
    """Somebody who has the first of two times."""
    first, second = offer(hiring, id_of(ivo), times=(time(14), time(16)))
    (person,) = asked(hiring, name, language=language)
    pick(hiring.house, first, actor=person.come_in(), now=hiring.now)
    return person, first, second


def test_people_are_asked_once_with_the_first_times_in_their_language(hiring: Hiring, ivo: Colleague) -> None:
    offer(hiring, id_of(ivo), times=HOURS[:7])

    (ana,) = asked(hiring, "Ana Ruiz", language="es")
    again = ask_to_pick(hiring.house, [ana.application], actor=hiring.staff, now=hiring.now)

    (message,) = told(hiring.house, "interview_invitation")
    assert again.application_ids == ()
    assert (message.application, message.language) == (ana.application, "es")
    assert "- martes 8 de diciembre a las 09:00 (hora de Madrid)\n" in message.text
    assert message.text.count("(hora de Madrid)") == 5
    assert "- y más en la página" in message.text
    assert "Room 2" in message.text
    assert "29 de noviembre de 2026" in message.text  # five days on
    assert (stage_of(hiring.house, ana.application), len(events_of(hiring.house, "interview_asked"))) == (
        "interview",
        1,
    )


def test_nobody_is_asked_while_there_is_no_free_time(hiring: Hiring) -> None:
    person = hiring.invite("Ana Ruiz")

    with pytest.raises(NotAllowedError, match="offer times first"):
        ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)

    assert told(hiring.house, "interview_invitation") == []
    assert stage_of(hiring.house, person.application) == "invited"


def test_asking_is_all_or_none_and_says_when_times_are_too_few(hiring: Hiring, ivo: Colleague) -> None:
    offer(hiring, id_of(ivo))
    ana, bo, gone = (hiring.invite(name) for name in ("Ana", "Bo", "Gone"))
    leave(hiring.house, "", actor=gone.come_in(), now=hiring.now)

    with pytest.raises(NotAllowedError, match="The application of Gone is withdrawn"):
        ask_to_pick(hiring.house, [ana.application, gone.application], actor=hiring.staff, now=hiring.now)
    assert told(hiring.house, "interview_invitation") == []
    done = ask_to_pick(hiring.house, [ana.application, bo.application], actor=hiring.staff, now=hiring.now)

    assert done.notes == ("2 people may pick among 1 free times. Please offer more.",)


def test_free_times_are_seen_by_whoever_was_asked_and_by_nobody_else(hiring: Hiring, ivo: Colleague) -> None:
    offer(hiring, id_of(ivo), second=hiring.staff.account_id)
    (ana,), bo = asked(hiring, "Ana Ruiz", language="es"), hiring.invite("Bo")

    (seen,) = open_slots(hiring.house, actor=ana.come_in(), now=hiring.now)

    assert (seen.day_words, seen.hours) == ("martes 8 de diciembre", "14:00 a 14:45")
    assert (seen.interviewers, seen.minutes, seen.place) == ("Ivo y Ada Voss", 45, "Room 2")
    assert open_slots(hiring.house, actor=bo.come_in(), now=hiring.now) == ()
    with pytest.raises(NotAllowedError, match="We have not asked you"):
        pick(hiring.house, seen.id, actor=bo.come_in(), now=hiring.now)


def test_a_picked_time_is_confirmed_to_all_with_the_same_entry_for_their_calendars(
    hiring: Hiring, ivo: Colleague
) -> None:
    (slot,) = offer(hiring, id_of(ivo), second=hiring.staff.account_id)
    (ana,) = asked(hiring, "Ana Ruiz")

    pick(hiring.house, slot, actor=ana.come_in(), now=hiring.now)

    (to_ana,) = told(hiring.house, "interview_confirmation")
    to_staff = told(hiring.house, "manager_interview_booked")
    assert "When: Tuesday 8 December at 14:00 (Madrid time)" in to_ana.text
    assert "about 45 minutes" in to_ana.text
    assert "Who: Ivo and Ada Voss" in to_ana.text
    assert "You will hear from us by 15 December 2026" in to_ana.text  # counted from the talk
    assert {t.account for t in to_staff} == {ivo.actor.account_id, hiring.staff.account_id}
    assert {t.event["UID"] for t in (to_ana, *to_staff)} == {to_ana.event["UID"]}
    assert {(t.event["SEQUENCE"], t.method) for t in (to_ana, *to_staff)} == {(1, "REQUEST")}
    assert to_ana.event.decoded("DTSTART") == datetime(2026, 12, 8, 13, 0, tzinfo=UTC)
    assert to_ana.event["SUMMARY"] == "Talk at St Anne's: Front desk officer"
    names = [a.name for a in assigned_to(hiring.house, ana.application, actor=hiring.staff)]
    assert sorted(names) == ["Ada Voss", "Ivo"]


def test_no_candidate_sees_an_address_of_staff_and_no_interviewer_that_of_a_candidate(
    hiring: Hiring, ivo: Colleague
) -> None:
    picked(hiring, ivo)

    (to_ana,) = told(hiring.house, "interview_confirmation")
    (to_ivo,) = told(hiring.house, "manager_interview_booked")
    assert "Ivo@anne.example" not in to_ana.unfolded + to_ana.text
    assert "ana@x.org" not in to_ivo.unfolded + to_ivo.text
    assert "Ivo@anne.example" in to_ivo.unfolded
    assert "ana@x.org" in to_ana.unfolded


def test_picking_the_same_again_changes_nothing(hiring: Hiring, ivo: Colleague) -> None:
    ana, first, _ = picked(hiring, ivo)
    before = len(told(hiring.house))

    pick(hiring.house, first, actor=ana.come_in(), now=hiring.now)

    assert len(told(hiring.house)) == before
    assert len(events_of(hiring.house, "interview_booked")) == 1


def test_the_second_of_two_is_told_kindly_in_their_language_and_sees_the_others(hiring: Hiring, ivo: Colleague) -> None:
    first, second = offer(hiring, id_of(ivo), times=(time(14), time(16)))
    (ana,), (bo,) = asked(hiring, "Ana Ruiz"), asked(hiring, "Bo", language="es")
    pick(hiring.house, first, actor=ana.come_in(), now=hiring.now)

    with pytest.raises(JustTakenError, match="Otra persona tomó esta hora hace un momento"):
        pick(hiring.house, first, actor=bo.come_in(), now=hiring.now)

    assert [s.id for s in open_slots(hiring.house, actor=bo.come_in(), now=hiring.now)] == [second]


def test_even_without_looking_first_the_database_gives_a_time_once(
    hiring: Hiring, ivo: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = offer(hiring, id_of(ivo), times=(time(14), time(16)))
    ana, bo = asked(hiring, "Ana Ruiz", "Bo")
    pick(hiring.house, first, actor=ana.come_in(), now=hiring.now)
    seen = list_slots(hiring.house, hiring.vacancy, actor=hiring.staff)[0]
    real = slots.one

    def blind(*args: object, **named: object) -> object:
        row = real(*args, **named)  # type: ignore[arg-type]
        return type("Row", (), {**row._mapping, "application_id": None})() if row is not None else None

    monkeypatch.setattr(slots, "one", blind)
    with pytest.raises(JustTakenError):
        pick(hiring.house, first, actor=bo.come_in(), now=hiring.now)

    assert held(hiring.house) == {ana.application: seen.id}
    assert len(told(hiring.house, "interview_confirmation")) == 1


def test_two_hundred_people_pick_among_fifty_times_at_once(hiring: Hiring, ivo: Colleague) -> None:
    days = [DAY + timedelta(days=n) for n in range(5)]
    offered = offer(hiring, id_of(ivo), days=days, times=HOURS)

    found = race(hiring, 200, offered, now=hiring.now)

    check_the_truth(hiring, found, offered)
    assert (len(offered), len(found.got), len(found.refused)) == (50, 50, 150)


def test_another_time_keeps_the_entry_and_says_the_old_and_the_new(hiring: Hiring, ivo: Colleague) -> None:
    ana, first, second = picked(hiring, ivo)

    pick(hiring.house, second, actor=ana.come_in(), now=hiring.now)

    (was,), (now_is,) = told(hiring.house, "interview_confirmation"), told(hiring.house, "interview_rescheduled")
    to_ivo = told(hiring.house, "manager_interview_booked")
    assert "Old time: Tuesday 8 December at 14:00" in now_is.text
    assert "New time: Tuesday 8 December at 16:00" in now_is.text
    assert (now_is.event["UID"], now_is.event["SEQUENCE"]) == (was.event["UID"], 2)
    assert [t.event["SEQUENCE"] for t in to_ivo] == [1, 2]
    assert told(hiring.house, "manager_interview_cancelled") == []
    assert held(hiring.house) == {ana.application: second}
    assert [s.id for s in open_slots(hiring.house, actor=ana.come_in(), now=hiring.now)] == [first]


def test_when_others_ask_the_old_ones_entry_is_cancelled_and_they_have_the_person_no_more(
    hiring: Hiring, ivo: Colleague
) -> None:
    ana, _, _ = picked(hiring, ivo)
    una = colleague(hiring, "Una")
    (hers,) = offer(hiring, id_of(una), times=(time(14),))

    pick(hiring.house, hers, actor=ana.come_in(), now=hiring.now)

    (off,) = told(hiring.house, "manager_interview_cancelled")
    on = told(hiring.house, "manager_interview_booked")[-1]
    assert (off.account, off.method, off.event["SEQUENCE"]) == (ivo.actor.account_id, "CANCEL", 2)
    assert (on.account, on.method, on.event["SEQUENCE"]) == (una.actor.account_id, "REQUEST", 2)
    assert off.event["UID"] == on.event["UID"]
    assert [a.name for a in assigned_to(hiring.house, ana.application, actor=hiring.staff)] == ["Una"]


def test_interviewers_named_by_hand_or_who_have_begun_to_rate_stay(hiring: Hiring, ivo: Colleague) -> None:
    una = colleague(hiring, "Una")
    person = finish_tellingly(hiring, "Ana Ruiz")
    assign(hiring.house, person.application, id_of(una), duty="interviewer", actor=hiring.staff, now=hiring.now)
    (slot,) = offer(hiring, id_of(ivo), second=id_of(una))
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)
    pick(hiring.house, slot, actor=person.come_in(), now=hiring.now)
    question = rating_form(hiring.house, person.application, actor=ivo.actor, now=hiring.now).questions[0].id
    values = {"rating": 3, "note": "", "rev": 1, "actor": ivo.actor, "now": hiring.now}
    save_rating(hiring.house, person.application, question, **values)  # type: ignore[arg-type]

    cancel_pick(hiring.house, actor=person.come_in(), now=hiring.now)

    names = [a.name for a in assigned_to(hiring.house, person.application, actor=hiring.staff)]
    assert sorted(names) == ["Ivo", "Una"]


def test_a_time_that_is_given_back_is_free_for_others_and_everybody_is_told(hiring: Hiring, ivo: Colleague) -> None:
    ana, first, second = picked(hiring, ivo)

    cancel_pick(hiring.house, "My child is ill", actor=ana.come_in(), now=hiring.now)
    cancel_pick(hiring.house, actor=ana.come_in(), now=hiring.now)

    (to_ana,), (to_ivo,) = told(hiring.house, "interview_cancelled"), told(hiring.house, "manager_interview_cancelled")
    assert (to_ana.method, to_ana.event["STATUS"], to_ana.event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
    assert (to_ivo.method, to_ivo.account) == ("CANCEL", ivo.actor.account_id)
    assert [s.id for s in open_slots(hiring.house, actor=ana.come_in(), now=hiring.now)] == [first, second]
    (row,) = asked_people(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)
    assert (row.status, row.because, row.name) == ("cancelled", "My child is ill", "Ana Ruiz")
    assert all("child" not in str(e) for e in events_of(hiring.house, "interview_cancelled"))


def test_after_giving_it_back_another_may_be_picked_with_the_same_entry(hiring: Hiring, ivo: Colleague) -> None:
    ana, _, second = picked(hiring, ivo)
    cancel_pick(hiring.house, actor=ana.come_in(), now=hiring.now)

    pick(hiring.house, second, actor=ana.come_in(), now=hiring.now)

    was, now_is = told(hiring.house, "interview_confirmation")
    assert (was.event["UID"], was.event["SEQUENCE"]) == (now_is.event["UID"], 1)
    assert now_is.event["SEQUENCE"] == 3


def test_who_is_asked_once_more_after_cancelling_gets_a_message_again(hiring: Hiring, ivo: Colleague) -> None:
    ana, _, _ = picked(hiring, ivo)
    cancel_pick(hiring.house, actor=ana.come_in(), now=hiring.now)

    done = ask_to_pick(hiring.house, [ana.application], actor=hiring.staff, now=hiring.now)

    assert done.application_ids == (ana.application,)
    assert len(told(hiring.house, "interview_invitation")) == 2


def test_a_time_that_has_come_is_not_changed_by_the_candidate_and_one_that_passed_not_picked(
    hiring: Hiring, ivo: Colleague
) -> None:
    ana, first, second = picked(hiring, ivo)
    (bo,) = asked(hiring, "Bo")
    actors, after = (ana.come_in(), bo.come_in()), datetime(2026, 12, 8, 13, 1, tzinfo=UTC)
    actors = tuple(actors)

    with pytest.raises(ClosedError, match="Your time has come already"):
        pick(hiring.house, second, actor=actors[0], now=after)
    with pytest.raises(ClosedError, match="Your time has come already"):
        cancel_pick(hiring.house, actor=actors[0], now=after)
    with pytest.raises(ClosedError, match="not there any more"):
        pick(hiring.house, second, actor=actors[1], now=after + timedelta(hours=3))
    assert held(hiring.house) == {ana.application: first}


def test_a_time_of_another_opening_does_not_exist(hiring: Hiring, ivo: Colleague) -> None:
    (elsewhere,) = offer(hiring.open_another("billing_clerk"), id_of(ivo), times=(time(9),))
    offer(hiring, id_of(ivo))
    (ana,) = asked(hiring, "Ana Ruiz")

    for id_ in (elsewhere, "0" * 32):
        with pytest.raises(UnknownIdError):
            pick(hiring.house, id_, actor=ana.come_in(), now=hiring.now)


def test_leaving_frees_the_time_and_tells_the_interviewer_but_asks_nothing_of_the_person(
    hiring: Hiring, ivo: Colleague
) -> None:
    ana, first, _ = picked(hiring, ivo)

    leave(hiring.house, "", actor=ana.come_in(), now=hiring.now)

    (off,) = told(hiring.house, "manager_interview_cancelled")
    assert (off.account, off.method) == (ivo.actor.account_id, "CANCEL")
    (to_ana,) = told(hiring.house, "withdrawal_received")
    assert told(hiring.house, "interview_cancelled") == []
    assert (to_ana.method, to_ana.event["UID"]) == ("CANCEL", off.event["UID"])
    assert held(hiring.house) == {}
    with pytest.raises(ClosedError, match="cannot be picked any more"):
        pick(hiring.house, first, actor=ana.come_in(), now=hiring.now)
    come_back(hiring.house, actor=ana.come_in(), now=hiring.now)
    assert pick(hiring.house, first, actor=ana.come_in(), now=hiring.now).id == first


def test_hr_moves_and_cancels_for_somebody_with_a_reason(hiring: Hiring, ivo: Colleague) -> None:
    ana, _, second = picked(hiring, ivo)
    with pytest.raises(SheetError, match="Please say why"):
        move_interview(hiring.house, ana.application, second, because=" ", actor=hiring.staff, now=hiring.now)

    move_interview(hiring.house, ana.application, second, because="She called", actor=hiring.staff, now=hiring.now)
    moved = slot_of(hiring, ana.application)
    cancel_interview(hiring.house, ana.application, because="Ivo is ill", actor=hiring.staff, now=hiring.now)

    assert moved is not None
    assert moved.id == second
    assert [t.template for t in told(hiring.house) if t.account is None and t.template != "invitation"] == [
        "interview_invitation",
        "interview_confirmation",
        "interview_rescheduled",
        "interview_cancelled",
    ]
    assert asked_people(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)[0].because == "Ivo is ill"


def test_an_interviewer_changes_what_is_at_their_own_times_only(hiring: Hiring, ivo: Colleague) -> None:
    ana, _, second = picked(hiring, ivo)
    una = colleague(hiring, "Una")
    (hers,) = offer(hiring, id_of(una), times=(time(17),))

    with pytest.raises(UnknownIdError):
        cancel_interview(hiring.house, ana.application, because="x", actor=una.actor, now=hiring.now)
    with pytest.raises(UnknownIdError):
        move_interview(hiring.house, ana.application, hers, because="x", actor=ivo.actor, now=hiring.now)
    move_interview(hiring.house, ana.application, second, because="A meeting", actor=ivo.actor, now=hiring.now)

    assert held(hiring.house) == {ana.application: second}
    assign(hiring.house, ana.application, id_of(una), duty="interviewer", actor=hiring.staff, now=hiring.now)
    with pytest.raises(NotAllowedError, match="your own times only"):
        cancel_interview(hiring.house, ana.application, because="x", actor=una.actor, now=hiring.now)


def test_the_list_of_who_may_be_asked_has_those_who_handed_in_and_hides_names_on_request(
    hiring: Hiring, ivo: Colleague
) -> None:
    done = finish_tellingly(hiring, "Sofia Marino")
    hiring.invite("Not yet")

    (seen,) = askable(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)
    masked = replace(hiring.staff, masked=True)
    (hidden,) = askable(hiring.house, hiring.vacancy, actor=masked, now=hiring.now)
    offer(hiring, id_of(ivo))
    ask_to_pick(hiring.house, [done.application], actor=hiring.staff, now=hiring.now)

    assert (seen.application_id, seen.name) == (done.application, "Sofia Marino")
    assert hidden.name in ("Person 1", "Person 2")  # two who were invited at the same moment
    assert askable(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now) == ()
    later = hiring.now + timedelta(days=3)
    (row,) = asked_people(hiring.house, hiring.vacancy, actor=masked, now=later)
    assert (row.name, row.waiting_days) == (hidden.name, 3)


def test_calendar_files_are_those_of_the_messages_and_for_whom_they_concern(hiring: Hiring, ivo: Colleague) -> None:
    ana, _, _ = picked(hiring, ivo)
    una = colleague(hiring, "Una")

    mine = my_calendar(hiring.house, actor=ana.come_in(), now=hiring.now)
    his = staff_calendar(hiring.house, ana.application, actor=ivo.actor, now=hiring.now)

    assert mine == told(hiring.house, "interview_confirmation")[0].calendar
    assert his == told(hiring.house, "manager_interview_booked")[0].calendar
    with pytest.raises(UnknownIdError):
        staff_calendar(hiring.house, ana.application, actor=una.actor, now=hiring.now)
    with pytest.raises(UnknownIdError):
        my_calendar(hiring.house, actor=hiring.invite("Bo").come_in(), now=hiring.now)


def test_a_place_and_days_differ_and_the_message_says_where_to_look(hiring: Hiring, ivo: Colleague) -> None:
    offer(hiring, id_of(ivo))
    offer(hiring, id_of(ivo), days=(date(2026, 12, 9),), place="Room 9")

    asked(hiring, "Ana Ruiz")

    assert "Place: see the page" in told(hiring.house, "interview_invitation")[0].text


def booked_and_read(hiring: Hiring, ivo: Colleague) -> tuple[Person, str]:
    """Somebody who can be decided about and has a time."""
    (slot,) = offer(hiring, id_of(ivo))
    person = to_decide(hiring, "Ana Ruiz")
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)
    pick(hiring.house, slot, actor=person.come_in(), now=hiring.now)
    return person, slot


def test_a_talk_that_has_come_is_not_called_off(hiring: Hiring, ivo: Colleague) -> None:
    ana, first, _ = picked(hiring, ivo)

    with pytest.raises(ClosedError, match="not called off any more"):
        cancel_interview(hiring.house, ana.application, because="Too late", actor=hiring.staff, now=AFTER)

    assert held(hiring.house) == {ana.application: first}
    assert told(hiring.house, "interview_cancelled", "manager_interview_cancelled") == []


def test_a_refusal_takes_the_talk_to_come_off_every_calendar_and_offers_no_other(
    hiring: Hiring, ivo: Colleague
) -> None:
    ana, _ = booked_and_read(hiring, ivo)
    done = refuse(hiring, ana)
    before = told(hiring.house, "manager_interview_cancelled")

    send(hiring, done.id)

    (off,) = told(hiring.house, "manager_interview_cancelled")
    (to_ana,) = told(hiring.house, "refusal_kind")
    assert before == []
    assert (off.account, off.method) == (ivo.actor.account_id, "CANCEL")
    assert (to_ana.method, to_ana.event["UID"]) == ("CANCEL", off.event["UID"])
    assert told(hiring.house, "interview_cancelled") == []
    assert held(hiring.house) == {}


def test_a_refusal_after_the_talk_leaves_it_in_the_record(hiring: Hiring, ivo: Colleague) -> None:
    ana, slot = booked_and_read(hiring, ivo)

    send(hiring, refuse(hiring, ana, now=AFTER).id, now=AFTER)

    assert held(hiring.house) == {ana.application: slot}
    assert told(hiring.house, "refusal_kind")[0].method is None
    assert told(hiring.house, "interview_cancelled", "manager_interview_cancelled") == []


@pytest.mark.parametrize("past", [False, True])
def test_a_yes_to_another_job_frees_a_talk_to_come_and_no_other(hiring: Hiring, ivo: Colleague, past: bool) -> None:
    ana, slot = booked_and_read(hiring, ivo)
    other = hiring.open_another("help_desk_agent").vacancy
    send(hiring, propose(hiring, ana, other, by=AFTER.date() + timedelta(days=7)).id)
    now = AFTER if past else hiring.now

    answer_redirect(hiring.house, True, actor=ana.come_in(), now=now)

    (answer,) = told(hiring.house, "redirect_answer_received")
    off = told(hiring.house, "manager_interview_cancelled")
    assert held(hiring.house) == ({ana.application: slot} if past else {})
    assert (answer.method, [t.account for t in off]) == ((None, []) if past else ("CANCEL", [ivo.actor.account_id]))
    assert told(hiring.house, "interview_cancelled") == []


def test_a_time_whose_second_interviewer_left_is_neither_offered_nor_to_be_had(hiring: Hiring, ivo: Colleague) -> None:
    una = colleague(hiring, "Una")
    gone, alone = offer(hiring, id_of(ivo), second=id_of(una)) + offer(hiring, id_of(ivo), times=(time(16),))
    (ana,) = asked(hiring, "Ana Ruiz")
    disable_account(hiring.house, id_of(una), actor=hiring.staff, now=hiring.now)

    assert [s.id for s in open_slots(hiring.house, actor=ana.come_in(), now=hiring.now)] == [alone]
    with pytest.raises(ClosedError):
        pick(hiring.house, gone, actor=ana.come_in(), now=hiring.now)
