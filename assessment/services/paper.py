"""Answers on paper: typed in twice by staff, compared, and settled; both names are kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import ClosedError, IncompleteError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.answers import Answer, check_answer
from assessment.services.confirming import finished_in
from assessment.services.house import House
from assessment.services.profiles import author_name
from assessment.services.scoring import score_sitting
from assessment.services.stages import move_in
from assessment.services.versions import form_of, questionnaire_of
from assessment.storage import audit, paper, sittings
from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.responses import Response, put, responses_of

Typed = dict[str, int | str | None]


@dataclass(frozen=True)
class Difference:
    """A field that was typed in two ways."""

    field: str
    first: int | str | None
    second: int | str | None


@dataclass(frozen=True)
class Entries:
    """What has been typed so far, and by whom."""

    first: Typed | None
    second: Typed | None
    first_by: str
    second_by: str

    @property
    def differences(self) -> tuple[Difference, ...]:
        if self.first is None or self.second is None:
            return ()
        fields = dict.fromkeys((*self.first, *self.second))
        return tuple(
            Difference(f, self.first.get(f), self.second.get(f))
            for f in fields
            if self.first.get(f) != self.second.get(f)
        )


def entries(house: House, application_id: str, *, actor: Actor) -> Entries:
    require(actor)
    with house.database.read() as connection:
        row = _row(connection, application_id, actor)
        typed = {e.entry: e for e in paper.entries_of(connection, row.id)}
        return Entries(
            json.loads(typed[1].answers) if 1 in typed else None,
            json.loads(typed[2].answers) if 2 in typed else None,
            author_name(connection, house, typed[1].account_id) if 1 in typed else "",
            author_name(connection, house, typed[2].account_id) if 2 in typed else "",
        )


def type_in(
    house: House,
    application_id: str,
    answers: Mapping[str, int | str | None],
    *,
    entry: int,
    actor: Actor,
    now: datetime,
) -> Entries:
    """Keep the first or the second typing; the answers count only once both agree or are settled."""
    require(actor)
    if entry not in (1, 2):
        raise UnknownIdError("typing", str(entry), ("1", "2"))
    if actor.account_id is None:
        raise NotAllowedError("paper is typed in by a person")
    with house.database.write() as connection:
        row = _open(connection, application_id, actor)
        _check(connection, house, row, answers)
        paper.put(connection, row.id, entry, account_id=actor.account_id, answers=json.dumps(dict(answers)), now=now)
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="paper_typed",
            subject=row.id,
            now=now,
            body={"entry": entry},
        )
    return entries(house, application_id, actor=actor)


def settle(
    house: House, application_id: str, settled: Mapping[str, int | str | None], *, actor: Actor, now: datetime
) -> None:
    """Hand the sheet in: what both typings agree on, and `settled` for every field on which they differ.

    Raises
    ------
    IncompleteError : a difference was not settled
    """
    require(actor)
    both = entries(house, application_id, actor=actor)
    if both.first is None or both.second is None:
        raise SheetError("Type the paper in twice first; two typings find the slips of one.")
    if open_ := [d.field for d in both.differences if d.field not in settled]:
        raise IncompleteError(open_)
    final = {**both.second, **{f: settled[f] for f in settled if f in {d.field for d in both.differences}}}
    with house.database.write() as connection:
        row = _open(connection, application_id, actor)
        _check(connection, house, row, final)
        known = responses_of(connection, row.id)
        for field, value in final.items():
            rev = known[field].rev + 1 if field in known else 1
            put(connection, row.id, field, Response(value, rev), known=known, ms=None, now=now)
        sittings.change(
            connection,
            row.id,
            status="submitted",
            step="result",
            adaptive=False,  # paper asks every line
            started_at=row.started_at or stamp(now),
            finished_at=stamp(now),
        )
        score_sitting(connection, row.id, now)
        before = ("invited", "answering")
        move_in(connection, house, application_id, "to_read", only_from=before, actor=actor, now=now)
        finished_in(connection, house, application_id, row.id, actor=actor, now=now)
        audit.append(
            connection, actor.organisation_id, actor=actor.label, kind="paper_settled", subject=row.id, now=now
        )


def _check(connection: Connection, house: House, row: Record, answers: Mapping[str, int | str | None]) -> None:
    form, instrument = form_of(connection, row.form_id), questionnaire_of(connection, row.questionnaire_id)
    for field, value in answers.items():
        check_answer(Answer(field, value, 1), form=form, instrument=instrument, library=house.library)


def _open(connection: Connection, application_id: str, actor: Actor) -> Record:
    row = _row(connection, application_id, actor)
    if row.status in ("submitted", "withdrawn"):
        raise ClosedError(f"These answers are {row.status} already.")
    return row


def _row(connection: Connection, application_id: str, actor: Actor) -> Record:
    row = sittings.newest_of(connection, application_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("application", application_id)
    return row
