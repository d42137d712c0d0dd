"""Whether somebody works here still, on the day of the house: nobody else is asked, put in or written to."""

from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError
from assessment.services.actor import Actor
from assessment.services.organisation import organisation_in
from assessment.storage import here_still as stored


def works_here(connection: Connection, actor: Actor, application_id: str, *, now: datetime) -> bool:
    return stored.is_here(connection, application_id, organisation_in(connection, actor.organisation_id).day(now))


def require_here(connection: Connection, actor: Actor, application_id: str, *, now: datetime) -> None:
    """Refuse what is for people who work here.

    Raises
    ------
    NotAllowedError : they left, their time is over, or they withdrew
    """
    if not works_here(connection, actor, application_id, now=now):
        raise NotAllowedError("This is for people who work here, and only while they do.")
