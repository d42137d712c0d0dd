"""Where applications stand, and every move with who and when."""

from datetime import timedelta

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.remind_by_hand import remind
from assessment.services.sitting import come_back, leave
from assessment.services.stages import MOST_AT_ONCE, Move, move, moves, undo
from assessment.storage import stages as stored
from assessment.storage.clock import stamp
from tests.hiring import Hiring, Person, answer_all, events_of


def path(hiring: Hiring, person: Person) -> list[tuple[str | None, str]]:
    return [(m.from_stage, m.to_stage) for m in moves(hiring.house, person.application, actor=hiring.staff)]


def last(hiring: Hiring, person: Person) -> Move:
    return moves(hiring.house, person.application, actor=hiring.staff)[-1]


def finished(hiring: Hiring, name: str = "Ana") -> Person:
    person = hiring.invite(name)
    actor = person.begin()
    answer_all(hiring.house, actor)
    submit(hiring.house, actor=actor, now=hiring.now)
    return person


def test_an_application_moves_by_itself_until_it_is_to_be_read(hiring: Hiring) -> None:
    person = finished(hiring)

    assert path(hiring, person) == [(None, "invited"), ("invited", "answering"), ("answering", "to_read")]


def test_a_second_answer_moves_nobody(hiring: Hiring) -> None:
    person = hiring.invite()
    actor = person.begin()

    for value in (3, 4):
        save_answers(hiring.house, [Answer("liv_01", value, value)], actor=actor, now=hiring.now)

    assert path(hiring, person) == [(None, "invited"), ("invited", "answering")]


def test_a_move_by_hand_is_kept_with_who_when_and_why(hiring: Hiring) -> None:
    person = finished(hiring)

    move(
        hiring.house,
        [person.application],
        "interview",
        because="Good to talk",
        actor=hiring.staff,
        now=hiring.now + timedelta(hours=1),
    )

    found = last(hiring, person)
    assert (found.by, found.because, found.at) == (
        hiring.staff.account_id,
        "Good to talk",
        hiring.now + timedelta(hours=1),
    )
    assert [(e["from"], e["to"]) for e in events_of(hiring.house, "stage_moved")][-1] == ("to_read", "interview")


def test_a_move_is_undone_and_both_stay_in_the_record(hiring: Hiring) -> None:
    person = finished(hiring)
    (moved,) = move(hiring.house, [person.application], "interview", actor=hiring.staff, now=hiring.now)

    undo(hiring.house, moved, actor=hiring.staff, now=hiring.now + timedelta(minutes=5))

    assert path(hiring, person)[-2:] == [("to_read", "interview"), ("interview", "to_read")]
    assert last(hiring, person).undoes == moved


def test_what_was_overtaken_or_is_old_or_was_not_by_hand_is_not_undone(hiring: Hiring) -> None:
    person = finished(hiring)
    by_itself = last(hiring, person).id
    (first,) = move(hiring.house, [person.application], "interview", actor=hiring.staff, now=hiring.now)
    (second,) = move(hiring.house, [person.application], "decision", actor=hiring.staff, now=hiring.now + timedelta(1))

    for id_, now in ((first, hiring.now + timedelta(1)), (second, hiring.now + timedelta(3)), (by_itself, hiring.now)):
        with pytest.raises(NotAllowedError):
            undo(hiring.house, id_, actor=hiring.staff, now=now)

    assert path(hiring, person)[-1] == ("interview", "decision")


@pytest.mark.parametrize("stage", ["offer", "hired", "not_taken", "withdrawn", "redirected"])
def test_nobody_is_refused_hired_or_withdrawn_by_a_click(hiring: Hiring, stage: str) -> None:
    person = finished(hiring)

    with pytest.raises(NotAllowedError):
        move(hiring.house, [person.application], stage, because="x", actor=hiring.staff, now=hiring.now)

    assert path(hiring, person)[-1] == ("answering", "to_read")


def test_of_many_all_are_moved_or_none(hiring: Hiring) -> None:
    one, other = finished(hiring, "Ana"), finished(hiring, "Bo")

    with pytest.raises(UnknownIdError):
        move(hiring.house, [one.application, "nobody"], "interview", actor=hiring.staff, now=hiring.now)
    moved = move(hiring.house, [one.application, other.application], "interview", actor=hiring.staff, now=hiring.now)

    assert len(moved) == 2
    assert len(path(hiring, one)) == 4


def test_too_many_at_once_are_refused_before_anything_is_held_up(hiring: Hiring) -> None:
    ids = [str(n) for n in range(MOST_AT_ONCE + 1)]

    with pytest.raises(SheetError, match="500 people at a time"):
        move(hiring.house, ids, "interview", actor=hiring.staff, now=hiring.now)
    with pytest.raises(SheetError, match="500 people at a time"):
        remind(hiring.house, ids, actor=hiring.staff, now=hiring.now)


def test_somebody_who_leaves_is_withdrawn_and_comes_back_to_where_they_were(hiring: Hiring) -> None:
    person = finished(hiring)
    actor = person.come_in()

    leave(hiring.house, "", actor=actor, now=hiring.now)
    come_back(hiring.house, actor=actor, now=hiring.now)

    assert path(hiring, person)[-2:] == [("to_read", "withdrawn"), ("withdrawn", "to_read")]


def test_another_organisation_moves_nobody_here(hiring: Hiring) -> None:
    person = finished(hiring)
    stranger = Actor("staff", "0" * 32, "1" * 32, "hr_manager")

    with pytest.raises(UnknownIdError):
        move(hiring.house, [person.application], "interview", actor=stranger, now=hiring.now)
    with pytest.raises(UnknownIdError):
        undo(hiring.house, last(hiring, person).id, actor=stranger, now=hiring.now)


def test_undo_gives_the_old_date_back(hiring: Hiring) -> None:
    person = finished(hiring)
    later = hiring.now + timedelta(days=6)
    (moved,) = move(hiring.house, [person.application], "interview", actor=hiring.staff, now=later)

    undo(hiring.house, moved, actor=hiring.staff, now=later + timedelta(minutes=1))

    with hiring.house.database.read() as connection:
        row = stored.current(connection, person.application, organisation_id=hiring.staff.organisation_id)
    assert row is not None
    assert (row.stage, row.stage_since) == ("to_read", stamp(hiring.now))


def test_somebody_who_has_not_handed_in_goes_on_to_a_talk_only_with_a_reason(hiring: Hiring) -> None:
    person = hiring.invite()
    on = [person.application]

    with pytest.raises(NotAllowedError, match="has not handed in"):
        move(hiring.house, on, "interview", actor=hiring.staff, now=hiring.now)
    move(hiring.house, on, "interview", because="Cannot read small print", actor=hiring.staff, now=hiring.now)

    assert path(hiring, person)[-1] == ("invited", "interview")
