"""Times are offered on the clock of a place, once for each interviewer, and taken back while nobody has picked them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.assigned import assign
from assessment.services.interviews import pick
from assessment.services.slot_times import MOST, days_between, times_between, typed_times
from assessment.services.slots import list_slots, offer_slots, slot_openings, take_back_slots
from assessment.services.vacancies import close_vacancy
from tests.hiring import Hiring, events_of
from tests.interviewing import colleague
from tests.picking import DAY, MADRID, asked, offer

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


def id_of(hiring: Hiring, name: str, role: str = "interviewer") -> str:
    return colleague(hiring, name, role).actor.account_id or ""


def test_a_local_time_becomes_the_moment_it_is_there(hiring: Hiring) -> None:
    ivo = id_of(hiring, "Ivo")

    offer(hiring, ivo, second=hiring.staff.account_id, times=(time(14), time(15)))

    first, second = list_slots(hiring.house, hiring.vacancy, actor=hiring.staff)
    assert (first.starts_at, first.ends_at) == (
        datetime(2026, 12, 8, 13, 0, tzinfo=UTC),
        datetime(2026, 12, 8, 13, 45, tzinfo=UTC),
    )
    assert (first.interviewers, first.place, first.minutes) == (("Ivo", "Ada Voss"), "Room 2", 45)
    assert second.when() == "Tuesday 8 December at 15:00 (Madrid time)"
    assert [e["interviewer"] for e in events_of(hiring.house, "slots_offered")] == [ivo]


def test_offered_before_clocks_change_it_is_still_that_hour_after(hiring: Hiring) -> None:
    offer(hiring, id_of(hiring, "Ivo"), days=(date(2027, 3, 26), date(2027, 3, 29)))

    before, after = list_slots(hiring.house, hiring.vacancy, actor=hiring.staff)
    assert (before.starts_at.hour, after.starts_at.hour) == (13, 12)
    assert (before.hours(), after.hours()) == ("14:00 to 14:45", "14:00 to 14:45")


def test_a_time_that_clocks_leave_out_is_refused_by_its_name(hiring: Hiring) -> None:
    ivo = id_of(hiring, "Ivo")

    with pytest.raises(SheetError, match=r"02:30 on Sunday 28 March does not exist in Europe/Madrid"):
        offer(hiring, ivo, days=(SPRING,), times=(time(1), time(2, 30)))

    assert list_slots(hiring.house, hiring.vacancy, actor=hiring.staff) == ()


def test_of_a_time_that_comes_twice_the_first_is_taken_and_it_is_said(hiring: Hiring) -> None:
    made = offer_slots(
        hiring.house,
        hiring.vacancy,
        interviewer=id_of(hiring, "Ivo"),
        days=(AUTUMN,),
        times=(time(2, 30),),
        time_zone=MADRID,
        place="Room 2",
        actor=hiring.staff,
        now=hiring.now,
    )

    (slot,) = list_slots(hiring.house, hiring.vacancy, actor=hiring.staff)
    assert slot.starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert made.notes == (
        "02:30 on Sunday 31 October comes twice in Europe/Madrid, because clocks go back. It is the first of the two.",
    )
    assert slot.when() == "Sunday 31 October at 02:30 (Madrid time, CEST)"


def test_an_interview_over_the_change_of_clocks_is_as_long_as_it_says(hiring: Hiring) -> None:
    offer(hiring, id_of(hiring, "Ivo"), days=(AUTUMN,), times=(time(2, 45),), length_minutes=60)

    (slot,) = list_slots(hiring.house, hiring.vacancy, actor=hiring.staff)
    assert (slot.ends_at - slot.starts_at, slot.hours()) == (timedelta(hours=1), "02:45 to 02:45")


def test_a_part_of_a_day_is_filled_with_pauses_between() -> None:
    assert times_between(time(9), time(12), length_minutes=45, buffer_minutes=15) == (time(9), time(10), time(11))
    assert times_between(time(9), time(9, 30), length_minutes=45, buffer_minutes=15) == ()
    assert times_between(time(9), time(9, 45), length_minutes=45, buffer_minutes=15) == (time(9),)


def test_a_window_and_times_go_together_and_two_hundred_is_the_most(hiring: Hiring) -> None:
    ivo = id_of(hiring, "Ivo")
    days = [DAY + timedelta(days=n) for n in range(25)]

    many = offer(hiring, ivo, days=days, times=(), window=(time(9), time(17)))

    assert len(many) == MOST == 25 * 8
    with pytest.raises(SheetError, match="225 times at once; please offer at most 200"):
        offer(hiring, ivo, days=days, times=(time(19),), window=(time(9), time(17)))


@pytest.mark.parametrize("at", [time(13, 1), time(14, 0), time(14, 59)])
def test_no_time_comes_nearer_to_another_of_either_interviewer_than_the_pause(hiring: Hiring, at: time) -> None:
    ivo, una = id_of(hiring, "Ivo"), id_of(hiring, "Una")
    offer(hiring, ivo, second=una)

    with pytest.raises(SheetError, match=r"Una has a time on Tuesday 8 December from 14:00 to 14:45 already"):
        offer(hiring.open_another("billing_clerk"), una, times=(at,))


@pytest.mark.parametrize("at", [time(13, 0), time(15, 0)])
def test_just_after_the_pause_is_fine(hiring: Hiring, at: time) -> None:
    ivo = id_of(hiring, "Ivo")
    offer(hiring, ivo)

    assert len(offer(hiring, ivo, times=(at,))) == 1


def test_other_interviewers_may_have_the_same_time_and_one_that_was_taken_back_is_free(hiring: Hiring) -> None:
    ivo, una = id_of(hiring, "Ivo"), id_of(hiring, "Una")
    (slot,) = offer(hiring, ivo)
    offer(hiring, una)

    take_back_slots(hiring.house, [slot], actor=hiring.staff, now=hiring.now)
    offer(hiring, ivo)

    assert len(list_slots(hiring.house, hiring.vacancy, actor=hiring.staff)) == 2


def test_times_of_one_offer_keep_their_pause_too(hiring: Hiring) -> None:
    with pytest.raises(SheetError, match="too near to the time before it"):
        offer(hiring, id_of(hiring, "Ivo"), times=(time(14), time(14, 50)))


def test_what_is_wrong_is_said_in_words(hiring: Hiring) -> None:
    ivo = id_of(hiring, "Ivo")
    wrong = [
        ({"days": ()}, "at least one day and one time"),
        ({"days": (date(2026, 11, 20),)}, "14:00 on Friday 20 November has passed already"),
        ({"days": (date(2028, 1, 5),)}, "more than a year away"),
        ({"place": "  "}, "Please say where"),
        ({"length_minutes": 5}, "takes 10 to 240 minutes"),
        ({"buffer_minutes": 500}, "0 to 120 minutes"),
        ({"time_zone": "Mars/Base"}, "no time zone 'Mars/Base'"),
        ({"second": ivo}, "somebody else as the second"),
    ]

    for values, said in wrong:
        with pytest.raises((SheetError, UnknownIdError), match=said):
            offer(hiring, ivo, **values)  # type: ignore[arg-type]


def test_supervisors_closed_accounts_and_closed_openings_are_left_out(hiring: Hiring) -> None:
    ivo, sam = id_of(hiring, "Ivo"), id_of(hiring, "Sam", "supervisor")

    with pytest.raises(NotAllowedError, match="cannot interview"):
        offer(hiring, sam)
    close_vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)
    with pytest.raises(ClosedError, match="This opening is closed"):
        offer(hiring, ivo)


def test_an_interviewer_offers_and_sees_their_own_time_only_and_where_they_are_concerned(hiring: Hiring) -> None:
    ivo, una = colleague(hiring, "Ivo"), id_of(hiring, "Una")
    assert ivo.actor.account_id
    with pytest.raises(UnknownIdError):  # nobody of this opening is theirs yet
        offer(hiring, ivo.actor.account_id, actor=ivo.actor)
    person = hiring.invite("Ana Ruiz")
    assign(
        hiring.house, person.application, ivo.actor.account_id, duty="interviewer", actor=hiring.staff, now=hiring.now
    )
    (hers,) = offer(hiring, una)

    (his,) = offer(hiring, ivo.actor.account_id, actor=ivo.actor)

    assert [s.id for s in list_slots(hiring.house, hiring.vacancy, actor=ivo.actor)] == [his]
    assert [o.title for o in slot_openings(hiring.house, actor=ivo.actor)] == ["Front desk officer"]
    for values in ({"interviewer": una}, {"interviewer": ivo.actor.account_id, "second": una}):
        with pytest.raises(NotAllowedError, match="your own time only"):
            offer(hiring, actor=ivo.actor, times=(time(17),), **values)  # type: ignore[arg-type]
    with pytest.raises(UnknownIdError):
        take_back_slots(hiring.house, [hers], actor=ivo.actor, now=hiring.now)


def test_a_picked_time_is_not_taken_back(hiring: Hiring) -> None:
    free, picked = offer(hiring, id_of(hiring, "Ivo"), times=(time(14), time(16)))
    (person,) = asked(hiring, "Ana Ruiz")
    pick(hiring.house, picked, actor=person.come_in(), now=hiring.now)

    with pytest.raises(NotAllowedError, match=r"8 December at 16:00 \(Madrid time\) is picked"):
        take_back_slots(hiring.house, [free, picked], actor=hiring.staff, now=hiring.now)

    assert len(list_slots(hiring.house, hiring.vacancy, actor=hiring.staff)) == 2


def test_times_and_days_as_people_give_them() -> None:
    assert typed_times("14.15, 9; 9:30 9") == (time(9), time(9, 30), time(14, 15))
    for wrong in ("25:00", "9:60", "noon", "9:3x"):
        with pytest.raises(SheetError, match="is no time of day"):
            typed_times(wrong)
    assert days_between(date(2026, 12, 4), date(2026, 12, 8), {0, 1, 4}) == (
        date(2026, 12, 4),
        date(2026, 12, 7),
        date(2026, 12, 8),
    )
    assert days_between(date(2026, 12, 8), date(2026, 12, 4), {0, 1, 2}) == ()
