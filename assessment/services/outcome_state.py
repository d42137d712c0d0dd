"""How far the rating of a person is: for the one who rates, and for HR who has; never what was given."""

from dataclasses import dataclass
from datetime import date, datetime

from assessment.services.actor import STAFF, Actor, require
from assessment.services.assigned import require_person
from assessment.services.first_days import LEADS
from assessment.services.house import House
from assessment.services.outcome_days import hire_in
from assessment.services.outcomes import raters_in, sheet_in
from assessment.storage import outcomes as stored
from assessment.storage.clock import moment


@dataclass(frozen=True)
class OutcomeState:
    """Whether the actor rates a person, and how far that is; `others`, for HR alone: name, when, hand or csv."""

    may_rate: bool
    opens_on: date | None
    is_open: bool
    own_begun: bool
    own_handed_in_at: datetime | None
    others: tuple[tuple[str, datetime, str], ...]


def outcome_state(house: House, application_id: str, *, actor: Actor, now: datetime) -> OutcomeState | None:
    """How far the rating of a person is, for those who lead them and HR; None while the hire is not confirmed."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        row = require_person(connection, actor, application_id, duty="supervisor")
        if row.stage != "hired":
            return None
        hire = hire_in(connection, house, application_id)
        own = sheet_in(connection, house, hire, actor=actor, now=now)
        rates = actor.account_id in raters_in(connection, [row])[application_id]
        others = []
        if actor.role in STAFF:
            ids, house_id = [application_id], actor.organisation_id
            on_form = stored.rated_on_the_form(connection, ids, organisation_id=house_id)
            for sheet in stored.sheets_of(connection, ids):
                came_by = "hand" if (application_id, sheet.account_id) in on_form else "csv"
                if sheet.handed_in_at and (sheet.account_id != actor.account_id or not rates):
                    others.append((house.vault.open(sheet.name_sealed), moment(sheet.handed_in_at), came_by))
    return OutcomeState(rates, own.opens_on, own.is_open, own.rev > 0, own.handed_in_at, tuple(others))
