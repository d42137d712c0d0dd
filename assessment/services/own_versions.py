"""Versions an organisation makes of its own sheets (norms, calibrations), and which of them new sittings use."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel
from sqlalchemy import Connection

from assessment.services.actor import Actor
from assessment.storage import audit, documents

Kind = Literal["norms", "calibration"]
_MADE: dict[Kind, str] = {"norms": "norms_made", "calibration": "calibrated"}


def keep_own(
    connection: Connection,
    kind: Kind,
    thing: BaseModel,
    *,
    name: str,
    version: str,
    people: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> str:
    """Keep what was made of `people` people as a new version; returns its document."""
    id_ = documents.keep(
        connection,
        actor.organisation_id,
        kind=kind,
        name=name,
        version=version,
        body=thing.model_dump(mode="json"),
        author=actor.label,
        reason=reason,
        now=now,
    )
    body = {"version": version, "people": people}
    audit.append(
        connection, actor.organisation_id, actor=actor.label, kind=_MADE[kind], subject=id_, now=now, body=body
    )
    return id_


def choose(
    connection: Connection, kind: Kind, document_id: str | None, *, name: str, reason: str, actor: Actor, now: datetime
) -> None:
    """Let new sittings be made under this version, or under none; sittings made before keep theirs."""
    documents.choose(
        connection,
        actor.organisation_id,
        kind,
        document_id,
        name=name,
        author=actor.label,
        reason=reason,
        now=now,
    )
    event = f"{kind}_used" if document_id else f"{kind}_off"
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=event, subject=document_id or name, now=now)
