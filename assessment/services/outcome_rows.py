"""What came of every hire, a row each: the input for evidence about our own questionnaires. For HR alone."""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import fmean

from assessment.reports.outcome_words import STAY_WORDS
from assessment.reports.workbook import Column, Sheet, workbook
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.outcome_days import STAYS, Stay, hires_in
from assessment.services.outcomes import called, ratings_of
from assessment.storage import audit
from assessment.storage import outcomes as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record
from assessment.training.outcome_scales import outcome_scales
from assessment.training.work_days import day_of

EVIDENCE_COLUMNS = (
    *("person", "rating", *outcome_scales().ids),
    *(f"stay_{days}" for days in STAYS),
    *("compliments", "complaints"),
)


@dataclass(frozen=True)
class OutcomeRow:
    """One hire. What nobody rated or counted is None, never 0.

    scales : per scale the mean over raters who saw it, of sheets that were handed in
    rating : the mean of those scales
    begun : somebody has begun a sheet and not handed it in
    compliments, complaints : sums of what was counted; None where nothing was
    """

    application_id: str
    name: str
    role: str
    title: str
    hired_on: date | None
    first_day: date | None
    day: int | None
    scales: Mapping[str, float | None]
    raters: int
    begun: bool
    rated_on: date | None
    stays: Mapping[int, Stay]
    left_on: date | None
    reason: str | None
    compliments: int | None
    complaints: int | None

    @property
    def seen(self) -> int:
        """How many scales somebody had a chance to see."""
        return sum(value is not None for value in self.scales.values())

    @property
    def rating(self) -> float | None:
        values = [value for value in self.scales.values() if value is not None]
        return fmean(values) if values else None


def outcome_rows(house: House, *, actor: Actor, now: datetime) -> tuple[OutcomeRow, ...]:
    """Every hire of the organisation, the last first day first; nobody ranks above anybody."""
    require(actor)
    with house.database.read() as connection:
        organisation = organisation_in(connection, actor.organisation_id)
        today = organisation.day(now)
        hires = hires_in(connection, house, stored.hires(connection, actor.organisation_id))
        ids = [hire.id for hire in hires]
        sheets = _by_application(stored.sheets_of(connection, ids))
        counts = _by_application(stored.counts_of(connection, ids))
        rows = []
        for hire in hires:
            handed_in = [sheet for sheet in sheets[hire.id] if sheet.handed_in_at]
            days = [organisation.day(moment(sheet.handed_in_at)) for sheet in handed_in]
            rows.append(
                OutcomeRow(
                    application_id=hire.id,
                    name=called(connection, house, hire.row, masked=actor.masked),
                    role=hire.row.role,
                    title=hire.row.title,
                    hired_on=organisation.day(moment(hire.row.stage_since)) if hire.row.stage_since else None,
                    first_day=hire.first_day,
                    day=day_of(today, hire.first_day) if hire.first_day else None,
                    scales=_means(handed_in),
                    raters=len(handed_in),
                    begun=len(handed_in) < len(sheets[hire.id]),
                    rated_on=max(days, default=None),
                    stays={days: hire.stay(days, today=today) for days in STAYS},
                    left_on=hire.left_on,
                    reason=hire.reason,
                    compliments=_sum(counts[hire.id], "compliment"),
                    complaints=_sum(counts[hire.id], "complaint"),
                )
            )
    return tuple(sorted(rows, key=lambda row: (row.first_day or date.min, row.application_id), reverse=True))


def outcomes_csv(house: House, *, actor: Actor, now: datetime) -> str:
    """Numbers alone, in the columns that `evidence --outcomes` reads: 1 stayed, 0 left early, empty not known."""
    rows = outcome_rows(house, actor=actor, now=now)
    _log(house, len(rows), "csv", actor=actor, now=now)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(EVIDENCE_COLUMNS)
    writer.writerows(["" if cell is None else cell for cell in evidence_cells(row)] for row in rows)
    return out.getvalue()


def outcomes_workbook(house: House, *, actor: Actor, now: datetime) -> bytes:
    """Everything that is known of each hire in words, and the table of the CSV on a sheet of its own."""
    rows = outcome_rows(house, actor=actor, now=now)
    _log(house, len(rows), "xlsx", actor=actor, now=now)
    scales, reasons = outcome_scales(), outcome_scales().leaving_reasons
    names = () if actor.masked else ("name",)
    head = (
        *("application", *names, "role", "job", "hired_on", "first_day", "rated_on"),
        *("raters", "scales_rated", "rating", *scales.ids),
        *(f"stay_{days}" for days in STAYS),
        *("left_on", "leaving_reason", "compliments", "complaints"),
    )
    body = tuple(
        (
            *(row.application_id, *(() if actor.masked else (row.name,)), row.role, row.title),
            *(row.hired_on, row.first_day, row.rated_on, row.raters, row.seen, row.rating, *row.scales.values()),
            *(STAY_WORDS[row.stays[days]] for days in STAYS),
            *(row.left_on, reasons[row.reason] if row.reason else None, row.compliments, row.complaints),
        )
        for row in rows
    )
    means = ("rating", *scales.ids)
    facts = {
        "Hires": str(len(rows)),
        "Rated": str(sum(row.raters > 0 for row in rows)),
        "Scales": f"version {scales.version}, {scales.status}; 1 to 5, means over raters, empty where nobody saw it",
        "rating": "the mean of the scales that were rated; scales_rated says how many those are",
        "stay": "computed from first day, last day and agreed end; 1 stayed, 0 left early, empty not known",
        "What it is for": "Evidence about our hiring. No basis for pay or the contract of anybody.",
    }
    sheets = (
        Sheet("Outcomes", tuple(Column(name, "0.00" if name in means else "General") for name in head), body),
        Sheet(
            "Evidence",
            tuple(Column(name, "0.00" if name in means else "General") for name in EVIDENCE_COLUMNS),
            tuple(evidence_cells(row) for row in rows),
        ),
    )
    return workbook(sheets, facts=facts, now=now)


def evidence_cells(row: OutcomeRow) -> tuple[object, ...]:
    """A row under EVIDENCE_COLUMNS; None where nothing honest can be said."""
    return (
        *(row.application_id, row.rating, *row.scales.values()),
        *({"yes": 1, "no": 0}.get(row.stays[days]) for days in STAYS),
        *(row.compliments, row.complaints),
    )


def _by_application(rows: Sequence[Record]) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[row.application_id].append(row)
    return found


def _means(sheets: Sequence[Record]) -> dict[str, float | None]:
    given = [ratings_of(sheet) for sheet in sheets]
    found = {}
    for id_ in outcome_scales().ids:
        values = [rating for own in given if (rating := own[id_])]  # 0 and None count nowhere
        found[id_] = fmean(values) if values else None
    return found


def _sum(rows: Sequence[Record], kind: str) -> int | None:
    counted = [row.times for row in rows if row.kind == kind]
    return sum(counted) if counted else None


def _log(house: House, hires: int, form: str, *, actor: Actor, now: datetime) -> None:
    with house.database.write() as connection:
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="outcomes_exported",
            subject=actor.organisation_id,
            now=now,
            body={"format": form, "hires": hires, "names": form == "xlsx" and not actor.masked},
        )
