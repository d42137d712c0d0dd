"""Answers a person gave before, which may be taken over when they say so."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument
from assessment.roles.library import job_title
from assessment.services.versions import questionnaire_of
from assessment.storage import sittings as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record
from assessment.storage.responses import responses_of

SHELF_LIFE = timedelta(days=365)


@dataclass(frozen=True)
class Reuse:
    """An earlier sheet of the same person: how many of the items asked now it answers."""

    sitting_id: str
    role_title: str
    finished_on: date
    items: int


def earlier_sheet(
    connection: Connection, row: Record, *, form: Form, instrument: Instrument, now: datetime
) -> Reuse | None:
    """The newest sheet finished within twelve months under the same major version, if it shares an item."""
    before = None if row.purpose == "growth" else stored.finished_by(connection, row, since=now - SHELF_LIFE)
    if before is None:
        return None
    if not comparable(questionnaire_of(connection, before.questionnaire_id), instrument):
        return None
    shared = shared_answers(connection, before.id, form=form)
    return (
        Reuse(
            before.id,
            job_title(before.title, before.role, row.language),
            moment(before.finished_at).date(),
            len(shared),
        )
        if shared
        else None
    )


def comparable(one: Instrument, other: Instrument) -> bool:
    """Answers mean the same under versions that differ in wording only."""
    return one.id == other.id and one.version.split(".")[0] == other.version.split(".")[0]


def shared_answers(connection: Connection, sitting_id: str, *, form: Form) -> dict[str, int | str]:
    """What an earlier sheet says to the items and checks of a form; scenarios belong to one role and are asked anew."""
    before = responses_of(connection, sitting_id)
    return {item: value for item in form.items if item in before and (value := before[item].value) is not None}
