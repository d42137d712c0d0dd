"""The inbox: one list of what candidates wrote, each with a clock, a person who sees to it, an answer and a history."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.absences import go_away
from assessment.services.accounts import add_account, disable_account
from assessment.services.actor import Actor
from assessment.services.answer_times import AnswerTimes, answer_times
from assessment.services.answering import answer_inquiry, next_step_of, ready_answers
from assessment.services.answers import submit
from assessment.services.decisions import Decided
from assessment.services.inquiries import Inquiry, inbox, inquiry, tasks_for
from assessment.services.inquiry_assignment import assign_inquiry
from assessment.services.inquiry_history import inquiry_history
from assessment.services.own_words import ask, ask_adjustment, note, notes, questions
from assessment.services.replies import answer_question
from assessment.services.sitting import choose_language
from assessment.storage.schema import outbox
from assessment.storage.schema import questions as questions_table
from tests.deciding import offer, refuse, send, to_decide
from tests.hiring import NOW, Hiring, Person, answer_all, events_of

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
WORDS = "Is there a night shift?"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessment.services.accounts.hashed", lambda password: password)


def colleague(hiring: Hiring, name: str = "Mo", role: str = "hr_manager") -> Actor:
    id_ = add_account(
        hiring.house,
        actor=hiring.staff,
        name=name,
        email=f"{name.lower()}@anne.example",
        role=role,
        password="three calm rivers",
        now=NOW,
    )
    return Actor("staff", hiring.staff.organisation_id, id_, role, name=name)


def asked(hiring: Hiring, text: str = WORDS, *, language: str = "en", now: datetime = NOW) -> tuple[Person, Inquiry]:
    person = hiring.invite("Ana Ruiz", language=language)
    ask(hiring.house, text, actor=person.begin(now=now), now=now)
    (found,) = [i for i in inbox(hiring.house, actor=hiring.staff, now=now) if i.application_id == person.application]
    return person, found


def noted(hiring: Hiring, *, now: datetime = NOW) -> tuple[Person, Inquiry]:
    person = hiring.invite("Bo Chen")
    actor = person.begin(now=now)
    answer_all(hiring.house, actor, now=now)
    submit(hiring.house, actor=actor, now=now)
    note(hiring.house, "That is not me", facet="wrm", actor=actor, now=now)
    (found,) = [i for i in inbox(hiring.house, actor=hiring.staff, now=now) if i.kind == "note"]
    return person, found


def told(hiring: Hiring, template: str) -> list[Any]:
    with hiring.house.database.read() as connection:
        rows = connection.execute(
            outbox.select().where(outbox.c.template == template).order_by(outbox.c.created_at)
        ).all()
    return [(row, hiring.house.vault.open(row.text_sealed)) for row in rows]


def test_questions_notes_and_wishes_stand_in_one_list_oldest_first(hiring: Hiring) -> None:
    person, _ = noted(hiring, now=NOW)
    ask_adjustment(hiring.house, ["breaks"], "quiet", actor=hiring.invite("Cy").come_in(), now=NOW - timedelta(hours=1))
    ask(hiring.house, WORDS, actor=person.come_in(), now=NOW + timedelta(hours=1))

    found = inbox(hiring.house, actor=hiring.staff, now=NOW)

    assert [(i.kind, i.name) for i in found] == [("adjustment", "Cy"), ("note", "Bo Chen"), ("question", "Bo Chen")]
    assert [i.about for i in found] == ["", "Welcoming warmth", ""]
    assert found[0].text == "• A quiet room or a plan with breaks\nquiet"


def test_the_clock_gives_one_working_day(hiring: Hiring) -> None:
    _, found = asked(hiring, now=FRIDAY)

    def seen(now: datetime) -> tuple[bool, str]:
        i = inquiry(hiring.house, "question", found.id, actor=hiring.staff, now=now)
        return i.overdue, i.clock

    assert found.due == MONDAY
    assert seen(FRIDAY) == (False, "Due 23 November")
    assert seen(MONDAY - timedelta(hours=3)) == (False, "3 h left")
    assert seen(MONDAY) == (False, "1 min left")
    assert seen(MONDAY + timedelta(seconds=1)) == (True, "Overdue since 23 November")


def test_the_owner_of_the_opening_is_told_once(hiring: Hiring) -> None:
    _, found = asked(hiring)

    ((row, text),) = told(hiring, "manager_question_waiting")

    assert row.account_id == hiring.staff.account_id
    assert WORDS in text
    assert "25 November 2026, 09:30" in text
    assert f"http://localhost:8501/inbox?kind=question&id={found.id}" in text


def test_while_the_owner_is_away_the_deputy_is_told_and_has_the_task(hiring: Hiring) -> None:
    mo = colleague(hiring)
    today = date(2026, 11, 24)
    go_away(hiring.house, today, today + timedelta(9), mo.account_id or "", actor=hiring.staff, now=NOW)

    asked(hiring)

    ((row, text),) = told(hiring, "manager_question_waiting")
    assert row.account_id == mo.account_id
    assert "Hello Mo," in text
    (seen,) = inbox(hiring.house, actor=mo, now=NOW)
    assert (seen.responsible, seen.stands_in) == ("Ada Voss", "Mo")
    (task,) = tasks_for(hiring.house, actor=mo, now=NOW)
    assert (task.title, task.for_whom) == ("Answer the question of Ana Ruiz", "for Ada Voss (away until 3 Dec)")
    assert tasks_for(hiring.house, actor=hiring.staff, now=NOW) == ()
    assert [len(inbox(hiring.house, which="mine", actor=a, now=NOW)) for a in (mo, hiring.staff)] == [1, 0]
    back = NOW + timedelta(10)
    assert tasks_for(hiring.house, actor=mo, now=back) == ()
    assert [t.for_whom for t in tasks_for(hiring.house, actor=hiring.staff, now=back)] == [""]


def test_what_is_given_to_a_colleague_is_theirs_and_they_are_told(hiring: Hiring) -> None:
    mo = colleague(hiring)
    _, found = asked(hiring)

    assign_inquiry(hiring.house, "question", found.id, mo.account_id, actor=hiring.staff, now=NOW)

    (given,) = inbox(hiring.house, which="mine", actor=mo, now=NOW)
    assert (given.assigned_to, given.responsible) == ("Mo", "Mo")
    assert inbox(hiring.house, which="mine", actor=hiring.staff, now=NOW) == ()
    assert inbox(hiring.house, which="unassigned", actor=hiring.staff, now=NOW) == ()
    assert [row.account_id for row, _ in told(hiring, "manager_question_waiting")] == [
        hiring.staff.account_id,
        mo.account_id,
    ]
    assign_inquiry(hiring.house, "question", found.id, None, actor=mo, now=NOW)
    assert len(inbox(hiring.house, which="mine", actor=hiring.staff, now=NOW)) == 1


def test_a_wish_for_another_way_is_given_to_nobody_else_and_not_answered_in_words(hiring: Hiring) -> None:
    ask_adjustment(hiring.house, ["breaks"], "", actor=hiring.invite().come_in(), now=NOW)
    (found,) = inbox(hiring.house, actor=hiring.staff, now=NOW)

    with pytest.raises(NotAllowedError):
        assign_inquiry(hiring.house, "adjustment", found.id, hiring.staff.account_id, actor=hiring.staff, now=NOW)
    with pytest.raises(NotAllowedError):
        answer_inquiry(hiring.house, "adjustment", found.id, "ok", actor=hiring.staff, now=NOW)


def test_a_question_is_given_only_to_hr_of_this_house(hiring: Hiring) -> None:
    rater = colleague(hiring, "Ray", role="interviewer")
    _, found = asked(hiring)

    with pytest.raises(NotAllowedError, match="HR manager"):
        assign_inquiry(hiring.house, "question", found.id, rater.account_id, actor=hiring.staff, now=NOW)
    with pytest.raises(UnknownIdError):
        assign_inquiry(hiring.house, "question", found.id, "0" * 32, actor=hiring.staff, now=NOW)


def test_when_an_account_is_closed_its_questions_stand_before_everybody(hiring: Hiring) -> None:
    mo = colleague(hiring)
    _, found = asked(hiring)
    assign_inquiry(hiring.house, "question", found.id, mo.account_id, actor=hiring.staff, now=NOW)

    disable_account(hiring.house, mo.account_id or "", actor=hiring.staff, now=NOW)

    assert len(tasks_for(hiring.house, actor=hiring.staff, now=NOW)) == 1


def test_an_answer_goes_to_the_person_in_their_language(hiring: Hiring) -> None:
    person, found = asked(hiring, "¿Hay turno de noche?", language="es")

    answer_inquiry(hiring.house, "question", found.id, "No.", actor=hiring.staff, now=NOW)

    ((row, text),) = told(hiring, "question_answered")
    assert (row.language, row.application_id, row.status) == ("es", person.application, "queued")
    assert "¿Hay turno de noche?" in text
    assert "terminar sus preguntas" in text or "empezar sus preguntas" in text
    assert [q.answer for q in questions(hiring.house, actor=person.come_in())] == ["No."]
    assert inbox(hiring.house, actor=hiring.staff, now=NOW) == ()
    (done,) = inbox(hiring.house, which="answered", actor=hiring.staff, now=NOW)
    assert (done.answer, done.answered_by, done.overdue) == ("No.", "Ada Voss", False)


def test_a_note_is_answered_beside_the_note(hiring: Hiring) -> None:
    person, found = noted(hiring)

    answer_inquiry(hiring.house, "note", found.id, "Thank you. We will talk about it.", actor=hiring.staff, now=NOW)

    assert [n.answer for n in notes(hiring.house, actor=person.come_in())] == ["Thank you. We will talk about it."]
    ((_, text),) = told(hiring, "note_answered")
    assert "That is not me" in text
    assert "We will talk about it." in text


def test_what_is_added_later_stands_below_and_the_clock_keeps_the_first(hiring: Hiring) -> None:
    person, found = asked(hiring)
    answer_inquiry(hiring.house, "question", found.id, "No.", actor=hiring.staff, now=NOW)

    answer_inquiry(hiring.house, "question", found.id, "Now there is.", actor=hiring.staff, now=NOW + timedelta(days=2))

    seen = inquiry(hiring.house, "question", found.id, actor=hiring.staff, now=NOW)
    assert seen.answer == "No.\n\n26 November 2026: Now there is."
    assert seen.answered_at == NOW
    assert [row.key.rpartition(":")[2] for row, _ in told(hiring, "question_answered")] == ["1", "1"]
    assert "No.\n" not in told(hiring, "question_answered")[1][1]
    assert [q.answer for q in questions(hiring.house, actor=person.come_in())] == [seen.answer]


def test_the_history_says_who_did_what_and_when(hiring: Hiring) -> None:
    mo = colleague(hiring)
    _, found = asked(hiring)
    later = [NOW + timedelta(hours=h) for h in (1, 2, 3, 4)]

    assign_inquiry(hiring.house, "question", found.id, mo.account_id, actor=hiring.staff, now=later[0])
    assign_inquiry(hiring.house, "question", found.id, None, actor=mo, now=later[1])
    answer_inquiry(hiring.house, "question", found.id, "No.", actor=mo, now=later[2])
    answer_inquiry(hiring.house, "question", found.id, "Yes.", actor=hiring.staff, now=later[3])

    history = inquiry_history(hiring.house, "question", found.id, actor=hiring.staff, now=NOW)
    assert [h.what for h in history] == [
        "Asked by Ana Ruiz",
        "Given to Mo by Ada Voss",
        "Given back to the owner of the opening by Mo",
        "Answered by Mo",
        "Added to by Ada Voss",
    ]
    assert [h.at for h in history] == [NOW, *later]


def test_ready_answers_are_in_the_language_of_the_person_and_filled(hiring: Hiring) -> None:
    person, found = asked(hiring)
    choose_language(hiring.house, "es", actor=person.come_in(), now=NOW)

    ready = {r.id: r for r in ready_answers(hiring.house, "question", found.id, actor=hiring.staff, now=NOW)}

    assert ready["when_news"].title == "When there is news"
    assert "1 de diciembre de 2026" in ready["when_news"].text
    assert "1 December 2026" in ready["when_news"].english
    assert "16 an hour" in ready["pay"].text
    assert "result_thanks" not in ready


def test_an_answer_with_a_gap_is_not_sent(hiring: Hiring) -> None:
    _, found = asked(hiring)
    ready = {r.id: r for r in ready_answers(hiring.house, "question", found.id, actor=hiring.staff, now=NOW)}

    with pytest.raises(SheetError, match=r"square brackets: \[day\]"):
        answer_inquiry(hiring.house, "question", found.id, ready["need_to_ask"].text, actor=hiring.staff, now=NOW)
    with pytest.raises(SheetError, match="write something"):
        answer_inquiry(hiring.house, "question", found.id, " ", actor=hiring.staff, now=NOW)

    answer_inquiry(hiring.house, "question", found.id, "[sic] it is so", actor=hiring.staff, now=NOW)
    assert told(hiring, "question_answered")


def test_the_next_step_comes_from_the_stage_and_may_be_changed(hiring: Hiring) -> None:
    _, found = asked(hiring)

    usual = next_step_of(hiring.house, "question", found.id, actor=hiring.staff, now=NOW)
    answer_inquiry(
        hiring.house,
        "question",
        found.id,
        "No.",
        next_step="call me",
        next_on=date(2026, 11, 27),
        actor=hiring.staff,
        now=NOW,
    )

    assert (usual.words, usual.on) == ("start your questions", date(2026, 12, 8))
    assert "Your next step: call me, by 27 November 2026." in told(hiring, "question_answered")[0][1]


@pytest.mark.parametrize(
    ("decide", "after"), [(offer, "tell us if you want the job"), (refuse, "ask us more if you like")]
)
def test_the_next_step_betrays_no_decision_that_was_not_sent(
    hiring: Hiring, decide: Callable[..., Decided], after: str
) -> None:
    person = to_decide(hiring)
    ask(hiring.house, WORDS, actor=person.come_in(), now=NOW)
    (found,) = inbox(hiring.house, actor=hiring.staff, now=NOW)
    step = lambda: next_step_of(hiring.house, "question", found.id, actor=hiring.staff, now=NOW).words  # noqa: E731
    done = decide(hiring, person)
    drafted = step()

    answer_inquiry(hiring.house, "question", found.id, "No.", actor=hiring.staff, now=NOW)
    send(hiring, done.id)

    assert "we decide and tell you" in told(hiring, "question_answered")[0][1]
    assert (drafted, step()) == ("we decide and tell you", after)


def test_how_many_were_answered_within_a_working_day(hiring: Hiring) -> None:
    def answered(after: timedelta | None) -> None:
        _, found = asked(hiring, now=FRIDAY)
        if after is not None:
            answer_inquiry(hiring.house, "question", found.id, "No.", actor=hiring.staff, now=FRIDAY + after)

    for after in (timedelta(minutes=5), timedelta(days=3), timedelta(days=3, seconds=1), None):
        answered(after)
    asked(hiring, now=NOW)

    found = answer_times(hiring.house, actor=hiring.staff, since=FRIDAY, now=NOW)

    assert found == AnswerTimes(within=2, later=1, overdue=1, waiting=1)
    assert found.share == 0.5
    assert answer_times(hiring.house, actor=hiring.staff, since=NOW + timedelta(1), now=NOW).share is None


def test_overdue_ones_are_found(hiring: Hiring) -> None:
    asked(hiring, now=FRIDAY)
    asked(hiring, now=NOW)

    assert [i.asked_at for i in inbox(hiring.house, which="overdue", actor=hiring.staff, now=NOW)] == [FRIDAY]


def test_words_and_answers_are_sealed_and_not_in_the_log(hiring: Hiring) -> None:
    _, found = asked(hiring, "a secret of mine")
    answer_inquiry(hiring.house, "question", found.id, "another secret", actor=hiring.staff, now=NOW)

    with hiring.house.database.read() as connection:
        kept = [connection.execute(t.select()).all() for t in (questions_table, outbox)]
    assert "secret" not in repr(kept)
    assert [e["subject"] for e in events_of(hiring.house, "question_answered")] == [found.id]


def test_the_old_verb_answers_too_and_keeps_to_the_application(hiring: Hiring) -> None:
    person, found = asked(hiring)

    with pytest.raises(UnknownIdError, match="question"):
        answer_question(hiring.house, hiring.invite().application, found.id, "No.", actor=hiring.staff, now=NOW)
    answer_question(hiring.house, person.application, found.id, "No.", actor=hiring.staff, now=NOW)

    assert len(told(hiring, "question_answered")) == 1


@pytest.mark.parametrize("who", ["stranger", "interviewer", "supervisor", "candidate"])
def test_nobody_but_hr_of_this_house_reads_or_answers(hiring: Hiring, who: str) -> None:
    person, found = asked(hiring)
    actor = {
        "stranger": Actor("staff", "0" * 32, "1" * 32, "hr_manager"),
        "interviewer": Actor("staff", hiring.staff.organisation_id, "1" * 32, "interviewer"),
        "supervisor": Actor("staff", hiring.staff.organisation_id, "1" * 32, "supervisor"),
        "candidate": person.come_in(),
    }[who]
    verbs: list[Callable[[], Any]] = [
        lambda: inquiry(hiring.house, "question", found.id, actor=actor, now=NOW),
        lambda: inquiry_history(hiring.house, "question", found.id, actor=actor, now=NOW),
        lambda: ready_answers(hiring.house, "question", found.id, actor=actor, now=NOW),
        lambda: next_step_of(hiring.house, "question", found.id, actor=actor, now=NOW),
        lambda: answer_inquiry(hiring.house, "question", found.id, "x", actor=actor, now=NOW),
        lambda: assign_inquiry(hiring.house, "question", found.id, None, actor=actor, now=NOW),
    ]

    for verb in verbs:
        with pytest.raises((NotAllowedError, UnknownIdError)):
            verb()
