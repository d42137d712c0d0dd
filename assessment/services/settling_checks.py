"""Settling a check of a hire: confirmed, not needed, or opened again, by a named person."""

import json
from datetime import date, datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.reports.words import day as said_day
from assessment.services.actor import Actor, require
from assessment.services.checklists import checklist_in
from assessment.services.hire_checks import Evidence, log
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.storage import hire_checks as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

LONGEST = 2_000


def confirm(
    house: House,
    check_id: str,
    note: str,
    *,
    register_number: str = "",
    valid_until: date | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Somebody has looked and writes down what they saw; by name, with the time.

    Raises
    ------
    SheetError : a licence without a number or a last day, or one that has run out
    """
    require(actor)
    evidence = Evidence(_checked(note), register_number.strip()[:100], valid_until)
    with house.database.write() as connection:
        row = _open(connection, check_id, actor)
        check = checklist_in(connection, actor.organisation_id, row.role).checklist.checks.get(row.kind)
        if check and check.needs == "register":
            if not evidence.register_number or valid_until is None:
                raise SheetError("Please write down the register number and until when it is valid.")
            if valid_until < organisation_in(connection, actor.organisation_id).day(now):
                raise SheetError("This licence has run out, so it cannot be confirmed.")
        elif not evidence.note:
            raise SheetError("Please write down in a few words what you saw.")
        _settle(connection, house, row, "confirmed", evidence, actor=actor, now=now)


def not_needed(house: House, check_id: str, because: str, *, actor: Actor, now: datetime) -> None:
    """This check is left out for this person, and why."""
    require(actor)
    words = _checked(because)
    if not words:
        raise SheetError("Please say why it is not needed.")
    with house.database.write() as connection:
        row = _open(connection, check_id, actor)
        _settle(connection, house, row, "not_needed", Evidence(words), actor=actor, now=now)


def reopen(house: House, check_id: str, *, actor: Actor, now: datetime) -> None:
    """It was settled by mistake; who settled it stays in the event log."""
    require(actor)
    with house.database.write() as connection:
        row = _one(connection, check_id, actor)
        if row.outcome is not None:
            stored.change(connection, check_id, outcome=None, evidence_sealed=None, settled_by=None, settled_at=None)
            log(connection, actor, "check_reopened", check_id, now, application=row.application_id)


def _settle(
    connection: Connection,
    house: House,
    row: Record,
    outcome: str,
    evidence: Evidence,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    if actor.account_id is None:
        raise NotAllowedError("a check is settled by a person")
    body = {
        "note": evidence.note,
        "register_number": evidence.register_number,
        "valid_until": evidence.valid_until.isoformat() if evidence.valid_until else None,
    }
    stored.change(
        connection,
        row.id,
        outcome=outcome,
        evidence_sealed=house.vault.seal(json.dumps(body, ensure_ascii=False)),
        settled_by=actor.account_id,
        settled_at=stamp(now),
    )
    log(connection, actor, f"check_{outcome}", row.id, now, application=row.application_id)


def _one(connection: Connection, check_id: str, actor: Actor) -> Record:
    row = stored.one(connection, check_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("check", check_id)
    return row


def _open(connection: Connection, check_id: str, actor: Actor) -> Record:
    row = _one(connection, check_id, actor)
    if row.outcome is not None:
        raise NotAllowedError(f"This was settled on {said_day(moment(row.settled_at))}. Open it again first.")
    return row


def _checked(text: str) -> str:
    words = text.strip()
    if len(words) > LONGEST:
        raise SheetError(f"Please keep it to {LONGEST:,} characters.")
    return words
