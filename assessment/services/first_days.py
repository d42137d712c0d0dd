"""Whose first 90 days: HR sees everybody who was hired, supervisors their own people, newcomers themselves.

Beside it: plans.py (what they practise), module_work.py and seminars.py (what they learn), check_ins.py (how it goes),
outcomes.py (what came of it). Growth of people who work here already is in growth.py.
"""

from sqlalchemy import Connection

from assessment.errors import NotAllowedError
from assessment.services.actor import STAFF, Actor
from assessment.services.assigned import require_person
from assessment.services.house import House
from assessment.services.sitting import own, own_seen
from assessment.storage import assignments
from assessment.storage.here_still import AT_WORK
from assessment.storage.record import Record

LEADS = ("administrator", "hr_manager", "supervisor")  # whoever leads newcomers; supervisors their own people only


def require_newcomer(connection: Connection, actor: Actor, application_id: str) -> Record:
    """The application of somebody who was hired, when they are one of the actor's people.

    Raises
    ------
    UnknownIdError : not in this organisation, or not one of this supervisor's people
    NotAllowedError : not hired, or the actor leads nobody
    """
    row = require_person(connection, actor, application_id, duty="supervisor")
    if row.stage != "hired":
        raise NotAllowedError("The first 90 days begin once the hire is confirmed.")
    return row


def own_people_in(connection: Connection, actor: Actor) -> set[str] | None:
    """The applications of a supervisor's people; None where the actor sees everybody's."""
    if actor.kind == "system" or actor.role in STAFF:
        return None
    rows = assignments.of_account(connection, actor.account_id or "", organisation_id=actor.organisation_id)
    return {row.application_id for row in rows if row.duty == "supervisor"}


def own_work(connection: Connection, actor: Actor, *, hold: bool = False) -> Record:
    """The sitting by whose link somebody came who works here: hired, or in a group that grows together.

    hold : for writing, held until the transaction ends
    """
    row = own(connection, actor) if hold else own_seen(connection, actor)
    if row.stage not in AT_WORK:
        raise NotAllowedError("This is here for you once you work with us.")
    return row


def lands_on_first_days(house: House, *, actor: Actor) -> bool:
    """Whether a personal link opens at the first days: the person works here, and no sheet of theirs waits for answers."""
    with house.database.read() as connection:
        row = own_seen(connection, actor)
    if row.stage == "growth":  # nobody begins a job: their questions, or what they left of them
        return False
    return row.stage in AT_WORK and row.status != "open"
