"""Outcomes from a file: every row is shown with what it would change, and all of them are kept or none.

What the file says of ratings is kept as a sheet of the account that imports it, marked in the event log as come by CSV.
A sheet that somebody filled in on the form is never changed by a file.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError
from assessment.reports.words import plural
from assessment.services.actor import Actor, require
from assessment.services.feedback import keep_count_in
from assessment.services.house import House
from assessment.services.leaving import keep_leaving_in
from assessment.services.outcome_days import Hire
from assessment.services.outcome_file import COLUMNS, COUNTS, CellProblem, OutcomeLine, read_outcomes
from assessment.services.outcome_preview import ImportPreview, Stands, changes_of, day_key, looked_at, stands_in
from assessment.services.outcomes import ratings_of
from assessment.services.shortlist import opened_name, safe_cell
from assessment.storage import audit
from assessment.storage import outcomes as stored
from assessment.storage.clock import stamp
from assessment.training.outcome_scales import outcome_scales


def import_outcomes(
    house: House, content: str | bytes, *, replace: bool = False, actor: Actor, now: datetime
) -> ImportPreview:
    """Keep every row of a file, or none; returns what it changed. The same file again changes nothing.

    replace : put what differs in the place of what stands

    Raises
    ------
    SheetError : a row has a problem, or differs and is not to replace what stands
    """
    require(actor)
    if actor.account_id is None:
        raise NotAllowedError("Outcomes are imported by a person who is signed in.")
    lines = read_outcomes(content)
    with house.database.write() as connection:
        seen, found = looked_at(connection, house, lines, actor=actor, now=now, hold=True)
        if seen.problems:
            raise SheetError(f"Nothing was imported. {_listed(seen.problems)}")
        if (differ := seen.count("differs")) and not replace:
            raise SheetError(
                f"Nothing was imported. {plural(differ, 'value')} differ{'s' * (differ == 1)} from what stands. "
                "Say that the file replaces it, or take it out."
            )
        stands = stands_in(connection, [hire.id for _, hire in found], organisation_id=actor.organisation_id)
        for line, hire in found:
            _keep(connection, house, line, hire, stands, actor=actor, now=now)
        if seen.count("new") or seen.count("differs"):
            body = {"rows": len(lines), "new": seen.count("new"), "replaced": seen.count("differs")}
            _log(connection, actor, "outcomes_imported", actor.organisation_id, now, body)
        return seen


def sample_csv(house: House, *, actor: Actor, now: datetime) -> str:
    """A file to fill in: a row for every hire, with nothing else on it, so that importing it as it is changes nothing."""
    require(actor)
    with house.database.write() as connection:
        rows = stored.hires(connection, actor.organisation_id)
        body = {"format": "sample", "hires": len(rows), "names": not actor.masked}
        _log(connection, actor, "outcomes_exported", actor.organisation_id, now, body)
    columns = [
        name for name in COLUMNS if name not in ("external_id", "email") and not (name == "name" and actor.masked)
    ]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({"person": row.id, "name": safe_cell(opened_name(house, row.name_sealed))})
    return out.getvalue()


def _keep(
    connection: Connection,
    house: House,
    line: OutcomeLine,
    hire: Hire,
    stands: Stands,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    changed = {change.column for change in changes_of(line, hire, stands) if change.state != "same"}
    if scales := sorted(changed & set(line.ratings)):
        sheet = stands.by_file.get(hire.id)
        given = {**(ratings_of(sheet) if sheet else {}), **line.ratings}
        stored.put_sheet(
            connection,
            hire.id,
            sheet.account_id if sheet else actor.account_id or "",
            version=outcome_scales().version,
            ratings=json.dumps(given, sort_keys=True),
            rev=sheet.rev + 1 if sheet else 1,
            saved_at=stamp(now),
            handed_in_at=stamp(now),
        )
        _log(connection, actor, "outcome_imported", hire.id, now, {"came_by": "csv", "scales": scales})
    if changed & {"left_on", "leaving_reason"} and line.left_on and line.reason:
        there = stored.leaving(connection, hire.id)
        note = house.vault.open(there.note_sealed) if there and there.note_sealed else ""
        keep_leaving_in(
            connection, house, hire.id, line.left_on, line.reason, note, came_by="csv", actor=actor, now=now
        )
    for column, kind in COUNTS.items():
        if column in changed and line.on_day:
            for row in stands.counted.get(day_key(hire, kind, line), ()):
                if row.came_by == "csv":
                    stored.remove_count(connection, row.id, now=now)
            keep_count_in(
                connection,
                house,
                hire.id,
                kind,
                line.on_day,
                line.counts[kind],
                "",
                came_by="csv",
                actor=actor,
                now=now,
            )


def _listed(problems: Sequence[CellProblem]) -> str:
    shown = [f"Row {p.row}{f', {p.column}' if p.column else ''}: {p.words}." for p in problems[:20]]
    return " ".join(shown) + (f" And {len(problems) - 20} more." if len(problems) > 20 else "")


def _log(
    connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, body: Mapping[str, object]
) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
