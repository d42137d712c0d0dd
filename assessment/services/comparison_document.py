"""Two to four people side by side, for paper."""

from collections.abc import Sequence

from assessment.reports.comparison import Compared, ComparedFacet, Comparison, Mark
from assessment.reports.match_words import fit_cell
from assessment.reports.ranges import part_overlaps
from assessment.reports.words import DRAFT, PERSON_CHIPS, band_words, names_of
from assessment.services.reading import Reading
from assessment.services.reading_words import range_rows, ties

APART, STEP = 2.6, 0.36  # in T and in rows: marks closer than this are set one above the other


def comparison(readings: Sequence[Reading]) -> Comparison:
    """What the page shows of people who were chosen and checked by `compare`."""
    rows = [range_rows(read) for read in readings]
    said = {tie.facet: tie for tie in ties(readings)}
    facets = []
    for at, row in enumerate(rows[0]):
        placed = {str(n): t for n, own in enumerate(rows) if (t := own[at].t) is not None}
        lifts = part_overlaps(placed, apart=APART, step=STEP)
        tie = said.get(row.facet)
        facets.append(
            ComparedFacet(
                row=row,
                marks=tuple(Mark(int(n), t, lifts[n]) for n, t in placed.items()),
                cells=tie.cells if tie else (),
                said=tie.said if tie else "",
            )
        )
    return Comparison(
        vacancy=readings[0].vacancy_title,
        draft=DRAFT,
        people=tuple(
            Compared(
                name=read.name,
                chip=PERSON_CHIPS[read.fit.band],
                band=band_words(read.fit.band, names_of(read.fit.named, read.facet_names)),
                core=fit_cell(read.fit.core),
                signature=fit_cell(read.fit.signature),
                rows=tuple(own),
            )
            for read, own in zip(readings, rows, strict=True)
        ),
        facets=tuple(facets),
        tie=1.96 * 2**0.5 * max(r.sem for own in rows for r in own),
    )
