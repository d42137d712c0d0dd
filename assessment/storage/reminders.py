"""Who has not finished, and what stands in the way of reminding them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, and_, func, select

from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.schema import (
    adjustments,
    applications,
    doors,
    organisations,
    people,
    responses,
    sittings,
    vacancies,
)

_earlier = sittings.alias("earlier")
_later = sittings.alias("later")
_LAST_ANSWER = select(func.max(responses.c.saved_at)).where(responses.c.sitting_id == sittings.c.id).scalar_subquery()
_OPEN_DOOR = (
    select(func.min(doors.c.created_at))
    .where(doors.c.sitting_id == sittings.c.id, doors.c.revoked_at.is_(None))
    .scalar_subquery()
)
_NEWEST_DOOR = select(func.max(doors.c.created_at)).where(doors.c.sitting_id == sittings.c.id).scalar_subquery()
_UNSETTLED = (
    select(func.count())
    .where(adjustments.c.application_id == applications.c.id, adjustments.c.settled_at.is_(None))
    .scalar_subquery()
)
_AGAIN = (
    select(func.count())
    .where(
        _earlier.c.application_id == applications.c.id, _earlier.c.status == "submitted", _earlier.c.purpose == "hiring"
    )
    .scalar_subquery()
)
_NEWEST = (
    select(_later.c.id)
    .where(_later.c.application_id == applications.c.id, _later.c.purpose == "hiring")
    .order_by(_later.c.created_at.desc(), _later.c.id)
    .limit(1)
    .correlate(applications)
    .scalar_subquery()
)


def _whole() -> Select[tuple[object, ...]]:
    """The newest sitting of an application, with what says whether its person may be reminded.

    `link_since`: since when a link of theirs is good; `again`: how many sheets they handed in before.
    """
    return (
        select(
            sittings.c.id,
            sittings.c.application_id,
            sittings.c.status,
            sittings.c.started_at,
            sittings.c.expires_at,
            applications.c.channel,
            applications.c.stage,
            applications.c.withdrawn_at,
            applications.c.no_reminders_at,
            vacancies.c.organisation_id,
            vacancies.c.closed_at,
            organisations.c.time_zone,
            people.c.email_sealed,
            _LAST_ANSWER.label("last_answer_at"),
            _OPEN_DOOR.label("link_since"),
            _NEWEST_DOOR.label("newest_link_at"),
            _UNSETTLED.label("wishes"),
            _AGAIN.label("again"),
        )
        .join(applications, applications.c.id == sittings.c.application_id)
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .join(organisations, organisations.c.id == vacancies.c.organisation_id)
        .where(sittings.c.id == _NEWEST)
    )


def of_application(connection: Connection, application_id: str) -> Record | None:
    return connection.execute(_whole().where(applications.c.id == application_id)).first()


def unfinished(
    connection: Connection, *, expires_after: datetime, expires_before: datetime, begun_before: datetime
) -> Sequence[Record]:
    """People with a personal link who have not finished: their days end soon or have ended lately, or they began
    some time ago."""
    soon = sittings.c.expires_at <= stamp(expires_before)
    begun = and_(sittings.c.started_at.is_not(None), sittings.c.started_at <= stamp(begun_before))
    query = _whole().where(
        sittings.c.status.in_(("open", "expired")),
        sittings.c.expires_at > stamp(expires_after),
        soon | begun,
        applications.c.channel == "link",
    )
    return connection.execute(query.order_by(sittings.c.expires_at, sittings.c.id)).all()


def waiting_wishes(connection: Connection, *, expires_after: datetime, expires_before: datetime) -> Sequence[Record]:
    """Open sittings that end soon while nobody has seen to another way their person asked for."""
    query = _whole().where(
        sittings.c.status == "open",
        sittings.c.expires_at > stamp(expires_after),
        sittings.c.expires_at <= stamp(expires_before),
        applications.c.withdrawn_at.is_(None),
        _UNSETTLED > 0,
    )
    return connection.execute(query).all()
