"""What a group that grows together shows to the house: means and spreads from five people up, and nothing else.

Of every person counts the sheet they handed in first, so that answering once more changes no summary. What colleagues
said counts only where five or more spoke about the same person, and five or more such people are there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.fairness.small_groups import FEWEST
from assessment.scoring.standing import stand
from assessment.services.actor import Actor, require
from assessment.services.group_summary import Summary, summary_in
from assessment.services.growth import group_in
from assessment.services.house import House
from assessment.services.peers import WORDS, peer_summary_in
from assessment.services.versions import form_of, norms_in_use, questionnaire_of
from assessment.storage import growth as stored
from assessment.storage import responses
from assessment.storage.record import Record


@dataclass(frozen=True)
class GroupSummary:
    """Facet → mean and spread in T; line → mean and spread of people's means on 1 to 5. Empty below five people."""

    facets: Mapping[str, Summary]
    lines: Mapping[str, Summary]
    fewest: int = FEWEST


def group_summary(house: House, group_id: str, *, actor: Actor, now: datetime) -> GroupSummary:
    require(actor)
    with house.database.write() as connection:  # of whom it was made is kept
        group_in(connection, actor, group_id)
        stored.group(connection, group_id, organisation_id=actor.organisation_id, hold=True)
        values: dict[str, dict[str, float]] = {}
        for sheet in stored.first_sheets(connection, group_id):
            for facet, t in _standings(connection, house, sheet, actor.organisation_id).items():
                values.setdefault(facet, {})[sheet.id] = t
        facets = summary_in(connection, actor.organisation_id, "growth", group_id, values, now=now)
        means: dict[str, dict[str, float]] = {}
        for row in stored.members(connection, group_id):
            if row.stage != stored.IN_GROUP or not row.handed_in:
                continue
            _, about = peer_summary_in(connection, house, row.id, actor.organisation_id, now=now)
            for line, found in about.items():
                if line != WORDS:
                    means.setdefault(line, {})[f"{row.id}:{found.n}"] = found.mean
        lines = summary_in(connection, actor.organisation_id, "peers", group_id, means, now=now)
    return GroupSummary(facets, lines)


def _standings(connection: Connection, house: House, sheet: Record, organisation_id: str) -> dict[str, float]:
    """T of every scored facet, all sheets beside the comparison group of today."""
    instrument, form = questionnaire_of(connection, sheet.questionnaire_id), form_of(connection, sheet.form_id)
    _, norms = norms_in_use(connection, house, organisation_id, instrument, facets=form.facets)
    given = responses.responses_of(connection, sheet.id)
    numbers = {item: r.value for item, r in given.items() if isinstance(r.value, int)}
    stood = stand(numbers, instrument=instrument, asked=form.items, norms=norms)
    return {facet: s.t for facet, s in stood.items() if s.t is not None}
