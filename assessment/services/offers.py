"""An offer: its terms, the person's answer, and the hire that somebody confirms."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.messages.plain_pages import put_in
from assessment.messages.words import words
from assessment.services.actor import Actor, require
from assessment.services.assigned import require_person
from assessment.services.decision_messages import body_of, told_decision
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.plan_proposing import propose_in
from assessment.services.sitting import own, own_seen
from assessment.services.stages import move_in
from assessment.services.telling import reply_day, said, tell_candidate, tell_staff
from assessment.storage import applications, audit, decisions, stages
from assessment.storage import offers as stored
from assessment.storage import said as said_of
from assessment.storage.clock import moment
from assessment.storage.record import Record

ANSWERS = ("accepted", "declined")
LONGEST = 200


@dataclass(frozen=True)
class OfferTerms:
    start: date
    hours: str
    pay: str
    answer_by: date


@dataclass(frozen=True)
class Offer:
    """`answer`: accepted, declined, or None while it is open."""

    id: str
    terms: OfferTerms
    answer: str | None
    answered_at: datetime | None


@dataclass(frozen=True)
class MyOffer:
    """What the person reads; `late` once the day for answering is over, `hired` once it is settled."""

    offer: Offer
    late: bool
    hired: bool


def make_in(
    connection: Connection, house: House, application_id: str, terms: OfferTerms, *, actor: Actor, now: datetime
) -> str:
    """Keep the terms, within the transaction of the decision."""
    _check(terms, today=organisation_in(connection, actor.organisation_id).day(now))
    kept = {"start": terms.start.isoformat(), "hours": terms.hours.strip(), "pay": terms.pay.strip()}
    id_ = stored.add(
        connection,
        application_id=application_id,
        terms_sealed=house.vault.seal(json.dumps(kept)),
        answer_by=terms.answer_by.isoformat(),
        now=now,
    )
    _log(connection, actor, "offer_made", application_id, now, offer=id_)
    return id_


def offer_values(terms: OfferTerms, language: str) -> dict[str, str]:
    """The terms as the message of the offer names them."""
    return {
        "start_date": said(terms.start, language),
        "hours": terms.hours.strip(),
        "pay": terms.pay.strip(),
        "deadline": said(terms.answer_by, language),
        "minutes": "5",
    }


def offer_in(connection: Connection, house: House, decision: Record) -> Offer | None:
    """The offer that a decision made."""
    row = stored.one(connection, str(body_of(decision).get("offer", "")))
    if row is None:
        return None
    kept = json.loads(house.vault.open(row.terms_sealed))
    terms = OfferTerms(date.fromisoformat(kept["start"]), kept["hours"], kept["pay"], date.fromisoformat(row.answer_by))
    return Offer(row.id, terms, row.answer, moment(row.answered_at) if row.answered_at else None)


def my_offer(house: House, *, actor: Actor, now: datetime) -> MyOffer | None:
    """The offer made to this candidate, from the moment somebody sent it."""
    with house.database.read() as connection:
        row = own_seen(connection, actor)
        decision = told_decision(connection, house, row.application_id, organisation_id=actor.organisation_id)
        if decision is None or decision.outcome != "offer":
            return None
        offer = offer_in(connection, house, decision)
        application = applications.one(connection, row.application_id, organisation_id=actor.organisation_id)
        if offer is None or application is None or application.stage not in ("offer", "hired", "decision"):
            return None
        today = organisation_in(connection, actor.organisation_id).day(now)
    return MyOffer(offer, offer.answer is None and today > offer.terms.answer_by, application.stage == "hired")


def answer_offer(house: House, answer: str, *, actor: Actor, now: datetime) -> None:
    """The candidate says yes or no. The same answer again is harmless.

    Raises
    ------
    ClosedError : there is no offer any more, or its days are over; says whom to call
    NotAllowedError : it was answered otherwise before
    """
    with house.database.write() as connection:
        row = own(connection, actor)
        stages.current(connection, row.application_id, organisation_id=actor.organisation_id)
        organisation = organisation_in(connection, actor.organisation_id)
        decision = told_decision(connection, house, row.application_id, organisation_id=actor.organisation_id)
        offer = offer_in(connection, house, decision) if decision is not None else None
        if decision is None or offer is None:
            raise ClosedError(put_in(words(row.language).decision["offer_gone"], contact=organisation.contact))
        if offer.answer is None and organisation.day(now) > offer.terms.answer_by:
            raise ClosedError(put_in(words(row.language).decision["late"], contact=organisation.contact))
        _answer(connection, house, row.application_id, decision, offer, answer, actor=actor, now=now)


def record_offer_answer(
    house: House, application_id: str, answer: str, *, said_by: str, actor: Actor, now: datetime
) -> None:
    """Staff note an answer that came by phone or in person, and who gave it; that stays beside the person's comments.

    Raises
    ------
    NotAllowedError : there is no offer, or its message was not sent yet
    """
    require(actor)
    who = said_by.strip()
    if len(who) < 3 or len(who) > LONGEST:
        raise SheetError(f"Please write who said so and how, in 3 to {LONGEST} characters.")
    with house.database.write() as connection:
        require_person(connection, actor, application_id)
        stages.current(connection, application_id, organisation_id=actor.organisation_id)
        decision = decisions.standing(connection, application_id)
        offer = offer_in(connection, house, decision) if decision is not None else None
        if decision is None or offer is None:
            raise NotAllowedError("There is no offer to answer.")
        if told_decision(connection, house, application_id, organisation_id=actor.organisation_id) is None:
            raise NotAllowedError("This offer was not sent yet. Send its message first; then note the answer.")
        if actor.account_id is None:
            raise NotAllowedError("An answer is noted by a person who is signed in.")
        if offer.answer == answer:
            return
        _answer(connection, house, application_id, decision, offer, answer, actor=actor, now=now)
        said_of.add_comment(
            connection,
            application_id=application_id,
            account_id=actor.account_id,
            text_sealed=house.vault.seal(f"Offer {answer}. Said by: {who}"),
            now=now,
        )


def confirm_hire(house: House, application_id: str, *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Somebody confirms the hire after the person said yes; returns what is still open, which warns and does not stop."""
    require(actor)
    with house.database.write() as connection:
        application = require_person(connection, actor, application_id)
        decision = decisions.standing(connection, application_id)
        offer = offer_in(connection, house, decision) if decision is not None else None
        if offer is None or offer.answer != "accepted":
            raise NotAllowedError("A hire is confirmed when the person has accepted the offer.")
        moved = move_in(connection, house, application_id, "hired", only_from=("offer",), actor=actor, now=now)
        if moved is None:
            return ()
        _log(connection, actor, "hired", application_id, now, offer=offer.id)
        tell_candidate(
            connection,
            house,
            application_id,
            "hired_confirmation",
            key=f"hired:{offer.id}",
            values={"start_date": said(offer.terms.start, application.language)},
            actor=actor,
            now=now,
        )
        propose_in(connection, house, application_id, actor=actor, now=now)
        left = stored.open_checks(connection, application_id)
    return (f"{left} check{'s' * (left != 1)} of this hire {'are' if left != 1 else 'is'} still open.",) if left else ()


