"""What a role asks for, in the organisation's own versions; every change has an author and a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import SheetError, UnknownIdError
from assessment.instruments.document import parse
from assessment.roles.library import role_profile
from assessment.roles.profile import Requirement, RoleProfile
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.versions import checked_reason, keep_profile, next_version, profile_of
from assessment.storage import accounts, audit, documents, vacancies


@dataclass(frozen=True)
class ProfileVersion:
    document: str
    version: str
    author: str
    reason: str
    created_at: datetime
    profile: RoleProfile


@dataclass(frozen=True)
class Change:
    """One field of one requirement, before and after."""

    facet: str
    field: str
    before: str
    after: str


def current_profile(house: House, role: str, *, actor: Actor) -> RoleProfile:
    """The organisation's newest version, or the one that ships."""
    require(actor)
    versions = profile_versions(house, role, actor=actor)
    return versions[-1].profile if versions else role_profile(role)


def profile_versions(house: House, role: str, *, actor: Actor) -> tuple[ProfileVersion, ...]:
    """Every version the organisation has used or made, oldest first."""
    require(actor)
    role_profile(role)  # an unknown role is refused with the list of those there are
    with house.database.read() as connection:
        return tuple(
            ProfileVersion(
                kept.id,
                kept.version,
                author_name(connection, house, kept.author),
                kept.reason,
                kept.created_at,
                profile_of(connection, kept.id),
            )
            for kept in documents.versions(connection, actor.organisation_id, kind="profile", name=role)
        )


def save_profile(
    house: House,
    role: str,
    requirements: Sequence[Requirement | dict[str, object]],
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    vacancy_id: str | None = None,
) -> RoleProfile:
    """A new version of a role's requirements; with `vacancy_id`, that vacancy's new sittings use it.

    Sittings made before keep the version they were made under.
    """
    require(actor)
    reason = checked_reason(reason)
    with house.database.write() as connection:
        newest = newest_profile(connection, actor, role, now=now)
        body = newest.model_dump(mode="json")
        body["requirements"] = [r.model_dump(mode="json") if isinstance(r, Requirement) else r for r in requirements]
        if body["requirements"] == newest.model_dump(mode="json")["requirements"]:
            raise SheetError("Nothing was changed, so there is no new version.")
        known = documents.versions(connection, actor.organisation_id, kind="profile", name=role)
        body["version"] = next_version([k.version for k in known])
        profile = parse(RoleProfile, body, where=f"profile {role}")
        id_ = keep_profile(connection, actor.organisation_id, profile, author=actor.label, reason=reason, now=now)
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="profile_changed",
            subject=id_,
            now=now,
            body={"role": role, "version": profile.version},
        )
        if vacancy_id is not None:
            _use(connection, vacancy_id, id_, actor=actor, now=now)
    return profile


def use_profile(house: House, vacancy_id: str, document: str, *, actor: Actor, now: datetime) -> None:
    """Let a vacancy's new sittings use another version of its role's profile."""
    require(actor)
    with house.database.write() as connection:
        row = vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id)
        known = documents.versions(connection, actor.organisation_id, kind="profile", name=row.role) if row else ()
        if document not in [k.id for k in known]:
            raise UnknownIdError("profile version", document)
        _use(connection, vacancy_id, document, actor=actor, now=now)


def diff(before: RoleProfile, after: RoleProfile) -> tuple[Change, ...]:
    """What differs between two versions, in the order of the later one."""
    old = {r.facet: r for r in before.requirements}
    changes = []
    for requirement in after.requirements:
        was = old.get(requirement.facet)
        for field in ("kind", "low", "high", "weight", "because"):
            one, other = (getattr(r, field) if r else None for r in (was, requirement))
            if one != other:
                changes.append(Change(requirement.facet, field, _said(one), _said(other)))
    return tuple(changes)


def newest_profile(connection: Connection, actor: Actor, role: str, *, now: datetime) -> RoleProfile:
    """The newest version, after making sure that the one that ships is kept as the first."""
    shipped = role_profile(role)
    known = documents.versions(connection, actor.organisation_id, kind="profile", name=role)
    if not any(k.version == shipped.version for k in known):
        keep_profile(connection, actor.organisation_id, shipped, author="system", reason="as shipped", now=now)
    known = documents.versions(connection, actor.organisation_id, kind="profile", name=role)
    return profile_of(connection, known[-1].id)


def author_name(connection: Connection, house: House, author: str) -> str:
    row = accounts.by_id(connection, author)
    return house.vault.open(row.name_sealed) if row else "Carefit"


def _use(connection: Connection, vacancy_id: str, document: str, *, actor: Actor, now: datetime) -> None:
    if vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id) is None:
        raise UnknownIdError("vacancy", vacancy_id)
    vacancies.change(connection, vacancy_id, profile_id=document)
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind="profile_used",
        subject=vacancy_id,
        now=now,
        body={"profile": document},
    )


def _said(value: object) -> str:
    return "none" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
