"""A decision: one person about one application, with reasons, and nothing is sent by it.

There is no verb for several applications at once, and none that refuses without a person: a decision needs somebody
who is signed in, who has opened the report, and who says why. What it says to the candidate is drafted; see
decision_messages.py. Beside it: offers.py, proposals.py and redirects.py, decision_view.py.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.roles.decision_weights import DecisionWeights, stated_weights
from assessment.services.actor import Actor, require
from assessment.services.assigned import require_person
from assessment.services.decision_checks import (
    copied_reasons,
    for_the_person,
    refuse_elsewhere,
    refuse_settled,
    refuse_unread,
    typed,
)
from assessment.services.decision_messages import body_of, draft_in, message_of, stop_in
from assessment.services.decision_order import UNDECIDED, order_of
from assessment.services.hire_checks import begin_checks_in
from assessment.services.house import House
from assessment.services.offers import OfferTerms, make_in, offer_in, offer_values
from assessment.services.organisation import organisation_in
from assessment.services.proposals import propose_in, redirect_values
from assessment.services.stages import move_in
from assessment.services.telling import reply_day, said
from assessment.services.top_up import handed_in
from assessment.services.versions import norms_of, profile_of, questionnaire_of
from assessment.storage import audit, offers, redirects, results, stages
from assessment.storage import decisions as stored
from assessment.storage.audit import canonical
from assessment.storage.record import Record

Outcome = Literal["offer", "not_taken", "redirected"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
SECOND_LOOK = timedelta(days=14)


@dataclass(frozen=True)
class Redirect:
    """The opening that is proposed, and the day by which the person answers."""

    vacancy_id: str
    answer_by: date


@dataclass(frozen=True)
class Decided:
    """`warnings` stop nothing: they are for whoever decided."""

    id: str
    message_id: str
    warnings: tuple[str, ...]


def decide(
    house: House,
    application_id: str,
    outcome: str,
    *,
    because: str,
    order_because: str = "",
    no_talk_because: str = "",
    reason: str = "",
    terms: OfferTerms | None = None,
    redirect: Redirect | None = None,
    actor: Actor,
    now: datetime,
) -> Decided:
    """Offer, do not take, or propose another job; the message is drafted and waits for a person to send it.

    because : why, for the record, at least 20 characters
    order_because : why before those who come first in the order of the opening, where there are any
    no_talk_because : why without a rated talk, where somebody is not taken and nobody has rated one
    reason : the main reason in plain words for the person who is not taken; no number, no word of scores
    terms, redirect : what is offered, or which opening is proposed

    Raises
    ------
    NotAllowedError : no named person, the report was not opened, or the application stands elsewhere
    SheetError : a reason is missing, too short, or not fit for a candidate
    """
    require(actor)
    if actor.kind != "staff" or actor.account_id is None:
        raise NotAllowedError("A decision is a person's. Please sign in with your own account.")
    if outcome not in OUTCOMES:
        raise UnknownIdError("outcome", outcome, OUTCOMES)
    because = typed(because, "your reasons")
    with house.database.write() as connection:
        row = require_person(connection, actor, application_id)
        held = stages.current(connection, application_id, organisation_id=actor.organisation_id)
        stage = held.stage if held is not None else row.stage
        refuse_elsewhere(connection, application_id, stage)
        sheet = handed_in(connection, application_id, organisation_id=actor.organisation_id)
        refuse_unread(connection, application_id, sheet, actor=actor)
        if outcome == "not_taken":
            reason = for_the_person(reason)
            if not stored.raters_in(connection, application_id):
                why = typed(no_talk_because, "why nobody has talked with this person and rated the talk")
                because = f"{because}\n\nWithout a rated talk, because: {why}"
        order = order_of(connection, house, row.vacancy_id, application_id, now=now)
        sealed_order = None
        if order.before:
            first = order.before[0].name
            others = f" and {len(order.before) - 1} more" if len(order.before) > 1 else ""
            why = typed(order_because, f"why before {first}{others}, who stand first in the order")
            sealed_order = house.vault.seal(why)
        weights = weights_in(connection, sheet)
        result = results.result_of(connection, sheet.id) if sheet is not None else None
        body: dict[str, object] = {
            "from": stage,
            "weights": {"questionnaire": weights.questionnaire, "interview": weights.interview},
            "ground": weights.ground,
            "band": result.band if result is not None else None,
            "departs": departs(outcome, result.band if result is not None else None),
            "raters": stored.raters_in(connection, application_id),
            "before": [own.application_id for own in order.before],
        }
        brought, values = _brought_about(
            connection, house, row, outcome, reason=reason, terms=terms, redirect=redirect, actor=actor, now=now
        )
        body |= brought
        warnings = copied_reasons(connection, house, application_id, because, actor=actor)
        id_ = stored.add(
            connection,
            application_id=application_id,
            account_id=actor.account_id,
            outcome=outcome,
            because_sealed=house.vault.seal(because),
            order_because_sealed=sealed_order,
            body=canonical(body),
            now=now,
        )
        _log(connection, actor, "decided", application_id, now, decision=id_, outcome=outcome, **body)
        to = {"offer": "offer", "not_taken": "not_taken", "redirected": "decision"}[outcome]
        move_in(connection, house, application_id, to, only_from=UNDECIDED, actor=actor, now=now)
        if outcome == "offer":
            begin_checks_in(connection, application_id, anew=True, actor=actor, now=now)
        message = draft_in(
            connection, house, application_id, outcome, decision_id=id_, values=values, actor=actor, now=now
        )
    return Decided(id_, message, warnings)


def take_back(
    house: House, decision_id: str, because: str, *, although_told: bool = False, actor: Actor, now: datetime
) -> None:
    """Take a decision back; it stays in the record, the stage goes back, and a message that waits is not sent.

    although_told : the person has been told already, and somebody has said so to them

    Raises
    ------
    NotAllowedError : the message has gone out and `although_told` was not said, or it has led to something since
    """
    require(actor)
    if actor.kind != "staff" or actor.account_id is None:
        raise NotAllowedError("A decision is a person's. Please sign in with your own account.")
    why = typed(because, "why you take it back")
    with house.database.write() as connection:
        found = stored.one(connection, decision_id, organisation_id=actor.organisation_id)
        if found is None:
            raise UnknownIdError("decision", decision_id)
        held = stages.current(connection, found.application_id, organisation_id=actor.organisation_id)
        newest = stored.standing(connection, found.application_id)
        if found.taken_back_at is not None or held is None or newest is None or newest.id != decision_id:
            raise NotAllowedError("This decision does not stand any more.")
        refuse_settled(connection, house, found, held.stage)
        message = message_of(connection, house, decision_id, organisation_id=actor.organisation_id)
        stopped = message is None or stop_in(connection, message, actor=actor, now=now)
        if not stopped and not although_told:
            raise NotAllowedError(
                "The message about this decision has gone out. Call the person first; then take it back and say so."
            )
        stored.take_back(connection, decision_id, because_sealed=house.vault.seal(why), now=now)
        body = body_of(found)
        offer = offer_in(connection, house, found)
        if offer is not None and offer.answer is None:
            offers.close(connection, offer.id, answer=None, now=now)
        if found.outcome == "redirected":
            redirects.close(connection, str(body["redirect"]), consent=None, now=now)
        back = {"offer": ("offer",), "not_taken": ("not_taken",), "redirected": ("decision",)}[found.outcome]
        move_in(connection, house, found.application_id, str(body["from"]), only_from=back, actor=actor, now=now)
        _log(
            connection,
            actor,
            "decision_taken_back",
            found.application_id,
            now,
            decision=decision_id,
            outcome=found.outcome,
            told=not stopped,
        )


def weights_in(connection: Connection, sheet: Record | None) -> DecisionWeights:
    """What the questionnaire of this very sheet weighs, by the status of what it was made under."""
    if sheet is None:
        return stated_weights(statuses=(), norms_kind="provisional", answered=False)
    statuses = {
        profile_of(connection, sheet.profile_id).status,
        questionnaire_of(connection, sheet.questionnaire_id).status,
    }
    return stated_weights(statuses=statuses, norms_kind=norms_of(connection, sheet.norms_id).kind)


def _brought_about(
    connection: Connection,
    house: House,
    row: Record,
    outcome: str,
    *,
    reason: str,
    terms: OfferTerms | None,
    redirect: Redirect | None,
    actor: Actor,
    now: datetime,
) -> tuple[dict[str, object], dict[str, str]]:
    """The offer or proposal that comes with an outcome, and what its message names."""
    organisation = organisation_in(connection, actor.organisation_id)
    if outcome == "offer":
        if terms is None:
            raise SheetError("Please fill in start, hours, pay and the day to answer by.")
        made = make_in(connection, house, row.id, terms, actor=actor, now=now)
        return {"offer": made}, offer_values(terms, row.language)
    if outcome == "redirected":
        if redirect is None:
            raise SheetError("Please choose the opening to propose, and the day to answer by.")
        proposed, other = propose_in(
            connection, house, row.id, redirect.vacancy_id, answer_by=redirect.answer_by, actor=actor, now=now
        )
        next_day = reply_day(organisation, now)
        return {"redirect": proposed}, redirect_values(other, redirect.answer_by, next_day, row.language)
    return {}, {"reason": reason, "deadline": said(organisation.day(now + SECOND_LOOK), row.language)}


def departs(outcome: str, band: str | None) -> bool:
    """Whether a decision goes another way than the band, which is noted and stops nothing."""
    return (outcome, band) in {("offer", "outside"), ("not_taken", "in_or_close")}


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
