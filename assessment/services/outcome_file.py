"""A CSV of outcomes, read cell by cell: what cannot be read as a whole is refused, a wrong cell is named by row and column."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assessment.errors import SheetError
from assessment.services.feedback import KINDS, MOST
from assessment.training.outcome_scales import HIGHEST, LEAVING, LOWEST, outcome_scales

MAX_BYTES = 256 * 1024
MAX_ROWS = 1_000
WHO = ("person", "external_id", "name", "email")
COUNTS = {"compliments": KINDS[0], "complaints": KINDS[1]}
COLUMNS = (*WHO, *outcome_scales().ids, "left_on", "leaving_reason", *COUNTS, "on_day")
COMPUTED = ("rating", "stay_90", "stay_365")
_QUOTED = re.compile(r'"[^"]*"')
_WHOLE = re.compile(r"(\d{1,6})(?:[.,]0+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class CellProblem:
    """What is wrong in one cell, and what is expected; `row` as a spreadsheet counts, with the heads as row 1."""

    row: int
    column: str
    words: str


@dataclass(frozen=True)
class OutcomeLine:
    """One row: who it is about, as it was written, and what it gives; an empty cell gives nothing."""

    row: int
    who: Mapping[str, str]
    ratings: Mapping[str, int]
    left_on: date | None
    reason: str | None
    counts: Mapping[str, int]
    on_day: date | None
    problems: tuple[CellProblem, ...]


def read_outcomes(content: str | bytes) -> tuple[OutcomeLine, ...]:
    """Every row of a file with comma, semicolon or tab.

    Raises
    ------
    SheetError : size, encoding, quotes, no heads, heads that are unknown or stand twice, too many rows
    """
    text = _text(content)
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise SheetError(f"The file is empty. Row 1 names the columns: {', '.join(COLUMNS)}.")
    first = _QUOTED.sub("", lines[0])
    delimiter = max(",;\t", key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SheetError(f"The file cannot be read as CSV: {error}. Is a quotation mark left open?") from None
    numbered = [
        (at, [cell.strip() for cell in row]) for at, row in enumerate(table, start=1) if any(map(str.strip, row))
    ]
    at, heads = numbered[0]
    heads = [head.casefold() for head in heads]
    _check_heads(heads, at)
    if len(numbered) - 1 > MAX_ROWS:
        raise SheetError(f"The file has {len(numbered) - 1:,} rows; at most {MAX_ROWS:,} at once. Split it.")
    return tuple(_line(row, cells, heads) for row, cells in numbered[1:])


def _check_heads(heads: list[str], row: int) -> None:
    for at, head in enumerate(heads, start=1):
        if head in COMPUTED:
            raise SheetError(f"Row {row}, column {at}: {head} is computed, never typed in. Take the column out.")
        if head not in COLUMNS:
            found = repr(head[:40]) if head else "a column without a name"
            raise SheetError(f"Row {row}, column {at}: found {found}, expected one of {', '.join(COLUMNS)}.")
        if heads.count(head) > 1:
            raise SheetError(f"Row {row}: column {head} stands {heads.count(head)} times. Keep one.")
    if not set(heads) & set(WHO):
        raise SheetError(f"Row {row}: no column says who it is. Add one of {', '.join(WHO)}.")


def _line(row: int, cells: list[str], heads: list[str]) -> OutcomeLine:
    problems: list[CellProblem] = []

    def wrong(column: str, words: str) -> None:
        problems.append(CellProblem(row, column, words))

    if len(cells) != len(heads):
        wrong("", f"has {len(cells)} cells, expected {len(heads)} as in the heads")
    given = {head: cell for head, cell in zip(heads, cells, strict=False) if cell}
    ratings: dict[str, int] = {}
    counts: dict[str, int] = {}
    days: dict[str, date] = {}
    for id_ in outcome_scales().ids:
        if id_ in given:
            number = _number(given[id_])
            if number is None or not LOWEST <= number <= HIGHEST:
                wrong(id_, f"{_found(given[id_])}, expected {LOWEST} to {HIGHEST}, or nothing where nobody saw it")
            else:
                ratings[id_] = number
    for column, kind in COUNTS.items():
        if column in given:
            number = _number(given[column])
            if number is None or number > MOST:
                wrong(column, f"{_found(given[column])}, expected a whole number from 0 to {MOST:,}")
            else:
                counts[kind] = number
                if "on_day" not in given:
                    wrong("on_day", f"is missing; {column} are counted on a day")
    for column in ("left_on", "on_day"):
        if column in given:
            day = _date(given[column])
            if day is None:
                wrong(column, f"{_found(given[column])}, expected a day as 2027-02-28 (year-month-day)")
            else:
                days[column] = day
    reason = given.get("leaving_reason", "").casefold()
    if reason and reason not in LEAVING:
        wrong("leaving_reason", f"{_found(reason)}, expected one of {', '.join(LEAVING)}")
    if reason and "left_on" not in given:
        wrong("left_on", "is missing; a reason for leaving needs the last day")
    if "left_on" in given and not reason:
        wrong("leaving_reason", f"is missing; expected one of {', '.join(LEAVING)}")
    who = {column: _plain(given[column]) for column in WHO if column in given}
    return OutcomeLine(
        row, who, ratings, days.get("left_on"), reason or None, counts, days.get("on_day"), tuple(problems)
    )


def _number(cell: str) -> int | None:
    """A whole number as a spreadsheet may write it: 4, 4.0 or 4,0."""
    found = _WHOLE.fullmatch(cell) if cell.isascii() else None
    return int(found.group(1)) if found else None


def _date(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell.isascii() and _DAY.fullmatch(cell) else None
    except ValueError:
        return None


def _plain(cell: str) -> str:
    """Without the quote that keeps a spreadsheet from running a cell as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@" else cell


def _found(cell: str) -> str:
    return f"found {cell[:40]!r}"


def _text(content: str | bytes) -> str:
    size = len(content.encode(errors="surrogatepass") if isinstance(content, str) else content)
    if size > MAX_BYTES:
        raise SheetError(f"The file is larger than {MAX_BYTES // 1024} KB. Split it into smaller ones.")
    save_as = "In a spreadsheet choose “Save as: CSV UTF-8”."
    if isinstance(content, bytes):
        wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        try:
            text = content.decode("utf-16" if wide else "utf-8-sig")
        except UnicodeDecodeError as error:
            row = content[: error.start].count(b"\n") + 1
            raise SheetError(f"The file is not UTF-8 text (row {row}, byte {error.start}). {save_as}") from None
    else:
        text = content.removeprefix("\ufeff")
    if "\0" in text:
        raise SheetError(f"This is not a text file. {save_as}")
    return text
