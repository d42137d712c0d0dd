"""What is wrong with a file, collected so that one message names the first of it."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from assessment.errors import SheetError

LISTED = 20  # problems named before the rest is only counted


def row_of(at: int | np.integer[Any]) -> str:
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

    def add(self, found: Iterable[tuple[int, str]]) -> None:
        before = self._count
        for row, words in found:
            self._count += 1
            self._first.append((row, words))
        if self._count > before:
            self._first = sorted(self._first, key=lambda problem: problem[0])[:LISTED]

    def refuse(self) -> None:
        if self._count:
            more = f"\n… and {self._count - LISTED} more" if self._count > LISTED else ""
            lines = "\n".join(words for _, words in self._first)
            raise SheetError(f"{self._path}: {self._count} cells cannot be used\n{lines}{more}")
