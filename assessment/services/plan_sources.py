"""What a plan is proposed from: the questionnaire, the scenes and the ratings of the talk, read within a transaction."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection

from assessment.roles.fit import Match
from assessment.roles.interview_guide import interview_guide
from assessment.scoring.scenarios import scenario_score
from assessment.services.house import House
from assessment.services.kit_questions import kit_body
from assessment.services.scoring import Scored, scored_sheet
from assessment.services.top_up import handed_in
from assessment.storage import kits
from assessment.storage import ratings as stored
from assessment.storage.record import Record
from assessment.training.plan_proposal import SceneSeen, TalkSeen


@dataclass(frozen=True)
class PlanSources:
    """All empty where nothing was handed in and nobody has rated."""

    matches: tuple[Match, ...] = ()
    scenes: tuple[SceneSeen, ...] = ()
    talk: tuple[TalkSeen, ...] = ()


def plan_sources(connection: Connection, house: House, row: Record) -> PlanSources:
    sheet = handed_in(connection, row.id, organisation_id=row.organisation_id)
    talk = _talk(connection, row)
    if sheet is None:
        return PlanSources(talk=talk)
    scored = scored_sheet(connection, sheet)
    asked = tuple(match for match in scored.fit.matches if match.requirement.facet in scored.form.facets)
    return PlanSources(asked, _scenes(house, scored), talk)


def _scenes(house: House, scored: Scored) -> tuple[SceneSeen, ...]:
    key = house.library.scenarios().by_id()
    found = []
    for id_ in scored.form.scenarios:
        best, worst = (scored.answers.get(f"{id_}.{which}") for which in ("best", "worst"))
        picks = (best if isinstance(best, str) else None, worst if isinstance(worst, str) else None)
        found.append(
            SceneSeen(id_, tuple(key[id_].facets), tuple(key[id_].competencies), scenario_score(key[id_], *picks))
        )
    return tuple(found)


def _talk(connection: Connection, row: Record) -> tuple[TalkSeen, ...]:
    """The mean of what was handed in, by question; what somebody has not handed in counts nowhere."""
    if kits.one(connection, row.id) is None:
        return ()
    given: dict[str, list[int]] = defaultdict(list)
    for sheet in stored.sheets(connection, row.id):
        if sheet.handed_in_at:
            for question, own in stored.of_rater(connection, row.id, sheet.account_id).items():
                if own.rating:
                    given[question].append(own.rating)
    guide = interview_guide()
    own_role = guide.roles[row.role].questions if row.role in guide.roles else ()
    competencies = {question.id: question.competency or "" for question in own_role}
    return tuple(
        TalkSeen(q["id"], q["facet"], competencies.get(q["id"], ""), sum(given[q["id"]]) / len(given[q["id"]]))
        for q in kit_body(connection, row.id)["questions"]
        if given[q["id"]]
    )
