"""What is wrong with a file, collected so that one message names the first of it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from assessment.errors import SheetError

LISTED = 20  # problems named before the rest is only counted


def row_of(at: int) -> str:
    """The row as a spreadsheet counts it: the head is row 1."""
    return f"row {at + 2}"


class Problems:
    """Problems by row; `refuse` raises one SheetError that lists the first of them."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._first: list[tuple[int, str]] = []
        self._count = 0

    def __bool__(self) -> bool:
        return self._count > 0

    def add(self, rows: npt.NDArray[np.integer[Any]], words: Callable[[int], str]) -> None:
        """Rows that are wrong, rising; only the first of them are put into words."""
        if len(rows):
            self._count += len(rows)
            self._first += [(int(row), words(int(row))) for row in rows[:LISTED]]
            self._first = sorted(self._first, key=lambda problem: problem[0])[:LISTED]

    def refuse(self) -> None:
        if self._count:
            more = f"\n… and {self._count - LISTED} more" if self._count > LISTED else ""
            lines = "\n".join(words for _, words in self._first)
            cells = "1 cell" if self._count == 1 else f"{self._count} cells"
            raise SheetError(f"{self._path}: {cells} cannot be used\n{lines}{more}")
