"""Tables in and out of a command: CSV, Parquet by its ending, `-` for the terminal; nothing half-written."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from assessment.errors import SheetError
from assessment.instruments.instrument import ResponseFormat

LISTED = 20  # problems named before the rest is only counted


def read_table(path: str) -> pd.DataFrame:
    """The cells of a file as they stand; CSV cells are text, empty ones are missing."""
    if not Path(path).is_file():
        raise SheetError(f"{path}: there is no such file")
    try:
        if path.endswith(".parquet"):
            return pd.read_parquet(path)
        table = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except (ValueError, OSError) as error:
        raise SheetError(f"{path}: {' '.join(str(error).split())[:200]}") from None
    return table


def write_table(table: pd.DataFrame, out: str) -> None:
    """Write a whole file or none."""
    if out == "-":
        table.to_csv(sys.stdout, index=False)
        return
    target = Path(out)
    handle, name = tempfile.mkstemp(dir=target.parent if target.parent.is_dir() else None, suffix=target.suffix)
    os.close(handle)
    try:
        if out.endswith(".parquet"):
            table.to_parquet(name, index=False)
        else:
            table.to_csv(name, index=False)
        os.chmod(name, 0o644)
        os.replace(name, out)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise SheetError(f"{out}: {error.strerror}; choose a folder that you may write to") from None


def persons(table: pd.DataFrame, path: str) -> list[str]:
    """The ids in the first column, `person`; twice or missing is refused with the rows."""
    if not len(table.columns) or table.columns[0] != "person":
        found = table.columns[0] if len(table.columns) else "nothing"
        raise SheetError(f"{path}: the first column is {found!r}; expected 'person'")
    ids = table["person"]
    problems = [f"row {at + 2}: the person is missing" for at in np.flatnonzero(ids.isna())]
    problems += [
        f"row {at + 2}: person {str(ids.iloc[at])[:60]!r} stands twice"
        for at in np.flatnonzero(ids.duplicated() & ids.notna())
    ]
    refuse(problems, path)
    return [str(id_) for id_ in ids]


def numbers(
    table: pd.DataFrame, columns: Sequence[str], path: str, *, format: ResponseFormat | None = None
) -> np.ndarray:
    """Cells as numbers, NaN where empty; with a format, whole numbers in its range. Problems name row and column."""
    values = np.full((len(table), len(columns)), np.nan)
    problems: list[tuple[int, int, str]] = []
    for at, column in enumerate(columns):
        cells = table[column]
        read = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        given = cells.notna().to_numpy()
        bad = given & ~np.isfinite(read)
        if format is not None:
            with np.errstate(invalid="ignore"):
                bad |= given & ((read < format.low) | (read > format.high) | (read != np.round(read)))
        expected = (
            f"a whole number from {format.low} to {format.high}, or nothing" if format else "a number, or nothing"
        )
        problems += [
            (
                int(row),
                at,
                f"row {row + 2}, column {column}: found {str(cells.iloc[row])[:40]!r}, expected {expected}, or nothing",
            )
            for row in np.flatnonzero(bad)
        ]
        values[:, at] = read
    refuse([words for _, _, words in sorted(problems)], path)
    return values


def refuse(problems: Sequence[str], path: str) -> None:
    """One message with the first problems, when there are any."""
    if problems:
        more = f"\n… and {len(problems) - LISTED} more" if len(problems) > LISTED else ""
        raise SheetError(f"{path}: {len(problems)} cells cannot be used\n" + "\n".join(problems[:LISTED]) + more)
