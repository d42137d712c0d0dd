"""Employed, sent by an agency, or here for a time: who it is about, from where, and until when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args

from assessment.errors import SheetError, UnknownIdError
from assessment.services.absences import seen_to_by, standing_in_for_in
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.shortlist import opened_name
from assessment.services.to_do import ToDo
from assessment.storage import applications, audit
from assessment.storage import engagements as stored

Engagement = Literal["employed", "agency", "temporary"]
ENGAGEMENTS: tuple[Engagement, ...] = get_args(Engagement)
ENDS_SOON_DAYS = 14


@dataclass(frozen=True)
class Engaged:
    """`agency` only for agency staff; `ends_on` never for the employed."""

    engagement: str
    agency: str
    ends_on: date | None


def set_engagement(
    house: House,
    application_id: str,
    engagement: str,
    *,
    agency: str = "",
    ends_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Say how the person works or would work here.

    Raises
    ------
    SheetError : agency staff without an agency, temporary staff without a last day
    """
    require(actor)
    if engagement not in ENGAGEMENTS:
        raise UnknownIdError("engagement", engagement, ENGAGEMENTS)
    agency = agency.strip()
    if engagement == "agency" and not agency:
        raise SheetError("Please name the agency.")
    if len(agency) > 200:
        raise SheetError("Please keep the name of the agency to 200 characters.")
    if engagement == "temporary" and ends_on is None:
        raise SheetError("Please give the last day.")
    if engagement == "employed":
        ends_on = None
    if engagement != "agency":
        agency = ""
    with house.database.write() as connection:
        if applications.one(connection, application_id, organisation_id=actor.organisation_id) is None:
            raise UnknownIdError("application", application_id)
        stored.change(
            connection,
            application_id,
            engagement=engagement,
            agency_sealed=house.vault.seal(agency) if agency else None,
            ends_on=ends_on.isoformat() if ends_on else None,
        )
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="engagement_set",
            subject=application_id,
            now=now,
            body={"engagement": engagement, "ends_on": ends_on.isoformat() if ends_on else None},
        )


def engaged(house: House, application_id: str, *, actor: Actor) -> Engaged:
    require(actor)
    with house.database.read() as connection:
        row = applications.one(connection, application_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("application", application_id)
    return Engaged(
        row.engagement,
        house.vault.open(row.agency_sealed) if row.agency_sealed else "",
        date.fromisoformat(row.ends_on) if row.ends_on else None,
    )


def tasks_for(house: House, *, actor: Actor, now: datetime) -> tuple[ToDo, ...]:
    """People whose time here ends within two weeks, for who owns their opening or stands in."""
    require(actor)
    with house.database.read() as connection:
        organisation = organisation_in(connection, actor.organisation_id)
        today = organisation.day(now)
        away = {s.account_id: s.words for s in standing_in_for_in(connection, house, actor, now=now)}
        seen_to = seen_to_by(connection, actor.organisation_id, now=now)
        rows = stored.ending(connection, actor.organisation_id, until=today + timedelta(days=ENDS_SOON_DAYS))
    found = []
    for row in rows:
        if seen_to(row.owner_id) not in (actor.account_id, None):
            continue
        last = date.fromisoformat(row.ends_on)
        end = datetime.combine(last + timedelta(days=1), time(0), tzinfo=organisation.zone).astimezone(UTC)
        kind = "Agency" if row.engagement == "agency" else "Temporary"
        found.append(
            ToDo(
                "ends",
                f"The time of {opened_name(house, row.name_sealed)} {'has ended' if last < today else 'ends'}",
                f"{row.title} · {kind.lower()} staff · prolong it, or say goodbye in good time",
                f"{last.day} {last:%B}",
                last < today,
                end,
                f"/candidate?application={row.id}",
                away.get(row.owner_id, ""),
            )
        )
    return tuple(found)
