"""The people a supervisor takes in: name, job, stage, first day; nothing of their answers."""

import json
from dataclasses import dataclass
from datetime import date

from assessment.services.actor import ROLES, Actor, require
from assessment.services.assigned import my_people
from assessment.services.house import House
from assessment.storage import engagements as stored

HAS_OFFER = ("offer", "hired")  # an offer that was taken back says nothing any more


@dataclass(frozen=True)
class NewPerson:
    """`starts_on` from the offer, in words where it was typed so; empty while there is none."""

    application_id: str
    name: str
    title: str
    stage: str
    starts_on: str


def new_people(house: House, *, actor: Actor) -> tuple[NewPerson, ...]:
    """Those the actor is the supervisor of, in the order they were assigned."""
    require(actor, *ROLES)
    mine = [person for person in my_people(house, actor=actor) if person.duty == "supervisor"]
    with house.database.read() as connection:
        offers = stored.newest_offers(connection, [p.application_id for p in mine if p.stage in HAS_OFFER])
    starts = {id_: _start(json.loads(house.vault.open(row.terms_sealed))) for id_, row in offers.items()}
    return tuple(NewPerson(p.application_id, p.name, p.title, p.stage, starts.get(p.application_id, "")) for p in mine)


def _start(terms: dict[str, str]) -> str:
    said = str(terms.get("start") or "")
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return said
    return f"{day.day} {day:%B %Y}"
