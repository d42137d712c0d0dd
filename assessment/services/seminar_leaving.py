"""Places in seminars of those who do not work here any more: given back, and whoever waits first moves up.

When a leaving is noted or somebody leaves their group, at once; when an agreed end is past, by the rounds.
"""

import logging
from datetime import datetime

from sqlalchemy import Connection

from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.seminar_places import here_places_in, vacate_in
from assessment.storage import here_still
from assessment.storage import seminars as stored

_log = logging.getLogger("carefit.seminar_leaving")


def leave_seminars_in(
    connection: Connection, house: House, application_id: str, *, actor: Actor, now: datetime
) -> None:
    """Give back every place of somebody in seminars to come, within another verb's transaction; they are not written to."""
    for seminar_id in stored.coming_of(connection, application_id, now=now):
        row = stored.held(connection, seminar_id, organisation_id=actor.organisation_id)
        if row is None or row.cancelled_at is not None:
            continue
        places = stored.places(connection, [seminar_id])[seminar_id]
        vacate_in(connection, house, row, places, {application_id}, actor=actor, now=now)


def seminar_rounds(house: House, *, now: datetime) -> int:
    """Give back, in all houses, the places of those who are gone; returns from how many lists. As often as one likes."""
    with house.database.read() as connection:
        on_lists = stored.coming_places(connection, now=now)
        days = {id_: organisation_in(connection, id_).day(now) for id_ in {row.organisation_id for row in on_lists}}
        gone = {
            id_: here_still.gone_of(
                connection, [row.application_id for row in on_lists if row.organisation_id == id_], day
            )
            for id_, day in days.items()
        }
    found = {row.id: row.organisation_id for row in on_lists if row.application_id in gone[row.organisation_id]}
    return sum(_tidy(house, id_, organisation_id, now=now) for id_, organisation_id in found.items())


def _tidy(house: House, seminar_id: str, organisation_id: str, *, now: datetime) -> int:
    """Of one seminar; what goes wrong there stops no other."""
    try:
        with house.database.write() as connection:
            row = stored.held(connection, seminar_id, organisation_id=organisation_id)
            if row is None or row.cancelled_at is not None:
                return 0
            here_places_in(connection, house, row, now=now)
        return 1
    except Exception:
        _log.exception("the list of seminar %s could not be put in order", seminar_id)
        return 0
