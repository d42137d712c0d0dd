"""`dif`: do people of two groups with the same total answer an item differently?"""

from dataclasses import asdict

import click
import numpy as np

from assessment.commands import options
from assessment.commands.questionnaire import find_questionnaire
from assessment.commands.responses import Responses
from assessment.commands.table import persons, read_table
from assessment.commands.writing import refuse_overwriting, write_json
from assessment.errors import SheetError
from assessment.fairness.dif import Effect, ItemDif
from assessment.fairness.dif import dif as dif_of_items
from assessment.instruments.sheets import Floats, Sheets
from assessment.scoring.classical import facet_scores


@click.command()
@options.questionnaire
@options.responses
@click.option("--groups", required=True, help="CSV or Parquet: person, then columns with a group in each cell")
@click.option("--group", required=True, help="the column of that file to compare by; empty cells are unknown")
@click.option(
    "--min-group-size",
    type=click.IntRange(min=2),
    default=20,
    show_default=True,
    help="people of a group below which nothing is said",
)
@options.json_to_write
@options.ignore_columns
def dif(
    questionnaire: str,
    responses: str,
    groups: str,
    group: str,
    min_group_size: int,
    out: str,
    ignore_columns: bool,
) -> None:
    """Differential item functioning by ordinal logistic regression, matched on the total of the item's facet."""
    refuse_overwriting(out, responses, groups)
    file = Responses(responses, find_questionnaire(questionnaire), ignore_columns=ignore_columns)
    group_of = _groups(groups, group)
    everybody = file.whole(doing="reading")
    labels = [group_of.get(person) for person in everybody.persons.to_pylist()]
    sheets = everybody.sheets
    found = dif_of_items(sheets.keyed, _totals(sheets), labels, min_group_size=min_group_size)
    items = {item.id: _body(item.facet, one) for item, one in zip(file.items, found, strict=True)}
    write_json({"group": group, "unknown": sum(label is None for label in labels), "items": items}, out)


def _groups(path: str, column: str) -> dict[str, str]:
    table = read_table(path)
    ids = persons(table, path)
    if column not in table.columns[1:]:
        raise SheetError(f"{path}: there is no column {column[:60]!r}; there are: {', '.join(table.columns[1:])[:200]}")
    cells = table[column]
    return {person: str(cell) for person, cell, known in zip(ids, cells, cells.notna(), strict=True) if known}


def _totals(sheets: Sheets) -> Floats:
    """(n_people, n_items) the facet score that each item is matched on."""
    scores = facet_scores(sheets)
    own = [scores.facets.index(item.facet) for item in sheets.items]
    return np.ascontiguousarray(scores.score[:, own])


def _body(facet: str, found: ItemDif) -> dict[str, object]:
    def effect(one: Effect | None) -> dict[str, object] | None:
        return None if one is None else asdict(one)

    overall = found.overall
    return {
        "facet": facet,
        "n": found.n,
        "groups": found.groups,
        "chi2": overall.chi2 if overall else None,
        "df": overall.df if overall else None,
        "p": overall.p if overall else None,
        "p_holm": found.p_holm,
        "r2_change": overall.r2_change if overall else None,
        "uniform": effect(found.uniform),
        "nonuniform": effect(found.nonuniform),
        "shift": found.shift,
        "slope": found.slope,
        "verdict": found.verdict,
        "reason": found.reason,
    }
