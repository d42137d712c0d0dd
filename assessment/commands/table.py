"""Small tables that a command reads whole: what `score` wrote, groups, outcomes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from assessment.commands.problems import Problems, row_of
from assessment.errors import SheetError


def read_table(path: str) -> pd.DataFrame:
    """The cells of a file as they stand; CSV cells are text, empty ones are missing."""
    if not Path(path).is_file():
        raise SheetError(f"{path}: there is no such file")
    try:
        if path.endswith(".parquet"):
            return pd.read_parquet(path)
        return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except (ValueError, OSError) as error:
        raise SheetError(f"{path}: {' '.join(str(error).split())[:200]}") from None


def persons(table: pd.DataFrame, path: str) -> list[str]:
    """The ids in the first column, `person`; twice or missing is refused with the rows."""
    if not len(table.columns) or table.columns[0] != "person":
        found = table.columns[0] if len(table.columns) else "nothing"
        raise SheetError(f"{path}: the first column is {found!r}; expected 'person'")
    ids = table["person"]
    problems = Problems(path)
    problems.add((int(at), f"{row_of(at)}: the person is missing") for at in np.flatnonzero(ids.isna()))
    problems.add(
        (int(at), f"{row_of(at)}: person {str(ids.iloc[at])[:60]!r} stands twice")
        for at in np.flatnonzero(ids.duplicated() & ids.notna())
    )
    problems.refuse()
    return [str(id_) for id_ in ids]


def numbers(table: pd.DataFrame, columns: Sequence[str], path: str) -> np.ndarray:
    """Cells as numbers, NaN where empty. Problems name row and column."""
    values = np.full((len(table), len(columns)), np.nan)
    problems = Problems(path)
    for at, column in enumerate(columns):
        cells = table[column]
        read = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        bad = cells.notna().to_numpy() & ~np.isfinite(read)
        problems.add(
            (
                int(row),
                f"{row_of(row)}, column {column}: found {str(cells.iloc[row])[:40]!r}, expected a number, or nothing",
            )
            for row in np.flatnonzero(bad)
        )
        values[:, at] = read
    problems.refuse()
    return values
