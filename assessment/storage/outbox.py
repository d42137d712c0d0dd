"""Messages on their way: one row and one key each, so that nothing is told twice."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, exists, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import accounts, applications, organisations, outbox, people, vacancies

_other = outbox.alias("other")
_MAILED = (  # an invitation to their own growth went by mail, so that nobody of the house has seen the link
    exists()
    .where(
        _other.c.application_id == outbox.c.application_id,
        _other.c.template == "growth_invitation",
        _other.c.sent_how == "smtp",
    )
    .correlate(outbox)
)
_WITH_WHOM = (
    select(
        outbox,
        people.c.name_sealed,
        accounts.c.name_sealed.label("staff_name_sealed"),
        vacancies.c.title,
        vacancies.c.purpose,
        _MAILED.label("growth_was_mailed"),
    )
    .outerjoin(applications, applications.c.id == outbox.c.application_id)
    .outerjoin(people, people.c.id == applications.c.person_id)
    .outerjoin(vacancies, vacancies.c.id == applications.c.vacancy_id)
    .outerjoin(accounts, accounts.c.id == outbox.c.account_id)
)
_WITH_WHOSE = select(
    outbox,
    organisations.c.name.label("organisation"),
    organisations.c.contact,
    organisations.c.made_up,
    organisations.c.time_zone,
).join(organisations, organisations.c.id == outbox.c.organisation_id)


def by_key(connection: Connection, organisation_id: str, key: str) -> Record | None:
    query = select(outbox).where(outbox.c.organisation_id == organisation_id, outbox.c.key == key)
    return connection.execute(query).first()


def add(connection: Connection, *, now: datetime, not_before: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(
        insert(outbox).values(
            id=id_, created_at=stamp(now), not_before=stamp(not_before), message_id=f"{id_}@carefit", tries=0, **values
        )
    )
    return id_


def one(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    """A message with the name of whom it is for, in this organisation."""
    return connection.execute(_WITH_WHOM.where(outbox.c.id == id_, outbox.c.organisation_id == organisation_id)).first()


def listed(
    connection: Connection,
    organisation_id: str,
    *,
    statuses: Sequence[str] = (),
    template: str | None = None,
    application_id: str | None = None,
    limit: int | None = None,
) -> Sequence[Record]:
    """Messages of an organisation, newest first."""
    query = _WITH_WHOM.where(outbox.c.organisation_id == organisation_id)
    if statuses:
        query = query.where(outbox.c.status.in_(statuses))
    if template is not None:
        query = query.where(outbox.c.template == template)
    if application_id is not None:
        query = query.where(outbox.c.application_id == application_id)
    return connection.execute(query.order_by(outbox.c.created_at.desc(), outbox.c.id).limit(limit)).all()


def for_candidate(connection: Connection, application_id: str) -> Sequence[Record]:
    """What was written to the person of an application, newest first; no drafts and nothing for the staff."""
    query = select(outbox).where(
        outbox.c.application_id == application_id,
        outbox.c.account_id.is_(None),
        outbox.c.status.in_(("queued", "sending", "sent", "failed")),
    )
    return connection.execute(query.order_by(outbox.c.created_at.desc(), outbox.c.id)).all()


def counts(connection: Connection, organisation_id: str, *, now: datetime) -> Sequence[Record]:
    """How many messages there are by status, by whether they have an address and are for the staff; of queued ones
    those that are due."""
    kinds = (
        outbox.c.status,
        outbox.c.to_sealed.is_not(None).label("addressed"),
        outbox.c.account_id.is_not(None).label("for_staff"),
    )
    query = (
        select(*kinds, func.count().label("n"))
        .where(outbox.c.organisation_id == organisation_id)
        .where((outbox.c.status != "queued") | (outbox.c.not_before <= stamp(now)))
        .group_by(*kinds)
    )
    return connection.execute(query).all()


def next_due(connection: Connection, *, now: datetime, also_made_up: bool) -> Record | None:
    """The queued message that has waited longest and has an address; those of made-up houses only when told."""
    query = _due(now)
    if not also_made_up:
        query = query.where(organisations.c.made_up.is_(False))
    return connection.execute(query.limit(1)).first()


def left_sending(connection: Connection) -> Sequence[Record]:
    """What a process had begun to send and did not come back from."""
    return connection.execute(_WITH_WHOSE.where(outbox.c.status == "sending")).all()


def queued_of(connection: Connection, templates: Sequence[str]) -> Sequence[Record]:
    """What is queued of some templates, of every organisation."""
    query = _WITH_WHOSE.where(outbox.c.status == "queued", outbox.c.template.in_(templates))
    return connection.execute(query.order_by(outbox.c.created_at, outbox.c.id)).all()


def keys_since(
    connection: Connection, organisation_id: str, templates: Sequence[str], *, since: datetime
) -> dict[str, str]:
    """Keys of messages of some templates, whatever became of them, with when they were made."""
    query = select(outbox.c.key, outbox.c.created_at).where(
        outbox.c.organisation_id == organisation_id,
        outbox.c.template.in_(templates),
        outbox.c.created_at >= stamp(since),
    )
    return {row.key: row.created_at for row in connection.execute(query)}


def change(
    connection: Connection,
    id_: str,
    values: Mapping[str, object],
    *,
    only_from: Sequence[str],
    at_try: int | None = None,
) -> bool:
    """Change a message that is in one of these states, and at this try; whether it was."""
    query = update(outbox).where(outbox.c.id == id_, outbox.c.status.in_(only_from))
    if at_try is not None:
        query = query.where(outbox.c.tries == at_try)
    return bool(connection.execute(query.values(**dict(values))).rowcount)


def _due(now: datetime) -> Select[tuple[object, ...]]:
    return _WITH_WHOSE.where(
        outbox.c.status == "queued", outbox.c.to_sealed.is_not(None), outbox.c.not_before <= stamp(now)
    ).order_by(outbox.c.not_before, outbox.c.created_at, outbox.c.id)
