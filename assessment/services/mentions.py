"""Naming colleagues in a comment, so that they look at it: chosen from a list or typed as @Name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import SheetError, UnknownIdError
from assessment.services.absences import standing_in_for_in, stands_in_for
from assessment.services.actor import STAFF, Actor, require
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.shortlist import opened_name
from assessment.services.telling import tell_staff
from assessment.services.to_do import ToDo, clock
from assessment.services.working_time import add_working_days
from assessment.storage import accounts, applications, audit
from assessment.storage import mentions as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

READ_WITHIN_DAYS = 1  # working days


@dataclass(frozen=True)
class Colleague:
    id: str
    name: str


@dataclass(frozen=True)
class Mention:
    """A comment in which somebody was named and which they have not seen; `name` is the candidate's."""

    comment_id: str
    account_id: str
    application_id: str
    name: str
    number: int
    vacancy_id: str
    title: str
    by: str
    text: str
    at: datetime

    def called(self, masked: bool) -> str:
        return f"Person {self.number}" if masked else self.name


def colleagues(house: House, *, actor: Actor) -> tuple[Colleague, ...]:
    """Whom a comment may name: everybody else who sees every application, by name."""
    require(actor)
    with house.database.read() as connection:
        return colleagues_in(connection, house, actor)


def colleagues_in(connection: Connection, house: House, actor: Actor) -> tuple[Colleague, ...]:
    found = [
        Colleague(row.id, opened_name(house, row.name_sealed))
        for row in accounts.of_organisation(connection, actor.organisation_id)
        if row.role in STAFF and row.disabled_at is None and row.id != actor.account_id
    ]
    return tuple(sorted(found, key=lambda colleague: colleague.name.casefold()))


def named_in(text: str, known: Sequence[Colleague]) -> tuple[str, ...]:
    """The colleagues whom a text names as @First or @First Last, whatever the case, in the order of `known`.

    Raises
    ------
    SheetError : a first name that more than one of them bears

    >>> named_in("Please look, @marta.", [Colleague("1", "Marta Vidal"), Colleague("2", "Li Wei")])
    ('1',)
    """
    named, rest = set(), text
    for colleague in sorted(known, key=lambda c: -len(c.name)):
        whole = re.compile(rf"(?<!\w)@{re.escape(colleague.name)}(?!\w)", re.IGNORECASE)
        if whole.search(rest):
            named.add(colleague.id)
            rest = whole.sub(" ", rest)
    for first in {c.name.split()[0].casefold(): c.name.split()[0] for c in known if c.name.split()}.values():
        if re.search(rf"(?<!\w)@{re.escape(first)}(?!\w)", rest, re.IGNORECASE):
            bearers = [c for c in known if c.name.split()[:1] and c.name.split()[0].casefold() == first.casefold()]
            if len(bearers) > 1:
                names = " or ".join(bearer.name for bearer in bearers)
                raise SheetError(f"@{first} could be {names}. Please choose in the list, or write the whole name.")
            named.add(bearers[0].id)
    return tuple(c.id for c in known if c.id in named)


def mention_in(
    connection: Connection,
    house: House,
    comment_id: str,
    application: Record,
    text: str,
    chosen: Sequence[str],
    *,
    actor: Actor,
    now: datetime,
) -> tuple[str, ...]:
    """Keep whom a new comment names and write to each of them, in the comment's own transaction."""
    known = colleagues_in(connection, house, actor)
    if unknown := [id_ for id_ in chosen if id_ not in [c.id for c in known]]:
        raise UnknownIdError("colleague", unknown[0])
    named = tuple(dict.fromkeys((*chosen, *named_in(text, known))))
    values = {
        "candidate_name": opened_name(house, application.name_sealed),
        "role_title": application.title,
        "link": f"{house.base_url}/candidate?application={application.id}",
    }
    for account_id in named:
        stored.add(connection, comment_id, account_id)
        tell_staff(
            connection,
            house,
            account_id,
            "manager_mentioned",
            key=f"mentioned:{comment_id}:{account_id}",
            values=values,
            application_id=application.id,
            actor=actor,
            now=now,
        )
    return named


def mentions_on(house: House, application_id: str, *, actor: Actor) -> Mapping[str, tuple[str, ...]]:
    """Who is named in each comment on an application, by comment."""
    require(actor)
    with house.database.read() as connection:
        if applications.one(connection, application_id, organisation_id=actor.organisation_id) is None:
            raise UnknownIdError("application", application_id)
        found: dict[str, tuple[str, ...]] = {}
        for row in stored.of_application(connection, application_id):
            found[row.comment_id] = (*found.get(row.comment_id, ()), opened_name(house, row.name_sealed))
    return found


def my_mentions(house: House, *, actor: Actor, now: datetime) -> tuple[Mention, ...]:
    """The comments that name the actor, or somebody they stand in for, and were not seen yet; oldest first."""
    require(actor)
    with house.database.read() as connection:
        rows = stored.unseen(connection, _mine(connection, actor, now), organisation_id=actor.organisation_id)
        once = {row.comment_id: row for row in rows}
        return tuple(
            Mention(
                row.comment_id,
                row.account_id,
                row.application_id,
                opened_name(house, row.name_sealed),
                applications.number_of(connection, row.application_id),
                row.vacancy_id,
                row.title,
                opened_name(house, row.author_sealed),
                house.vault.open(row.text_sealed),
                moment(row.created_at),
            )
            for row in once.values()
        )


def tasks_for(house: House, *, actor: Actor, now: datetime) -> tuple[ToDo, ...]:
    """The comments to read, for Today; each is to be read within a working day."""
    found = my_mentions(house, actor=actor, now=now)
    with house.database.read() as connection:
        zone = organisation_in(connection, actor.organisation_id).zone
        away = {s.account_id: s.words for s in standing_in_for_in(connection, house, actor, now=now)}
    tasks = []
    for mention in found:
        due = add_working_days(mention.at, READ_WITHIN_DAYS, zone=zone)
        tasks.append(
            ToDo(
                "mention",
                f"Read the note of {mention.by} on {mention.called(actor.masked)}",
                mention.title,
                clock(due, now, zone=zone),
                due < now,
                due,
                f"/candidate?application={mention.application_id}",
                away.get(mention.account_id, ""),
                mention.vacancy_id,
                mention.application_id,
            )
        )
    return tuple(tasks)


def mark_mentions_seen(house: House, application_id: str, *, actor: Actor, now: datetime) -> int:
    """Whoever opens an application has seen every comment there that names them; returns how many were new."""
    new = [m for m in my_mentions(house, actor=actor, now=now) if m.application_id == application_id]
    for mention in new:
        mark_mention_seen(house, mention.comment_id, actor=actor, now=now)
    return len(new)


def mark_mention_seen(house: House, comment_id: str, *, actor: Actor, now: datetime) -> None:
    """Whoever is named, or stands in for them, has seen the comment; a second time changes nothing."""
    require(actor)
    with house.database.write() as connection:
        if stored.mark_seen(connection, comment_id, _mine(connection, actor, now), now=now):
            audit.append(
                connection, actor.organisation_id, actor=actor.label, kind="mention_seen", subject=comment_id, now=now
            )


def _mine(connection: Connection, actor: Actor, now: datetime) -> set[str]:
    own = actor.account_id or ""
    today = organisation_in(connection, actor.organisation_id).day(now)
    return {own, *stands_in_for(connection, own, today)}
