"""CSV files read in blocks of text columns, with one clear message where that cannot be done."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from assessment.errors import SheetError

_BYTES = 16 << 20  # of a file at a time


def column_names(path: str) -> list[str]:
    """The head of a CSV or Parquet file; a name that stands twice is refused by whoever needs that column."""
    if not Path(path).is_file():
        raise SheetError(f"{path}: there is no such file")
    try:
        if path.endswith(".parquet"):
            return list(pq.read_schema(path).names)
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except UnicodeDecodeError:
        raise _not_text(path) from None
    except (ValueError, OSError, csv.Error) as error:
        raise SheetError(f"{path}: {' '.join(str(error).split())[:200]}") from None


def text_batches(path: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """These columns as text, empty cells null; none where the file has a head only."""
    if not _has_rows(path):
        return
    try:
        yield from pa.csv.open_csv(
            path,
            read_options=pa.csv.ReadOptions(block_size=_BYTES, use_threads=False),
            parse_options=pa.csv.ParseOptions(newlines_in_values=True),
            convert_options=pa.csv.ConvertOptions(
                column_types={name: pa.string() for name in columns},
                include_columns=list(columns),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid as error:
        raise _unreadable(path, error) from None


def _has_rows(path: str) -> bool:
    with Path(path).open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return sum(1 for _, row in zip(range(2), (row for row in csv.reader(file) if row), strict=False)) > 1


def _unreadable(path: str, error: Exception) -> SheetError:
    """What Arrow found, with the row where it tells too little: cells too many or too few, and bytes that are no text."""
    words = " ".join(str(error).split())
    width = len(column_names(path))
    if "UTF8" in words:
        return _not_text(path)
    with Path(path).open(encoding="utf-8-sig", errors="replace", newline="") as text:
        for number, row in enumerate((row for row in csv.reader(text) if row), start=1):
            if len(row) != width:
                return SheetError(f"{path}: row {number} has {len(row)} cells, expected {width} as in the first row")
    return SheetError(f"{path}: {words[:200]}")


def _not_text(path: str) -> SheetError:
    with Path(path).open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as broken:
                return SheetError(f"{path}: row {number}: byte {broken.start} is not UTF-8; save the file as UTF-8")
    return SheetError(f"{path}: is not UTF-8; save the file as UTF-8")
