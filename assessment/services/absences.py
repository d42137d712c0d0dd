"""Going away and coming back: while somebody is away, what waits for them and what is written to them goes to a deputy."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import ROLES, STAFF, Actor, require
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.storage import absences as stored
from assessment.storage import accounts, audit

LONGEST_DAYS = 366


@dataclass(frozen=True)
class Absence:
    """Both days belong to it; `deputy` may be away as well, and then their deputy takes over."""

    id: str
    account_id: str
    name: str
    deputy_id: str
    deputy: str
    from_on: date
    until_on: date


@dataclass(frozen=True)
class Deputy:
    account_id: str
    name: str


@dataclass(frozen=True)
class StandIn:
    """A colleague who is away today and whose work comes to the actor."""

    account_id: str
    name: str
    until_on: date

    @property
    def words(self) -> str:
        """for Marta Vidal (away until 3 Dec)"""
        return f"for {self.name} (away until {self.until_on.day} {self.until_on:%b})"


def go_away(
    house: House,
    from_on: date,
    until_on: date,
    deputy_id: str,
    *,
    account_id: str | None = None,
    actor: Actor,
    now: datetime,
) -> str:
    """Name a deputy for some days, the first and the last among them; an administrator may do it for somebody who is ill.

    A deputy is an administrator or HR manager: they see everybody anyway, so no account learns of new people by it.
    """
    require(actor, *ROLES)
    away = account_id or actor.account_id
    with house.database.write() as connection:
        if away is None or (away != actor.account_id and actor.role != "administrator"):
            raise NotAllowedError("Only an administrator can enter an absence for somebody else.")
        for id_, what in ((away, "account"), (deputy_id, "deputy")):
            row = accounts.by_id(connection, id_)
            if row is None or row.organisation_id != actor.organisation_id or row.disabled_at is not None:
                raise UnknownIdError(what, id_)
            if what == "deputy" and row.role not in STAFF:
                raise NotAllowedError("A deputy is an administrator or an HR manager.")
        if deputy_id == away:
            raise SheetError("Please choose somebody else as the deputy.")
        today = organisation_in(connection, actor.organisation_id).day(now)
        if until_on < from_on:
            raise SheetError("The last day away is before the first.")
        if until_on < today:
            raise SheetError("The last day away is over already.")
        if (until_on - from_on).days >= LONGEST_DAYS:
            raise SheetError("An absence is a year at most; please enter the rest later.")
        for row in stored.not_over(connection, actor.organisation_id, day=today):
            overlaps = row.from_on <= until_on.isoformat() and from_on.isoformat() <= row.until_on
            if row.account_id == away and overlaps:
                raise SheetError("There is an absence on these days already; end that one first.")
        id_ = stored.add(
            connection,
            account_id=away,
            deputy_id=deputy_id,
            from_on=from_on.isoformat(),
            until_on=until_on.isoformat(),
            now=now,
        )
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="absence_entered",
            subject=away,
            now=now,
            body={"absence": id_, "deputy": deputy_id, "from": from_on.isoformat(), "until": until_on.isoformat()},
        )
    return id_


def come_back_early(house: House, absence_id: str, *, actor: Actor, now: datetime) -> None:
    """End an absence now, or take back one that has not begun."""
    require(actor, *ROLES)
    with house.database.write() as connection:
        row = stored.one(connection, absence_id, organisation_id=actor.organisation_id)
        if row is None or (row.account_id != actor.account_id and actor.role != "administrator"):
            raise UnknownIdError("absence", absence_id)
        if row.ended_at is not None:
            return
        stored.end(connection, absence_id, now=now)
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="absence_ended",
            subject=row.account_id,
            now=now,
            body={"absence": absence_id},
        )


def absences(house: House, *, actor: Actor, now: datetime) -> tuple[Absence, ...]:
    """Those that last or are to come: of everybody for HR, only one's own for the others."""
    require(actor, *ROLES)
    with house.database.read() as connection:
        today = organisation_in(connection, actor.organisation_id).day(now)
        rows = stored.not_over(connection, actor.organisation_id, day=today)
    return tuple(
        Absence(
            row.id,
            row.account_id,
            house.vault.open(row.name_sealed),
            row.deputy_id,
            house.vault.open(row.deputy_name_sealed),
            date.fromisoformat(row.from_on),
            date.fromisoformat(row.until_on),
        )
        for row in rows
        if actor.role in STAFF or row.account_id == actor.account_id
    )


