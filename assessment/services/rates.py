"""What an hour costs and how long an action takes: the organisation's own figures, kept as versions."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from assessment.errors import SheetError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.storage import audit, documents

Cents = Annotated[int, Field(ge=0, le=1_000_00)]
Minutes = Annotated[int, Field(ge=0, le=240)]
CURRENCIES = ("EUR", "USD", "GBP", "CHF")


class Rates(BaseModel):
    """Minutes an action takes are an assumption, stated beside every figure that rests on it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    currency: str = "EUR"
    hr_hour_cents: Cents = 38_00
    interviewer_hour_cents: Cents = 45_00
    invite_minutes: Minutes = 2
    read_minutes: Minutes = 10
    answer_minutes: Minutes = 6
    prepare_minutes: Minutes = 10  # an interview, each interviewer; the interview itself by the clock
    decide_minutes: Minutes = 15


def rates(house: House, *, actor: Actor) -> Rates:
    require(actor)
    with house.database.read() as connection:
        return rates_in(connection, actor.organisation_id)


def rates_in(connection: Connection, organisation_id: str) -> Rates:
    kept = documents.versions(connection, organisation_id, kind="rates", name="ledger")
    return Rates.model_validate(kept[-1].body) if kept else Rates()


def edit_rates(house: House, new: Rates, *, reason: str, actor: Actor, now: datetime) -> None:
    """Keep new figures as a version; what the ledger says changes with them, for the past too."""
    require(actor)
    if new.currency not in CURRENCIES:
        raise SheetError(f"The currency is one of {', '.join(CURRENCIES)}.")
    if not reason.strip():
        raise SheetError("Please say why; the reason is kept with the figures.")
    with house.database.write() as connection:
        before = documents.versions(connection, actor.organisation_id, kind="rates", name="ledger")
        if rates_in(connection, actor.organisation_id) == new:
            raise SheetError("Nothing was changed.")
        documents.keep(
            connection,
            actor.organisation_id,
            kind="rates",
            name="ledger",
            version=f"{len(before) + 1}.0",
            body=new.model_dump(),
            author=actor.label,
            reason=reason.strip()[:1000],
            now=now,
        )
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="rates_changed",
            subject=actor.organisation_id,
            now=now,
        )