def _answer(
    connection: Connection,
    house: House,
    application_id: str,
    decision: Record,
    offer: Offer,
    answer: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    if answer not in ANSWERS:
        raise UnknownIdError("answer", answer, ANSWERS)
    application = applications.one(connection, application_id, organisation_id=actor.organisation_id)
    if application is None:
        raise UnknownIdError("application", application_id)
    said_words = words(application.language).decision
    if offer.answer == answer:
        return
    organisation = organisation_in(connection, actor.organisation_id)
    if offer.answer is not None:
        raise NotAllowedError(put_in(said_words["answered_before"], contact=organisation.contact))
    if application.stage != "offer":
        raise ClosedError(put_in(said_words["offer_gone"], contact=organisation.contact))
    stored.close(connection, offer.id, answer=answer, now=now)
    _log(connection, actor, "offer_answered", application_id, now, offer=offer.id, answer=answer)
    if answer == "declined":
        move_in(connection, house, application_id, "decision", only_from=("offer",), actor=actor, now=now)
    tell_candidate(
        connection,
        house,
        application_id,
        "offer_answer_received",
        key=f"offer_answer:{offer.id}",
        values={
            "answer_text": said_words[f"said_{answer}"],
            "next_date": said(reply_day(organisation, now), application.language),
        },
        actor=actor,
        now=now,
    )
    for account_id in dict.fromkeys((decision.account_id, application.owner_id)):
        tell_staff(
            connection,
            house,
            account_id,
            "manager_offer_answered",
            key=f"offer_answered:{offer.id}:{account_id}",
            values={
                "candidate_name": house.vault.open(application.name_sealed),
                "role_title": application.title,
                "answer_text": words("en").decision[f"said_{answer}"],
                "link": f"{house.base_url}/decision?application={application_id}",
            },
            application_id=application_id,
            actor=actor,
            now=now,
        )


def _check(terms: OfferTerms, *, today: date) -> None:
    if not terms.hours.strip() or not terms.pay.strip():
        raise SheetError("Please fill in hours and pay; the person reads both.")
    if len(terms.hours) > LONGEST or len(terms.pay) > LONGEST:
        raise SheetError(f"Please keep hours and pay to {LONGEST} characters.")
    if terms.answer_by < today:
        raise SheetError("The day to answer by has passed already.")
    if terms.start < today:
        raise SheetError("The day to start on has passed already.")


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
