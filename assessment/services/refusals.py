"""A kind refusal as the person reads it: the very words that somebody sent them."""

from dataclasses import dataclass
from datetime import datetime

from assessment.services.actor import Actor
from assessment.services.decision_messages import message_of, told_decision
from assessment.services.house import House
from assessment.services.sitting import own_seen
from assessment.storage import applications


@dataclass(frozen=True)
class MyRefusal:
    """`text` is the message as it was sent, with the person's own links in it."""

    text: str
    sent_at: datetime | None


def my_refusal(house: House, *, actor: Actor) -> MyRefusal | None:
    """What this candidate was told, from the moment somebody sent it; None while it stands otherwise."""
    with house.database.read() as connection:
        row = own_seen(connection, actor)
        decision = told_decision(connection, house, row.application_id, organisation_id=actor.organisation_id)
        application = applications.one(connection, row.application_id, organisation_id=actor.organisation_id)
        if decision is None or decision.outcome != "not_taken":
            return None
        if application is None or application.stage != "not_taken":
            return None
        message = message_of(connection, house, decision.id, organisation_id=actor.organisation_id)
    return MyRefusal(message.text, message.sent_at) if message is not None else None
