"""Decisions for tests: people who answered, whose report was read, and the words that a decision needs."""

from datetime import date, datetime, timedelta
from typing import Any

from assessment.services.actor import Actor
from assessment.services.answers import submit
from assessment.services.decision_messages import message_of, send_decision
from assessment.services.decisions import Decided, Redirect, decide
from assessment.services.house import House
from assessment.services.offers import OfferTerms
from assessment.services.reading import reading
from assessment.storage.outbox import by_key
from assessment.storage.record import Record
from tests.hiring import Hiring, Person, answer_all

BECAUSE = "Calm and clear with the three people at the desk; wants exactly these hours."
ORDER = "The one before asked us to wait until she is back from abroad."
NO_TALK = "She told us by phone that she cannot work on weekends at all."
REASON = "We need someone who can work on weekends, and you told us that you cannot."


def terms(hiring: Hiring, *, by: date | None = None) -> OfferTerms:
    today = hiring.now.date()
    return OfferTerms(today + timedelta(days=30), "30 hours a week", "16 an hour", by or today + timedelta(days=7))


def to_decide(hiring: Hiring, name: str = "Ana", *, ago: int = 1, language: str = "en", value: int = 4) -> Person:
    """Somebody who finished some hours ago and whose report was read by the one who decides."""
    person, before = hiring.invite(name, language=language), hiring.now - timedelta(hours=ago)
    actor = person.begin(now=before)
    answer_all(hiring.house, actor, value=value, now=before)
    submit(hiring.house, actor=actor, now=before)
    reading(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    return person


def offer(hiring: Hiring, person: Person, **given: Any) -> Decided:
    given = {"because": BECAUSE, "terms": terms(hiring), "now": hiring.now, "actor": hiring.staff, **given}
    return decide(hiring.house, person.application, "offer", **given)


def refuse(hiring: Hiring, person: Person, **given: Any) -> Decided:
    given = {"because": BECAUSE, "no_talk_because": NO_TALK, "reason": REASON, "actor": hiring.staff, **given}
    return decide(hiring.house, person.application, "not_taken", **{"now": hiring.now, **given})


def propose(hiring: Hiring, person: Person, vacancy: str, *, by: date | None = None, **given: Any) -> Decided:
    redirect = Redirect(vacancy, by or hiring.now.date() + timedelta(days=7))
    given = {"because": BECAUSE, "redirect": redirect, "actor": hiring.staff, "now": hiring.now, **given}
    return decide(hiring.house, person.application, "redirected", **given)


def send(hiring: Hiring, decision: str, *, actor: Actor | None = None, now: datetime | None = None) -> str:
    """Send the draft as it is; returns its text."""
    with hiring.house.database.read() as connection:
        draft = message_of(connection, hiring.house, decision, organisation_id=hiring.staff.organisation_id)
    assert draft is not None
    send_decision(
        hiring.house,
        decision,
        subject=draft.subject,
        text=draft.text,
        actor=actor or hiring.staff,
        now=now or hiring.now,
    )
    return draft.text


def message(house: House, organisation: str, key: str) -> Record | None:
    with house.database.read() as connection:
        return by_key(connection, organisation, key)
