"""Groups of people who work here and answer for their own growth: a vacancy that fills no place, and its applications."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, select, update

from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.schema import (
    applications,
    candidate_sessions,
    doors,
    outbox,
    people,
    responses,
    sittings,
    vacancies,
)
from assessment.storage.sittings import TO_READ

_GROWTH = vacancies.c.purpose == "growth"
IN_GROUP = "growth"  # the stage of whoever takes part
ASKED_AGAIN = "growth_again"  # how the key of such a message begins
_own = sittings.alias("own")
_OF_ONE = (_own.c.application_id == applications.c.id) & (_own.c.purpose == "growth")
_HANDED_IN = exists().where(_OF_ONE, _own.c.status == "submitted").correlate(applications)


def groups(connection: Connection, organisation_id: str) -> Sequence[Record]:
    """Open ones first, newest first, with how many take part and how many of them have answered."""
    query = (
        select(
            vacancies.c.id,
            vacancies.c.role,
            vacancies.c.title,
            vacancies.c.site,
            vacancies.c.created_at,
            vacancies.c.closed_at,
            func.count(applications.c.id).label("invited"),
            func.count(applications.c.id).filter(_HANDED_IN).label("answered"),
        )
        .outerjoin(applications, (applications.c.vacancy_id == vacancies.c.id) & (applications.c.stage == IN_GROUP))
        .where(vacancies.c.organisation_id == organisation_id, _GROWTH)
        .group_by(vacancies.c.id)
    )
    return connection.execute(query.order_by(vacancies.c.closed_at.is_not(None), vacancies.c.created_at.desc())).all()


def group(connection: Connection, id_: str, *, organisation_id: str, hold: bool = False) -> Record | None:
    """hold : kept from other writers until the transaction ends"""
    query = select(vacancies).where(vacancies.c.id == id_, vacancies.c.organisation_id == organisation_id, _GROWTH)
    return connection.execute(query.with_for_update() if hold else query).first()


def members(connection: Connection, group_id: str) -> Sequence[Record]:
    """Everybody who was invited, with their newest sitting, and whether they ever handed one in; nothing they said."""
    newest = (
        select(_own.c.id)
        .where(_OF_ONE)
        .order_by(_own.c.created_at.desc(), _own.c.id)
        .limit(1)
        .correlate(applications)
        .scalar_subquery()
    )
    query = (
        select(
            applications.c.id,
            applications.c.person_id,
            applications.c.stage,
            applications.c.created_at,
            people.c.name_sealed,
            people.c.email_sealed,
            people.c.email_hash,
            sittings.c.id.label("sitting_id"),
            sittings.c.language,
            sittings.c.status,
            sittings.c.expires_at,
            _HANDED_IN.label("handed_in"),
        )
        .join(people, people.c.id == applications.c.person_id)
        .join(sittings, sittings.c.id == newest)
        .where(applications.c.vacancy_id == group_id)
    )
    return connection.execute(query.order_by(applications.c.created_at, applications.c.id)).all()


def first_sheets(connection: Connection, group_id: str) -> Sequence[Record]:
    """Of everybody who takes part, the sheet they handed in first: it stands for them, whatever they answer later."""
    first = (
        select(_own.c.id)
        .where(_OF_ONE, _own.c.status == "submitted")
        .order_by(_own.c.finished_at, _own.c.id)
        .limit(1)
        .correlate(applications)
        .scalar_subquery()
    )
    query = (
        select(sittings)
        .select_from(applications)
        .join(sittings, sittings.c.id == first)
        .where(applications.c.vacancy_id == group_id, applications.c.stage == IN_GROUP)
    )
    return connection.execute(query).all()


def own_sheets(connection: Connection, application_id: str) -> Sequence[Record]:
    """What somebody handed in, oldest first: the sheet they were hired on, and those for their own growth."""
    query = (
        select(sittings)
        .join(applications, applications.c.id == sittings.c.application_id)
        .where(
            sittings.c.application_id == application_id,
            sittings.c.status == "submitted",
            (sittings.c.purpose == "growth") | (sittings.c.id == TO_READ),
        )
    )
    return connection.execute(query.order_by(sittings.c.finished_at, sittings.c.id)).all()


def newest_own(connection: Connection, application_id: str) -> Record | None:
    """The newest sitting that somebody has for their own growth and did not take back."""
    query = select(sittings).where(
        sittings.c.application_id == application_id, sittings.c.purpose == "growth", sittings.c.status != "withdrawn"
    )
    return connection.execute(query.order_by(sittings.c.created_at.desc(), sittings.c.id)).first()


def asked_again_at(connection: Connection, application_id: str) -> str | None:
    """When somebody was last asked to answer once more."""
    query = select(func.max(outbox.c.created_at)).where(
        outbox.c.application_id == application_id, outbox.c.key.startswith(f"{ASKED_AGAIN}:")
    )
    found: str | None = connection.execute(query).scalar_one()
    return found


def was_mailed(connection: Connection, application_id: str) -> bool:
    """Whether the invitation went by mail, so that nobody of the house has seen the link in it."""
    query = select(outbox.c.id).where(
        outbox.c.application_id == application_id,
        outbox.c.template == "growth_invitation",
        outbox.c.to_sealed.is_not(None),
        outbox.c.sent_how == "smtp",
    )
    return connection.execute(query.limit(1)).first() is not None


def erase_sheets(connection: Connection, application_id: str) -> None:
    """Take every answer of somebody's own sheets away; that there were sheets stays."""
    own = select(sittings.c.id).where(sittings.c.application_id == application_id, sittings.c.purpose == "growth")
    connection.execute(delete(responses).where(responses.c.sitting_id.in_(own)))
    gone = update(sittings).where(sittings.c.application_id == application_id, sittings.c.purpose == "growth")
    connection.execute(gone.values(status="withdrawn", step="left", started_at=None, finished_at=None))


def void_open(connection: Connection, application_id: str) -> Sequence[str]:
    """Close somebody's own sheets that are not handed in and take their answers away; which those were."""
    held = select(sittings.c.id).where(sittings.c.application_id == application_id, sittings.c.purpose == "growth")
    there = connection.execute(held.where(sittings.c.status == "open").with_for_update()).scalars().all()
    connection.execute(update(sittings).where(sittings.c.id.in_(there)).values(status="withdrawn", step="left"))
    connection.execute(delete(responses).where(responses.c.sitting_id.in_(there)))
    return there


def hand_over_door(connection: Connection, sitting_id: str, door_id: str, *, now: datetime) -> None:
    """Leave a sitting one door, and in it the browser that was here last; every other link and browser is out."""
    known = select(doors.c.id).where(doors.c.sitting_id == sitting_id)
    live = candidate_sessions.c.door_id.in_(known) & candidate_sessions.c.ended_at.is_(None)
    last = connection.execute(
        select(candidate_sessions.c.token_hash).where(live).order_by(candidate_sessions.c.last_seen_at.desc())
    ).scalar()
    if last is not None:
        connection.execute(
            update(candidate_sessions).where(candidate_sessions.c.token_hash == last).values(door_id=door_id)
        )
    others = live & (candidate_sessions.c.token_hash != (last or ""))
    connection.execute(update(candidate_sessions).where(others).values(ended_at=stamp(now)))
    old = (doors.c.sitting_id == sitting_id) & (doors.c.id != door_id) & doors.c.revoked_at.is_(None)
    connection.execute(update(doors).where(old).values(revoked_at=stamp(now)))
