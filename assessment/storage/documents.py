"""Immutable versions of what a sitting was made under: questionnaire, form, norms, calibration, profile, job facts."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import Connection, insert, select

from assessment.errors import InstrumentError, UnknownIdError
from assessment.storage.audit import canonical
from assessment.storage.clock import moment, new_id, stamp
from assessment.storage.schema import documents, organisations

Chosen = Literal["norms", "calibration"]
Kind = Literal[
    "questionnaire",
    "form",
    "norms",
    "norms_use",
    "calibration",
    "calibration_use",
    "profile",
    "facts",
    "message",
    "stages",
    "checklist",
    "rates",
    "module",
]
_USE: dict[Chosen, Kind] = {"norms": "norms_use", "calibration": "calibration_use"}


@dataclass(frozen=True)
class Kept:
    """One version: who made it, when and why."""

    id: str
    name: str
    version: str
    author: str
    reason: str
    created_at: datetime
    body: Any


def keep(
    connection: Connection,
    organisation_id: str,
    *,
    kind: Kind,
    name: str,
    version: str,
    body: object,
    author: str,
    reason: str,
    now: datetime,
) -> str:
    """Keep a version and return its id; the same content under the same version is kept once.

    Raises
    ------
    InstrumentError : the version is there already with other content
    """
    text = canonical(body)
    digest = hashlib.sha256(text.encode()).hexdigest()
    held = select(organisations.c.id).where(organisations.c.id == organisation_id)
    connection.execute(
        held.with_for_update(key_share=True)
    ).first()  # two who keep the same at once: one after the other
    there = connection.execute(
        select(documents.c.id, documents.c.digest).where(
            documents.c.organisation_id == organisation_id,
            documents.c.kind == kind,
            documents.c.name == name,
            documents.c.version == version,
        )
    ).first()
    if there:
        if there.digest != digest:
            raise InstrumentError(f"{kind} {name} {version} is kept already with other content; give it a new version")
        return str(there.id)
    id_ = new_id()
    connection.execute(
        insert(documents).values(
            id=id_,
            organisation_id=organisation_id,
            kind=kind,
            name=name,
            version=version,
            digest=digest,
            body=text,
            author=author,
            reason=reason,
            created_at=stamp(now),
        )
    )
    return id_


def document(connection: Connection, id_: str) -> Kept:
    row = connection.execute(select(documents).where(documents.c.id == id_)).first()
    if row is None:
        raise UnknownIdError("document", id_)
    return Kept(row.id, row.name, row.version, row.author, row.reason, moment(row.created_at), _read(row.body))


def versions(connection: Connection, organisation_id: str, *, kind: Kind, name: str) -> Sequence[Kept]:
    """All versions of one name, lowest number first."""
    rows = connection.execute(
        select(documents).where(
            documents.c.organisation_id == organisation_id, documents.c.kind == kind, documents.c.name == name
        )
    )
    found = [Kept(r.id, r.name, r.version, r.author, r.reason, moment(r.created_at), _read(r.body)) for r in rows]
    return sorted(found, key=lambda kept: [int(part) for part in kept.version.split(".")])


def choose(
    connection: Connection,
    organisation_id: str,
    kind: Chosen,
    document_id: str | None,
    *,
    name: str,
    author: str,
    reason: str,
    now: datetime,
) -> None:
    """Keep which version new sittings are made under, or that they use none: a choice is a version itself."""
    use: Kind = _USE[kind]
    before = versions(connection, organisation_id, kind=use, name=name)
    keep(
        connection,
        organisation_id,
        kind=use,
        name=name,
        version=f"{len(before) + 1}.0",
        body={"document": document_id},
        author=author,
        reason=reason,
        now=now,
    )


def chosen(connection: Connection, organisation_id: str, kind: Chosen, *, name: str) -> str | None:
    """The document that the newest choice names; None where it names none, or nothing was chosen yet."""
    choices = versions(connection, organisation_id, kind=_USE[kind], name=name)
    return choices[-1].body["document"] if choices else None


@lru_cache(maxsize=256)
def _read(body: str) -> Any:
    return json.loads(body)
