"""Staff signing in and out, and the organisation they belong to."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError, SignInError, TooOftenError, UnknownIdError
from assessment.services.actor import ROLES, Actor, require
from assessment.services.house import House
from assessment.services.organisation import checked, found, plain_email
from assessment.storage import accounts as stored
from assessment.storage import audit
from assessment.storage.clock import moment, stamp
from assessment.storage.vault import token_hash

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
SHORTEST_PASSWORD = 12
FREE_TRIES = {"account": 5, "address": 20}
WINDOW = timedelta(minutes=15)
_HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
_TOO_COMMON = ("password", "carefit", "123456", "qwerty", "letmein", "welcome", "administrator")


@dataclass(frozen=True)
class Account:
    id: str
    name: str
    email: str
    role: str
    created_at: datetime
    disabled_at: datetime | None


def needs_set_up(house: House) -> bool:
    with house.database.read() as connection:
        return not stored.anybody(connection)


def set_up(house: House, *, organisation: str, name: str, email: str, password: str, now: datetime) -> str:
    """Make the organisation and its first administrator, once; returns the organisation's id."""
    values = checked(organisation=organisation, name=name, email=email)
    _check_password(password, email)
    with house.database.write() as connection:
        if stored.anybody(connection):
            raise NotAllowedError("this house is set up already; please sign in")
        organisation_id = found(
            connection, name=values["organisation"], contact_name=values["name"], contact=values["email"], now=now
        )
        _add(connection, house, organisation_id, values, role="administrator", password=password, now=now)
    return organisation_id


def sign_in(house: House, email: str, password: str, *, address: str, now: datetime) -> str:
    """A new session's token. Tries are counted before the password is looked at, per account and per address.

    Raises
    ------
    SignInError : e-mail or password is wrong, without saying which
    TooOftenError : too many tries; the pause doubles and is never longer than 15 minutes
    """
    keys = {
        "account": house.vault.hash(f"account:{plain_email(email)[:320]}"),
        "address": house.vault.hash(f"address:{address}"),
    }
    with house.database.write() as connection:
        for kind, key in keys.items():
            _slow_down(connection, kind, key, now=now)
        for key in keys.values():
            stored.add_attempt(connection, key, now=now)
        row = stored.by_email(connection, house.vault.hash(plain_email(email)))
    right = _verify(row.password_hash if row else _nobody(), password)
    if row is None or not right or row.disabled_at is not None:
        raise SignInError("E-mail or password is wrong.")
    token = secrets.token_urlsafe(32)
    with house.database.write() as connection:
        stored.forget_attempts(connection, keys["account"])
        stored.forget_attempts(connection, before=now - 2 * WINDOW)
        stored.begin_session(connection, token_hash(token), account_id=row.id, now=now)
        audit.append(connection, row.organisation_id, actor=row.id, kind="signed_in", subject=row.id, now=now)
    return token


def sign_out(house: House, token: str, *, now: datetime) -> None:
    with house.database.write() as connection:
        stored.end_session(connection, token_hash(token), now=now)


def staff_actor(house: House, token: str | None, *, now: datetime) -> Actor | None:
    """Who a session belongs to, while it lasts: 30 minutes without a click, 12 hours in all."""
    if not token or len(token) > 200:
        return None
    digest = token_hash(token)
    with house.database.read() as connection:
        row = stored.session(connection, digest)
    if row is None:
        return None
    last_seen = moment(row.last_seen_at)
    if now - last_seen > IDLE or now - moment(row.began_at) > LONGEST:
        return None
    if now - last_seen > SEEN_EVERY:
        with house.database.write() as connection:
            stored.seen(connection, digest, now=now)
    name = house.vault.open(row.name_sealed)
    return Actor("staff", row.organisation_id, row.id, row.role, name=name, masked=row.names_masked)


def mask_names(house: House, token: str | None, masked: bool) -> None:
    """Show numbers in place of names, or names again, on every page until this session ends."""
    if token:
        with house.database.write() as connection:
            stored.mask_names(connection, token_hash(token), masked)


