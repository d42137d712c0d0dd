"""Hours and money that people type into the ledger: an advertisement, an agency's fee, an afternoon of calls."""

from dataclasses import dataclass
from datetime import date, datetime

from assessment.errors import SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.storage import audit, vacancies
from assessment.storage import costs as stored

MOST_MINUTES, MOST_CENTS = 60 * 1000, 100_000_00


@dataclass(frozen=True)
class Cost:
    id: str
    vacancy_id: str
    title: str
    what: str
    minutes: int
    cents: int
    spent_on: date


def add_cost(
    house: House,
    vacancy_id: str,
    what: str,
    *,
    minutes: int,
    cents: int,
    spent_on: date,
    actor: Actor,
    now: datetime,
) -> str:
    require(actor)
    words = what.strip()
    if not words or len(words) > 200:
        raise SheetError("Please say in up to 200 characters what it was for.")
    if not 0 <= minutes <= MOST_MINUTES or not 0 <= cents <= MOST_CENTS or minutes + cents == 0:
        raise SheetError("Please give hours (up to 1,000) or money (up to 100,000), or both.")
    if spent_on > now.date():
        raise SheetError("The day lies ahead; please enter what was spent already.")
    with house.database.write() as connection:
        if vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id) is None:
            raise UnknownIdError("vacancy", vacancy_id)
        if actor.account_id is None:
            raise SheetError("A cost is entered by a person.")
        id_ = stored.add(
            connection,
            vacancy_id=vacancy_id,
            account_id=actor.account_id,
            minutes=minutes,
            cents=cents,
            what=words,
            spent_on=spent_on.isoformat(),
            now=now,
        )
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="cost_added",
            subject=id_,
            now=now,
            body={"vacancy": vacancy_id, "minutes": minutes, "cents": cents},
        )
    return id_


def remove_cost(house: House, cost_id: str, *, actor: Actor, now: datetime) -> None:
    """Strike a line out; it stays in the log."""
    require(actor)
    with house.database.write() as connection:
        if cost_id not in [row.id for row in stored.of_organisation(connection, actor.organisation_id)]:
            raise UnknownIdError("cost", cost_id)
        stored.remove(connection, cost_id, now=now)
        audit.append(
            connection, actor.organisation_id, actor=actor.label, kind="cost_removed", subject=cost_id, now=now
        )


def list_costs(house: House, *, actor: Actor) -> tuple[Cost, ...]:
    """What was typed, newest day first."""
    require(actor)
    with house.database.read() as connection:
        rows = stored.of_organisation(connection, actor.organisation_id)
    return tuple(
        Cost(r.id, r.vacancy_id, r.title, r.what, r.minutes, r.cents, date.fromisoformat(r.spent_on)) for r in rows
    )