def possible_deputies(house: House, *, actor: Actor) -> tuple[Deputy, ...]:
    """The administrators and HR managers there are, by name; who goes away may not choose themselves."""
    require(actor, *ROLES)
    with house.database.read() as connection:
        rows = accounts.of_organisation(connection, actor.organisation_id)
    return tuple(
        Deputy(row.id, house.vault.open(row.name_sealed))
        for row in rows
        if row.role in STAFF and row.disabled_at is None
    )


def standing_in_for(house: House, *, actor: Actor, now: datetime) -> tuple[StandIn, ...]:
    """The colleagues whose work comes to the actor today, with the last day they are away."""
    require(actor, *ROLES)
    with house.database.read() as connection:
        return standing_in_for_in(connection, house, actor, now=now)


def standing_in_for_in(connection: Connection, house: House, actor: Actor, *, now: datetime) -> tuple[StandIn, ...]:
    today = organisation_in(connection, actor.organisation_id).day(now)
    mine = stands_in_for(connection, actor.account_id or "", today)
    return tuple(
        StandIn(row.account_id, house.vault.open(row.name_sealed), date.fromisoformat(row.until_on))
        for row in stored.not_over(connection, actor.organisation_id, day=today)
        if row.account_id in mine and row.from_on <= today.isoformat()
    )


def stands_in_for(connection: Connection, account_id: str, day: date) -> Set[str]:
    """Accounts whose work comes to this one on that day, by themselves or over a deputy who is away too."""
    row = accounts.by_id(connection, account_id)
    if row is None:
        return set()
    deputies = deputies_on(connection, row.organisation_id, day)
    return {away for away in deputies if away != account_id and last_deputy(away, deputies) == account_id}


def recipient_in(connection: Connection, account_id: str, now: datetime) -> str:
    """Who gets what is written to this account now: itself, or whoever stands in for it."""
    row = accounts.by_id(connection, account_id)
    if row is None:
        return account_id
    today = organisation_in(connection, row.organisation_id).day(now)
    return last_deputy(account_id, deputies_on(connection, row.organisation_id, today))


@dataclass(frozen=True)
class SeenTo:
    """Who sees to what is an account's today: itself, its deputy, or everybody (None) once the account is closed."""

    deputies: Mapping[str, str]
    closed: frozenset[str]

    def __call__(self, account_id: str) -> str | None:
        last = last_deputy(account_id, self.deputies)
        return None if last in self.closed else last


def seen_to_by(connection: Connection, organisation_id: str, *, now: datetime) -> SeenTo:
    today = organisation_in(connection, organisation_id).day(now)
    rows = accounts.of_organisation(connection, organisation_id)
    closed = frozenset(row.id for row in rows if row.disabled_at is not None)
    return SeenTo(deputies_on(connection, organisation_id, today), closed)


def deputies_on(connection: Connection, organisation_id: str, day: date) -> dict[str, str]:
    """Who is away on a day, and who was named for them; a deputy whose account is closed cannot stand in."""
    return {
        row.account_id: row.deputy_id
        for row in stored.not_over(connection, organisation_id, day=day)
        if row.from_on <= day.isoformat() and row.deputy_closed_at is None
    }


def last_deputy(account_id: str, deputies: Mapping[str, str]) -> str:
    """Follow the deputies to the first who is there; where all are away in a circle, it stays with the account.

    >>> last_deputy("ana", {"ana": "bo", "bo": "cy"})
    'cy'
    >>> last_deputy("ana", {"ana": "bo", "bo": "ana"})
    'ana'
    """
    seen, at = {account_id}, account_id
    while at in deputies:
        at = deputies[at]
        if at in seen:
            return account_id
        seen.add(at)
    return at
