"""The organisation: who candidates deal with, how long answers are kept, how soon somebody has read them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import Connection

from assessment.errors import SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.storage import accounts as stored
from assessment.storage import audit


@dataclass(frozen=True)
class Organisation:
    id: str
    name: str
    contact_name: str
    contact: str
    keep_months: int
    reply_days: int
    made_up: bool
    time_zone: str = "UTC"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def day(self, moment: datetime) -> date:
        """Which day it is there."""
        return moment.astimezone(self.zone).date()


def found(
    connection: Connection, *, name: str, contact_name: str, contact: str, now: datetime, made_up: bool = False
) -> str:
    """Enter a new organisation with the usual settings."""
    organisation_id = stored.add_organisation(
        connection,
        name=name,
        contact_name=contact_name,
        contact=contact,
        keep_months=12,
        reply_days=7,
        made_up=made_up,
        now=now,
    )
    audit.append(
        connection, organisation_id, actor="system", kind="organisation_founded", subject=organisation_id, now=now
    )
    return organisation_id


def organisation(house: House, *, actor: Actor) -> Organisation:
    with house.database.read() as connection:
        return organisation_in(connection, actor.organisation_id)


def organisation_in(connection: Connection, organisation_id: str) -> Organisation:
    row = stored.organisation(connection, organisation_id)
    return Organisation(
        row.id,
        row.name,
        row.contact_name,
        row.contact,
        row.keep_months,
        row.reply_days,
        row.made_up,
        row.time_zone,
    )


def edit_organisation(
    house: House,
    *,
    name: str,
    contact_name: str,
    contact: str,
    keep_months: int,
    reply_days: int,
    time_zone: str | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Change the settings; without a time zone the one there is stays."""
    require(actor, "administrator")
    if time_zone is not None and time_zone not in time_zones():
        raise UnknownIdError("time zone", time_zone)
    if not 1 <= keep_months <= 60 or not 1 <= reply_days <= 60:
        raise SheetError("Months kept and days to reply are between 1 and 60.")
    values = checked(name=name, contact_name=contact_name, contact=contact)
    with house.database.write() as connection:
        stored.change_organisation(
            connection,
            actor.organisation_id,
            **values,
            keep_months=keep_months,
            reply_days=reply_days,
            time_zone=time_zone or stored.organisation(connection, actor.organisation_id).time_zone,
        )
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="organisation_changed",
            subject=actor.organisation_id,
            now=now,
        )


@cache
def time_zones() -> tuple[str, ...]:
    """Names like Europe/Madrid that this machine knows, UTC first."""
    known = available_timezones()
    return ("UTC", *sorted(name for name in known if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/"))))


def plain_email(email: str) -> str:
    return email.strip().casefold()


def checked(**fields: str) -> dict[str, str]:
    """Trimmed values, or one message that names the empty, overlong or malformed field."""
    values = {key: value.strip() for key, value in fields.items()}
    for key, value in values.items():
        words = key.replace("_", " ")
        if not value:
            raise SheetError(f"Please fill in: {words}.")
        if len(value) > 200:
            raise SheetError(f"Please keep {words} to 200 characters.")
    if "email" in values:
        values["email"] = plain_email(values["email"])
        local, _, domain = values["email"].partition("@")
        if not local or "." not in domain or any(c.isspace() for c in values["email"]):
            raise SheetError("This e-mail does not look right; it needs the form name@place.org.")
    return values
