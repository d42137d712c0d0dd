"""The stages of a role as an organisation goes through them: its own version, or the one that ships."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError
from assessment.instruments.document import parse
from assessment.roles.library import role_profile
from assessment.roles.stage_template import StageRule, StageTemplate, shipped_stages
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.profiles import author_name
from assessment.services.versions import checked_reason, next_version
from assessment.storage import audit, documents


@dataclass(frozen=True)
class StagesVersion:
    """One version an organisation made: who, when and why."""

    version: str
    author: str
    reason: str
    created_at: datetime
    template: StageTemplate


def stage_template(house: House, role: str, *, actor: Actor) -> StageTemplate:
    """The stages of a role as they are now."""
    require(actor)
    role_profile(role)  # an unknown role is refused with the list of those there are
    with house.database.read() as connection:
        return stage_template_in(connection, house, actor.organisation_id, role)


def stage_template_in(connection: Connection, house: House, organisation_id: str, role: str) -> StageTemplate:
    """The same within another verb's transaction."""
    kept = documents.versions(connection, organisation_id, kind="stages", name=role)
    return StageTemplate.model_validate(kept[-1].body) if kept else shipped_stages()


def stage_template_versions(house: House, role: str, *, actor: Actor) -> tuple[StagesVersion, ...]:
    """Every version the organisation made, oldest first."""
    require(actor)
    role_profile(role)
    with house.database.read() as connection:
        return tuple(
            StagesVersion(
                kept.version,
                author_name(connection, house, kept.author),
                kept.reason,
                kept.created_at,
                StageTemplate.model_validate(kept.body),
            )
            for kept in documents.versions(connection, actor.organisation_id, kind="stages", name=role)
        )


def edit_stage_template(
    house: House,
    role: str,
    stages: Sequence[StageRule | dict[str, object]],
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> StageTemplate:
    """Keep a new version of a role's stages; it counts at once, for people who are under way too.

    Raises
    ------
    SheetError : nothing was changed, or there is no reason
    NotAllowedError : a stage is missing, new or in another place
    InstrumentError : a stage cannot be so: days without anybody who waits, one left out that may not be
    """
    require(actor)
    role_profile(role)
    reason = checked_reason(reason)
    shipped = shipped_stages()
    with house.database.write() as connection:
        before = stage_template_in(connection, house, actor.organisation_id, role)
        known = documents.versions(connection, actor.organisation_id, kind="stages", name=role)
        version = next_version([shipped.version, *(kept.version for kept in known)])
        rules = [s.model_dump(mode="json") if isinstance(s, StageRule) else dict(s) for s in stages]
        body = {"version": version, "status": "in_use", "licence": shipped.licence, "stages": rules}
        template = parse(StageTemplate, body, where=f"stages of {role}")
        if [rule.id for rule in template.stages] != [rule.id for rule in shipped.stages]:
            raise NotAllowedError("Stages are the same everywhere, in the same order; change what is said of them.")
        if template.stages == before.stages:
            raise SheetError("Nothing was changed, so there is no new version.")
        id_ = documents.keep(
            connection,
            actor.organisation_id,
            kind="stages",
            name=role,
            version=version,
            body=template.model_dump(mode="json"),
            author=actor.label,
            reason=reason,
            now=now,
        )
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="stages_changed",
            subject=id_,
            now=now,
            body={"role": role, "version": version},
        )
    return template
