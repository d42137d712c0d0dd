"""Outcomes from a file, looked at: every row with what it would change, beside what stands. Nothing is kept here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection

from assessment.services.actor import Actor, require
from assessment.services.feedback import day_problem
from assessment.services.house import House
from assessment.services.leaving import leaving_problem
from assessment.services.organisation import organisation_in
from assessment.services.outcome_days import OPENS_ON_DAY, Hire, hires_in
from assessment.services.outcome_file import COUNTS, CellProblem, OutcomeLine, read_outcomes
from assessment.services.outcome_people import index_of, whom
from assessment.services.outcomes import called, ratings_of
from assessment.storage import outcomes as stored
from assessment.storage.record import Record

State = Literal["new", "same", "differs"]


@dataclass(frozen=True)
class Change:
    """What a row says of one thing, beside what stands."""

    column: str
    value: str
    state: State
    stands: str = ""


@dataclass(frozen=True)
class ImportRow:
    """`name` as it stands with us, once we know who it is; `written`: as the file names them."""

    row: int
    application_id: str | None
    name: str
    title: str
    written: str
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True)
class ImportPreview:
    rows: tuple[ImportRow, ...]

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        return tuple(problem for row in self.rows for problem in row.problems)

    def count(self, state: State) -> int:
        """How many values are new, the same, or differ from what stands."""
        return sum(change.state == state for row in self.rows for change in row.changes)


@dataclass(frozen=True)
class Stands:
    """What stands of everybody: sheets that came by a file, sheets typed on the form, and what was counted."""

    by_file: Mapping[str, Record]
    by_hand: Mapping[str, Sequence[Record]]
    counted: Mapping[tuple[str, str, str], Sequence[Record]]


def preview_outcomes(house: House, content: str | bytes, *, actor: Actor, now: datetime) -> ImportPreview:
    """Every row of a file with its problems and what it would change; nothing is kept."""
    require(actor)
    lines = read_outcomes(content)
    with house.database.read() as connection:
        return looked_at(connection, house, lines, actor=actor, now=now)[0]


def looked_at(
    connection: Connection,
    house: House,
    lines: Sequence[OutcomeLine],
    *,
    actor: Actor,
    now: datetime,
    hold: bool = False,
) -> tuple[ImportPreview, list[tuple[OutcomeLine, Hire]]]:
    """The preview, and each line with whom it is about."""
    today = organisation_in(connection, actor.organisation_id).day(now)
    hires = hires_in(connection, house, stored.hires(connection, actor.organisation_id))
    index = index_of(house, hires)
    about = [whom(house, line, index) for line in lines]
    if hold:
        for id_ in sorted({hire.id for hire, _ in about if hire}):
            stored.hold(connection, id_)
    stands = stands_in(connection, [hire.id for hire, _ in about if hire], organisation_id=actor.organisation_id)
    first_on: dict[str, int] = {}
    rows = []
    for line, (hire, problems) in zip(lines, about, strict=True):
        problems = [*line.problems, *problems]
        changes: list[Change] = []
        notes: list[str] = []
        if hire is not None:
            before = first_on.setdefault(hire.id, line.row)
            if before != line.row:
                problems.append(CellProblem(line.row, "", f"the same person stands in row {before} already"))
            problems += _problems(line, hire, today=today)
            changes = changes_of(line, hire, stands)
            problems += _by_hand(line, hire, changes, stands, account_id=actor.account_id)
            notes = _notes(line, hire, changes, stands, account_id=actor.account_id)
        rows.append(
            ImportRow(
                row=line.row,
                application_id=hire.id if hire else None,
                name=called(connection, house, hire.row, masked=actor.masked) if hire else "",
                title=hire.row.title if hire else "",
                written=" · ".join(value[:60] for value in line.who.values()),
                changes=tuple(changes),
                notes=tuple(notes),
                problems=tuple(problems),
            )
        )
    known = [(line, hire) for line, (hire, _) in zip(lines, about, strict=True) if hire]
    return ImportPreview(tuple(rows)), known


def _problems(line: OutcomeLine, hire: Hire, *, today: date) -> list[CellProblem]:
    """Cells that are well written and cannot be."""
    found = []
    if line.left_on and line.reason and (words := leaving_problem(hire, line.left_on, line.reason, today=today)):
        found.append(CellProblem(line.row, "left_on", words))
    if line.on_day and (words := day_problem(hire, line.on_day, today=today)):
        found.append(CellProblem(line.row, "on_day", words))
    if line.ratings and not (line.left_on or hire.left_on):
        opens_on = hire.on_day(OPENS_ON_DAY)
        if opens_on is None:
            found.append(CellProblem(line.row, next(iter(line.ratings)), "no first day is known of this person yet"))
        elif (line.on_day or today) < opens_on:
            words = f"ratings count from day {OPENS_ON_DAY} on, {opens_on.isoformat()}"
            found.append(CellProblem(line.row, next(iter(line.ratings)), words))
    return found


def changes_of(line: OutcomeLine, hire: Hire, stands: Stands) -> list[Change]:
    sheet = stands.by_file.get(hire.id)
    given = ratings_of(sheet) if sheet else {}
    found = [_change(id_, line.ratings[id_], given.get(id_)) for id_ in line.ratings]
    if line.left_on and line.reason:
        found.append(_change("left_on", line.left_on, hire.left_on))
        found.append(_change("leaving_reason", line.reason, hire.reason))
    for column, kind in COUNTS.items():
        if kind in line.counts and line.on_day:
            there = [row for row in stands.counted.get(day_key(hire, kind, line), ()) if row.came_by == "csv"]
            found.append(_change(column, line.counts[kind], sum(row.times for row in there) if there else None))
    return found


def _change(column: str, value: object, stands: object) -> Change:
    if stands is None:
        return Change(column, str(value), "new")
    return Change(column, str(value), "same" if value == stands else "differs", str(stands))


def _by_hand(
    line: OutcomeLine, hire: Hire, changes: Sequence[Change], stands: Stands, *, account_id: str | None
) -> list[CellProblem]:
    """A file never touches what the one who imports it has rated on the form."""
    rated = any(change.column in line.ratings and change.state != "same" for change in changes)
    if rated and hire.id not in stands.by_file and _mine(hire, stands, account_id):
        words = "you have rated this person on the form; a file does not change that"
        return [CellProblem(line.row, next(iter(line.ratings)), words)]
    return []


def _notes(
    line: OutcomeLine, hire: Hire, changes: Sequence[Change], stands: Stands, *, account_id: str | None
) -> list[str]:
    notes = []
    others = [row for row in stands.by_hand.get(hire.id, ()) if row.handed_in_at and row.account_id != account_id]
    if line.ratings and others:
        notes.append(f"{len(others)} rated on the form already; both count, as a mean")
    for column, kind in COUNTS.items():
        rows = stands.counted.get(day_key(hire, kind, line), ()) if kind in line.counts and line.on_day else ()
        if by_hand := sum(row.times for row in rows if row.came_by == "hand"):
            notes.append(f"{by_hand} {column} of that day were counted by hand already; both count")
    if not changes and not line.problems:
        notes.append("says nothing new")
    return notes


def stands_in(connection: Connection, ids: Sequence[str], *, organisation_id: str) -> Stands:
    on_form = stored.rated_on_the_form(connection, ids, organisation_id=organisation_id)
    by_file: dict[str, Record] = {}
    by_hand: defaultdict[str, list[Record]] = defaultdict(list)
    for row in stored.sheets_of(connection, ids):
        if (row.application_id, row.account_id) in on_form:
            by_hand[row.application_id].append(row)
        else:
            by_file[row.application_id] = row
    counted: defaultdict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for row in stored.counts_of(connection, ids):
        counted[row.application_id, row.kind, row.on_day].append(row)
    return Stands(by_file, by_hand, counted)


def _mine(hire: Hire, stands: Stands, account_id: str | None) -> bool:
    return any(row.account_id == account_id for row in stands.by_hand.get(hire.id, ()))


def day_key(hire: Hire, kind: str, line: OutcomeLine) -> tuple[str, str, str]:
    return hire.id, kind, line.on_day.isoformat() if line.on_day else ""
