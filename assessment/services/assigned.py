"""Whose people: HR sees everybody, interviewers and supervisors only those they were assigned to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.services.actor import ROLES, STAFF, Actor, require
from assessment.services.house import House
from assessment.services.shortlist import opened_name
from assessment.storage import accounts, applications, assignments, audit
from assessment.storage.record import Record

Duty = Literal["interviewer", "supervisor"]
DUTIES: tuple[Duty, ...] = ("interviewer", "supervisor")


@dataclass(frozen=True)
class Assigned:
    account_id: str
    name: str
    duty: str


@dataclass(frozen=True)
class MyPerson:
    """One of the people of an interviewer or supervisor: a name, a job, a stage; never a result."""

    application_id: str
    name: str
    vacancy_id: str
    title: str
    role: str
    duty: str
    stage: str


def require_person(connection: Connection, actor: Actor, application_id: str, *, duty: Duty | None = None) -> Record:
    """The application, when it is one of the actor's people; to others it does not exist.

    Raises
    ------
    UnknownIdError : not in this organisation, or not assigned to this interviewer or supervisor
    """
    require(actor, *ROLES)
    row = applications.one(connection, application_id, organisation_id=actor.organisation_id)
    mine = actor.kind == "system" or actor.role in STAFF
    if row is not None and not mine:
        mine = assignments.is_assigned(connection, application_id, actor.account_id or "", duty=duty)
    if row is None or not mine:
        raise UnknownIdError("application", application_id)
    return row


def assign(house: House, application_id: str, account_id: str, *, duty: Duty, actor: Actor, now: datetime) -> None:
    """Make somebody an interviewer or the supervisor of an application."""
    require(actor)
    with house.database.write() as connection:
        assign_in(connection, application_id, account_id, duty=duty, actor=actor, now=now)


def assign_in(
    connection: Connection, application_id: str, account_id: str, *, duty: Duty, actor: Actor, now: datetime
) -> None:
    """The same within another verb's transaction."""
    if duty not in DUTIES:
        raise UnknownIdError("duty", duty, DUTIES)
    if applications.one(connection, application_id, organisation_id=actor.organisation_id) is None:
        raise UnknownIdError("application", application_id)
    account = accounts.by_id(connection, account_id)
    if account is None or account.organisation_id != actor.organisation_id:
        raise UnknownIdError("account", account_id)
    if account.disabled_at is not None:
        raise NotAllowedError("This account is closed.")
    if account.role in DUTIES and account.role != duty:
        raise NotAllowedError(f"This is an account for a {account.role}, so it cannot be the {duty}.")
    if assignments.is_assigned(connection, application_id, account_id, duty=duty):
        return
    assignments.assign(connection, application_id, account_id, duty=duty, assigned_by=actor.label, now=now)
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind="assigned",
        subject=application_id,
        now=now,
        body={"account": account_id, "duty": duty},
    )


def unassign(house: House, application_id: str, account_id: str, *, duty: Duty, actor: Actor, now: datetime) -> None:
    require(actor)
    with house.database.write() as connection:
        require_person(connection, actor, application_id)
        assignments.end(connection, application_id, account_id, duty=duty, now=now)
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="unassigned",
            subject=application_id,
            now=now,
            body={"account": account_id, "duty": duty},
        )


def assigned_to(house: House, application_id: str, *, actor: Actor) -> tuple[Assigned, ...]:
    """Who is assigned to an application."""
    with house.database.read() as connection:
        require_person(connection, actor, application_id)
        rows = assignments.of_application(connection, application_id)
    return tuple(Assigned(row.account_id, house.vault.open(row.name_sealed), row.duty) for row in rows)


def my_people(house: House, *, actor: Actor) -> tuple[MyPerson, ...]:
    """Everybody the actor is assigned to."""
    require(actor, *ROLES)
    with house.database.read() as connection:
        rows = assignments.of_account(connection, actor.account_id or "", organisation_id=actor.organisation_id)
    return tuple(
        MyPerson(
            row.application_id,
            opened_name(house, row.name_sealed),
            row.vacancy_id,
            row.title,
            row.role,
            row.duty,
            row.stage,
        )
        for row in rows
    )
