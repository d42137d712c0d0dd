"""A colleague's page: eight lines about somebody they know, answered once, kept without a trace of who or when."""

import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import ClosedError, SheetError, UnknownIdError
from assessment.services.house import House
from assessment.services.peers import checked_answers
from assessment.storage import audit, stages
from assessment.storage import peers as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record
from assessment.storage.vault import token_hash
from assessment.training.growth_items import growth_items

LONGEST_WORDS = 500
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")


@dataclass(frozen=True)
class PeerDoor:
    """What a colleague sees: about whom, for whom, and whether they have answered."""

    person_name: str
    organisation: str
    contact: str
    language: str
    made_up: bool
    answered: bool


class PeerDoorClosedError(ClosedError):
    """The days for answering are over; nothing is lost by it."""

    def __init__(self, *, contact: str, language: str) -> None:
        self.contact, self.language = contact, language
        super().__init__(f"This page has closed. That is fine. Questions? Please write or call {contact}.")


def peer_door(house: House, token: str, *, now: datetime) -> PeerDoor:
    """Look without changing anything; mail scanners open links.

    Raises
    ------
    UnknownIdError : no such link
    PeerDoorClosedError : its days are over
    """
    with house.database.read() as connection:
        row = _open_request(connection, token, now=now)
    return PeerDoor(
        person_name=house.vault.open(row.name_sealed),
        organisation=row.organisation,
        contact=f"{row.contact_name}, {row.contact}",
        language=row.language,
        made_up=row.made_up,
        answered=row.answered_at is not None,
    )


def answer_about(house: House, token: str, answers: Mapping[str, int], words: str, *, now: datetime) -> None:
    """Keep what a colleague says, once; the same again changes nothing."""
    checked, words = checked_answers(answers), " ".join(words.split())
    if len(words) > LONGEST_WORDS:
        raise SheetError(f"Please keep it to {LONGEST_WORDS} characters.")
    body = json.dumps({"version": growth_items().version, "answers": checked, "words": words})
    with house.database.write() as connection:
        asked = _open_request(connection, token, now=now)
        stages.current(connection, asked.application_id, organisation_id=asked.organisation_id)  # one at a time
        row = _open_request(connection, token, now=now, hold=True)
        if row.answered_at is not None:
            return
        stored.change_request(connection, row.id, answered_at=stamp(now))
        stored.add_sheet(connection, row.application_id, house.vault.seal(body), rng=random.SystemRandom())
        audit.append(
            connection,
            row.organisation_id,
            actor="colleague",
            kind="peer_answered",
            subject=row.application_id,
            now=now,
        )


def _open_request(connection: Connection, token: str, *, now: datetime, hold: bool = False) -> Record:
    row = stored.by_token(connection, token_hash(token), hold=hold) if _TOKEN.fullmatch(token) else None
    if row is None:
        raise UnknownIdError("link", "as it was typed")
    if row.answered_at is None and (row.revoked_at is not None or moment(row.expires_at) <= now):
        raise PeerDoorClosedError(contact=f"{row.contact_name}, {row.contact}", language=row.language)
    return row
