"""Which checks a role needs: the list that ships, or the organisation's own newest version."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Connection

from assessment.errors import SheetError, UnknownIdError
from assessment.roles.checklist import Checklist, default_checklist, default_checks
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.storage import audit, documents

LONGEST_KIND = 32


@dataclass(frozen=True)
class OwnChecklist:
    """`version` is empty while the list that ships is used."""

    role: str
    checklist: Checklist
    version: str
    reason: str


def checklist(house: House, role: str, *, actor: Actor) -> OwnChecklist:
    require(actor)
    with house.database.read() as connection:
        return checklist_in(connection, actor.organisation_id, role)


def checklist_in(connection: Connection, organisation_id: str, role: str) -> OwnChecklist:
    kept = documents.versions(connection, organisation_id, kind="checklist", name=role)
    if not kept:
        return OwnChecklist(role, default_checklist(role), "", "")
    return OwnChecklist(role, Checklist.model_validate(kept[-1].body), kept[-1].version, kept[-1].reason)


def edit_checklist(
    house: House, role: str, checks: dict[str, dict[str, object]], *, reason: str, actor: Actor, now: datetime
) -> None:
    """Keep the organisation's own list for a role as a new version: kind → title, line, due_days, needs.

    Checks that were begun before stay as they are.
    """
    require(actor)
    if role not in default_checks().roles:
        raise UnknownIdError("role", role, tuple(default_checks().roles))
    if not reason.strip():
        raise SheetError("Please say why; the reason is kept with the list.")
    if any(len(kind) > LONGEST_KIND for kind in checks):
        raise SheetError(f"Please keep the short name of a check to {LONGEST_KIND} characters.")
    try:
        new = Checklist.model_validate({"checks": checks})
    except ValidationError as error:
        problem = error.errors()[0]
        place = " · ".join(str(part) for part in problem["loc"] if part != "checks")
        raise SheetError(f"Please look at {place or 'the list'}: {problem['msg']}.") from None
    with house.database.write() as connection:
        if checklist_in(connection, actor.organisation_id, role).checklist == new:
            raise SheetError("Nothing was changed.")
        before = documents.versions(connection, actor.organisation_id, kind="checklist", name=role)
        documents.keep(
            connection,
            actor.organisation_id,
            kind="checklist",
            name=role,
            version=f"{len(before) + 1}.0",
            body=new.model_dump(mode="json"),
            author=actor.label,
            reason=reason.strip()[:1000],
            now=now,
        )
        audit.append(
            connection, actor.organisation_id, actor=actor.label, kind="checklist_changed", subject=role, now=now
        )
