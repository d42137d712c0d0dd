"""How somebody talks with people, by their own word and by that of colleagues they name themselves.

Nobody of the house sees whom they named. What colleagues say is kept without a trace of who or when, and shown to the
person as means only, from five people up, and so that no later mean betrays anybody. Colleagues' own page is behind
peer_answers.py.
"""

import json
import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from assessment.errors import SheetError, UnknownIdError
from assessment.fairness.small_groups import FEWEST
from assessment.messages.plain_pages import put_in, say_date
from assessment.messages.words import words
from assessment.services.actor import Actor
from assessment.services.group_summary import Summary, summary_in
from assessment.services.growth_sheet import own_growth
from assessment.services.house import House
from assessment.services.invitees import Invitee, problems_with
from assessment.services.organisation import organisation_in
from assessment.services.telling import tell_colleague
from assessment.storage import audit
from assessment.storage import peers as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record
from assessment.storage.vault import token_hash
from assessment.training.growth_items import HIGHEST, NO_CHANCE, growth_items

MOST_ASKED = 12
OPEN_FOR = timedelta(days=14)
MINUTES = 3
WORDS = "words"  # under this name a summary keeps whose own words may be shown


@dataclass(frozen=True)
class PeerLine:
    """One thing people do: how often by the person's own word, and by colleagues' mean with its spread (SD)."""

    item: str
    own: int | None
    mean: float | None
    spread: float | None
    n: int


@dataclass(frozen=True)
class Asked:
    """A colleague somebody named. `link` only where the house sends no mail, so that the person passes it on."""

    name: str
    until: date
    link: str


@dataclass(frozen=True)
class MyPeers:
    """`answered`: how many colleagues have; `shown`: of how many the means are, 0 while there are too few."""

    own_on: date | None
    own: Mapping[str, int]
    asked: tuple[Asked, ...]
    answered: int
    may_ask: int
    shown: int
    lines: tuple[PeerLine, ...]
    said: tuple[str, ...]
    fewest: int = FEWEST


def save_self(house: House, answers: Mapping[str, int], *, actor: Actor, now: datetime) -> None:
    """What the person says of themselves, 1 to 5 for each line, 0 where it has not come up; the newest counts."""
    with house.database.write() as connection:
        row = own_growth(connection, actor, hold=True)
        checked = checked_answers(answers)
        before = stored.newest_self(connection, row.application_id)
        body = json.dumps({"version": growth_items().version, "answers": checked}, sort_keys=True)
        if before is not None and house.vault.open(before.body_sealed) == body:
            return
        stored.add_self(connection, row.application_id, house.vault.seal(body), now=now)
        _log(connection, actor, "self_sheet_saved", row.application_id, now)


def ask_colleague(house: House, name: str, email: str, *, language: str, actor: Actor, now: datetime) -> str:
    """Ask a colleague for their view, by mail; returns the link where the house sends none, to be passed on.

    Raises
    ------
    SheetError : name or e-mail do not look right, it is one's own, was asked already, or twelve were asked
    """
    name, email = " ".join(name.split()), email.strip().casefold()
    with house.database.write() as connection:
        row = own_growth(connection, actor, hold=True)
        said = words(row.language).growth
        if not name or (house.sends_mail and not email):
            raise SheetError(said["name_and_mail"])
        if problems_with(Invitee(1, name, email or None, language), house.library.languages()):
            raise SheetError(said["looks_wrong"])
        known = stored.requests(connection, row.application_id)
        counted = [r for r in known if r.answered_at is not None or moment(r.expires_at) > now]
        to_hash = house.vault.hash(email or name.casefold())
        if email and to_hash == row.email_hash:
            raise SheetError(said["own_mail"])
        if any(r.to_hash == to_hash for r in counted):
            raise SheetError(said["asked_already"])
        if len(counted) >= MOST_ASKED:
            raise SheetError(put_in(said["enough_asked"], n=MOST_ASKED))
        token, until = secrets.token_urlsafe(32), now + OPEN_FOR
        request = stored.add_request(
            connection,
            application_id=row.application_id,
            token_hash=token_hash(token),
            token_sealed=house.vault.seal(token),
            to_sealed=house.vault.seal(json.dumps({"name": name, "email": email})),
            to_hash=to_hash,
            language=language,
            expires_at=stamp(until),
            now=now,
        )
        _log(connection, actor, "peer_asked", row.application_id, now)
        link = f"{house.base_url}/p/{token}"
        if not house.sends_mail or not email:
            return link
        tell_colleague(
            connection,
            house,
            "peer_invitation",
            key=f"peer_invitation:{request}",
            to=email,
            language=language,
            values={
                "candidate_name": name,
                "person_name": house.vault.open(row.name_sealed),
                "link": link,
                "deadline": say_date(organisation_in(connection, actor.organisation_id).day(until), language),
                "minutes": str(MINUTES),
            },
            actor=actor,
            now=now,
        )
    return ""


