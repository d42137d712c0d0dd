"""Whose turn it is, by the days that were promised to the person."""

from datetime import date, timedelta

from assessment.services.interviews import cancel_pick, pick
from assessment.services.next_steps import next_steps
from assessment.services.offers import answer_offer
from assessment.services.reading import reading
from assessment.services.to_do import ToDo
from tests import picking
from tests.deciding import offer, propose, send, to_decide
from tests.hiring import Hiring
from tests.services.test_stages import finished


def ours(hiring: Hiring, *, days: float = 0) -> tuple[ToDo, ...]:
    return next_steps(hiring.house, actor=hiring.staff, now=hiring.now + timedelta(days=days)).on_us


def theirs(hiring: Hiring, *, days: float = 0) -> tuple[ToDo, ...]:
    return next_steps(hiring.house, actor=hiring.staff, now=hiring.now + timedelta(days=days)).on_candidates


def test_somebody_to_read_is_ours_and_overdue_after_the_promised_day(hiring: Hiring) -> None:
    person = finished(hiring)

    before, after = ours(hiring), ours(hiring, days=8)
    reading(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    assert [(t.kind, t.overdue) for t in (*before, *after)] == [("read", False), ("read", True)]
    assert [t.kind for t in ours(hiring)] == ["next"]


def test_many_who_wait_for_the_same_word_are_one_line(hiring: Hiring) -> None:
    for name in ("Ana", "Bo", "Cy", "Di"):
        reading(hiring.house, finished(hiring, name).application, actor=hiring.staff, now=hiring.now)

    (line,) = ours(hiring)

    assert (line.title, line.link) == (
        "Say what comes next for 4 people",
        f"/board?vacancy={hiring.vacancy}",
    )


def test_an_offer_waits_on_the_person_until_their_day_and_a_yes_waits_on_us(hiring: Hiring) -> None:
    person = to_decide(hiring)
    send(hiring, offer(hiring, person).id)

    (waiting,) = theirs(hiring)
    answer_offer(hiring.house, "accepted", actor=person.come_in(), now=hiring.now)

    assert (waiting.kind, waiting.at.date()) == ("offer", hiring.now.date() + timedelta(days=7))
    assert [(t.kind, t.overdue) for t in ours(hiring, days=1)] == [("hire", False)]
    assert [t.overdue for t in ours(hiring, days=3)] == [True]


def test_another_job_waits_until_the_day_that_the_person_was_told(hiring: Hiring) -> None:
    other = hiring.open_another("help_desk_agent")
    by = date(2026, 12, 4)
    send(hiring, propose(hiring, to_decide(hiring), other.vacancy, by=by).id)

    (waiting,) = theirs(hiring)

    assert (waiting.kind, waiting.at.date()) == ("redirect", by)


def test_somebody_who_gave_the_time_back_is_not_called_never_asked(hiring: Hiring) -> None:
    offered = picking.offer(hiring, hiring.staff.account_id or "")
    (person,) = picking.asked(hiring, "Ana")
    actor = person.come_in()
    asked = theirs(hiring)
    pick(hiring.house, offered[0], actor=actor, now=hiring.now)
    booked = (*ours(hiring), *theirs(hiring))
    cancel_pick(hiring.house, actor=actor, now=hiring.now)

    assert [t.kind for t in asked] == ["pick"]
    assert booked == ()
    assert [t.title for t in theirs(hiring)] == ["Ana gave the time back"]
