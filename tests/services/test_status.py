"""Where an application stands, in steps with dates, and nothing of a decision that was not sent."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from assessment.errors import ClosedError
from assessment.services.decisions import Decided
from assessment.services.interviews import ask_to_pick, cancel_pick, pick
from assessment.services.stages import move
from assessment.services.status import Status, lands_on_status, status
from tests.deciding import offer, refuse, send, to_decide
from tests.hiring import Hiring, Person
from tests.interviewing import colleague, finish_tellingly
from tests.picking import offer as slots_offer
from tests.picking import told


def seen(hiring: Hiring, person: Person, *, now: datetime | None = None) -> Status:
    return status(hiring.house, actor=person.come_in(), now=now or hiring.now)


def steps(found: Status) -> list[tuple[str, str, date | None, date | None, bool]]:
    return [(s.id, s.state, s.on, s.by, s.late) for s in found.steps]


def test_while_answers_are_open(hiring: Hiring) -> None:
    person = hiring.invite("Ana")

    assert steps(seen(hiring, person)) == [
        ("received", "now", None, date(2026, 12, 8), False),
        ("reading", "next", None, None, False),
        ("talk", "next", None, None, False),
        ("decision", "next", None, None, False),
    ]


def test_handed_in_it_says_by_when_and_owns_up_to_being_late(hiring: Hiring) -> None:
    person = finish_tellingly(hiring, "Ana")

    assert steps(seen(hiring, person))[:2] == [
        ("received", "done", date(2026, 11, 24), None, False),
        ("reading", "now", None, date(2026, 12, 1), False),
    ]
    (late,) = (s for s in seen(hiring, person, now=hiring.now + timedelta(days=8)).steps if s.id == "reading")
    assert late.late


def test_asked_picked_and_over(hiring: Hiring) -> None:
    person = finish_tellingly(hiring, "Ana")
    (slot,) = slots_offer(hiring, colleague(hiring, "Ivo").actor.account_id or "")
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)
    asked = seen(hiring, person)
    late = seen(hiring, person, now=hiring.now + timedelta(days=6))
    pick(hiring.house, slot, actor=person.come_in(), now=hiring.now)
    picked = seen(hiring, person)
    over = seen(hiring, person, now=datetime(2026, 12, 8, 14, 0, tzinfo=UTC))

    assert steps(asked)[1:3] == [
        ("reading", "done", date(2026, 11, 24), None, False),
        ("talk", "now", None, date(2026, 11, 29), False),
    ]
    assert (asked.asked, asked.may_pick, late.steps[2].late) == (True, True, True)
    assert steps(picked)[2:] == [
        ("talk", "now", date(2026, 12, 8), None, False),
        ("decision", "next", None, None, False),
    ]
    assert picked.picked is not None
    assert picked.picked.when == "Tuesday 8 December at 14:00 (Madrid time)"
    assert steps(over)[2:] == [
        ("talk", "done", date(2026, 12, 8), None, False),
        ("decision", "now", None, date(2026, 12, 15), False),
    ]
    assert not over.may_pick


def test_a_deadline_is_not_later_than_the_times_there_are(hiring: Hiring) -> None:
    person = finish_tellingly(hiring, "Ana")
    slots_offer(hiring, colleague(hiring, "Ivo").actor.account_id or "", days=[date(2026, 11, 26)])
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)

    assert seen(hiring, person).steps[2].by == date(2026, 11, 25)
    assert "25 November 2026" in told(hiring.house, "interview_invitation")[0].text


def test_a_decision_shows_only_once_its_message_was_sent(hiring: Hiring) -> None:
    person = to_decide(hiring, "Ana")
    move(hiring.house, [person.application], "decision", actor=hiring.staff, now=hiring.now)
    before = seen(hiring, person)
    done = refuse(hiring, person)
    drafted, lands = seen(hiring, person), lands_on_status(hiring.house, actor=person.come_in())
    send(hiring, done.id)
    sent = seen(hiring, person)

    assert [s.id for s in before.steps] == ["received", "reading", "decision"]
    assert (before.steps[-1].state, before.steps[-1].by) == ("now", date(2026, 12, 1))
    assert ([s.state for s in drafted.steps], drafted.outcome, lands) == ([s.state for s in before.steps], "", False)
    assert (sent.outcome, sent.open, sent.steps[-1].state) == ("not_taken", False, "done")
    assert lands_on_status(hiring.house, actor=person.come_in())


def test_who_was_asked_for_a_time_still_sees_so_while_an_answer_is_not_sent(hiring: Hiring) -> None:
    person = to_decide(hiring, "Ana")
    slots_offer(hiring, colleague(hiring, "Ivo").actor.account_id or "")
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)

    refuse(hiring, person)

    found = seen(hiring, person)
    assert (found.asked, found.may_pick, found.outcome) == (True, True, "")
    assert [s.id for s in found.steps if s.state == "now"] == ["talk"]


@pytest.mark.parametrize("decide", [offer, refuse])
def test_until_it_is_sent_a_decision_closes_nothing_for_the_person(
    hiring: Hiring, decide: Callable[..., Decided]
) -> None:
    person = to_decide(hiring, "Ana")
    (slot,) = slots_offer(hiring, colleague(hiring, "Ivo").actor.account_id or "")
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)
    before = seen(hiring, person)

    done = decide(hiring, person)

    assert seen(hiring, person) == before
    assert pick(hiring.house, slot, actor=person.come_in(), now=hiring.now).id == slot
    cancel_pick(hiring.house, actor=person.come_in(), now=hiring.now)
    send(hiring, done.id)
    assert not seen(hiring, person).may_pick
    with pytest.raises(ClosedError, match="cannot be picked any more"):
        pick(hiring.house, slot, actor=person.come_in(), now=hiring.now)


def test_after_an_offer_was_sent_the_talk_is_no_more_given_back_here(hiring: Hiring) -> None:
    person = to_decide(hiring, "Ana")
    (slot,) = slots_offer(hiring, colleague(hiring, "Ivo").actor.account_id or "")
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)
    pick(hiring.house, slot, actor=person.come_in(), now=hiring.now)
    send(hiring, offer(hiring, person).id)

    with pytest.raises(ClosedError, match="cannot be picked any more"):
        cancel_pick(hiring.house, actor=person.come_in(), now=hiring.now)

    assert told(hiring.house, "interview_cancelled") == []
