"""Working through a module: steps, picks with a word at once, own notes, and what staff see of it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from assessment.errors import AnswerError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.learning import confirm, learners, learning_of, training_library
from assessment.services.module_work import (
    do_step,
    finish,
    my_modules,
    open_module,
    pick_answer,
    save_notes,
    undo_step,
)
from assessment.storage.schema import events, module_work
from assessment.training.module import shipped_modules
from tests.hiring import Hiring, events_of
from tests.interviewing import colleague
from tests.learning import MODULE, at_work, do_all, for_growth
from tests.newcomers import Newcomer, hire, supervise
from tests.picking import told

NOTES = "I spoke too loud on Monday; a violet umbrella"


@pytest.fixture
def ana(hiring: Hiring) -> Newcomer:
    return at_work(hiring)


def test_a_module_is_read_with_the_scene_of_ones_own_work_and_looking_changes_nothing(
    hiring: Hiring, ana: Newcomer
) -> None:
    work = open_module(hiring.house, MODULE, actor=ana.actor)

    assert (work.module.title, work.own_scene) == ("Privacy at the desk, on the phone and on screen", True)
    assert "Is Mr. Cole here" in work.scene
    assert (work.begun, work.steps_left, work.checks_left) == (False, 5, 3)
    assert events_of(hiring.house, "module_begun") == []


def test_without_a_scene_of_ones_own_another_one_stands_there_and_says_so(hiring: Hiring) -> None:
    nurse = at_work(hiring.open_another("registered_nurse"))

    work = open_module(hiring.house, MODULE, actor=nurse.actor)

    assert (work.own_scene, work.scene_role) == (False, "front_desk_officer")


def test_steps_are_ticked_once_and_the_tick_can_be_taken_back(hiring: Hiring, ana: Newcomer) -> None:
    for step in (2, 2, 1):
        do_step(hiring.house, MODULE, step, actor=ana.actor, now=hiring.now)
    undo_step(hiring.house, MODULE, 2, actor=ana.actor, now=hiring.now)
    undo_step(hiring.house, MODULE, 2, actor=ana.actor, now=hiring.now)

    work = open_module(hiring.house, MODULE, actor=ana.actor)

    assert (work.steps, work.steps_left, work.begun) == ({1}, 4, True)
    assert [e["step"] for e in events_of(hiring.house, "module_step_done")] == [2, 1]
    assert [e["step"] for e in events_of(hiring.house, "module_step_undone")] == [2]
    for step in (0, 6):
        with pytest.raises(SheetError, match="expected 1 to 5"):
            do_step(hiring.house, MODULE, step, actor=ana.actor, now=hiring.now)


def test_every_pick_gets_a_word_at_once_and_another_may_be_picked(hiring: Hiring, ana: Newcomer) -> None:
    first = pick_answer(hiring.house, MODULE, "is_he_here", "a", actor=ana.actor, now=hiring.now)
    second = pick_answer(hiring.house, MODULE, "is_he_here", "b", actor=ana.actor, now=hiring.now)

    assert (first.fits, second.fits) == (False, True)
    assert "That he comes here is private too." in first.feedback
    assert second.answer.startswith("Not without his consent")
    assert dict(open_module(hiring.house, MODULE, actor=ana.actor).picks) == {"is_he_here": "b"}
    with pytest.raises(AnswerError, match="one of a, b, c"):
        pick_answer(hiring.house, MODULE, "is_he_here", "d", actor=ana.actor, now=hiring.now)
    with pytest.raises(UnknownIdError, match="who_is_it"):
        pick_answer(hiring.house, MODULE, "another", "a", actor=ana.actor, now=hiring.now)


def test_notes_are_sealed_the_newer_one_stands_and_the_same_again_changes_nothing(
    hiring: Hiring, ana: Newcomer
) -> None:
    save_notes(hiring.house, MODULE, "first", rev=1, actor=ana.actor, now=hiring.now)
    save_notes(hiring.house, MODULE, NOTES, rev=3, actor=ana.actor, now=hiring.now)
    late = save_notes(hiring.house, MODULE, "came late", rev=2, actor=ana.actor, now=hiring.now)
    equal = save_notes(hiring.house, MODULE, "equal", rev=3, actor=ana.actor, now=hiring.now)

    with hiring.house.database.read() as connection:
        kept = connection.execute(select(module_work)).one()
    assert (late.text, equal.text, late.rev) == (NOTES, NOTES, 3)
    assert NOTES.encode() not in kept.notes_sealed
    assert open_module(hiring.house, MODULE, actor=ana.actor).notes.text == NOTES
    with pytest.raises(SheetError, match="4,000"):
        save_notes(hiring.house, MODULE, "x" * 4_001, rev=4, actor=ana.actor, now=hiring.now)


def test_what_is_left_is_said_kindly_and_in_ones_language(hiring: Hiring, ana: Newcomer) -> None:
    lucia = at_work(hiring, "Lucía Gil", language="es")
    for step in range(1, 5):
        do_step(hiring.house, MODULE, step, actor=ana.actor, now=hiring.now)
    pick_answer(hiring.house, MODULE, "is_he_here", "a", actor=ana.actor, now=hiring.now)

    with pytest.raises(SheetError) as english:
        finish(hiring.house, MODULE, actor=ana.actor, now=hiring.now)
    with pytest.raises(SheetError) as spanish:
        finish(hiring.house, MODULE, actor=lucia.actor, now=hiring.now)

    assert str(english.value) == "You are nearly there. One step is still open. 2 questions are still open."
    assert str(spanish.value) == "Ya casi está. Quedan 5 pasos. Quedan 3 preguntas."
    do_step(hiring.house, MODULE, 5, actor=ana.actor, now=hiring.now)
    with pytest.raises(SheetError, match="2 questions are still open"):
        finish(hiring.house, MODULE, actor=ana.actor, now=hiring.now)
    assert open_module(hiring.house, MODULE, actor=ana.actor).done_at is None


def test_a_module_is_done_whatever_was_picked_and_stays_done(hiring: Hiring, ana: Newcomer) -> None:
    do_all(hiring, ana)
    later = hiring.now + timedelta(days=1)
    undo_step(hiring.house, MODULE, 1, actor=ana.actor, now=later)
    finish(hiring.house, MODULE, actor=ana.actor, now=later)

    assert open_module(hiring.house, MODULE, actor=ana.actor).done_at == hiring.now
    assert len(events_of(hiring.house, "module_done")) == 1


def test_ones_own_modules_are_those_of_the_plan_and_more_for_ones_role(hiring: Hiring, ana: Newcomer) -> None:
    do_step(hiring.house, "hard_news_spikes", 1, actor=ana.actor, now=hiring.now)  # not for the desk, but begun
    do_all(hiring, ana)

    mine = my_modules(hiring.house, [MODULE, "welcome_aidet", "gone_long_ago"], actor=ana.actor)

    for_the_desk = {id_ for id_, key in shipped_modules().items() if "front_desk_officer" in key.roles}
    assert [(one.id, one.state) for one in mine.planned] == [(MODULE, "done"), ("welcome_aidet", "new")]
    assert {one.id for one in mine.more} == for_the_desk - {MODULE, "welcome_aidet"} | {"hard_news_spikes"}
    assert mine.done == 1


def test_a_module_is_for_those_who_work_here_only(hiring: Hiring) -> None:
    actor = hiring.invite().come_in(now=hiring.now)

    with pytest.raises(NotAllowedError, match="once you work with us"):
        open_module(hiring.house, MODULE, actor=actor)
    with pytest.raises(NotAllowedError, match="once you work with us"):
        do_step(hiring.house, MODULE, 1, actor=actor, now=hiring.now)
    with pytest.raises(NotAllowedError, match="only the candidate"):
        open_module(hiring.house, MODULE, actor=hiring.staff)


def test_a_supervisor_sees_what_is_done_and_never_steps_picks_or_notes(hiring: Hiring, ana: Newcomer) -> None:
    grace = supervise(hiring, ana)
    do_all(hiring, ana)
    do_step(hiring.house, "welcome_aidet", 1, actor=ana.actor, now=hiring.now)
    save_notes(hiring.house, MODULE, NOTES, rev=1, actor=ana.actor, now=hiring.now)

    seen = learning_of(hiring.house, ana.application, actor=grace)

    assert {(one.id, one.state) for one in seen.modules} == {(MODULE, "done"), ("welcome_aidet", "begun")}
    assert (seen.done, seen.minutes) == (1, shipped_modules()[MODULE].minutes)
    assert NOTES not in repr(seen)
    assert not {"steps", "picks", "notes"} & set(vars(seen.modules[0]))
    with hiring.house.database.read() as connection:
        log = " ".join(connection.execute(select(events.c.body)).scalars())
    assert NOTES not in log
    assert not [one for one in events_of(hiring.house, "module_answered") if {"pick", "letter", "picks"} & set(one)]


def test_seen_in_practice_is_kept_with_who_and_when_and_told_once(hiring: Hiring, ana: Newcomer) -> None:
    grace = supervise(hiring, ana)
    with pytest.raises(NotAllowedError, match="not done yet"):
        confirm(hiring.house, ana.application, MODULE, actor=grace, now=hiring.now)
    do_all(hiring, ana)

    confirm(hiring.house, ana.application, MODULE, actor=grace, now=hiring.now)
    confirm(hiring.house, ana.application, MODULE, actor=hiring.staff, now=hiring.now + timedelta(days=1))

    (one,) = learning_of(hiring.house, ana.application, actor=hiring.staff).modules
    mine = open_module(hiring.house, MODULE, actor=ana.actor)
    (message,) = told(hiring.house, "module_confirmed")
    assert (one.state, one.seen_by, one.seen_at) == ("confirmed", "Grace", hiring.now)
    assert (mine.seen_by, mine.seen_at) == ("Grace", hiring.now)
    assert "Privacy at the desk, on the phone and on screen" in message.text
    assert len(events_of(hiring.house, "module_confirmed")) == 1


def test_a_supervisor_has_no_way_to_somebody_elses_people(hiring: Hiring, ana: Newcomer) -> None:
    bo = at_work(hiring, "Bo Lind")
    grace = supervise(hiring, bo)
    do_all(hiring, ana)

    for act in (
        lambda: learning_of(hiring.house, ana.application, actor=grace),
        lambda: confirm(hiring.house, ana.application, MODULE, actor=grace, now=hiring.now),
    ):
        with pytest.raises(UnknownIdError):
            act()
    with pytest.raises(NotAllowedError):
        learning_of(hiring.house, ana.application, actor=colleague(hiring, "Ivo").actor)


def test_the_library_counts_everybody_for_hr_and_own_people_for_a_supervisor(hiring: Hiring, ana: Newcomer) -> None:
    bo = at_work(hiring, "Bo Lind")
    grace = supervise(hiring, bo)
    do_all(hiring, ana)
    do_step(hiring.house, MODULE, 1, actor=bo.actor, now=hiring.now)

    of_all, of_own = (
        next(one for one in training_library(hiring.house, actor=actor) if one.module.id == MODULE)
        for actor in (hiring.staff, grace)
    )

    assert (of_all.begun, of_all.done, of_all.confirmed) == (2, 1, 0)
    assert (of_own.begun, of_own.done, of_own.confirmed) == (1, 0, 0)


def test_the_newcomers_are_listed_with_how_much_they_have_done(hiring: Hiring, ana: Newcomer) -> None:
    bo = at_work(hiring, "Bo Lind")
    grace = supervise(hiring, bo)
    do_all(hiring, ana)
    do_step(hiring.house, "welcome_aidet", 1, actor=ana.actor, now=hiring.now)

    everybody = learners(hiring.house, actor=hiring.staff)

    minutes = shipped_modules()[MODULE].minutes
    assert [(one.name, one.begun, one.done, one.minutes) for one in everybody] == [
        ("Ana Ruiz", 2, 1, minutes),
        ("Bo Lind", 0, 0, 0),
    ]
    assert [one.name for one in learners(hiring.house, actor=grace)] == ["Bo Lind"]


def test_what_somebody_learns_for_their_own_growth_is_seen_and_counted_by_nobody(hiring: Hiring) -> None:
    nurse = for_growth(hiring.open_another("registered_nurse"), "Zanzibar Quux")
    do_all(hiring, nurse)

    counted = next(one for one in training_library(hiring.house, actor=hiring.staff) if one.module.id == MODULE)

    assert my_modules(hiring.house, [MODULE], actor=nurse.actor).done == 1
    assert (counted.begun, counted.done) == (0, 0)
    assert learners(hiring.house, actor=hiring.staff) == ()
    with pytest.raises(UnknownIdError):
        learning_of(hiring.house, nurse.application, actor=hiring.staff)


def test_it_holds_for_somebody_hired_the_long_way(hiring: Hiring) -> None:
    newcomer = hire(hiring)

    do_all(hiring, newcomer, now=hiring.now + timedelta(minutes=3))

    assert learning_of(hiring.house, newcomer.application, actor=hiring.staff).done == 1


def test_a_tick_that_was_kept_under_an_earlier_version_does_not_count_twice(hiring: Hiring, ana: Newcomer) -> None:
    do_all(hiring, ana)
    with hiring.house.database.write() as connection:
        values = {"steps": json.dumps([1, 2, 9]), "picks": json.dumps({"gone": "a"})}
        connection.execute(module_work.update().values(**values))

    work = open_module(hiring.house, MODULE, actor=ana.actor)

    assert (work.steps, dict(work.picks)) == ({1, 2}, {})
