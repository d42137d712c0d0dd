"""An offer: the person's answer, by their page or by phone, and the hire that somebody confirms."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.decision_view import decision_view
from assessment.services.offers import answer_offer, confirm_hire, my_offer, record_offer_answer
from assessment.services.reading import reading
from assessment.services.sitting import leave
from assessment.services.stages import moves
from assessment.storage.clock import new_id, stamp
from assessment.storage.schema import hire_checks
from tests.deciding import message, offer, send, terms, to_decide
from tests.hiring import Hiring, Person, events_of
from tests.interviewing import colleague


def offered(hiring: Hiring, *, language: str = "en") -> tuple[Person, Actor]:
    person = to_decide(hiring, language=language)
    send(hiring, offer(hiring, person).id)
    return person, person.come_in()


def stage_of(hiring: Hiring, person: Person) -> str:
    return moves(hiring.house, person.application, actor=hiring.staff)[-1].to_stage


def outbox_text(hiring: Hiring, key: str) -> str:
    row = message(hiring.house, hiring.staff.organisation_id, key)
    assert row is not None
    assert row.status == "queued"
    return hiring.house.vault.open(row.text_sealed)


def offer_id(hiring: Hiring, actor: Actor) -> str:
    mine = my_offer(hiring.house, actor=actor, now=hiring.now)
    assert mine is not None
    return mine.offer.id


def test_a_yes_waits_for_somebody_to_confirm_the_hire(hiring: Hiring) -> None:
    person, actor = offered(hiring)

    answer_offer(hiring.house, "accepted", actor=actor, now=hiring.now)
    answer_offer(hiring.house, "accepted", actor=actor, now=hiring.now)

    id_ = offer_id(hiring, actor)
    assert stage_of(hiring, person) == "offer"
    assert len(events_of(hiring.house, "offer_answered")) == 1
    assert "Yes, I take the job." in outbox_text(hiring, f"offer_answer:{id_}")
    told = outbox_text(hiring, f"offer_answered:{id_}:{hiring.staff.account_id}")
    assert f"/decision?application={person.application}" in told


def test_the_confirmed_hire_is_told_once_and_what_is_open_warns_only(hiring: Hiring) -> None:
    person, actor = offered(hiring)
    answer_offer(hiring.house, "accepted", actor=actor, now=hiring.now)
    with hiring.house.database.write() as connection:
        values = {"id": new_id(), "application_id": person.application, "kind": "licence", "title": "Licence"}
        connection.execute(insert(hire_checks).values(created_at=stamp(hiring.now), **values))

    warned = confirm_hire(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    again = confirm_hire(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    mine = my_offer(hiring.house, actor=actor, now=hiring.now)
    assert (warned, again) == (("5 checks of this hire are still open.",), ())  # the role's own four as well
    assert stage_of(hiring, person) == "hired"
    assert mine is not None
    assert mine.hired
    assert "24 December 2026" in outbox_text(hiring, f"hired:{mine.offer.id}")


def test_nobody_is_hired_without_their_yes(hiring: Hiring) -> None:
    person, actor = offered(hiring)

    with pytest.raises(NotAllowedError, match="accepted the offer"):
        confirm_hire(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    answer_offer(hiring.house, "declined", actor=actor, now=hiring.now)
    with pytest.raises(NotAllowedError, match="accepted the offer"):
        confirm_hire(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    assert stage_of(hiring, person) == "decision"


def test_after_a_no_another_answer_is_a_matter_for_a_talk(hiring: Hiring) -> None:
    _person, actor = offered(hiring, language="es")
    answer_offer(hiring.house, "declined", actor=actor, now=hiring.now)

    with pytest.raises(NotAllowedError, match="Antes nos envió otra respuesta"):
        answer_offer(hiring.house, "accepted", actor=actor, now=hiring.now)

    mine = my_offer(hiring.house, actor=actor, now=hiring.now)
    assert mine is not None
    assert mine.offer.answer == "declined"
    assert "No acepto el puesto" in outbox_text(hiring, f"offer_answer:{mine.offer.id}")


def test_when_the_day_has_passed_the_person_is_asked_to_call_and_staff_can_still_note_it(hiring: Hiring) -> None:
    person, _ = offered(hiring)
    later = hiring.now + timedelta(days=9)
    actor = person.come_in(now=later)

    with pytest.raises(ClosedError, match="Call or write"):
        answer_offer(hiring.house, "accepted", actor=actor, now=later)
    mine = my_offer(hiring.house, actor=actor, now=later)
    record_offer_answer(
        hiring.house, person.application, "accepted", said_by="She herself, by phone", actor=hiring.staff, now=later
    )

    assert mine is not None
    assert mine.late
    assert events_of(hiring.house, "offer_answered")[0]["actor"] == hiring.staff.account_id
    read = reading(hiring.house, person.application, actor=hiring.staff, now=later)
    assert [c.text for c in read.comments] == ["Offer accepted. Said by: She herself, by phone"]


def test_on_the_last_day_one_can_still_answer(hiring: Hiring) -> None:
    person, _ = offered(hiring)
    last = hiring.now + timedelta(days=7, hours=10)

    answer_offer(hiring.house, "accepted", actor=person.come_in(now=last), now=last)

    assert len(events_of(hiring.house, "offer_answered")) == 1


def test_whoever_notes_an_answer_says_who_gave_it(hiring: Hiring) -> None:
    person, _ = offered(hiring)

    with pytest.raises(SheetError, match="who said so"):
        record_offer_answer(
            hiring.house, person.application, "accepted", said_by=" ", actor=hiring.staff, now=hiring.now
        )

    assert events_of(hiring.house, "offer_answered") == []


def test_an_answer_is_noted_only_to_an_offer_that_was_sent(hiring: Hiring) -> None:
    person = to_decide(hiring)
    done = offer(hiring, person)

    with pytest.raises(NotAllowedError, match="was not sent yet"):
        record_offer_answer(
            hiring.house, person.application, "declined", said_by="She, by phone", actor=hiring.staff, now=hiring.now
        )

    assert stage_of(hiring, person) == "offer"
    assert events_of(hiring.house, "offer_answered") == []
    send(hiring, done.id)
    record_offer_answer(
        hiring.house, person.application, "declined", said_by="She, by phone", actor=hiring.staff, now=hiring.now
    )
    assert stage_of(hiring, person) == "decision"


def test_somebody_who_left_accepts_nothing(hiring: Hiring) -> None:
    _person, actor = offered(hiring)
    leave(hiring.house, "", actor=actor, now=hiring.now)

    with pytest.raises(ClosedError):
        answer_offer(hiring.house, "accepted", actor=actor, now=hiring.now)

    assert my_offer(hiring.house, actor=actor, now=hiring.now) is None


def test_one_person_cannot_answer_for_another(hiring: Hiring) -> None:
    first, _ = offered(hiring)
    other = to_decide(hiring, "Other").come_in()

    with pytest.raises(ClosedError):
        answer_offer(hiring.house, "accepted", actor=other, now=hiring.now)
    with pytest.raises(NotAllowedError):
        answer_offer(hiring.house, "accepted", actor=hiring.staff, now=hiring.now)

    assert my_offer(hiring.house, actor=other, now=hiring.now) is None
    assert stage_of(hiring, first) == "offer"


def test_an_unknown_answer_is_refused(hiring: Hiring) -> None:
    _person, actor = offered(hiring)

    with pytest.raises(UnknownIdError):
        answer_offer(hiring.house, "perhaps", actor=actor, now=hiring.now)


@pytest.mark.parametrize("role", ["interviewer", "supervisor"])
def test_only_hr_notes_answers_and_confirms(hiring: Hiring, role: str) -> None:
    person, _ = offered(hiring)
    other = colleague(hiring, "Ivo", role).actor

    with pytest.raises(NotAllowedError):
        record_offer_answer(hiring.house, person.application, "accepted", said_by="She", actor=other, now=hiring.now)
    with pytest.raises(NotAllowedError):
        confirm_hire(hiring.house, person.application, actor=other, now=hiring.now)


def test_terms_are_sealed_and_shown_to_whoever_decides(hiring: Hiring) -> None:
    person, _ = offered(hiring)

    view = decision_view(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    assert view.standing is not None
    assert view.standing.offer is not None
    assert view.standing.offer.terms == terms(hiring)
    assert "16 an hour" not in str(events_of(hiring.house, "offer_made"))
