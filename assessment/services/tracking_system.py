"""What an applicant tracking system does here: orders an assessment, asks how far it is, fetches what it came to.

Fetching a result is written in the event log under the token, apart from `report_opened`:
that a machine fetched it does not mean that a person has read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.decision_messages import told_decision
from assessment.services.handed_result import HandedResult, handed_result
from assessment.services.house import House
from assessment.services.invitations import invite_in
from assessment.services.invitees import Invitee
from assessment.services.organisation import plain_email
from assessment.services.shortlist import State, state_of
from assessment.services.stages import TOLD_FIRST
from assessment.services.vacancies import Vacancy, list_vacancies
from assessment.storage import api_orders as stored
from assessment.storage import applications, audit, doors, people, sittings
from assessment.storage.clock import moment
from assessment.storage.decisions import standing
from assessment.storage.record import Record

MOST_AT_ONCE = 200


class TwiceError(ClosedError):
    """An order that cannot stand beside one that is there."""


@dataclass(frozen=True)
class Order:
    """Whom to ask, in which language, and what the other system calls this application."""

    name: str
    email: str | None
    language: str
    external_id: str | None


@dataclass(frozen=True)
class Assessment:
    """How far one application is; no names, for the other system has them."""

    id: str
    vacancy_id: str
    external_id: str | None
    status: State
    stage: str
    stage_since: datetime
    language: str
    ordered_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    expires_at: datetime


@dataclass(frozen=True)
class Ordered:
    """`link`: the personal link, while it is good. `made`: now; else by an earlier call with the same key."""

    assessment: Assessment
    link: str | None
    made: bool


def order_assessment(house: House, vacancy_id: str, order: Order, *, key: str, actor: Actor, now: datetime) -> Ordered:
    """Invite one person; the same key again gives the same assessment.

    Raises
    ------
    NotAllowedError : the token may only read
    ClosedError : the opening is closed
    TwiceError : this person is invited to it already, or the key was used for another order
    """
    require(actor)
    if actor.token_id is not None and not actor.may_order:
        raise NotAllowedError("This token may read. Ordering needs a token that an administrator made for ordering.")
    if order.language not in house.library.languages():
        raise SheetError(f"language {order.language[:20]!r} is not there: {', '.join(house.library.languages())}")
    email = plain_email(order.email) if order.email else None
    name = order.name.strip()
    key_hash = house.vault.hash(f"order:{actor.organisation_id}:{key}")
    body_hash = house.vault.hash(repr((vacancy_id, name, email, order.language, order.external_id)))
    with house.database.write() as connection:
        stored.hold(connection, actor.organisation_id)
        before = stored.ordered(connection, key_hash)
        if before is not None:
            if before.body_hash != body_hash:
                raise TwiceError("This Idempotency-Key was used for another order. Take a new key for each order.")
            return _ordered(connection, house, before.application_id, made=False, actor=actor, now=now)
        _refuse_twice(connection, house, vacancy_id, email, actor=actor)
        invitee = Invitee(1, name, email, order.language)
        (invited,) = invite_in(connection, house, vacancy_id, [invitee], actor=actor, now=now)
        sittings.change_application(connection, invited.application_id, external_id=order.external_id)
        stored.add(connection, key_hash, body_hash=body_hash, application_id=invited.application_id, now=now)
        return _ordered(connection, house, invited.application_id, made=True, actor=actor, now=now)


def assessment(house: House, application_id: str, *, actor: Actor, now: datetime) -> Assessment:
    require(actor)
    with house.database.read() as connection:
        return _assessment(connection, house, _row(connection, application_id, actor), actor=actor, now=now)


def assessments(
    house: House,
    *,
    external_id: str | None = None,
    vacancy_id: str | None = None,
    after: str | None = None,
    limit: int = 50,
    actor: Actor,
    now: datetime,
) -> tuple[tuple[Assessment, ...], str | None]:
    """Assessments of the organisation, oldest first, and the id after which the next ones come, if there are any."""
    require(actor)
    with house.database.read() as connection:
        last = _row(connection, after, actor) if after is not None else None
        rows = stored.assessments(
            connection,
            actor.organisation_id,
            external_id=external_id,
            vacancy_id=vacancy_id,
            after=last,
            limit=limit + 1,
        )
        found = tuple(_assessment(connection, house, row, actor=actor, now=now) for row in rows[:limit])
    return found, found[-1].id if len(rows) > limit else None


def vacancies_listed(
    house: House, *, after: str | None = None, limit: int = 50, actor: Actor, now: datetime
) -> tuple[Sequence[Vacancy], str | None]:
    """Openings, oldest first, closed ones too, and the id after which the next ones come, if there are any."""
    known = sorted(list_vacancies(house, actor=actor, now=now), key=lambda v: (v.created_at, v.id))
    ids = [vacancy.id for vacancy in known]
    if after is not None and after not in ids:
        raise UnknownIdError("vacancy", after)
    begin = ids.index(after) + 1 if after is not None else 0
    found = known[begin : begin + limit]
    return found, found[-1].id if len(known) > begin + limit else None


def fetch_result(house: House, application_id: str, *, actor: Actor, now: datetime) -> tuple[Assessment, HandedResult]:
    """What the sheet came to; that it was fetched, and by whom, is kept in the event log.

    Raises
    ------
    ClosedError : it is not handed in
    """
    require(actor)
    with house.database.write() as connection:
        found = _assessment(connection, house, _row(connection, application_id, actor), actor=actor, now=now)
        sitting = sittings.to_read(connection, application_id, organisation_id=actor.organisation_id)
        if sitting is None or sitting.status != "submitted":
            raise ClosedError(f"There is no result: the assessment is {found.status}.")
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="result_fetched",
            subject=application_id,
            now=now,
        )
        return found, handed_result(connection, house, sitting)


def _refuse_twice(connection: Connection, house: House, vacancy_id: str, email: str | None, *, actor: Actor) -> None:
    known = people.by_email(connection, actor.organisation_id, [house.vault.hash(email)]) if email else ()
    for earlier in applications.of_people(connection, [person.id for person in known]):
        if earlier.vacancy_id == vacancy_id:
            raise TwiceError(f"This person has an assessment for this vacancy already: {earlier.id}.")


def _ordered(
    connection: Connection, house: House, application_id: str, *, made: bool, actor: Actor, now: datetime
) -> Ordered:
    row = _row(connection, application_id, actor)
    door = doors.newest(connection, row.sitting_id)
    good = door is not None and door.revoked_at is None and moment(door.expires_at) > now
    link = f"{house.base_url}/i/{house.vault.open(door.token_sealed)}" if door is not None and good else None
    return Ordered(_assessment(connection, house, row, actor=actor, now=now), link, made)


def _row(connection: Connection, application_id: str, actor: Actor) -> Record:
    row = stored.assessment(connection, application_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("assessment", application_id)
    return row


def _assessment(connection: Connection, house: House, row: Record, *, actor: Actor, now: datetime) -> Assessment:
    """As it is, but that an outcome is still a decision until the person was told of it."""
    stage = row.stage
    if stage in TOLD_FIRST and standing(connection, row.id) is not None:
        told = told_decision(connection, house, row.id, organisation_id=actor.organisation_id)
        stage = stage if told is not None else "decision"
    return Assessment(
        id=row.id,
        vacancy_id=row.vacancy_id,
        external_id=row.external_id,
        status=state_of(row.status, started=row.started_at is not None, expires_at=row.expires_at, now=now),
        stage=stage,
        stage_since=moment(row.stage_since or row.created_at),
        language=row.language,
        ordered_at=moment(row.created_at),
        started_at=moment(row.started_at) if row.started_at else None,
        finished_at=moment(row.finished_at) if row.finished_at else None,
        expires_at=moment(row.expires_at),
    )
