"""A decision: one person about one application, with reasons, and nothing is sent by it."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module

import pytest
from sqlalchemy import update

import assessment.services
from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services import decisions
from assessment.services.actor import Actor
from assessment.services.assigned import assign
from assessment.services.decision_messages import send_decision
from assessment.services.decision_order import order_of
from assessment.services.decision_view import DecisionView, decision_view
from assessment.services.decisions import Decided, decide, take_back
from assessment.services.offers import my_offer
from assessment.services.refusals import my_refusal
from assessment.services.shortlist import list_candidates
from assessment.services.sitting import leave
from assessment.services.stages import move, moves
from assessment.storage.schema import applications, offers, outbox
from tests.deciding import BECAUSE, NO_TALK, ORDER, REASON, message, offer, propose, refuse, send, terms, to_decide
from tests.hiring import Hiring, Person, events_of
from tests.interviewing import colleague, finish_tellingly, interviewer_of, rate_all


def view_of(hiring: Hiring, person: Person) -> DecisionView:
    return decision_view(hiring.house, person.application, actor=hiring.staff, now=hiring.now)


def stage_of(hiring: Hiring, person: Person) -> str:
    return moves(hiring.house, person.application, actor=hiring.staff)[-1].to_stage


def rated(hiring: Hiring, person: Person) -> None:
    interviewer = interviewer_of(hiring, person.application)
    rate_all(hiring.house, person.application, interviewer.actor, [4, 4, 3, 5, 2, 4], now=hiring.now)


def test_an_offer_moves_the_person_and_keeps_who_why_and_what_was_weighed(hiring: Hiring) -> None:
    person = to_decide(hiring)

    done = offer(hiring, person)

    (made,) = view_of(hiring, person).made
    assert (made.outcome, made.by, made.because, made.standing) == ("offer", "Ada Voss", BECAUSE, True)
    assert stage_of(hiring, person) == "offer"
    (event,) = events_of(hiring.house, "decided")
    assert (event["decision"], event["actor"]) == (done.id, hiring.staff.account_id)
    assert event["weights"] == {"questionnaire": 0.0, "interview": 1.0}
    assert BECAUSE not in str(event)


def test_the_message_is_a_draft_and_the_person_sees_nothing_until_somebody_sends_it(hiring: Hiring) -> None:
    person = to_decide(hiring)
    done = offer(hiring, person)
    actor = person.come_in()
    before = my_offer(hiring.house, actor=actor, now=hiring.now)
    draft = message(hiring.house, hiring.staff.organisation_id, f"decision:{done.id}")

    text = send(hiring, done.id)

    after = my_offer(hiring.house, actor=actor, now=hiring.now)
    queued = message(hiring.house, hiring.staff.organisation_id, f"decision:{done.id}")
    assert before is None
    assert draft is not None
    assert draft.status == "draft"
    assert queued is not None
    assert queued.status == "queued"
    assert after is not None
    assert after.offer.terms == terms(hiring)
    assert "30 hours a week" in text


def test_what_somebody_changed_in_the_draft_is_what_goes_out(hiring: Hiring) -> None:
    person = to_decide(hiring)
    done = offer(hiring, person)

    send_decision(hiring.house, done.id, subject="Yes!\nreally", text="Come <b>", actor=hiring.staff, now=hiring.now)
    send_decision(hiring.house, done.id, subject="Twice", text="Twice", actor=hiring.staff, now=hiring.now)

    row = message(hiring.house, hiring.staff.organisation_id, f"decision:{done.id}")
    assert row is not None
    assert hiring.house.vault.open(row.subject_sealed) == "Yes! really"
    assert hiring.house.vault.open(row.text_sealed) == "Come <b>"


@pytest.mark.parametrize("text", ["You are in the lowest band.", "Your score was low."])
def test_a_refusal_that_speaks_of_scores_is_not_sent(hiring: Hiring, text: str) -> None:
    person = to_decide(hiring)
    done = refuse(hiring, person)

    with pytest.raises(SheetError, match="plain words"):
        send_decision(hiring.house, done.id, subject="Hello", text=text, actor=hiring.staff, now=hiring.now)

    row = message(hiring.house, hiring.staff.organisation_id, f"decision:{done.id}")
    assert row is not None
    assert row.status == "draft"


def status_of(hiring: Hiring, done: Decided) -> str:
    row = message(hiring.house, hiring.staff.organisation_id, f"decision:{done.id}")
    assert row is not None
    return str(row.status)


@pytest.mark.parametrize("decided", [offer, refuse])
def test_nothing_is_sent_to_somebody_who_has_withdrawn(hiring: Hiring, decided: Callable[..., Decided]) -> None:
    person = to_decide(hiring)
    done = decided(hiring, person)
    leave(hiring.house, "", actor=person.come_in(), now=hiring.now)

    with pytest.raises(NotAllowedError, match="has withdrawn"):
        send(hiring, done.id)

    assert status_of(hiring, done) == "draft"


def test_an_offer_whose_days_are_over_is_not_sent_and_on_its_last_day_it_is(hiring: Hiring) -> None:
    person = to_decide(hiring)
    done = offer(hiring, person)

    with pytest.raises(NotAllowedError, match="has passed"):
        send(hiring, done.id, now=hiring.now + timedelta(days=8))
    before = status_of(hiring, done)
    send(hiring, done.id, now=hiring.now + timedelta(days=7))

    assert (before, status_of(hiring, done)) == ("draft", "queued")


def test_an_offer_that_was_answered_is_not_sent(hiring: Hiring) -> None:
    person = to_decide(hiring)
    done = offer(hiring, person)
    with hiring.house.database.write() as connection:
        connection.execute(update(offers).values(answer="declined", answered_at="2026-11-24"))

    with pytest.raises(NotAllowedError, match="answered already"):
        send(hiring, done.id)

    assert status_of(hiring, done) == "draft"


@pytest.mark.parametrize("decided", [offer, refuse])
def test_where_the_application_stands_elsewhere_nothing_is_sent(
    hiring: Hiring, decided: Callable[..., Decided]
) -> None:
    person = to_decide(hiring)
    done = decided(hiring, person)
    with hiring.house.database.write() as connection:
        connection.execute(update(applications).values(stage="interview"))

    with pytest.raises(NotAllowedError, match="stands elsewhere"):
        send(hiring, done.id)

    assert status_of(hiring, done) == "draft"


def test_a_kind_refusal_holds_the_reason_and_is_read_in_the_words_that_were_sent(hiring: Hiring) -> None:
    person = to_decide(hiring)
    done = refuse(hiring, person)
    actor = person.come_in()
    before = my_refusal(hiring.house, actor=actor)

    text = send(hiring, done.id)

    found = my_refusal(hiring.house, actor=actor)
    assert before is None
    assert found is not None
    assert found.text == text
    assert REASON in text
    assert BECAUSE not in text
    assert stage_of(hiring, person) == "not_taken"


def test_without_a_named_person_nothing_is_decided(hiring: Hiring) -> None:
    person = to_decide(hiring)
    system = Actor("system", hiring.staff.organisation_id)

    with pytest.raises(NotAllowedError, match="a person's"):
        offer(hiring, person, actor=system)

    assert stage_of(hiring, person) == "to_read"


@pytest.mark.parametrize("role", ["interviewer", "supervisor"])
def test_interviewers_and_supervisors_decide_nothing_and_see_nothing_of_it(hiring: Hiring, role: str) -> None:
    person = to_decide(hiring)
    other = colleague(hiring, "Ivo", role).actor
    done = offer(hiring, person)

    with pytest.raises(NotAllowedError):
        decision_view(hiring.house, person.application, actor=other, now=hiring.now)
    with pytest.raises(NotAllowedError):
        refuse(hiring, person, actor=other)
    with pytest.raises(NotAllowedError):
        take_back(hiring.house, done.id, BECAUSE, actor=other, now=hiring.now)
    with pytest.raises(NotAllowedError):
        send(hiring, done.id, actor=other)


def test_another_organisation_finds_nobody_here(hiring: Hiring) -> None:
    person = to_decide(hiring)
    done = offer(hiring, person)
    stranger = Actor("staff", "0" * 32, "1" * 32, "hr_manager")

    with pytest.raises(UnknownIdError):
        decision_view(hiring.house, person.application, actor=stranger, now=hiring.now)
    with pytest.raises(UnknownIdError):
        refuse(hiring, person, actor=stranger)
    with pytest.raises(UnknownIdError):
        take_back(hiring.house, done.id, BECAUSE, actor=stranger, now=hiring.now)


def test_whoever_decides_has_opened_the_report_themselves_since_it_is_there(hiring: Hiring) -> None:
    person = to_decide(hiring)
    other = colleague(hiring, "Bea", "hr_manager").actor

    with pytest.raises(NotAllowedError, match="open and read the report"):
        offer(hiring, person, actor=other)

    assert view_of(hiring, person).questionnaire is not None
    assert stage_of(hiring, person) == "to_read"


def test_a_report_opened_before_the_answers_came_is_not_read(hiring: Hiring) -> None:
    person = to_decide(hiring, ago=-1)

    with pytest.raises(NotAllowedError, match="open and read the report"):
        offer(hiring, person)


def test_where_there_is_no_report_none_has_to_be_opened(hiring: Hiring) -> None:
    person = hiring.invite("On paper")
    move(
        hiring.house,
        [person.application],
        "interview",
        because="Another way was agreed",
        actor=hiring.staff,
        now=hiring.now,
    )

    offer(hiring, person)

    assert stage_of(hiring, person) == "offer"


@pytest.mark.parametrize("because", ["", "No.", "   too short here   ", "x" * 4001])
def test_reasons_are_typed(hiring: Hiring, because: str) -> None:
    person = to_decide(hiring)

    with pytest.raises(SheetError):
        offer(hiring, person, because=because)

    assert stage_of(hiring, person) == "to_read"


@pytest.mark.parametrize("reason", ["", "You scored too low on patience for us.", "You were number 12 on the list."])
def test_the_reason_for_the_person_is_plain_and_holds_no_score(hiring: Hiring, reason: str) -> None:
    person = to_decide(hiring)

    with pytest.raises(SheetError):
        refuse(hiring, person, reason=reason)

    assert stage_of(hiring, person) == "to_read"


def test_not_taking_somebody_whom_nobody_rated_asks_why_and_keeps_it(hiring: Hiring) -> None:
    person = to_decide(hiring)

    with pytest.raises(SheetError, match="rated the talk"):
        refuse(hiring, person, no_talk_because="")
    refuse(hiring, person)

    (made,) = view_of(hiring, person).made
    assert made.because == f"{BECAUSE}\n\nWithout a rated talk, because: {NO_TALK}"


def test_after_a_rated_talk_nothing_more_is_asked(hiring: Hiring) -> None:
    person = to_decide(hiring)
    rated(hiring, person)

    refuse(hiring, person, no_talk_because="")

    assert view_of(hiring, person).made[0].because == BECAUSE


def test_going_before_somebody_who_waits_longer_asks_why(hiring: Hiring) -> None:
    first, second = to_decide(hiring, "First", ago=5), to_decide(hiring, "Second", ago=2)

    with pytest.raises(SheetError, match="why before First"):
        offer(hiring, second)
    offer(hiring, second, order_because=ORDER)

    assert view_of(hiring, second).made[0].order_because == ORDER
    (event,) = events_of(hiring.house, "decided")
    assert event["before"] == [first.application]


def test_the_one_who_waits_longest_needs_no_such_reason(hiring: Hiring) -> None:
    first = to_decide(hiring, "First", ago=5)
    to_decide(hiring, "Second", ago=2)

    offer(hiring, first)

    assert view_of(hiring, first).made[0].order_because == ""


def test_those_who_are_decided_or_were_asked_about_another_job_stand_before_nobody(hiring: Hiring) -> None:
    refused, asked, last = (to_decide(hiring, name, ago=ago) for name, ago in (("A", 6), ("B", 5), ("C", 2)))
    refuse(hiring, refused)
    propose(hiring, asked, hiring.open_another("help_desk_agent").vacancy)

    assert view_of(hiring, last).order.before == ()


def test_a_proposal_that_was_taken_back_leaves_the_person_waiting_as_before(hiring: Hiring) -> None:
    asked, last = to_decide(hiring, "Asked", ago=5), to_decide(hiring, "Last", ago=2)
    done = propose(hiring, asked, hiring.open_another("help_desk_agent").vacancy)

    take_back(hiring.house, done.id, BECAUSE, actor=hiring.staff, now=hiring.now)

    assert [own.name for own in view_of(hiring, last).order.before] == ["Asked"]
    assert stage_of(hiring, asked) == "to_read"


def test_somebody_moved_on_before_they_answered_stands_behind_those_who_did(hiring: Hiring) -> None:
    early = hiring.invite("Early")
    move(
        hiring.house,
        [early.application],
        "interview",
        because="Another way was agreed",
        actor=hiring.staff,
        now=hiring.now,
    )
    person = to_decide(hiring, ago=-1)

    assert view_of(hiring, person).order.before == ()
    assert [own.name for own in view_of(hiring, early).order.before] == ["Ana"]


def test_the_order_is_that_of_the_list(hiring: Hiring) -> None:
    people = [
        to_decide(hiring, f"P{n}", ago=ago, value=value) for n, (ago, value) in enumerate([(3, 4), (9, 1), (6, 3)])
    ]
    hiring.invite("Not yet")

    listed = list_candidates(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)
    with hiring.house.database.read() as connection:
        last = order_of(connection, hiring.house, hiring.vacancy, listed[-1].application_id, now=hiring.now)

    finished = {person.application for person in people}
    assert [own.application_id for own in last.before] == [
        r.application_id for r in listed if r.application_id in finished
    ]
    assert not last.by_band


def test_the_same_reasons_on_several_people_are_pointed_out(hiring: Hiring) -> None:
    one, other = to_decide(hiring, "One", ago=5), to_decide(hiring, "Other", ago=2)
    first = refuse(hiring, one)

    second = refuse(hiring, other, because=f"  {BECAUSE.upper()} ")

    assert first.warnings == ()
    assert "1 other decision" in second.warnings[0]


def test_going_another_way_than_the_band_is_noted_and_not_stopped(hiring: Hiring) -> None:
    person = to_decide(hiring, value=1)

    offer(hiring, person)

    (event,) = events_of(hiring.house, "decided")
    assert (event["band"], event["departs"]) == ("outside", True)
    assert view_of(hiring, person).made[0].departs


def test_a_decision_is_made_once(hiring: Hiring) -> None:
    person = to_decide(hiring)
    offer(hiring, person)

    with pytest.raises(NotAllowedError, match="This application is offer"):
        refuse(hiring, person)
    with pytest.raises(NotAllowedError, match="This application is offer"):
        offer(hiring, person)

    assert len(view_of(hiring, person).made) == 1


def test_what_goes_wrong_leaves_nothing_behind(hiring: Hiring) -> None:
    person = to_decide(hiring)

    with pytest.raises(SheetError):
        offer(hiring, person, terms=terms(hiring, by=hiring.now.date() - timedelta(days=1)))
    with pytest.raises(SheetError):
        offer(hiring, person, terms=None)
    with pytest.raises(UnknownIdError):
        decide(hiring.house, person.application, "maybe", because=BECAUSE, actor=hiring.staff, now=hiring.now)

    assert view_of(hiring, person).made == ()
    assert events_of(hiring.house, "offer_made") == []


def test_an_unsent_decision_is_taken_back_and_its_message_never_goes_out(hiring: Hiring) -> None:
    person = to_decide(hiring)
    move(
        hiring.house,
        [person.application],
        "interview",
        because="Another way was agreed",
        actor=hiring.staff,
        now=hiring.now,
    )
    done = refuse(hiring, person)

    take_back(hiring.house, done.id, "I mixed up two people; this one was fine.", actor=hiring.staff, now=hiring.now)

    (made,) = view_of(hiring, person).made
    row = message(hiring.house, hiring.staff.organisation_id, f"decision:{done.id}")
    assert stage_of(hiring, person) == "interview"
    assert made.taken_back_because == "I mixed up two people; this one was fine."
    assert row is not None
    assert row.status == "dropped"
    with pytest.raises(NotAllowedError):
        send(hiring, done.id)


def test_after_it_was_sent_the_person_is_told_first(hiring: Hiring) -> None:
    person = to_decide(hiring)
    done = offer(hiring, person)
    send(hiring, done.id)
    with hiring.house.database.write() as connection:
        connection.execute(update(outbox).values(status="sent"))

    with pytest.raises(NotAllowedError, match="Call the person first"):
        take_back(hiring.house, done.id, BECAUSE, actor=hiring.staff, now=hiring.now)
    take_back(hiring.house, done.id, BECAUSE, although_told=True, actor=hiring.staff, now=hiring.now)

    assert stage_of(hiring, person) == "to_read"
    assert my_offer(hiring.house, actor=person.come_in(), now=hiring.now) is None
    assert [e["told"] for e in events_of(hiring.house, "decision_taken_back")] == [True]


def test_what_was_taken_back_is_not_taken_back_again_and_a_new_decision_may_follow(hiring: Hiring) -> None:
    person = to_decide(hiring)
    done = refuse(hiring, person)
    take_back(hiring.house, done.id, BECAUSE, actor=hiring.staff, now=hiring.now)

    with pytest.raises(NotAllowedError):
        take_back(hiring.house, done.id, BECAUSE, actor=hiring.staff, now=hiring.now)
    offer(hiring, person, now=hiring.now + timedelta(minutes=1))

    assert [(made.outcome, made.standing) for made in view_of(hiring, person).made] == [
        ("offer", True),
        ("not_taken", False),
    ]


def test_both_sides_stand_beside_each_other_with_weights_and_errors(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    rated(hiring, person)

    view = view_of(hiring, person)

    assert view.questionnaire is not None
    assert view.together is not None
    assert (view.questionnaire.band, view.questionnaire.named) == ("talk", ("Patience", "Liveliness"))
    assert view.questionnaire.signature.interval is not None
    assert 0.4 < (view.questionnaire.reliability or 0) < 0.8
    assert view.together.mean == pytest.approx(22 / 6)
    assert (view.weights.questionnaire, view.weights.ground) == (0.0, "not_in_use")
    assert (view.talks.n, view.talks.both) == (0, None)


def test_while_a_rater_is_missing_no_rating_is_shown(hiring: Hiring) -> None:
    person = to_decide(hiring)
    rated(hiring, person)
    interviewer_of(hiring, person.application, "Second")

    view = view_of(hiring, person)

    assert view.together is not None
    assert (view.together.questions, view.together.mean) == ((), None)
    assert view.together.waiting_for == ("Second",)
    assert view.rated


def test_who_rates_the_talk_too_sees_neither_side_before_handing_in(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    rated(hiring, person)
    assert hiring.staff.account_id
    assign(
        hiring.house,
        person.application,
        hiring.staff.account_id,
        duty="interviewer",
        actor=hiring.staff,
        now=hiring.now,
    )

    before = view_of(hiring, person)
    rate_all(hiring.house, person.application, hiring.staff, [3] * 6, now=hiring.now)
    after = view_of(hiring, person)

    assert (before.rate_first, before.questionnaire, before.together) == (True, None, None)
    assert after.questionnaire is not None
    assert after.together is not None
    assert after.together.complete
    assert after.talks.n == 1


def functions_of_services() -> Iterator[tuple[str, inspect.Signature]]:
    for found in pkgutil.iter_modules(assessment.services.__path__):
        module = import_module(f"assessment.services.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__:
                yield f"{found.name}.{name}", inspect.signature(function)


def test_no_verb_decides_about_several_people_at_once() -> None:
    several = [
        name
        for name, signature in functions_of_services()
        if {"outcome", "because", "although_told"} & set(signature.parameters)
        and {"application_ids", "decision_ids", "ids", "applications"} & set(signature.parameters)
    ]
    source = inspect.getsource(decisions)

    assert several == ["stages.move"]  # by hand, which reaches no end: see test_stages
    assert "Sequence" not in source
    assert "Iterable" not in source
    for verb in (decide, take_back, send_decision):
        first = list(inspect.signature(verb).parameters.values())[1]
        assert first.annotation is str
