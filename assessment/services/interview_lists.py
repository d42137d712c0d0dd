"""Who was asked to pick a time and has not, and who may be asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.shortlist import opened_name
from assessment.services.slot import called
from assessment.services.stages import BY_HAND
from assessment.storage import applications, vacancies
from assessment.storage import interviews as stored
from assessment.storage.clock import moment

ASKED_FROM = ("to_read", "interview", "decision")


@dataclass(frozen=True)
class AskedPerson:
    """Somebody who was asked and holds no time; `because` is why the last one was given back."""

    application_id: str
    name: str
    status: str
    asked_at: datetime
    waiting_days: int
    because: str
    closed: bool


@dataclass(frozen=True)
class Askable:
    application_id: str
    name: str
    stage: str
    waiting_days: int


def asked_people(house: House, vacancy_id: str, *, actor: Actor, now: datetime) -> tuple[AskedPerson, ...]:
    """Who was asked and has not picked, longest first."""
    require(actor)
    with house.database.read() as connection:
        _vacancy(connection, vacancy_id, actor)
        return tuple(
            AskedPerson(
                row.application_id,
                called(connection, house, row, actor=actor),
                row.status,
                moment(row.asked_at),
                (now - moment(row.asked_at)).days,
                house.vault.open(row.because_sealed) if row.because_sealed else "",
                row.stage not in BY_HAND,
            )
            for row in stored.asked(connection, vacancy_id)
        )


def askable(house: House, vacancy_id: str, *, actor: Actor, now: datetime) -> tuple[Askable, ...]:
    """Who has handed in and may be asked, longest waiting first."""
    require(actor)
    with house.database.read() as connection:
        _vacancy(connection, vacancy_id, actor)
        return tuple(
            Askable(
                row.id,
                f"Person {applications.number_of(connection, row.id)}"
                if actor.masked
                else opened_name(house, row.name_sealed),
                row.stage,
                (now - moment(row.stage_since)).days if row.stage_since else 0,
            )
            for row in stored.not_asked(connection, vacancy_id, stages=ASKED_FROM)
        )


def _vacancy(connection: Connection, vacancy_id: str, actor: Actor) -> None:
    if vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id) is None:
        raise UnknownIdError("vacancy", vacancy_id)
