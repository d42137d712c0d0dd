"""A candidate on their way: where they are, how they read, whether they stay."""

from datetime import date, timedelta

import pytest

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.sitting import (
    agree,
    answer_fact,
    choose_language,
    choose_text_size,
    come_back,
    leave,
    look,
    move_to,
)
from assessment.storage.audit import first_bad
from assessment.storage.schema import applications
from tests.hiring import NOW, Hiring, events_of

LATER = NOW + timedelta(days=15)


def test_a_fresh_sitting_shows_what_is_asked(hiring: Hiring) -> None:
    sitting = look(hiring.house, actor=hiring.invite("Sofia Marino").come_in(), now=NOW)

    assert (sitting.status, sitting.step, sitting.agreed) == ("open", "welcome", False)
    assert (sitting.person_name, sitting.organisation.name) == ("Sofia Marino", "St Anne's")
    assert sitting.left == len(sitting.form.fields()) == 58
    assert len(sitting.facts) == 6
    assert sitting.read_by == date(2026, 12, 1)
    assert sitting.norms_kind == "provisional"


def test_looking_changes_nothing(hiring: Hiring) -> None:
    actor = hiring.invite().come_in()

    assert look(hiring.house, actor=actor, now=NOW) == look(hiring.house, actor=actor, now=NOW)


def test_facts_come_in_the_language_chosen(hiring: Hiring) -> None:
    actor = hiring.invite(language="en").come_in()
    in_english = look(hiring.house, actor=actor, now=NOW).facts

    choose_language(hiring.house, "es", actor=actor, now=NOW)

    in_spanish = look(hiring.house, actor=actor, now=NOW).facts
    assert [f.id for f in in_spanish] == [f.id for f in in_english]
    assert all(s.text != e.text for s, e in zip(in_spanish, in_english, strict=True))


def test_a_language_that_is_not_there_is_refused(hiring: Hiring) -> None:
    with pytest.raises(UnknownIdError, match="there are: en, es"):
        choose_language(hiring.house, "xx", actor=hiring.invite().come_in(), now=NOW)


def test_large_text_is_remembered(hiring: Hiring) -> None:
    actor = hiring.invite().come_in()

    choose_text_size(hiring.house, large=True, actor=actor, now=NOW)

    assert look(hiring.house, actor=actor, now=NOW).large_text is True


def test_nobody_goes_on_before_agreeing(hiring: Hiring) -> None:
    actor = hiring.invite().come_in()

    with pytest.raises(NotAllowedError, match="read the notice"):
        move_to(hiring.house, "questions", actor=actor, now=NOW)


def test_agreeing_leads_to_the_job_and_twice_is_once(hiring: Hiring) -> None:
    actor = hiring.invite().come_in()

    agree(hiring.house, actor=actor, now=NOW)
    agree(hiring.house, actor=actor, now=NOW)

    assert look(hiring.house, actor=actor, now=NOW).step == "job"
    assert len(events_of(hiring.house, "agreed")) == 1


@pytest.mark.parametrize("step", ["welcome", "job", "practice", "questions"])
def test_any_step_can_be_walked_to(hiring: Hiring, step: str) -> None:
    actor = hiring.invite().begin()

    move_to(hiring.house, step, actor=actor, now=NOW)

    assert look(hiring.house, actor=actor, now=NOW).step == step


@pytest.mark.parametrize("step", ["result", "left", "closed", "", "x" * 10_000])
def test_steps_that_come_about_by_themselves_cannot_be_walked_to(hiring: Hiring, step: str) -> None:
    with pytest.raises(UnknownIdError, match="no step"):
        move_to(hiring.house, step, actor=hiring.invite().begin(), now=NOW)


def test_an_answer_to_a_fact_is_kept_and_can_be_changed(hiring: Hiring) -> None:
    actor = hiring.invite().begin()

    answer_fact(hiring.house, "busy_phones", "talk", actor=actor, now=NOW)
    answer_fact(hiring.house, "busy_phones", "fine", actor=actor, now=NOW)

    assert look(hiring.house, actor=actor, now=NOW).fact_answers == {"busy_phones": "fine"}


