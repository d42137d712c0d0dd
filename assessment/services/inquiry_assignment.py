"""Who is to answer: the owner of the opening, or a colleague it is given to; whoever it is, is written to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.services.actor import STAFF, Actor, require
from assessment.services.house import House
from assessment.services.inquiries import answer_due, one_in
from assessment.services.organisation import organisation_in
from assessment.services.telling import said, tell_staff
from assessment.storage import accounts, audit
from assessment.storage import inquiries as stored
from assessment.storage.clock import moment

MINUTES = 5  # an answer takes, as told to whoever writes it


@dataclass(frozen=True)
class Colleague:
    account_id: str
    name: str


def assign_inquiry(
    house: House, kind: str, inquiry_id: str, account_id: str | None, *, actor: Actor, now: datetime
) -> None:
    """Give a question or note to a colleague of HR, who is told so; to nobody: it is the owner's again."""
    require(actor)
    with house.database.write() as connection:
        row = one_in(connection, kind, inquiry_id, actor=actor)
        if kind == "adjustment":
            raise NotAllowedError(
                "A wish for another way stays with the owner of the opening, so that few learn of it."
            )
        if row.answered_at is not None:
            raise NotAllowedError("This is answered already.")
        if account_id is not None:
            account = accounts.by_id(connection, account_id)
            if account is None or account.organisation_id != actor.organisation_id or account.disabled_at is not None:
                raise UnknownIdError("account", account_id)
            if account.role not in STAFF:
                raise NotAllowedError("Questions are answered by an administrator or an HR manager.")
        if account_id == row.assigned_to:
            return
        stored.change(connection, kind, inquiry_id, assigned_to=account_id)
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="inquiry_assigned",
            subject=inquiry_id,
            now=now,
            body={"kind": kind, "account": account_id},
        )
        if account_id is not None and account_id != actor.account_id:
            tell_of_inquiry(connection, house, kind, inquiry_id, account_id=account_id, actor=actor, now=now)


def tell_of_inquiry(
    connection: Connection,
    house: House,
    kind: str,
    inquiry_id: str,
    *,
    account_id: str | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Write to whoever is to answer (the owner of the opening, unless named), within the transaction of the verb."""
    row = one_in(connection, kind, inquiry_id, actor=actor)
    organisation = organisation_in(connection, actor.organisation_id)
    due = answer_due(moment(row.created_at), organisation).astimezone(organisation.zone)
    told = account_id or row.owner_id
    tell_staff(
        connection,
        house,
        told,
        "manager_question_waiting",
        key=f"manager_question_waiting:{inquiry_id}:{told}",
        values={
            "candidate_name": house.vault.open(row.name_sealed),
            "role_title": row.title,
            "question_text": house.vault.open(row.text_sealed),
            "deadline": f"{said(due.date(), 'en')}, {due:%H:%M}",
            "next_date": said(due.date(), "en"),
            "minutes": str(MINUTES),
            "link": f"{house.base_url}/inbox?kind={kind}&id={inquiry_id}",
        },
        application_id=row.application_id,
        actor=actor,
        now=now,
    )


def colleagues(house: House, *, actor: Actor) -> tuple[Colleague, ...]:
    """Who can be given a question: the administrators and HR managers there are."""
    require(actor)
    with house.database.read() as connection:
        rows = accounts.of_organisation(connection, actor.organisation_id)
    return tuple(
        Colleague(row.id, house.vault.open(row.name_sealed))
        for row in rows
        if row.role in STAFF and row.disabled_at is None
    )
