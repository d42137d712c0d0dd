"""Both sides answer in two minutes, are read only by those who lead the newcomer, and only once both could speak freely."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.absences import go_away
from assessment.services.assigned import unassign
from assessment.services.check_in_trends import Pair, SideMean, side_mean, trends
from assessment.services.check_ins import answer_for, answer_own, check_in_for, my_check_in
from assessment.storage.outbox import listed
from assessment.storage.schema import check_ins, events
from assessment.training.check_in import check_in_key
from tests.checking_in import DAY_7, DUE, Started, noon, start
from tests.hiring import Hiring, events_of
from tests.interviewing import colleague
from tests.picking import told

SECRET = "a violet umbrella"


@pytest.fixture
def started(hiring: Hiring) -> Started:
    return start(hiring)


def test_it_is_open_from_the_day_it_is_due_until_fourteen_days_later(started: Started) -> None:
    house, actor = started.hiring.house, started.newcomer.actor
    days = [DAY_7 + timedelta(days=n) for n in (-1, 0, 14, 15)]

    found = [my_check_in(house, actor=actor, now=noon(day)) for day in days]

    assert [mine.now and mine.now.check_in.day for mine in found] == [None, 7, 7, None]
    assert [mine.next_on for mine in found] == [DAY_7, DUE[30], DUE[30], DUE[30]]
    assert found[1].now is not None
    assert len(found[1].now.form.items) == 5


def test_the_newcomer_reads_who_sees_it_before_they_answer(started: Started) -> None:
    mine = my_check_in(started.hiring.house, actor=started.newcomer.actor, now=noon(DAY_7))

    assert (mine.who_sees, mine.lead) == ("Grace and the HR team", "Grace")


def test_what_is_said_is_kept_under_seal_and_the_log_has_no_word_of_it(started: Started) -> None:
    started.say(7, [1, None, 3, 4, 5], words=SECRET)

    mine = my_check_in(started.hiring.house, actor=started.newcomer.actor, now=noon(DAY_7)).now
    assert mine is not None
    assert dict(mine.check_in.answers) == {"tools": 1, "whom_to_ask": None, "as_told": 3, "welcome": 4, "role": 5}
    assert mine.check_in.own_words == SECRET
    with started.hiring.house.database.read() as connection:
        sealed = connection.execute(
            select(check_ins.c.body_sealed).where(check_ins.c.body_sealed.is_not(None))
        ).scalar()
        logged = " ".join(connection.execute(select(events.c.body)).scalars())
    assert SECRET.encode() not in bytes(sealed or b"")
    assert SECRET not in logged
    assert '"whom_to_ask"' not in logged


def test_answers_are_changed_within_two_days_and_then_stand(started: Started) -> None:
    started.say(7, [1, 1, 1, 1, 1])
    started.say(7, [4, 4, 4, 4, 4], now=noon(DAY_7 + timedelta(days=2)))

    with pytest.raises(ClosedError, match="The days for these answers are over"):
        started.say(7, [5, 5, 5, 5, 5], now=noon(DAY_7 + timedelta(days=3)))

    mine = my_check_in(started.hiring.house, actor=started.newcomer.actor, now=noon(DAY_7 + timedelta(days=3))).now
    assert mine is not None
    assert (set(mine.check_in.given.values()), mine.may_answer, mine.change_until) == (
        {4},
        False,
        DAY_7 + timedelta(days=2),
    )
    kinds = ("check_in_answered", "check_in_changed")
    assert [e["kind"] for kind in kinds for e in events_of(started.hiring.house, kind)] == list(kinds)


@pytest.mark.parametrize(
    "answers",
    [{"tools": 6}, {"tools": 0}, {"tools": True}, {"stay": 4}, {}],
    ids=["6", "0", "yes", "not asked", "none"],
)
def test_an_answer_off_the_scale_and_nothing_at_all_are_not_taken(started: Started, answers: dict[str, int]) -> None:
    with pytest.raises(SheetError):
        answer_own(started.hiring.house, 7, answers, actor=started.newcomer.actor, now=noon(DAY_7))

    assert events_of(started.hiring.house, "check_in_answered") == []


def test_rather_not_saying_anything_is_an_answer_too(started: Started) -> None:
    started.say(7, [None] * 5)

    mine = my_check_in(started.hiring.house, actor=started.newcomer.actor, now=noon(DAY_7)).now
    assert mine is not None
    assert mine.check_in.answered_at == noon(DAY_7)
    assert side_mean(mine.check_in.answers) is None


def test_too_early_too_late_and_no_such_day_are_refused(started: Started) -> None:
    for day, when, error in (
        (7, DAY_7 - timedelta(days=1), ClosedError),
        (7, DAY_7 + timedelta(days=15), ClosedError),
        (30, DAY_7, ClosedError),
    ):
        with pytest.raises(error):
            started.say(day, [4] * 5, now=noon(when))
    with pytest.raises(UnknownIdError):
        answer_own(started.hiring.house, 8, {"tools": 4}, actor=started.newcomer.actor, now=noon(DAY_7))


def test_who_was_not_hired_is_asked_nothing(hiring: Hiring) -> None:
    person = hiring.invite("Bo")

    with pytest.raises(NotAllowedError):
        my_check_in(hiring.house, actor=person.begin(), now=hiring.now)


def test_a_wish_to_talk_is_told_at_once_and_once(started: Started) -> None:
    started.say(7, [4] * 5, talk=True)
    started.say(7, [4, 4, 4, 4, 5], talk=True, now=noon(DAY_7) + timedelta(hours=1))

    (message,) = told(started.hiring.house, "manager_wants_talk")
    assert message.account == started.lead.account_id
    assert "10 December 2026" in message.text  # three working days after Monday
    assert f"/newcomer?application={started.application}" in message.text


def test_a_wish_taken_back_before_it_went_is_not_told_and_can_be_said_again(started: Started) -> None:
    started.say(7, [4] * 5, talk=True)
    started.say(7, [4] * 5, now=noon(DAY_7) + timedelta(hours=1))
    with started.hiring.house.database.read() as connection:
        dropped = listed(connection, started.hiring.staff.organisation_id, template="manager_wants_talk")
    started.say(7, [4] * 5, talk=True, now=noon(DAY_7) + timedelta(hours=2))

    assert [row.status for row in dropped] == ["dropped"]
    assert len(told(started.hiring.house, "manager_wants_talk")) == 2


def test_without_a_supervisor_the_one_who_hired_hears_of_it_or_their_deputy(hiring: Hiring) -> None:
    alone = start(hiring)
    unassign(
        hiring.house,
        alone.application,
        alone.lead.account_id or "",
        duty="supervisor",
        actor=hiring.staff,
        now=hiring.now,
    )
    deputy = colleague(hiring, "Dora", "hr_manager").actor
    go_away(hiring.house, DAY_7, DAY_7, deputy.account_id or "", actor=hiring.staff, now=hiring.now)

    alone.say(7, [4] * 5, talk=True)

    (message,) = told(hiring.house, "manager_wants_talk")
    assert message.account == deputy.account_id
    assert my_check_in(hiring.house, actor=alone.newcomer.actor, now=noon(DAY_7)).who_sees == "Ada Voss and the HR team"


def test_a_manager_who_has_not_answered_sees_nothing_of_the_other_side_for_a_week(started: Started) -> None:
    house, app = started.hiring.house, started.application
    started.say(7, [1, 1, 1, 1, 1], words=SECRET, talk=True)

    for actor in (started.lead, started.hiring.staff):
        for days, shown in ((0, False), (6, False), (7, True)):
            found = trends(house, app, actor=actor, now=noon(DAY_7 + timedelta(days=days)))
            assert (found.days[0].newcomer is not None) == shown
            assert (SECRET in repr(found)) == shown
            assert found.days[0].wants_talk
    form = check_in_for(house, app, 7, actor=started.lead, now=noon(DAY_7))
    assert (form.newcomer_answered, form.wants_talk, form.readable_from) == (True, True, DAY_7 + timedelta(days=7))
    assert SECRET not in repr(form)


def test_once_the_own_view_is_given_both_are_read_side_by_side(started: Started) -> None:
    started.say(7, [2, 4, None, 4, 5])
    started.see(7, [4, 3, 3, 4, 5], words="Her locker")

    (first, *_) = trends(started.hiring.house, started.application, actor=started.lead, now=noon(DAY_7)).days

    assert first.newcomer is not None
    assert first.newcomer.mean == SideMean(3.75, 4, 2, 5)
    assert first.manager.mean == SideMean(3.8, 5, 3, 5)
    assert [(p.newcomer, p.manager, p.is_large) for p in first.pairs] == [(2, 4, True), (4, 4, False), (5, 5, False)]
    assert (first.manager.by, first.manager.check_in.own_words, first.late) == ("Grace", "Her locker", False)
    assert first.newcomer.lines[2][1] == "I would rather not say"


def test_pairs_are_about_the_same_thing_and_two_steps_apart_are_large() -> None:
    near, far = Pair(7, "a", "b", 3, 4), Pair(7, "a", "b", 5, 3)

    assert (near.apart, near.is_large, far.apart, far.is_large) == (1, False, 2, True)


def test_a_view_given_after_the_other_could_be_read_says_so(started: Started) -> None:
    started.say(7, [4] * 5)
    started.see(7, [4] * 5, now=noon(DAY_7 + timedelta(days=7)))

    late = trends(started.hiring.house, started.application, actor=started.lead, now=noon(DAY_7 + timedelta(days=8)))

    assert late.days[0].late


def test_a_manager_changes_their_view_only_until_both_have_answered(started: Started) -> None:
    started.see(7, [3] * 5)
    started.see(7, [4] * 5, now=noon(DAY_7) + timedelta(hours=1))
    started.say(7, [1] * 5)

    with pytest.raises(ClosedError):
        started.see(7, [1] * 5, now=noon(DAY_7) + timedelta(hours=2))

    found = trends(started.hiring.house, started.application, actor=started.lead, now=noon(DAY_7))
    assert found.days[0].manager.mean == SideMean(4.0, 5, 4, 4)


def test_nobody_else_reads_or_answers_for_the_manager(started: Started) -> None:
    house, app = started.hiring.house, started.application
    started.say(7, [1] * 5, words=SECRET)
    answers = dict.fromkeys(check_in_key().day(7).manager, 4)

    for actor in (
        colleague(started.hiring, "Una", "supervisor").actor,
        colleague(started.hiring, "Ivo", "interviewer").actor,
        started.newcomer.actor,
    ):
        for verb in (
            lambda a: trends(house, app, actor=a, now=noon(DAY_7)),
            lambda a: check_in_for(house, app, 7, actor=a, now=noon(DAY_7)),
            lambda a: answer_for(house, app, 7, answers, actor=a, now=noon(DAY_7)),
        ):
            with pytest.raises((NotAllowedError, UnknownIdError)):
                verb(actor)


def test_in_spanish_the_lines_and_what_goes_wrong_are_in_spanish(hiring: Hiring) -> None:
    eva = start(hiring, "Eva", language="es")

    mine = my_check_in(hiring.house, actor=eva.newcomer.actor, now=noon(DAY_7))

    assert mine.now is not None
    assert mine.now.form.language == "es"
    assert mine.who_sees == "Grace y el equipo de Recursos Humanos"
    with pytest.raises(ClosedError, match="El plazo"):
        eva.say(30, [4] * 5, now=noon(DAY_7))
