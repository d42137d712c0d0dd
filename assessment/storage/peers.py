"""How somebody sees themselves and how colleagues see them: requests with a link, and sheets that name nobody."""

import random
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.record import Record
from assessment.storage.schema import (
    applications,
    group_releases,
    organisations,
    peer_requests,
    peer_sheets,
    people,
    self_sheets,
    vacancies,
)


def add_self(connection: Connection, application_id: str, body_sealed: bytes, *, now: datetime) -> None:
    last = connection.execute(
        select(func.max(self_sheets.c.number)).where(self_sheets.c.application_id == application_id)
    ).scalar()
    values = {"application_id": application_id, "number": (last or 0) + 1, "body_sealed": body_sealed}
    connection.execute(insert(self_sheets).values(**values, saved_at=stamp(now)))


def newest_self(connection: Connection, application_id: str) -> Record | None:
    query = select(self_sheets).where(self_sheets.c.application_id == application_id)
    return connection.execute(query.order_by(self_sheets.c.number.desc())).first()


def add_request(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(peer_requests).values(id=id_, created_at=stamp(now), **values))
    return id_


def requests(connection: Connection, application_id: str) -> Sequence[Record]:
    query = select(peer_requests).where(peer_requests.c.application_id == application_id)
    return connection.execute(query.order_by(peer_requests.c.created_at, peer_requests.c.id)).all()


def by_token(connection: Connection, token_hash: str, *, hold: bool = False) -> Record | None:
    """A request with whose it is. hold : kept from other writers until the transaction ends"""
    if hold:
        key = select(peer_requests.c.id).where(peer_requests.c.token_hash == token_hash)
        connection.execute(key.with_for_update()).first()
    query = (
        select(
            peer_requests,
            people.c.name_sealed,
            organisations.c.id.label("organisation_id"),
            organisations.c.name.label("organisation"),
            organisations.c.contact_name,
            organisations.c.contact,
            organisations.c.made_up,
        )
        .join(applications, applications.c.id == peer_requests.c.application_id)
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .join(organisations, organisations.c.id == vacancies.c.organisation_id)
        .where(peer_requests.c.token_hash == token_hash)
    )
    return connection.execute(query).first()


def change_request(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(peer_requests).where(peer_requests.c.id == id_).values(**values))


def sheets(connection: Connection, application_id: str) -> Sequence[Record]:
    query = select(peer_sheets).where(peer_sheets.c.application_id == application_id)
    return connection.execute(query.order_by(peer_sheets.c.id)).all()


def add_sheet(connection: Connection, application_id: str, body_sealed: bytes, *, rng: random.Random) -> None:
    """Keep a sheet among the others of the same person, all written anew in a drawn order: where a row stands in the
    table says nothing about when it came, and so nothing about who wrote it."""
    there = [{"id": row.id, "body_sealed": row.body_sealed} for row in sheets(connection, application_id)]
    connection.execute(delete(peer_sheets).where(peer_sheets.c.application_id == application_id))
    there.append({"id": new_id(), "body_sealed": body_sealed})
    rng.shuffle(there)
    for sheet in there:
        connection.execute(insert(peer_sheets).values(application_id=application_id, **sheet))


def erase(connection: Connection, application_id: str) -> None:
    """Take away all that somebody and their colleagues said about them."""
    for table in (self_sheets, peer_requests, peer_sheets):
        connection.execute(delete(table).where(table.c.application_id == application_id))
    own = (group_releases.c.kind == "peers") & (group_releases.c.group_id == application_id)
    connection.execute(delete(group_releases).where(own))


def of_group(connection: Connection, group_id: str) -> Sequence[Record]:
    """Every sheet about somebody who takes part in a group."""
    query = (
        select(peer_sheets)
        .join(applications, applications.c.id == peer_sheets.c.application_id)
        .where(applications.c.vacancy_id == group_id, applications.c.stage == "growth")
    )
    return connection.execute(query.order_by(peer_sheets.c.id)).all()