def add_account(house: House, *, actor: Actor, name: str, email: str, role: str, password: str, now: datetime) -> str:
    require(actor, "administrator")
    if role not in ROLES:
        raise UnknownIdError("role", role, ROLES)
    values = checked(name=name, email=email)
    _check_password(password, email)
    with house.database.write() as connection:
        if stored.by_email(connection, house.vault.hash(values["email"])):
            raise SheetError("There is an account with this e-mail already.")
        return _add(
            connection, house, actor.organisation_id, values, role=role, password=password, now=now, by=actor.label
        )


def disable_account(house: House, account_id: str, *, actor: Actor, now: datetime) -> None:
    require(actor, "administrator")
    if account_id == actor.account_id:
        raise NotAllowedError("You cannot close your own account; another administrator can.")
    with house.database.write() as connection:
        row = stored.by_id(connection, account_id)
        if row is None or row.organisation_id != actor.organisation_id:
            raise UnknownIdError("account", account_id)
        stored.change(connection, account_id, disabled_at=stamp(now))
        stored.end_sessions_of(connection, account_id, now=now)
        audit.append(
            connection, actor.organisation_id, actor=actor.label, kind="account_closed", subject=account_id, now=now
        )


def list_accounts(house: House, *, actor: Actor) -> tuple[Account, ...]:
    require(actor)
    with house.database.read() as connection:
        rows = stored.of_organisation(connection, actor.organisation_id)
    return tuple(
        Account(
            row.id,
            house.vault.open(row.name_sealed),
            house.vault.open(row.email_sealed),
            row.role,
            moment(row.created_at),
            moment(row.disabled_at) if row.disabled_at else None,
        )
        for row in rows
    )


def change_password(house: House, *, actor: Actor, old: str, new: str, now: datetime) -> None:
    """Set a new password and end every session of the account."""
    require(actor, *ROLES)
    with house.database.read() as connection:
        row = stored.by_id(connection, actor.account_id or "")
    if row is None or not _verify(row.password_hash, old):
        raise SignInError("Your present password is not right.")
    _check_password(new, house.vault.open(row.email_sealed))
    with house.database.write() as connection:
        stored.change(connection, row.id, password_hash=hashed(new))
        stored.end_sessions_of(connection, row.id, now=now)
        audit.append(
            connection, actor.organisation_id, actor=actor.label, kind="password_changed", subject=row.id, now=now
        )


def _add(
    connection: Connection,
    house: House,
    organisation_id: str,
    values: dict[str, str],
    *,
    role: str,
    password: str,
    now: datetime,
    by: str = "system",
) -> str:
    id_ = stored.add(
        connection,
        organisation_id=organisation_id,
        role=role,
        email_hash=house.vault.hash(values["email"]),
        email_sealed=house.vault.seal(values["email"]),
        name_sealed=house.vault.seal(values["name"]),
        password_hash=hashed(password),
        now=now,
    )
    audit.append(connection, organisation_id, actor=by, kind="account_added", subject=id_, now=now, body={"role": role})
    return id_


def _slow_down(connection: Connection, kind: str, key: str, *, now: datetime) -> None:
    count, last = stored.attempts(connection, key, since=now - WINDOW)
    over = count - FREE_TRIES[kind]
    if over < 0 or last is None:
        return
    pause = min(timedelta(seconds=10 * 2 ** min(over, 10)), WINDOW)
    left = moment(last) + pause - now
    if left > timedelta(0):
        raise TooOftenError(int(left.total_seconds()) + 1)


def _check_password(password: str, email: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise SheetError(f"Please choose a password of {SHORTEST_PASSWORD} characters or more.")
    if len(password) > 1000:
        raise SheetError("Please choose a password of at most 1,000 characters.")
    plain = password.casefold()
    letters_left = plain
    for word in (*_TOO_COMMON, email.partition("@")[0].casefold()):
        letters_left = letters_left.replace(word, "") if word else letters_left
    if len(set(plain)) < 5 or len(letters_left) < 6:
        raise SheetError("This password is easy to guess. Three or four words that you like work well.")


def hashed(password: str) -> str:
    """argon2id of a password."""
    return _HASHER.hash(password)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password[:1000])
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A hash to check against when there is no such account, so that the answer takes as long."""
    return _HASHER.hash(secrets.token_urlsafe(16))
