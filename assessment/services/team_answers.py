"""Whether somebody counts in the summary of their team: by their own word, which they may change at any time."""

from dataclasses import dataclass
from datetime import datetime

from assessment.errors import UnknownIdError
from assessment.services.actor import Actor
from assessment.services.first_days import own_work
from assessment.services.house import House
from assessment.services.teams import said_of
from assessment.storage import audit
from assessment.storage import teams as stored
from assessment.storage.clock import stamp


@dataclass(frozen=True)
class TeamQuestion:
    """What somebody who works here is asked about a team, and what they said."""

    team_id: str
    name: str
    site: str
    answer: str


def my_team_questions(house: House, *, actor: Actor) -> tuple[TeamQuestion, ...]:
    """The teams somebody who works here was asked about."""
    with house.database.read() as connection:
        row = own_work(connection, actor)
        found = stored.of_application(connection, row.application_id)
    return tuple(TeamQuestion(r.team_id, r.name, r.site, said_of(r.agreed_at, r.left_at)) for r in found)


def answer_team(house: House, team_id: str, yes: bool, *, actor: Actor, now: datetime) -> None:
    """Count in a team's summary, or not; it may be changed at any time, and the same again is harmless."""
    with house.database.write() as connection:
        row = own_work(connection, actor, hold=True)
        member = stored.member(connection, team_id, row.application_id)
        if member is None:
            raise UnknownIdError("team", team_id)
        if said_of(member.agreed_at, member.left_at) == ("yes" if yes else "no"):
            return
        values = {"agreed_at": stamp(now), "left_at": None} if yes else {"left_at": stamp(now)}
        stored.answer(connection, team_id, row.application_id, **values)
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="team_joined" if yes else "team_left",
            subject=row.application_id,
            now=now,
            body={"team": team_id},
        )
