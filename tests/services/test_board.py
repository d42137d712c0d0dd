"""The board, the stage on the list, and one application's way: who stands where, since when, and who moved them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.roles.stage_template import shipped_stages
from assessment.services.actor import Actor
from assessment.services.answers import submit
from assessment.services.board import MOST_CARDS, board
from assessment.services.shortlist import filter_rows, list_candidates, number_of, rows_csv
from assessment.services.sitting import leave
from assessment.services.stage_history import stage_history
from assessment.services.stage_templates import edit_stage_template
from assessment.services.stages import move, undo
from assessment.storage.clock import stamp
from assessment.storage.schema import interviews, slots
from tests.hiring import Hiring, Person, answer_all


def finished(hiring: Hiring, name: str, *, hours: float = 0) -> Person:
    person = hiring.invite(name)
    actor = person.begin()
    answer_all(hiring.house, actor)
    submit(hiring.house, actor=actor, now=hiring.now + timedelta(hours=hours))
    return person


def shown(hiring: Hiring, *, days: float = 0) -> dict[str, list[str]]:
    found = board(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now + timedelta(days=days))
    return {c.stage: [card.name for card in c.cards] for c in found.columns if c.count}


def leave_out(hiring: Hiring, stage: str) -> None:
    rules = [{**r.model_dump(), "used": r.id != stage} for r in shipped_stages().stages]
    edit_stage_template(
        hiring.house, "front_desk_officer", rules, reason="Not here", actor=hiring.staff, now=hiring.now
    )


def book(hiring: Hiring, person: Person, at: datetime, zone: str) -> None:
    with hiring.house.database.write() as connection:
        connection.execute(
            insert(slots).values(
                id="s" * 32,
                vacancy_id=hiring.vacancy,
                account_id=hiring.staff.account_id,
                starts_at=stamp(at),
                ends_at=stamp(at + timedelta(minutes=30)),
                buffer_minutes=0,
                time_zone=zone,
                place="Room 2",
                created_at=stamp(hiring.now),
            )
        )
        connection.execute(
            insert(interviews).values(
                id="i" * 32,
                application_id=person.application,
                slot_id="s" * 32,
                status="booked",
                uid="u",
                sequence=0,
                asked_at=stamp(hiring.now),
                changed_at=stamp(hiring.now),
            )
        )


def test_everybody_stands_in_one_column_longest_there_first(hiring: Hiring) -> None:
    hiring.invite("Ana")
    bo, cy = finished(hiring, "Bo"), finished(hiring, "Cy", hours=1)  # on the list Bo comes first
    leave(hiring.house, "", actor=hiring.invite("Di").begin(), now=hiring.now)
    for person, days in ((cy, 1), (bo, 2)):
        now = hiring.now + timedelta(days=days)
        move(hiring.house, [person.application], "interview", actor=hiring.staff, now=now)

    found = board(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now + timedelta(days=9))

    assert shown(hiring, days=9) == {"invited": ["Ana"], "interview": ["Cy", "Bo"]}
    assert {stage: count for stage, _, count in found.ended} == {
        "hired": 0,
        "not_taken": 0,
        "withdrawn": 1,
        "redirected": 0,
    }
    assert [(c.stage, c.overdue) for c in found.columns if c.count] == [("invited", 1), ("interview", 1)]


def test_a_long_column_shows_the_first_and_counts_the_rest(hiring: Hiring) -> None:
    for n in range(MOST_CARDS + 3):
        hiring.invite(f"Person {n}")

    found = board(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)

    assert (found.columns[0].count, len(found.columns[0].cards), found.columns[0].more) == (28, 25, 3)


def test_a_stage_left_out_is_shown_only_while_somebody_stands_there(hiring: Hiring) -> None:
    person = finished(hiring, "Ana")
    move(hiring.house, [person.application], "interview", actor=hiring.staff, now=hiring.now)
    leave_out(hiring, "interview")

    before = board(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)
    move(hiring.house, [person.application], "to_read", actor=hiring.staff, now=hiring.now)
    after = board(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)

    assert ["interview" in [c.stage for c in found.columns] for found in (before, after)] == [True, False]
    assert (after.targets, after.next_stage("to_read")) == (("invited", "answering", "to_read", "decision"), "decision")


def test_from_each_stage_there_is_one_way_on_until_a_person_decides(hiring: Hiring) -> None:
    found = board(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)

    onward = [
        found.next_stage(stage) for stage in ("invited", "answering", "to_read", "interview", "decision", "offer")
    ]
    assert onward == [None, None, "interview", "decision", None, None]


def test_a_booked_interview_is_shown_on_the_clock_of_its_place(hiring: Hiring) -> None:
    person = finished(hiring, "Ana")
    book(hiring, person, datetime(2026, 12, 1, 9, tzinfo=UTC), "Europe/Madrid")

    found = board(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)

    assert f"{found.interviews[person.application]:%d %b %H:%M}" == "01 Dec 10:00"


def test_the_list_knows_stage_days_and_what_is_overdue(hiring: Hiring) -> None:
    ana, bo = finished(hiring, "Ana"), finished(hiring, "Bo")
    move(hiring.house, [bo.application], "decision", actor=hiring.staff, now=hiring.now + timedelta(days=3))

    rows = list_candidates(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now + timedelta(days=4))
    exactly = list_candidates(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now + timedelta(days=3))

    by_name = filter_rows(rows, sort="name")
    assert [(r.name, r.stage, r.days_in_stage, r.overdue, r.engagement) for r in by_name] == [
        ("Ana", "to_read", 4, True, "employed"),
        ("Bo", "decision", 1, False, "employed"),
    ]
    assert [r.overdue for r in exactly] == [False, False]  # three days are allowed, and no more have passed
    assert [r.name for r in filter_rows(rows, stages=["decision"])] == ["Bo"]
    assert [r.name for r in filter_rows(rows, overdue=True)] == ["Ana"]
    assert filter_rows(rows, engagements=["agency"]) == ()
    assert [r.name for r in filter_rows(rows, sort="stage")] == ["Ana", "Bo"]
    assert rows_csv(by_name).splitlines()[1].startswith("Ana,finished,To read,4,4,")
    assert [number_of(hiring.house, p.application, actor=hiring.staff) for p in (ana, bo)] == [
        next(r.number for r in rows if r.application_id == p.application) for p in (ana, bo)
    ]


def test_moving_somebody_is_seen_at_once_on_a_list_that_was_read_before(hiring: Hiring) -> None:
    person = finished(hiring, "Ana")
    list_candidates(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)

    move(hiring.house, [person.application], "interview", actor=hiring.staff, now=hiring.now)

    (row,) = list_candidates(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)
    assert row.stage == "interview"


def test_the_history_says_who_moved_somebody_when_and_why(hiring: Hiring) -> None:
    person = finished(hiring, "Ana")
    (moved,) = move(
        hiring.house,
        [person.application],
        "interview",
        because="Good to talk",
        actor=hiring.staff,
        now=hiring.now + timedelta(hours=1),
    )

    before = stage_history(hiring.house, person.application, actor=hiring.staff, now=hiring.now + timedelta(hours=2))
    undo(hiring.house, moved, actor=hiring.staff, now=hiring.now + timedelta(hours=2))
    after = stage_history(hiring.house, person.application, actor=hiring.staff, now=hiring.now + timedelta(hours=2))

    assert [(m.words, m.by, m.because) for m in before.moves] == [
        ("Invited", "Ada Voss", ""),
        ("Invited → Answering", "by the candidate’s own doing", ""),
        ("Answering → To read", "by the candidate’s own doing", ""),
        ("To read → Interview", "Ada Voss", "Good to talk"),
    ]
    assert (before.stage, before.undo, list(before.targets)) == (
        "interview",
        moved,
        ["invited", "answering", "to_read", "decision"],
    )
    assert (after.stage, after.undo, after.moves[-1].words) == ("to_read", None, "Back to To read, a move was undone")


def test_several_moves_are_undone_together_or_not_at_all(hiring: Hiring) -> None:
    people = [finished(hiring, name) for name in ("Ana", "Bo")]
    ids = [person.application for person in people]
    moves = move(hiring.house, ids, "interview", actor=hiring.staff, now=hiring.now)
    move(hiring.house, ids[1:], "decision", actor=hiring.staff, now=hiring.now)

    with pytest.raises(NotAllowedError):
        undo(hiring.house, *moves, actor=hiring.staff, now=hiring.now)

    assert shown(hiring) == {"interview": ["Ana"], "decision": ["Bo"]}


def test_interviewers_and_other_organisations_see_no_board(hiring: Hiring) -> None:
    person = finished(hiring, "Ana")
    interviewer = Actor("staff", hiring.staff.organisation_id, "1" * 32, "interviewer")
    stranger = Actor("staff", "0" * 32, "1" * 32, "hr_manager")

    for actor, error in ((interviewer, NotAllowedError), (stranger, UnknownIdError)):
        with pytest.raises(error):
            board(hiring.house, hiring.vacancy, actor=actor, now=hiring.now)
        with pytest.raises(error):
            stage_history(hiring.house, person.application, actor=actor, now=hiring.now)
        with pytest.raises(error):
            number_of(hiring.house, person.application, actor=actor)
