"""Before first use: who answers for the law, and who speaks for the staff. Until both are named nobody is invited."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.profiles import author_name
from assessment.services.to_do import ToDo
from assessment.storage import audit
from assessment.storage import sign_offs as stored
from assessment.storage.clock import moment

Kind = Literal["legal_contact", "works_council"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NAMES = {"legal_contact": "legal contact", "works_council": "works council"}
LONGEST = 1_000


@dataclass(frozen=True)
class SignOff:
    """Who was named, what was said about it, and which administrator wrote it down; no name: there is none, and why."""

    kind: str
    name: str
    note: str
    by: str
    at: datetime


def sign(house: House, kind: str, *, name: str, note: str = "", actor: Actor, now: datetime) -> None:
    """Write down who has looked at the use of the questionnaire; for a works council, or that there is none and why.

    What was signed before under this kind is taken back and stays in the record.
    """
    require(actor, "administrator")
    if kind not in KINDS:
        raise UnknownIdError("sign-off", kind, KINDS)
    name, note = name.strip(), note.strip()
    if kind == "legal_contact" and not name:
        raise SheetError("Please name the person who answers for the law.")
    if kind == "works_council" and not name and not note:
        raise SheetError("Please name the works council, or say in a few words that there is none.")
    if len(name) > 200 or len(note) > LONGEST:
        raise SheetError(f"Please keep the name to 200 characters and the note to {LONGEST:,}.")
    with house.database.write() as connection:
        stored.take_back(connection, actor.organisation_id, kind, now=now)
        stored.add(
            connection,
            organisation_id=actor.organisation_id,
            kind=kind,
            name_sealed=house.vault.seal(name),
            note_sealed=house.vault.seal(note) if note else None,
            account_id=_person(actor),
            now=now,
        )
        _log(connection, actor, "signed_off", kind, now)


def take_back(house: House, kind: str, *, actor: Actor, now: datetime) -> None:
    """From now on nobody is invited until it is signed again; those who were go on."""
    require(actor, "administrator")
    if kind not in KINDS:
        raise UnknownIdError("sign-off", kind, KINDS)
    with house.database.write() as connection:
        if stored.take_back(connection, actor.organisation_id, kind, now=now):
            _log(connection, actor, "sign_off_taken_back", kind, now)


def signed(house: House, *, actor: Actor) -> dict[str, SignOff]:
    """What is signed, by kind."""
    require(actor)
    with house.database.read() as connection:
        return {
            row.kind: SignOff(
                row.kind,
                house.vault.open(row.name_sealed),
                house.vault.open(row.note_sealed) if row.note_sealed else "",
                author_name(connection, house, row.account_id),
                moment(row.created_at),
            )
            for row in stored.standing(connection, actor.organisation_id)
        }


def missing(house: House, *, actor: Actor) -> tuple[str, ...]:
    """What must be signed before anybody is invited; nothing for the made-up organisation."""
    require(actor)
    with house.database.read() as connection:
        return missing_in(connection, actor.organisation_id)


def missing_in(connection: Connection, organisation_id: str) -> tuple[str, ...]:
    if organisation_in(connection, organisation_id).made_up:
        return ()
    there = {row.kind for row in stored.standing(connection, organisation_id)}
    return tuple(NAMES[kind] for kind in KINDS if kind not in there)


def require_sign_off(connection: Connection, organisation_id: str) -> None:
    """Refuse to invite anybody until both are signed.

    Raises
    ------
    NotAllowedError : says what is missing and where it is done
    """
    if found := missing_in(connection, organisation_id):
        raise NotAllowedError(
            f"Nobody can be invited yet: the {' and the '.join(found)} must be named first. "
            "An administrator does this under Settings, “Before first use”."
        )


def tasks_for(house: House, *, actor: Actor, now: datetime) -> tuple[ToDo, ...]:
    """What stands on Today until it is signed."""
    found = missing(house, actor=actor)
    if not found:
        return ()
    line = "Nobody can be invited until this is done"
    if actor.role != "administrator":
        line += "; an administrator does it"
    title = f"Name the {' and the '.join(found)}"
    return (ToDo("sign_off", title, line, "", False, now, "/settings"),)


def _person(actor: Actor) -> str:
    if actor.account_id is None:
        raise NotAllowedError("a sign-off is written by a person")
    return actor.account_id


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now)
