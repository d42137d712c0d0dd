"""Filters of the candidates' list that somebody keeps under a name, for themselves alone."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.shortlist import State
from assessment.services.stages import Stage
from assessment.storage import audit
from assessment.storage import saved_filters as stored

PAGE = "candidates"
LONGEST_NAME = 60
MOST = 30
Band = Literal["in_or_close", "talk", "outside", "not_measured"]
Engagement = Literal["employed", "agency", "temporary"]
Sort = Literal["waiting", "stage", "finished", "name"]


class PeopleFilter(BaseModel):
    """What is set on the list; a searched name is left out, so that no name lies open in the database."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    stages: tuple[Stage, ...] = ()
    states: tuple[State, ...] = ()
    bands: tuple[Band, ...] = ()
    languages: tuple[str, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    overdue: bool = False
    sort: Sort = "waiting"


@dataclass(frozen=True)
class SavedFilter:
    id: str
    name: str
    body: PeopleFilter


def save_filter(house: House, name: str, body: PeopleFilter, *, actor: Actor, now: datetime) -> str:
    """Keep a filter under a name; the same name again replaces what was kept under it."""
    own = _own(actor)
    name = " ".join(name.split())
    if not name:
        raise SheetError("Please give the filter a name.")
    if len(name) > LONGEST_NAME:
        raise SheetError(f"Please keep the name to {LONGEST_NAME} characters.")
    if body == PeopleFilter():
        raise SheetError("Nothing is filtered yet, so there is nothing to save.")
    with house.database.write() as connection:
        known = {row.name.casefold(): row.id for row in stored.of_account(connection, own, page=PAGE)}
        if name.casefold() in known:
            stored.remove(connection, known[name.casefold()], account_id=own)
        elif len(known) >= MOST:
            raise SheetError(f"There are {MOST} saved filters already; please delete one first.")
        text = body.model_dump_json(exclude_defaults=True)
        id_ = stored.add(connection, account_id=own, page=PAGE, name=name, body=text, now=now)
        audit.append(connection, actor.organisation_id, actor=actor.label, kind="filter_saved", subject=id_, now=now)
    return id_


def saved_filters(house: House, *, actor: Actor) -> tuple[SavedFilter, ...]:
    """One's own, by name."""
    own = _own(actor)
    with house.database.read() as connection:
        rows = stored.of_account(connection, own, page=PAGE)
    return tuple(SavedFilter(row.id, row.name, PeopleFilter.model_validate(json.loads(row.body))) for row in rows)


def delete_filter(house: House, filter_id: str, *, actor: Actor, now: datetime) -> None:
    own = _own(actor)
    with house.database.write() as connection:
        if not stored.remove(connection, filter_id, account_id=own):
            raise UnknownIdError("saved filter", filter_id)
        audit.append(
            connection, actor.organisation_id, actor=actor.label, kind="filter_deleted", subject=filter_id, now=now
        )


def _own(actor: Actor) -> str:
    require(actor)
    if actor.account_id is None:
        raise NotAllowedError("A filter is saved by a person.")
    return actor.account_id
