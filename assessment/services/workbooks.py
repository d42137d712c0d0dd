"""An opening, or one person's answers, as a workbook: the same rows and numbers as the CSV beside them."""

from collections.abc import Sequence
from datetime import datetime

from assessment.instruments.library import Library
from assessment.reports.words import DRAFT, STAGES, UNSTEADY, day
from assessment.reports.workbook import ChartOf, Column, Sheet, workbook
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.organisation import organisation
from assessment.services.reading import Reading
from assessment.services.shortlist import ROW_COLUMNS, Row
from assessment.services.vacancy_document import listing, stage_counts, versions_of
from assessment.services.why import why_rows

_FITS = tuple(name for name in ROW_COLUMNS if name.startswith(("core_", "signature_")))


def vacancy_workbook(
    house: House, vacancy_id: str, *, people: Sequence[str] = (), masked: bool = False, actor: Actor, now: datetime
) -> bytes:
    """Candidates as on screen, stages with a chart, fits with a chart, and what the numbers rest on."""
    listed = listing(house, vacancy_id, people=people, actor=actor, now=now)
    found, rows = listed.vacancy, listed.rows
    own = organisation(house, actor=actor)
    columns = [Column(name, "0.0" if name in _FITS else "General") for name in ROW_COLUMNS]
    candidates = Sheet(
        "Candidates",
        tuple(columns),
        tuple(_row(row, masked=masked) for row in rows),
    )
    counts = Sheet("Stages", (Column("stage"), Column("people")), tuple(stage_counts(listed.everybody).items()))
    fits = Sheet(
        "Fits",
        (Column("name"), Column("signature_fit", "0.0"), Column("core_fit", "0.0")),
        tuple(
            (row.called(masked), one_decimal(row.signature.mid), one_decimal(row.core.mid))
            for row in rows
            if row.signature and row.core
        ),
    )
    facts = {
        "Opening": found.title,
        "Organisation": own.name + (" (made-up people)" if own.made_up else ""),
        "Made on": f"{day(now)} {now.year}",
        "What it may be used for": DRAFT,
        "How sure": UNSTEADY,
        **dict(versions_of(house, found, actor=actor)),
    }
    charts = (
        ChartOf("Stages", "Stages", "People at each stage", "stage", ("people",), "D2"),
        ChartOf("Fits", "Fits", "Fits, without their error", "name", ("signature_fit", "core_fit"), "E2", highest=100),
    )
    return workbook((candidates, counts, fits), charts=charts, facts=facts, now=now)


def answers_workbook(read: Reading, *, library: Library, now: datetime) -> bytes:
    """Every answer of one person with everything to recompute the numbers, in the columns of the CSV."""
    head, *rows = why_rows(read, library=library)
    sheet = Sheet("Answers", tuple(Column(str(name)) for name in head), tuple(map(tuple, rows)))
    facts = {"Person": read.name, "Opening": read.vacancy_title, "What it may be used for": DRAFT}
    return workbook((sheet,), facts=facts, now=now)


def one_decimal(value: float) -> float:
    """The number that the CSV shows."""
    return float(f"{value:.1f}")


def _row(row: Row, *, masked: bool) -> tuple[object, ...]:
    fits = [one_decimal(v) for i in (row.core, row.signature) for v in ((i.mid, i.low, i.high) if i else ())]
    return (
        row.called(masked),
        row.state,
        STAGES[row.stage],
        row.days_in_stage,
        row.waiting_days,
        row.finished_at.date() if row.finished_at else None,
        row.language,
        row.band,
        " ".join(row.named),
        *(fits or (None,) * 6),
        row.quality_note,
    )
