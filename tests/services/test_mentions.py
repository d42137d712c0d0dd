"""Naming colleagues in a note: by choice or by @Name; they are told once and see it until they looked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.absences import go_away
from assessment.services.accounts import add_account, disable_account
from assessment.services.actor import Actor
from assessment.services.mentions import (
    Colleague,
    colleagues,
    mark_mention_seen,
    mark_mentions_seen,
    mentions_on,
    my_mentions,
    named_in,
    tasks_for,
)
from assessment.services.replies import add_comment
from assessment.storage.schema import comments, outbox
from tests.hiring import Hiring, events_of

TEAM = (Colleague("1", "Marta Vidal"), Colleague("2", "Marta Ruiz"), Colleague("3", "Li Wei"), Colleague("4", "Åsa"))


def colleague(hiring: Hiring, name: str, role: str = "hr_manager") -> Actor:
    id_ = add_account(
        hiring.house,
        actor=hiring.staff,
        name=name,
        email=f"{name.split()[0].lower()}@anne.example",
        role=role,
        password="a quiet green chair",
        now=hiring.now,
    )
    return Actor("staff", hiring.staff.organisation_id, id_, role, name=name)


def write(hiring: Hiring, application: str, text: str, *mention: str, by: Actor | None = None) -> tuple[str, ...]:
    return add_comment(hiring.house, application, text, mention=mention, actor=by or hiring.staff, now=hiring.now)


def messages(hiring: Hiring) -> list[tuple[str, str]]:
    query = select(outbox.c.account_id, outbox.c.text_sealed).where(outbox.c.template == "manager_mentioned")
    with hiring.house.database.read() as connection:
        rows = connection.execute(query).all()
    return [(row.account_id, hiring.house.vault.open(row.text_sealed)) for row in rows]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Please look, @li.", ("3",)),
        ("@LI WEI and @Åsa: what do you say?", ("3", "4")),
        ("@Marta Ruiz knows", ("2",)),
        ("@Marta Vidal, @marta ruiz", ("1", "2")),
        ("@Lisa is nobody here, nor is a@li.example", ()),
        ("Marta is not called", ()),
    ],
)
def test_a_name_after_an_at_sign_names_a_colleague(text: str, named: tuple[str, ...]) -> None:
    assert named_in(text, TEAM) == named


def test_a_first_name_that_two_bear_is_asked_back() -> None:
    with pytest.raises(SheetError, match="@Marta could be Marta Vidal or Marta Ruiz"):
        named_in("@marta please", TEAM)


def test_whoever_is_chosen_or_typed_is_told_once_and_sees_the_note(hiring: Hiring) -> None:
    bo, li = colleague(hiring, "Bo Lind"), colleague(hiring, "Li Wei")
    person = hiring.invite("Sofia Marino")

    named = write(hiring, person.application, "Please look at her dates, @bo and @Bo Lind", bo.account_id or "")
    write(hiring, person.application, "And you, @Li", by=bo)

    assert named == (bo.account_id,)
    assert [account for account, _ in messages(hiring)] == [bo.account_id, li.account_id]
    assert f"/candidate?application={person.application}" in messages(hiring)[0][1]
    (mention,) = my_mentions(hiring.house, actor=bo, now=hiring.now)
    assert (mention.by, mention.name, mention.called(masked=True), mention.title) == (
        "Ada Voss",
        "Sofia Marino",
        "Person 1",
        "Front desk officer",
    )
    assert sorted(mentions_on(hiring.house, person.application, actor=li).values()) == [("Bo Lind",), ("Li Wei",)]


def test_a_refused_name_keeps_nothing(hiring: Hiring) -> None:
    colleague(hiring, "Bo Lind")
    gone = colleague(hiring, "Cy Old")
    interviewer = colleague(hiring, "Di New", "interviewer")
    disable_account(hiring.house, gone.account_id or "", actor=hiring.staff, now=hiring.now)
    person = hiring.invite()

    for id_ in (gone.account_id, interviewer.account_id, hiring.staff.account_id, "0" * 32):
        with pytest.raises(UnknownIdError, match="no colleague"):
            write(hiring, person.application, "Look", id_ or "")

    assert [c.name for c in colleagues(hiring.house, actor=hiring.staff)] == ["Bo Lind"]
    with hiring.house.database.read() as connection:
        assert connection.execute(select(comments)).all() == []
    assert messages(hiring) == []


def test_what_was_seen_is_gone_from_today_and_noted_once(hiring: Hiring) -> None:
    bo = colleague(hiring, "Bo Lind")
    one, other = hiring.invite("Ana"), hiring.invite("Cy")
    for person in (one, one, other):
        write(hiring, person.application, "@Bo please")
    first = next(m for m in my_mentions(hiring.house, actor=bo, now=hiring.now) if m.name == "Ana")

    mark_mention_seen(hiring.house, first.comment_id, actor=hiring.staff, now=hiring.now)  # not named, so nothing
    mark_mention_seen(hiring.house, first.comment_id, actor=bo, now=hiring.now)
    mark_mention_seen(hiring.house, first.comment_id, actor=bo, now=hiring.now)
    new = mark_mentions_seen(hiring.house, one.application, actor=bo, now=hiring.now)

    assert (new, [m.name for m in my_mentions(hiring.house, actor=bo, now=hiring.now)]) == (1, ["Cy"])
    assert len(events_of(hiring.house, "mention_seen")) == 2


def test_today_asks_to_read_a_note_within_a_working_day(hiring: Hiring) -> None:
    bo = colleague(hiring, "Bo Lind")
    person = hiring.invite("Ana")
    write(hiring, person.application, "@Bo please")

    (soon,) = tasks_for(hiring.house, actor=bo, now=hiring.now + timedelta(hours=2))
    (late,) = tasks_for(hiring.house, actor=bo, now=hiring.now + timedelta(days=2))

    assert (soon.title, soon.due, soon.overdue) == ("Read the note of Ada Voss on Ana", "22 h left", False)
    assert (late.due, late.overdue) == ("Overdue since 25 November", True)
    assert soon.link == f"/candidate?application={person.application}"


def test_while_somebody_is_away_the_deputy_is_told_and_reads_it(hiring: Hiring) -> None:
    bo, li = colleague(hiring, "Bo Lind"), colleague(hiring, "Li Wei")
    day = hiring.now.date()
    go_away(hiring.house, day, day + timedelta(days=3), li.account_id or "", actor=bo, now=hiring.now)
    person = hiring.invite("Ana")

    write(hiring, person.application, "@Bo please")

    assert [account for account, _ in messages(hiring)] == [li.account_id]
    (task,) = tasks_for(hiring.house, actor=li, now=hiring.now)
    assert task.for_whom.startswith("for Bo Lind")
    mark_mentions_seen(hiring.house, person.application, actor=li, now=hiring.now)
    assert my_mentions(hiring.house, actor=bo, now=hiring.now) == ()


def test_interviewers_and_other_organisations_see_no_notes(hiring: Hiring) -> None:
    bo = colleague(hiring, "Bo Lind")
    person = hiring.invite()
    write(hiring, person.application, "@Bo please")
    interviewer = colleague(hiring, "Di New", "interviewer")
    stranger = Actor("staff", "0" * 32, bo.account_id, "hr_manager")

    for verb in (
        lambda: my_mentions(hiring.house, actor=interviewer, now=hiring.now),
        lambda: mentions_on(hiring.house, person.application, actor=interviewer),
        lambda: colleagues(hiring.house, actor=interviewer),
        lambda: write(hiring, person.application, "Hello", by=interviewer),
    ):
        with pytest.raises(NotAllowedError):
            verb()
    with pytest.raises(UnknownIdError):
        mentions_on(hiring.house, person.application, actor=stranger)
