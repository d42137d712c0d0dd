"""The kit of one interview: what is asked, why, what stays hidden, and when it is frozen."""

from datetime import timedelta

import pytest

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.roles.interview_guide import interview_guide
from assessment.services.answers import submit
from assessment.services.interview_kit import Kit, interview_sheet, make_kit, other_questions, swap_question
from assessment.services.ratings import save_rating
from assessment.storage.schema import interviews, slots
from tests.hiring import Hiring, answer_all, events_of
from tests.interviewing import colleague, finish_tellingly, interviewer_of


def kit_of(hiring: Hiring, application: str) -> Kit:
    return make_kit(hiring.house, application, actor=hiring.staff, now=hiring.now)


def test_three_questions_of_the_role_come_before_three_of_the_open_points_of_this_person(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)

    kit = kit_of(hiring, person.application)

    assert [q.asked.id for q in kit.questions[:3]] == [f"front_desk_officer_{n}" for n in (1, 2, 3)]
    assert {"liv_b1", "pat_b1"} <= {q.asked.id for q in kit.questions[3:]}
    said = {q.asked.id: q.because for q in kit.questions}
    assert said["pat_b1"] == "Patience is clearly outside the range of the role."
    assert said["front_desk_officer_1"] == "Everybody is asked this for the role."


def test_somebody_who_has_not_finished_is_asked_about_the_signature_of_the_role(hiring: Hiring) -> None:
    person = hiring.invite()

    kit = kit_of(hiring, person.application)

    assert [q.asked.id for q in kit.questions[3:]] == ["liv_b1", "wrm_b1", "pat_b1"]
    assert (kit.made_from_answers, kit.answers_since) == (False, False)


def test_a_kit_is_made_once_and_made_anew_only_when_asked(hiring: Hiring) -> None:
    person = hiring.invite()
    first = kit_of(hiring, person.application)
    actor = person.begin(now=hiring.now)
    answer_all(hiring.house, actor, now=hiring.now)
    submit(hiring.house, actor=actor, now=hiring.now)

    later = kit_of(hiring, person.application)
    anew = make_kit(hiring.house, person.application, again=True, actor=hiring.staff, now=hiring.now)

    assert [q.asked.id for q in later.questions] == [q.asked.id for q in first.questions]
    assert (later.answers_since, anew.answers_since, anew.made_from_answers) == (True, False, True)
    assert [event["finished"] for event in events_of(hiring.house, "kit_made")] == [False, True]


def test_a_question_for_this_person_is_swapped_for_another_of_the_guide(hiring: Hiring) -> None:
    person = hiring.invite()
    before = kit_of(hiring, person.application)

    after = swap_question(hiring.house, person.application, "wrm_b1", "wrm_s1", actor=hiring.staff, now=hiring.now)

    assert "wrm_s1" in other_questions(before, hiring.house)
    assert "wrm_s1" not in other_questions(after, hiring.house)
    assert [q.asked.id for q in after.questions[3:]] == ["liv_b1", "wrm_s1", "pat_b1"]
    assert after.questions[4].because == "Chosen by hand."
    assert [(e["from"], e["to"]) for e in events_of(hiring.house, "question_swapped")] == [("wrm_b1", "wrm_s1")]


@pytest.mark.parametrize(
    ("question", "other", "error"),
    [
        ("front_desk_officer_1", "wrm_s1", NotAllowedError),
        ("wrm_b1", "liv_b1", UnknownIdError),
        ("wrm_b1", "billing_clerk_1", UnknownIdError),
        ("nothing", "wrm_s1", UnknownIdError),
    ],
)
def test_what_everybody_is_asked_what_is_asked_already_and_what_is_no_question_cannot_be_swapped(
    hiring: Hiring, question: str, other: str, error: type[Exception]
) -> None:
    person = hiring.invite()
    kit_of(hiring, person.application)

    with pytest.raises(error):
        swap_question(hiring.house, person.application, question, other, actor=hiring.staff, now=hiring.now)


def test_a_kit_is_frozen_once_anybody_has_written_anything(hiring: Hiring) -> None:
    person = hiring.invite()
    ivo = interviewer_of(hiring, person.application)
    kit_of(hiring, person.application)
    save_rating(
        hiring.house, person.application, "liv_b1", rating=None, note="…", rev=1, actor=ivo.actor, now=hiring.now
    )

    with pytest.raises(NotAllowedError, match="begun to rate"):
        swap_question(hiring.house, person.application, "wrm_b1", "wrm_s1", actor=hiring.staff, now=hiring.now)
    with pytest.raises(NotAllowedError, match="begun to rate"):
        make_kit(hiring.house, person.application, again=True, actor=hiring.staff, now=hiring.now)
    assert kit_of(hiring, person.application).frozen


def test_only_hr_sees_a_kit_with_its_reasons(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    ivo = interviewer_of(hiring, person.application)
    kit_of(hiring, person.application)

    for actor in (ivo.actor, colleague(hiring, "Sue", "supervisor").actor):
        with pytest.raises(NotAllowedError):
            make_kit(hiring.house, person.application, actor=actor, now=hiring.now)
        with pytest.raises(NotAllowedError):
            swap_question(hiring.house, person.application, "liv_b1", "liv_b2", actor=actor, now=hiring.now)


def test_the_sheet_for_the_room_has_questions_time_and_place_and_no_facet(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    ivo = interviewer_of(hiring, person.application)
    with hiring.house.database.write() as connection:
        connection.execute(
            slots.insert().values(
                id="s" * 32,
                vacancy_id=hiring.vacancy,
                account_id=ivo.actor.account_id,
                starts_at="2026-12-08T13:00:00.000000+00:00",
                ends_at="2026-12-08T13:45:00.000000+00:00",
                buffer_minutes=0,
                time_zone="Europe/Madrid",
                place="Room 2",
                created_at="2026-11-24T09:30:00.000000+00:00",
            )
        )
        connection.execute(
            interviews.insert().values(
                id="i" * 32,
                application_id=person.application,
                slot_id="s" * 32,
                status="booked",
                uid="u",
                sequence=0,
                asked_at="2026-11-24T09:30:00.000000+00:00",
                changed_at="2026-11-24T09:30:00.000000+00:00",
            )
        )

    sheet = interview_sheet(hiring.house, person.application, actor=ivo.actor, now=hiring.now)

    assert (sheet.candidate, sheet.role) == ("Sofia Marino", "Front desk officer")
    assert sheet.when == "Tuesday 8 December, 14:00 to 14:45 (Europe/Madrid), Room 2"
    assert [q.facet for q in sheet.questions] == [""] * 6
    assert sheet.do_not_ask[-1] == interview_guide().told_anyway


def test_the_sheet_of_somebody_elses_person_does_not_exist(hiring: Hiring) -> None:
    person, other = finish_tellingly(hiring), hiring.invite("Bo")
    ivo = interviewer_of(hiring, other.application)

    with pytest.raises(UnknownIdError):
        interview_sheet(hiring.house, person.application, actor=ivo.actor, now=hiring.now + timedelta(days=1))
