"""The figures of a questionnaire as CSV; nothing in them is about a person."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assessment.reports.health_words import gate_words
from assessment.scoring.calibrated import CalibratedItem
from assessment.services.health import Health

FACETS = "facet,n,scored,alpha,alpha_low95,alpha_high95,omega_total,average_r,sem_t,says,mean,mean_error95,norm_mean"
ITEMS = "item,statement,facet,keyed,asked,answered,missing,r_drop,alpha_if_dropped,median_seconds,notes"


def facets_csv(found: Health) -> str:
    """One row a facet; empty where there were too few people to say."""
    rows: list[list[object]] = []
    for facet in found.facets:
        r = facet.reliability
        low, high = r.alpha_ci95 if r and r.alpha_ci95 else (None, None)
        says = gate_words(r)[1]
        known = [r.alpha, low, high, r.omega_total, r.average_r, r.sem_t] if r else [None] * 6
        norm = facet.norm.mean if facet.norm else None
        rows.append([facet.facet, facet.n, facet.scored, *known, says, facet.mean, facet.mean_error, norm])
    return _table(FACETS.split(","), _rounded(rows))


def items_csv(found: Health, wording: Mapping[str, str]) -> str:
    """One row a statement in its words, with the share of each answer as it was given."""
    answers = range(found.instrument.format.low, found.instrument.format.high + 1)
    rows: list[list[object]] = []
    for facet in found.facets:
        for i in facet.items:
            shares: Sequence[float | None] = i.shares or [None] * len(answers)
            known = [i.missing, i.r_drop, i.alpha_if_dropped, i.seconds, "; ".join(i.notes)]
            words = wording[i.item.id]
            rows.append([i.item.id, words, facet.facet, i.item.keyed, i.asked, i.answered, *known, *shares])
    return _table([*ITEMS.split(","), *(f"share_{answer}" for answer in answers)], _rounded(rows))


def file_name(table: str, *, role: str | None, language: str | None) -> str:
    """What a table is saved as; whose answers it holds stands in it where not everybody's."""
    return "-".join(part for part in ("carefit", table, role, language) if part) + ".csv"


def calibration_csv(items: Mapping[str, CalibratedItem]) -> str:
    """Parameters, or their standard errors, in the columns that the command `score --irt` reads."""
    out: list[list[object]] = [[id_, item.facet, item.a, *item.b] for id_, item in items.items()]
    steps = max((len(item.b) for item in items.values()), default=0)
    return _table(["item", "facet", "a", *(f"b{step}" for step in range(1, steps + 1))], out)


def _rounded(rows: Iterable[Sequence[object]]) -> Iterator[list[object]]:
    """Figures to read, to six decimals; parameters to score with stay as they were found."""
    for row in rows:
        yield [round(cell, 6) if isinstance(cell, float) else cell for cell in row]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(head)
    table.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return out.getvalue()