@pytest.mark.parametrize(("fact", "answer"), [("busy_phones", "perhaps"), ("no_such_fact", "fine")])
def test_a_fact_or_answer_that_is_not_there_is_refused(hiring: Hiring, fact: str, answer: str) -> None:
    actor = hiring.invite().begin()

    with pytest.raises(UnknownIdError):
        answer_fact(hiring.house, fact, answer, actor=actor, now=NOW)

    assert look(hiring.house, actor=actor, now=NOW).fact_answers == {}


def test_leaving_is_one_tap_and_the_reason_is_sealed(hiring: Hiring) -> None:
    actor = hiring.invite().begin()

    leave(hiring.house, "The shifts start too early", actor=actor, now=NOW)

    sitting = look(hiring.house, actor=actor, now=NOW)
    assert (sitting.status, sitting.step) == ("withdrawn", "left")
    with hiring.house.database.read() as connection:
        kept = connection.execute(applications.select()).one()
    assert b"shifts" not in kept.withdrawn_because_sealed
    assert hiring.house.vault.open(kept.withdrawn_because_sealed) == "The shifts start too early"


def test_leaving_needs_no_reason_and_happens_before_agreeing_too(hiring: Hiring) -> None:
    actor = hiring.invite().come_in()

    leave(hiring.house, "", actor=actor, now=NOW)
    leave(hiring.house, "", actor=actor, now=NOW)

    assert look(hiring.house, actor=actor, now=NOW).status == "withdrawn"
    assert len(events_of(hiring.house, "left")) == 1


def test_a_reason_of_ten_thousand_characters_is_refused(hiring: Hiring) -> None:
    actor = hiring.invite().come_in()

    with pytest.raises(SheetError, match="2,000 characters"):
        leave(hiring.house, "x" * 10_000, actor=actor, now=NOW)

    assert look(hiring.house, actor=actor, now=NOW).status == "open"


def test_whoever_left_can_come_back_to_every_answer(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    save_answers(hiring.house, [Answer("voi_01", 4, 1)], actor=actor, now=NOW)
    leave(hiring.house, "", actor=actor, now=NOW)

    come_back(hiring.house, actor=actor, now=NOW)

    sitting = look(hiring.house, actor=actor, now=NOW)
    assert (sitting.status, sitting.step, sitting.answers) == ("open", "questions", {"voi_01": 4})


def test_leaving_after_the_end_keeps_the_result(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    submit(hiring.house, actor=actor, now=NOW, skip=True)

    leave(hiring.house, "", actor=actor, now=NOW)

    assert look(hiring.house, actor=actor, now=NOW).status == "submitted"


def test_a_sitting_whose_days_are_over_cannot_be_changed(hiring: Hiring) -> None:
    actor = hiring.invite().begin()

    with pytest.raises(ClosedError, match="days for answering are over"):
        move_to(hiring.house, "questions", actor=actor, now=LATER)

    assert look(hiring.house, actor=actor, now=LATER).status == "expired"


def test_somebody_elses_sitting_is_out_of_reach(hiring: Hiring) -> None:
    mine, theirs = hiring.invite("Ana").begin(), hiring.invite("Ben").begin()

    save_answers(hiring.house, [Answer("voi_01", 4, 1)], actor=mine, now=NOW)

    assert look(hiring.house, actor=theirs, now=NOW).answers == {}


def test_another_organisation_is_out_of_reach(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    stranger = Actor("candidate", "0" * 32, sitting_id=actor.sitting_id)

    with pytest.raises(UnknownIdError, match="no sitting"):
        look(hiring.house, actor=stranger, now=NOW)


def test_staff_cannot_walk_through_a_sitting(hiring: Hiring) -> None:
    with pytest.raises(NotAllowedError, match="only the candidate"):
        look(hiring.house, actor=hiring.staff, now=NOW)


def test_every_change_writes_one_event_and_the_chain_holds(hiring: Hiring) -> None:
    actor = hiring.invite().come_in()
    choose_language(hiring.house, "es", actor=actor, now=NOW)
    agree(hiring.house, actor=actor, now=NOW)
    answer_fact(hiring.house, "busy_phones", "fine", actor=actor, now=NOW)
    move_to(hiring.house, "practice", actor=actor, now=NOW)
    leave(hiring.house, "", actor=actor, now=NOW)

    kinds = ("language_chosen", "agreed", "fact_answered", "moved", "left")
    assert [len(events_of(hiring.house, kind)) for kind in kinds] == [1, 1, 1, 1, 1]
    with hiring.house.database.read() as connection:
        assert first_bad(connection, actor.organisation_id) is None
