"""A candidate's own words are kept, sealed, apart from the answers, and shown as they were written."""

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.answers import submit
from assessment.services.own_words import MOST, ask, ask_adjustment, note, notes, questions
from assessment.services.replies import answer_question
from assessment.storage.schema import adjustments
from assessment.storage.schema import notes as notes_table
from assessment.storage.schema import questions as questions_table
from tests.hiring import NOW, Hiring, events_of

STRANGE = "<b>not me</b> =1+1 '; drop table notes; -- ![x](http://evil.example/y) ‮ 🙂"


def test_a_note_about_a_facet_comes_back_as_it_was_written(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    submit(hiring.house, actor=actor, now=NOW, skip=True)

    note(hiring.house, STRANGE, facet="voi", actor=actor, now=NOW)

    (written,) = notes(hiring.house, actor=actor)
    assert (written.facet, written.text, written.written_at) == ("voi", STRANGE, NOW)


def test_words_are_sealed_and_the_log_does_not_hold_them(hiring: Hiring) -> None:
    actor = hiring.invite().begin()

    note(hiring.house, "a secret of mine", actor=actor, now=NOW)
    ask(hiring.house, "a secret of mine", actor=actor, now=NOW)
    ask_adjustment(hiring.house, ["paper"], "a secret of mine", actor=actor, now=NOW)

    with hiring.house.database.read() as connection:
        kept = [connection.execute(t.select()).all() for t in (notes_table, questions_table, adjustments)]
    assert b"secret" not in repr(kept).encode()
    assert "secret" not in repr([events_of(hiring.house, k) for k in ("note_written", "question_asked")])


def test_a_question_waits_until_somebody_answers(hiring: Hiring) -> None:
    actor = hiring.invite().begin()

    ask(hiring.house, "Is there a night shift?", actor=actor, now=NOW)

    (asked,) = questions(hiring.house, actor=actor)
    assert (asked.text, asked.answer) == ("Is there a night shift?", None)


def test_an_answer_reaches_the_one_who_asked(hiring: Hiring) -> None:
    person = hiring.invite()
    actor = person.begin()
    ask(hiring.house, "Is there a night shift?", actor=actor, now=NOW)
    with hiring.house.database.read() as connection:
        question = connection.execute(questions_table.select()).one().id

    answer_question(hiring.house, person.application, question, "No.", actor=hiring.staff, now=NOW)

    (asked,) = questions(hiring.house, actor=actor)
    assert (asked.answer, asked.answered_at) == ("No.", NOW)


@pytest.mark.parametrize("words", ["", "   \n", "x" * 10_000])
def test_empty_and_endless_words_are_refused(hiring: Hiring, words: str) -> None:
    actor = hiring.invite().begin()

    for verb in (note, ask):
        with pytest.raises(SheetError):
            verb(hiring.house, words, actor=actor, now=NOW)


def test_a_facet_that_is_not_asked_is_refused(hiring: Hiring) -> None:
    with pytest.raises(UnknownIdError, match="there are: hon"):
        note(hiring.house, "words", facet="gen", actor=hiring.invite().begin(), now=NOW)


def test_an_adjustment_needs_a_choice_or_a_word_and_no_reason(hiring: Hiring) -> None:
    actor = hiring.invite().come_in()

    ask_adjustment(hiring.house, ["large_print"], "", actor=actor, now=NOW)

    with pytest.raises(SheetError, match="choose what helps"):
        ask_adjustment(hiring.house, [], "  ", actor=actor, now=NOW)
    with pytest.raises(UnknownIdError, match="no adjustment"):
        ask_adjustment(hiring.house, ["magic"], "", actor=actor, now=NOW)


def test_a_machine_that_writes_without_end_is_stopped(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    for _ in range(MOST):
        note(hiring.house, "again", actor=actor, now=NOW)

    with pytest.raises(SheetError, match="write or call"):
        note(hiring.house, "again", actor=actor, now=NOW)


def test_staff_do_not_speak_for_a_candidate(hiring: Hiring) -> None:
    with pytest.raises(NotAllowedError):
        note(hiring.house, "words", actor=hiring.staff, now=NOW)
