"""How alike the scenes of a role are in what people's picks come to, and how far the authors of their key agree."""

from dataclasses import dataclass

from assessment.scoring.scenarios import (
    KeyAgreement,
    ScenarioReliability,
    key_agreement,
    scenario_reliability,
    scenario_scores,
)
from assessment.services.actor import Actor, require
from assessment.services.health import ENOUGH_FOR_RELIABILITY
from assessment.services.house import House
from assessment.services.sheets import comparable_versions
from assessment.storage import sheets as stored


@dataclass(frozen=True)
class ScenarioHealth:
    """The scenes of one role among n people who picked in all of them; reliability is None where there are too few."""

    role: str
    n: int
    scenarios: int
    reliability: ScenarioReliability | None


def scenario_health(house: House, *, actor: Actor, questionnaire: str = "temperament") -> tuple[ScenarioHealth, ...]:
    """One entry for each role somebody handed in a sheet for."""
    require(actor)
    instrument, key = house.library.questionnaire(questionnaire), house.library.scenarios().by_id()
    with house.database.read() as connection:
        ids = comparable_versions(connection, actor.organisation_id, instrument)
        roles = sorted({row.role for row in stored.submitted(connection, actor.organisation_id, ids)})
        found = []
        for role in roles:
            scenes = [key[id_] for id_ in house.library.form(role).scenarios]
            fields = [f"{scene.id}.{which}" for scene in scenes for which in ("best", "worst")]
            picked = list(stored.picks(connection, actor.organisation_id, ids, fields).values())
            best, worst = (
                [[own.get(f"{scene.id}.{which}") for scene in scenes] for own in picked] for which in ("best", "worst")
            )
            whole = scenario_reliability(scenario_scores(scenes, best, worst))
            enough = whole.n >= ENOUGH_FOR_RELIABILITY
            found.append(ScenarioHealth(role, whole.n, len(scenes), whole if enough else None))
    return tuple(found)


def scenario_agreement(house: House, *, actor: Actor) -> KeyAgreement:
    """Of the authors of the key that ships."""
    require(actor)
    return key_agreement(house.library.scenarios())
