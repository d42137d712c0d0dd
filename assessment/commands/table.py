"""Small tables that a command reads whole: what `score` wrote, groups, outcomes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.commands.csv_input import column_names, text_batches
from assessment.commands.problems import Problems, row_of
from assessment.errors import SheetError


def read_table(path: str) -> pd.DataFrame:
    """The cells of a file as they stand; CSV cells are text, empty ones are missing."""
    names = column_names(path)
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise SheetError(f"{path}: column {twice[0][:60]!r} stands {names.count(twice[0])} times; keep one")
    if not names:
        raise SheetError(f"{path}: there is nothing in it")
    if path.endswith(".parquet"):
        try:
            return pd.read_parquet(path)
        except (ValueError, OSError) as error:
            raise SheetError(f"{path}: {' '.join(str(error).split())[:200]}") from None
    parts = [batch.to_pandas() for batch in text_batches(path, names)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({name: [] for name in names}, dtype=str)


def persons(table: pd.DataFrame, path: str) -> list[str]:
    """The ids in the first column, `person`; twice or missing is refused with the rows."""
    if not len(table.columns) or table.columns[0] != "person":
        found = table.columns[0] if len(table.columns) else "nothing"
        raise SheetError(f"{path}: the first column is {found!r}; expected 'person'")
    ids = table["person"]
    problems = Problems(path)
    problems.add(np.flatnonzero(ids.isna()), lambda row: f"{row_of(row)}: the person is missing")
    problems.add(
        np.flatnonzero(ids.duplicated() & ids.notna()),
        lambda row: f"{row_of(row)}: person {str(ids.iloc[row])[:60]!r} stands twice",
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

        def words(row: int, column: str = column, cells: pd.Series = cells) -> str:
            return f"{row_of(row)}, column {column}: found {str(cells.iloc[row])[:40]!r}, expected a number, or nothing"

        problems.add(np.flatnonzero(cells.notna().to_numpy() & ~np.isfinite(read)), words)
        values[:, at] = read
    problems.refuse()
    return values
