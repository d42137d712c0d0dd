"""Item parameters as a file: CSV with `item,facet,a,b1,b2,…`, one b per step; `calibrate` writes it, `score` reads it."""

import csv
import io
import math
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np

from assessment.errors import InstrumentError
from assessment.instruments.instrument import Instrument
from assessment.scoring.graded import ItemParameters


def parameters_csv(parameters: ItemParameters, facet_of: Mapping[str, str]) -> str:
    """The file's text; an empty b means that the answers beside that step were not told apart."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["item", "facet", "a", *(f"b{step}" for step in range(1, parameters.thresholds.shape[1] + 1))])
    for item, slope, steps in zip(parameters.items, parameters.slopes, parameters.thresholds, strict=True):
        b = ["" if math.isnan(step) else repr(float(step)) for step in steps]
        lines.writerow([item, facet_of[item], repr(float(slope)), *b])
    return out.getvalue()


def read_parameters(path: Path, instrument: Instrument) -> ItemParameters:
    """The parameters of an instrument's items; items of the questionnaire may be absent.

    Raises
    ------
    InstrumentError : names file and row, what was found and what is allowed
    """
    if not path.is_file():
        raise InstrumentError(f"{path}: there is no such file")
    steps = instrument.format.high - instrument.format.low
    expected = ["item", "facet", "a", *(f"b{step}" for step in range(1, steps + 1))]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InstrumentError(f"{path}: {' '.join(str(error).split())[:200]}") from None
    if not rows or rows[0] != expected:
        found = ",".join(rows[0])[:120] if rows else "nothing"
        raise InstrumentError(f"{path}: the first row is {found!r}; expected {','.join(expected)!r}")
    items: list[str] = []
    values: list[list[float]] = []
    for number, row in enumerate(rows[1:], start=2):
        where = f"{path}: row {number}"
        if len(row) != len(expected):
            raise InstrumentError(f"{where} has {len(row)} cells, expected {len(expected)}")
        item = instrument.by_id.get(row[0])
        if item is None:
            raise InstrumentError(f"{where}: {row[0][:60]!r} is no item of {instrument.id} {instrument.version}")
        if row[0] in items:
            raise InstrumentError(f"{where}: item {row[0]!r} stands twice; keep one")
        if row[1] != item.facet:
            raise InstrumentError(f"{where}: item {row[0]!r} belongs to {item.facet!r}, found {row[1][:60]!r}")
        items.append(row[0])
        values.append([_number(cell, column, where) for cell, column in zip(row[2:], expected[2:], strict=True)])
        _check(values[-1], where)
    if not items:
        raise InstrumentError(f"{path}: there is no item in it")
    table = np.array(values)
    return ItemParameters(tuple(items), table[:, 0], table[:, 1:])


def _number(cell: str, column: str, where: str) -> float:
    if not cell.strip() and column != "a":
        return math.nan
    try:
        value = float(cell)
    except ValueError:
        value = math.inf
    if not math.isfinite(value):
        raise InstrumentError(f"{where}, column {column}: found {cell[:40]!r}, expected a number")
    return value


def _check(values: list[float], where: str) -> None:
    slope, steps = values[0], [value for value in values[1:] if not math.isnan(value)]
    if slope == 0 or not steps:
        raise InstrumentError(f"{where}: an item with {'a = 0' if slope == 0 else 'no b'} says nothing; leave it out")
    if any(slope * (after - before) <= 0 for before, after in pairwise(steps)):
        way = "rise" if slope > 0 else "fall, since a is negative,"
        raise InstrumentError(f"{where}: the b of an item {way} from step to step; found {', '.join(map(str, steps))}")
