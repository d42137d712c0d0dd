"""Tables and documents out of a command: CSV, Parquet by its ending, `-` for the terminal; a whole file or none."""

import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from assessment.errors import SheetError

Columns = Mapping[str, Any]  # arrays of one length; NaN is written as an empty cell
_SPECIAL = '[",\r\n]'


class TableOut:
    """An open table, written block by block."""

    def __init__(self, file: Any, *, parquet: bool) -> None:
        self._file, self._parquet = file, parquet
        self._writer: Any = None

    def write(self, columns: Columns) -> None:
        batch = pa.record_batch({name: _column(values) for name, values in columns.items()})
        if self._parquet:
            if self._writer is None:
                self._writer = pq.ParquetWriter(self._file, batch.schema)
            self._writer.write_batch(batch)
            return
        if self._writer is None:
            self._file.write((",".join(batch.schema.names) + "\n").encode())
            self._writer = pa.csv
        if _needs_quotes(batch):
            self._file.write(batch.to_pandas().to_csv(index=False, header=False).encode())
            return
        plain = pa.csv.WriteOptions(include_header=False, quoting_style="none")
        with pa.csv.CSVWriter(self._file, batch.schema, write_options=plain) as lines:
            lines.write_batch(batch)

    def close(self) -> None:
        if self._parquet and self._writer is not None:
            self._writer.close()


@contextmanager
def table_out(out: str) -> Iterator[TableOut]:
    """A table to write block by block; when anything goes wrong on the way there is no file."""
    if out == "-":
        held = io.BytesIO()
        yield TableOut(held, parquet=False)
        _print(held.getvalue())
        return
    with _whole_or_none(out) as file:
        table = TableOut(file, parquet=out.endswith(".parquet"))
        try:
            yield table
        finally:
            table.close()


def write_table(table: pd.DataFrame, out: str) -> None:
    with table_out(out) as file:
        file.write({name: table[name].to_numpy() for name in table.columns})


def write_json(value: object, out: str) -> None:
    """JSON in UTF-8; what is not defined is null."""
    write_text(json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n", out)


def write_text(text: str, out: str) -> None:
    if out == "-":
        _print(text.encode())
        return
    with _whole_or_none(out) as file:
        file.write(text.encode())


def _print(content: bytes) -> None:
    """UTF-8, whatever the terminal's own encoding."""
    sys.stdout.flush()
    if hasattr(sys.stdout, "buffer"):
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(content.decode())


def refuse_overwriting(out: str, *inputs: str | None) -> None:
    """Raw answers are never written over by what was made of them."""
    same = [name for name in inputs if name and Path(name).exists() and Path(out).exists() and Path(out).samefile(name)]
    if out != "-" and same:
        raise SheetError(f"{out}: this is what is read; write to another file")


@contextmanager
def _whole_or_none(out: str) -> Iterator[Any]:
    """A file beside the target that takes its place at the end; a pipe or device is written to as it is."""
    target = Path(out).resolve()
    if target.exists() and not target.is_file():
        with _said(out):
            file = target.open("wb")
        with file:
            yield file
        return
    with _said(out):
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        with _said(out):
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _said(out: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SheetError(f"{out}: {error.strerror}; choose a folder that there is and that you may write to") from None


def _umask() -> int:
    """What new files may not be: there is no way to ask but to set it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _column(values: Any) -> pa.Array:
    if isinstance(values, pa.Array):
        return values
    array = np.asarray(values)
    if array.dtype == object or array.dtype.kind in "US":
        texts = [None if value is None or value != value or value == "" else str(value) for value in array.tolist()]
        return pa.array(texts, pa.string())
    return pa.array(array, from_pandas=True)


def _needs_quotes(batch: pa.RecordBatch) -> bool:
    return any(
        pc.any(pc.match_substring_regex(column, _SPECIAL)).as_py()
        for column in batch.columns
        if pa.types.is_string(column.type)
    )
