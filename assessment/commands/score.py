"""`score`: raw answers to facet scores, standings and their error."""

from pathlib import Path

import click
import numpy as np
import pandas as pd

from assessment.commands.table import numbers, persons, read_table, write_table
from assessment.errors import SheetError
from assessment.instruments.instrument import Instrument
from assessment.instruments.library import Library, read_questionnaire
from assessment.scoring.classical import facet_scores
from assessment.scoring.norms import norms_from, read_norms
from assessment.scoring.standing import standings


@click.command()
@click.option("--questionnaire", required=True, help="a file, a folder, or the id of one that ships")
@click.option("--responses", required=True, help="wide CSV or Parquet: person, then one column per item, raw answers")
@click.option("--out", required=True, help="CSV or Parquet to write; - for the terminal")
@click.option("--norms", help="a norms file, or `self` to make the group from the responses")
@click.option("--ignore-columns", is_flag=True, help="pass over columns that are no items")
def score(questionnaire: str, responses: str, out: str, norms: str | None, ignore_columns: bool) -> None:
    """Score raw answers: one line per person and facet."""
    instrument = find_questionnaire(questionnaire)
    table = read_table(responses)
    ids = persons(table, responses)
    asked = columns_asked(table, instrument, responses, ignore=ignore_columns)
    items = [instrument.by_id[id_] for id_ in asked]
    raw = numbers(table, asked, responses, format=instrument.format)
    scores = facet_scores(raw, items, facets=instrument.facets, format=instrument.format)
    n, m = scores.score.shape
    t = percentile = np.full((n, m), np.nan)
    sem = np.full(m, np.nan)
    if norms is not None:
        group = (
            norms_from(
                scores, raw, items, format=instrument.format, id="self", period="these responses", source=responses
            )
            if norms == "self"
            else read_norms(Path(norms))
        )
        stood = standings(scores, group)
        t, sem, percentile = stood.t, stood.sem, stood.percentile
    long = pd.DataFrame(
        {
            "person": np.repeat(ids, m),
            "facet": np.tile(scores.facets, n),
            "answered": scores.answered.ravel(),
            "items": np.tile(scores.items, n),
            "score": scores.score.ravel(),
            "t": t.ravel(),
            "sem": np.tile(sem, n),
            "percentile": percentile.ravel(),
        }
    )
    write_table(long, out)


def find_questionnaire(name: str) -> Instrument:
    """A path where there is one, else an id that ships."""
    path = Path(name)
    return read_questionnaire(path) if path.exists() else Library.shipped().questionnaire(name)


def columns_asked(table: pd.DataFrame, instrument: Instrument, path: str, *, ignore: bool) -> list[str]:
    """The item columns in the order of the file; attention checks may stand there and are not scored."""
    checks = {check.id for check in instrument.checks}
    unknown = [c for c in table.columns[1:] if c not in instrument.by_id and c not in checks]
    if unknown and not ignore:
        raise SheetError(
            f"{path}: column {unknown[0][:60]!r} is no item of {instrument.id} {instrument.version}"
            f"{f' (nor are {len(unknown) - 1} more)' if len(unknown) > 1 else ''}; remove it or say --ignore-columns"
        )
    asked = [c for c in table.columns[1:] if c in instrument.by_id]
    if not asked:
        raise SheetError(f"{path}: no column is an item of {instrument.id}; expected {instrument.items[0].id} …")
    return asked
