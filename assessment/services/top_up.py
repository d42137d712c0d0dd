"""What another job would still have to ask of somebody who has answered: just the missing items."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from sqlalchemy import Connection

from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument
from assessment.services.earlier import SHELF_LIFE, comparable
from assessment.services.versions import questionnaire_of
from assessment.storage import redirects, sittings
from assessment.storage.clock import moment
from assessment.storage.record import Record
from assessment.storage.responses import responses_of


@dataclass(frozen=True)
class TopUp:
    """`taken_over`: answers that count for the other job as they are; lines and scenes are still asked."""

    taken_over: Mapping[str, int | str]
    lines: int
    scenes: int
    minutes: int

    @property
    def nothing_missing(self) -> bool:
        return not self.lines and not self.scenes


def top_up(
    connection: Connection, before: Record | None, *, form: Form, instrument: Instrument, now: datetime
) -> TopUp:
    """What of a form the handed-in sheet `before` answers: items under a version that means the same, and scenes that
    are the very same; a sheet older than twelve months answers nothing."""
    taken = _taken_over(connection, before, form=form, instrument=instrument, now=now)
    missing = [field for field in form.fields() if field not in taken]
    lines = sum(field in form.items for field in missing)
    scenes = {field.rpartition(".")[0] for field in missing if field not in form.items}
    return TopUp(taken, lines, len(scenes), ceil(form.minutes * len(missing) / len(form.fields())))


def moved_items(connection: Connection, row: Record, form: Form) -> frozenset[str]:
    """Items of a sitting that came over with the person from another job, so that they are not asked once more."""
    if row.reused_from is None or redirects.came_from(connection, row.application_id) is None:
        return frozenset()
    before = responses_of(connection, row.reused_from)
    return frozenset(item for item in form.items if item in before and before[item].value is not None)


def handed_in(connection: Connection, application_id: str, *, organisation_id: str) -> Record | None:
    """The sheet of an application that is read, when it is handed in."""
    row = sittings.to_read(connection, application_id, organisation_id=organisation_id)
    return row if row is not None and row.status == "submitted" else None


def _taken_over(
    connection: Connection, before: Record | None, *, form: Form, instrument: Instrument, now: datetime
) -> dict[str, int | str]:
    if before is None or now - moment(before.finished_at) > SHELF_LIFE:
        return {}
    if not comparable(questionnaire_of(connection, before.questionnaire_id), instrument):
        return {}
    there = responses_of(connection, before.id)
    return {field: value for field in form.fields() if field in there and (value := there[field].value) is not None}
