"""A file of raw answers, read block by block: wide, `person` first, then one column per item."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assessment.commands.csv_input import column_names, text_batches
from assessment.commands.problems import Problems, row_of
from assessment.commands.progress import Progress
from assessment.errors import SheetError
from assessment.instruments.instrument import Check, Instrument, Item, ResponseFormat
from assessment.instruments.sheets import Codes, Ints, Sheets

ROWS = 65_536  # people in a block; a block of 96 items takes about 60 MB while it is read


@dataclass(frozen=True)
class Block:
    """Some of the people of a file. checks_missed: (n_people,) attention checks answered otherwise than asked."""

    persons: pa.Array
    sheets: Sheets
    checks_missed: Ints


class Responses:
    """The answers in a CSV or Parquet file to the items of an instrument; columns of a file may be any of them.

    Everything wrong with the file's head is refused at once, everything wrong with its cells while
    the blocks are read: with row and column, the first 20 of them listed.
    """

    def __init__(self, path: str, instrument: Instrument, *, ignore_columns: bool = False) -> None:
        self.path, self.instrument = path, instrument
        names = _checked_names(path, instrument)
        checks = {check.id: check for check in instrument.checks}
        self.items = _items_asked(names, instrument, path, ignore=ignore_columns)
        self.checks: tuple[Check, ...] = tuple(checks[name] for name in names[1:] if name in checks)

    def blocks(self, *, doing: str) -> Iterator[Block]:
        """The people in the order of the file, at least one block. `doing` is what the progress line says.

        Raises
        ------
        SheetError : a cell cannot be used, or a person stands twice; what was yielded before is to be thrown away
        """
        problems, seen, at = Problems(self.path), _Persons(), 0
        with Progress(doing) as progress:
            for table, share in self._tables():
                persons = _as_text(table.column(0))
                seen.look(persons, at, problems)
                codes = self._codes(table, [item.id for item in self.items], problems, at)
                answers = self._codes(table, [check.id for check in self.checks], problems, at)
                if not problems:
                    yield self._block(persons, codes, answers)
                at += len(persons)
                progress.at(share)
        problems.refuse()
        if not at:
            yield self._block(pa.array([], pa.string()), _no_codes(len(self.items)), _no_codes(len(self.checks)))

    def whole(self, *, doing: str) -> Block:
        """Everybody in one block, for what needs all people at once: one byte an answer."""
        blocks = list(self.blocks(doing=doing))
        codes = np.concatenate([block.sheets.codes for block in blocks], axis=1)
        return Block(
            pa.concat_arrays([block.persons for block in blocks]),
            self._sheets(codes),
            np.concatenate([block.checks_missed for block in blocks]),
        )

    @property
    def like(self) -> Sheets:
        """Sheets of nobody, which say what is asked."""
        return self._sheets(_no_codes(len(self.items)))

    def _block(self, persons: pa.Array, codes: Codes, answers: Codes) -> Block:
        expected = np.array([check.expects - self.instrument.format.low + 1 for check in self.checks], dtype=int)
        missed = ((answers != expected[:, None]) & (answers != 0)).sum(axis=0)
        return Block(persons, self._sheets(codes), missed)

    def _sheets(self, codes: Codes) -> Sheets:
        return Sheets.asking(self.items, self.instrument.facets, self.instrument.format, codes)

    def _tables(self) -> Iterator[tuple[pa.RecordBatch, float]]:
        """Record batches of the columns that are used, and the share of the file read after each."""
        wanted = ["person", *(item.id for item in self.items), *(check.id for check in self.checks)]
        if self.path.endswith(".parquet"):
            try:
                file, at = pq.ParquetFile(self.path), 0
                for batch in file.iter_batches(batch_size=ROWS, columns=wanted):
                    at += batch.num_rows
                    yield batch.select(wanted), at / max(file.metadata.num_rows, 1)
            except (pa.ArrowException, OSError) as error:
                raise SheetError(f"{self.path}: {' '.join(str(error).split())[:200]}") from None
            return
        size, read = max(Path(self.path).stat().st_size, 1), 0
        for batch in text_batches(self.path, wanted):
            read += batch.nbytes
            yield batch, min(read / size, 1.0)

    def _codes(self, batch: pa.RecordBatch, columns: Sequence[str], problems: Problems, start: int) -> Codes:
        codes = np.empty((len(columns), batch.num_rows), dtype=np.uint8)
        low, high = self.instrument.format.low, self.instrument.format.high
        for at, column in enumerate(columns):
            cells = batch.column(column)
            codes[at], bad = _read_codes(cells, self.instrument.format)
            problems.add(
                start + bad,
                lambda row, column=column, cells=cells: (  # type: ignore[misc]
                    f"{row_of(row)}, column {column}: found {str(cells[row - start].as_py())[:40]!r}, "
                    f"expected a whole number from {low} to {high}, or nothing"
                ),
            )
        return codes


class _Persons:
    """Who has been seen so far, as 64-bit hashes: eight bytes a person."""

    def __init__(self) -> None:
        self._before = np.zeros(0, dtype=np.uint64)

    def look(self, persons: pa.Array, start: int, problems: Problems) -> None:
        names = persons.to_numpy(zero_copy_only=False)
        missing = persons.is_null().to_numpy(zero_copy_only=False)
        problems.add(start + np.flatnonzero(missing), lambda row: f"{row_of(row)}: the person is missing")
        hashes = pd.util.hash_array(np.where(missing, "", names).astype(object), categorize=False)
        twice = pd.Series(hashes).duplicated().to_numpy()
        if self._before.size:
            place = np.minimum(np.searchsorted(self._before, hashes), len(self._before) - 1)
            twice = twice | (self._before[place] == hashes)
        problems.add(
            start + np.flatnonzero(twice & ~missing),
            lambda row: f"{row_of(row)}: person {names[row - start][:60]!r} stands twice",
        )
        # two runs in order, which a stable sort merges in one go
        self._before = np.sort(np.concatenate((self._before, np.sort(hashes[~missing]))), kind="stable")


def _checked_names(path: str, instrument: Instrument) -> list[str]:
    names = column_names(path)
    if not names:
        raise SheetError(f"{path}: the file is empty; expected a first row with 'person' and the items")
    if names[0] != "person":
        apart = next((f"; it looks separated by {mark!r}, expected ','" for mark in ";\t|" if mark in names[0]), "")
        raise SheetError(f"{path}: the first column is {names[0][:60]!r}; expected 'person'{apart}")
    used = {"person", *instrument.by_id, *(check.id for check in instrument.checks)}
    twice = [name for name in dict.fromkeys(names) if name in used and names.count(name) > 1]
    if twice:
        raise SheetError(f"{path}: column {twice[0][:60]!r} stands {names.count(twice[0])} times; keep one")
    return names


def _items_asked(names: Sequence[str], instrument: Instrument, path: str, *, ignore: bool) -> tuple[Item, ...]:
    """The item columns in the order of the file; attention checks may stand there and are not scored."""
    checks = {check.id for check in instrument.checks}
    unknown = [name for name in names[1:] if name not in instrument.by_id and name not in checks]
    if unknown and not ignore:
        raise SheetError(
            f"{path}: column {unknown[0][:60]!r} is no item of {instrument.id} {instrument.version}"
            f"{f' (nor are {len(unknown) - 1} more)' if len(unknown) > 1 else ''}; remove it or say --ignore-columns"
        )
    asked = tuple(instrument.by_id[name] for name in names[1:] if name in instrument.by_id)
    if not asked:
        raise SheetError(f"{path}: no column is an item of {instrument.id}; expected {instrument.items[0].id} …")
    return asked


def _read_codes(cells: pa.Array, format: ResponseFormat) -> tuple[Codes, Ints]:
    """Answers as codes, and the positions of cells that are neither a whole number in range nor empty."""
    low, high = format.low, format.high
    if pa.types.is_integer(cells.type) and not cells.null_count:
        whole = cells.to_numpy(zero_copy_only=False)
        if not whole.size or (whole.min() >= low and whole.max() <= high):
            return (whole.astype(np.int64) - (low - 1)).astype(np.uint8), np.zeros(0, dtype=np.int64)
    values = _as_numbers(cells)
    given = ~cells.is_null(nan_is_null=pa.types.is_floating(cells.type)).to_numpy(zero_copy_only=False)
    with np.errstate(invalid="ignore"):
        right = (values >= low) & (values <= high) & (values == np.round(values))
    codes = np.where(right, values - (low - 1), 0).astype(np.uint8)
    return codes, np.flatnonzero(given & ~right)


def _as_numbers(cells: pa.Array) -> Any:
    if not pa.types.is_boolean(cells.type):
        try:
            return pc.cast(cells, pa.float64()).to_numpy(zero_copy_only=False)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            pass
    return pd.to_numeric(cells.to_pandas().astype(object).astype(str), errors="coerce").to_numpy(dtype=float)


def _as_text(cells: pa.Array) -> pa.Array:
    """Ids as text; empty ones, and numbers that are none, are null."""
    if pa.types.is_floating(cells.type):
        cells = pc.if_else(pc.is_nan(cells), pa.scalar(None, cells.type), cells)
    try:
        text = pc.cast(cells, pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        text = pa.array([None if cell is None else str(cell) for cell in cells.to_pylist()], pa.string())
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _no_codes(n: int) -> Codes:
    return np.zeros((n, 0), dtype=np.uint8)