def my_peers(house: House, *, actor: Actor, now: datetime) -> MyPeers:
    """The person's own view beside that of colleagues, as far as it may be shown."""
    with house.database.write() as connection:  # whose answers were shown is kept
        row = own_growth(connection, actor, hold=True)
        own = stored.newest_self(connection, row.application_id)
        requests = stored.requests(connection, row.application_id)
        said, found = peer_summary_in(connection, house, row.application_id, row.organisation_id, now=now)
        organisation = organisation_in(connection, row.organisation_id)
    answers: dict[str, int] = json.loads(house.vault.open(own.body_sealed))["answers"] if own is not None else {}
    counted = [r for r in requests if r.answered_at is not None or moment(r.expires_at) > now]
    mine = list(said)
    random.SystemRandom().shuffle(mine)
    return MyPeers(
        own_on=organisation.day(moment(own.saved_at)) if own is not None else None,
        own=answers,
        asked=tuple(_asked(house, r, organisation.day(moment(r.expires_at))) for r in counted),
        answered=sum(r.answered_at is not None for r in requests),
        may_ask=max(MOST_ASKED - len(counted), 0),
        shown=found[WORDS].n if WORDS in found else 0,
        lines=tuple(_line(item, answers, found.get(item)) for item in growth_items().ids),
        said=tuple(mine),
    )


def peer_summary_in(
    connection: Connection, house: House, application_id: str, organisation_id: str, *, now: datetime
) -> tuple[tuple[str, ...], dict[str, Summary]]:
    """Colleagues' own words and means about somebody, as far as they may be shown; within a writing transaction."""
    sheets = {
        row.id: json.loads(house.vault.open(row.body_sealed)) for row in stored.sheets(connection, application_id)
    }
    values: dict[str, dict[str, float]] = {
        item: {id_: float(sheet["answers"][item]) for id_, sheet in sheets.items() if sheet["answers"].get(item)}
        for item in growth_items().ids
    }
    values[WORDS] = dict.fromkeys(sheets, 0.0)
    found = summary_in(connection, organisation_id, "peers", application_id, values, now=now)
    shown = found[WORDS].members if WORDS in found else frozenset()
    return tuple(sheets[id_]["words"] for id_ in sorted(shown) if sheets[id_]["words"]), found


def checked_answers(answers: Mapping[str, int]) -> dict[str, int]:
    """Every line answered once, within the scale; 0 where there was no chance to see it."""
    ids = growth_items().ids
    if unknown := [id_ for id_ in answers if id_ not in ids]:
        raise UnknownIdError("line", unknown[0], ids)
    if missing := [id_ for id_ in ids if id_ not in answers]:
        raise SheetError(f"{len(missing)} lines are open: {', '.join(missing[:3])}")
    if wrong := [id_ for id_ in ids if type(answers[id_]) is not int or not NO_CHANCE <= answers[id_] <= HIGHEST]:
        raise SheetError(f"{wrong[0]}: expected a whole number from {NO_CHANCE} to {HIGHEST}")
    return {id_: answers[id_] for id_ in ids}


def _asked(house: House, request: Record, until: date) -> Asked:
    to = json.loads(house.vault.open(request.to_sealed))
    by_hand = not house.sends_mail or not to["email"]
    return Asked(to["name"], until, f"{house.base_url}/p/{house.vault.open(request.token_sealed)}" if by_hand else "")


def _line(item: str, own: Mapping[str, int], found: Summary | None) -> PeerLine:
    said = own.get(item) or None
    if found is None:
        return PeerLine(item, said, None, None, 0)
    return PeerLine(item, said, found.mean, found.sd, found.n)


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
