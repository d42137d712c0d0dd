"""People who work here answer for their own growth, doctors included: no opening, no pass mark, nobody reads along.

A group is who was invited together. The house sees who has answered (growth_members.py), and a summary from five people
up (growth_summary.py). Everything else is the person's own: change_since.py, measuring_again.py, peers.py.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.profiles import newest_profile
from assessment.services.versions import Facts, keep_facts, keep_profile
from assessment.storage import accounts, audit, vacancies
from assessment.storage import growth as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

LONGEST_NAME = 200


@dataclass(frozen=True)
class Group:
    """`invited`: who takes part now; `answered`: how many of them have handed in a sheet."""

    id: str
    name: str
    role: str
    site: str
    created_at: datetime
    closed_at: datetime | None
    invited: int
    answered: int


def make_group(house: House, role: str, *, name: str, site: str = "", actor: Actor, now: datetime) -> str:
    """A group for one form of the questionnaire, the physicians' too."""
    require(actor)
    house.library.form(role)
    name, site = name.strip(), site.strip()
    if not name:
        raise SheetError("Please give the group a name.")
    if max(len(name), len(site)) > LONGEST_NAME:
        raise SheetError(f"Please keep name and site to {LONGEST_NAME} characters.")
    with house.database.write() as connection:
        profile = newest_profile(connection, actor, role, now=now)
        none: Facts = dict.fromkeys(house.library.languages(), ())
        profile_id = keep_profile(
            connection, actor.organisation_id, profile, author="system", reason="as shipped", now=now
        )
        facts_id = keep_facts(
            connection,
            actor.organisation_id,
            none,
            name="no_facts",
            version="0.1",
            author="system",
            reason="no job hangs on it",
            now=now,
        )
        id_ = vacancies.add(
            connection,
            organisation_id=actor.organisation_id,
            owner_id=actor.account_id or accounts.of_organisation(connection, actor.organisation_id)[0].id,
            purpose="growth",
            role=role,
            title=name,
            site=site,
            hours="",
            pay="",
            profile_id=profile_id,
            facts_id=facts_id,
            now=now,
        )
        _log(connection, actor, "growth_group_made", id_, now, role=role)
    return id_


def list_groups(house: House, *, actor: Actor) -> tuple[Group, ...]:
    """Open ones first, newest first."""
    require(actor)
    with house.database.read() as connection:
        rows = stored.groups(connection, actor.organisation_id)
    return tuple(
        Group(
            id=row.id,
            name=row.title,
            role=row.role,
            site=row.site,
            created_at=moment(row.created_at),
            closed_at=moment(row.closed_at) if row.closed_at else None,
            invited=row.invited,
            answered=row.answered,
        )
        for row in rows
    )


def close_group(house: House, group_id: str, *, actor: Actor, now: datetime) -> None:
    """Nobody is invited or reminded any more; what people have stays theirs."""
    require(actor)
    with house.database.write() as connection:
        group_in(connection, actor, group_id)
        vacancies.change(connection, group_id, closed_at=stamp(now))
        _log(connection, actor, "growth_group_closed", group_id, now)


def reopen_group(house: House, group_id: str, *, actor: Actor, now: datetime) -> None:
    require(actor)
    with house.database.write() as connection:
        group_in(connection, actor, group_id)
        vacancies.change(connection, group_id, closed_at=None)
        _log(connection, actor, "growth_group_reopened", group_id, now)


def group_in(connection: Connection, actor: Actor, group_id: str) -> Record:
    row = stored.group(connection, group_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("group", group_id)
    return row


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
