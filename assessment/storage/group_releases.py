"""Of whom each summary of a group was made, so that the next one betrays nobody."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from assessment.storage.clock import new_id, stamp
from assessment.storage.schema import group_releases, organisations


def hold(connection: Connection, organisation_id: str) -> None:
    """Keep others from summing up anything of the organisation until the transaction ends."""
    query = select(organisations.c.id).where(organisations.c.id == organisation_id)
    connection.execute(query.with_for_update(key_share=True)).first()


def of_group(connection: Connection, kind: str, group_id: str) -> Sequence[Mapping[str, Sequence[str]]]:
    """What was summed up each time, and over whom, oldest first."""
    query = select(group_releases.c.members).where(group_releases.c.kind == kind, group_releases.c.group_id == group_id)
    return [json.loads(members) for members in connection.execute(query.order_by(group_releases.c.number)).scalars()]


def elsewhere(
    connection: Connection, organisation_id: str, kind: str, group_id: str
) -> Sequence[Mapping[str, Sequence[str]]]:
    """The same of every other group: whoever is in two of them must not be told from the difference."""
    of_one = (group_releases.c.kind == kind) & (group_releases.c.group_id == group_id)
    query = select(group_releases.c.members).where(group_releases.c.organisation_id == organisation_id, ~of_one)
    in_order = query.order_by(group_releases.c.created_at, group_releases.c.id)
    return [json.loads(members) for members in connection.execute(in_order).scalars()]


def add(
    connection: Connection,
    organisation_id: str,
    kind: str,
    group_id: str,
    members: Mapping[str, Sequence[str]],
    *,
    now: datetime,
) -> None:
    of_one = (group_releases.c.kind == kind) & (group_releases.c.group_id == group_id)
    last = connection.execute(select(func.max(group_releases.c.number)).where(of_one)).scalar() or 0
    connection.execute(
        insert(group_releases).values(
            id=new_id(),
            organisation_id=organisation_id,
            kind=kind,
            group_id=group_id,
            number=last + 1,
            members=json.dumps(members, sort_keys=True),
            created_at=stamp(now),
        )
    )
