"""What a team has already on each facet: by its members' own word, from five people up, and never one of them alone.

A summary is for seeing what somebody would add. It says nothing about how a team works, and nothing about a member.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.fairness.small_groups import FEWEST
from assessment.roles.complement import Complement, complement
from assessment.scoring.standing import Standing, stand
from assessment.services.actor import Actor, require
from assessment.services.group_summary import Summary, summary_in
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.scoring import scored_sheet
from assessment.services.teams import Team, team_in
from assessment.services.versions import norms_in_use
from assessment.storage import teams as stored
from assessment.storage.record import Record


@dataclass(frozen=True)
class TeamSummary:
    """Facet → mean and spread in T of the people who count; empty while there are too few."""

    team: Team
    facets: Mapping[str, Summary]
    fewest: int = FEWEST


def team_summary(house: House, team_id: str, *, actor: Actor, now: datetime) -> TeamSummary:
    """What the team has already, in T of the norms in use now.

    Every member stands with the first sheet they handed in, so that a later one cannot be told from the difference.
    """
    require(actor)
    with house.database.write() as connection:
        row = team_in(connection, actor, team_id)
        stored.hold(connection, team_id)
        today = organisation_in(connection, actor.organisation_id).day(now)
        values: dict[str, dict[str, float]] = {}
        for sheet in stored.sheets(connection, team_id, today=today):
            for facet, t in _standings(connection, house, sheet, actor.organisation_id).items():
                values.setdefault(facet, {})[sheet.id] = t
        found = summary_in(connection, actor.organisation_id, "team", team_id, values, now=now)
        teams = stored.of_organisation(connection, actor.organisation_id, today=today)
        counted = next((r for r in teams if r.id == team_id), row)
    return TeamSummary(Team(row.id, row.name, row.site, counted.asked, counted.counts), found)


def what_is_added(summary: TeamSummary, standings: Mapping[str, Standing]) -> tuple[Complement, ...]:
    """What one person would add, on every facet that both were measured on."""
    return tuple(
        complement(facet, n=team.n, mean=team.mean, sd=team.sd, t=stood.t, sem=stood.sem)
        for facet, team in summary.facets.items()
        if (stood := standings.get(facet)) is not None and stood.t is not None and stood.sem is not None
    )


def _standings(connection: Connection, house: House, sheet: Record, organisation_id: str) -> dict[str, float]:
    scored = scored_sheet(connection, sheet)
    numbers = {item: value for item, value in scored.answers.items() if isinstance(value, int)}
    _, norms = norms_in_use(connection, house, organisation_id, scored.instrument)
    stood = stand(numbers, instrument=scored.instrument, asked=scored.asked, norms=norms)
    return {facet: one.t for facet, one in stood.items() if one.t is not None}
