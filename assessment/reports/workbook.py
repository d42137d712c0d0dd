"""Spreadsheets with typed cells: dates as dates, numbers as numbers, and text as text, whatever it begins with."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from assessment.reports.palette import LIGHT

WIDEST = 60  # characters of a column
MOST = 32_767  # characters that one cell holds


@dataclass(frozen=True)
class Column:
    """`form`: how a spreadsheet shows its numbers, 0.0 for one decimal."""

    head: str
    form: str = "General"


@dataclass(frozen=True)
class Sheet:
    """A table with a head; a cell is None where there is nothing to say."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class ChartOf:
    """A column chart of numeric columns of a sheet, by the words of another column; `at` is a cell of the sheet `on`."""

    sheet: str
    on: str
    title: str
    words: str
    values: tuple[str, ...]
    at: str
    highest: float | None = None


def workbook(
    sheets: Sequence[Sheet], *, charts: Sequence[ChartOf] = (), facts: Mapping[str, str] | None = None, now: datetime
) -> bytes:
    """One sheet each, with charts, and `facts` (words and what they are) on a last sheet of their own."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
        },
    ) as book:
        book.set_properties({"title": "Carefit", "created": now.replace(tzinfo=None)})
        if facts:
            sheets = [*sheets, Sheet("About", (Column("What"), Column("Is")), tuple(facts.items()))]
        made = {sheet.name: _fill(book, sheet) for sheet in sheets}
        by_name = {sheet.name: sheet for sheet in sheets}
        for chart in charts:
            if by_name[chart.sheet].rows:
                made[chart.on].insert_chart(chart.at, _chart(book, chart, by_name[chart.sheet]))
    return out.getvalue()


def _fill(book: xlsxwriter.Workbook, sheet: Sheet) -> Worksheet:
    page = book.add_worksheet(sheet.name)
    day, wrap = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"text_wrap": False})
    forms = {column.form: book.add_format({"num_format": column.form}) for column in sheet.columns}
    for y, row in enumerate(sheet.rows, start=1):
        for x, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            match cell:
                case None | "":
                    pass
                case bool():
                    page.write_boolean(y, x, cell)
                case int() | float():
                    page.write_number(y, x, cell, forms[column.form])
                case date():
                    page.write_datetime(y, x, cell, day)
                case _:
                    page.write_string(y, x, str(cell)[:MOST], wrap)
    last = max(len(sheet.rows), 1)
    heads = [{"header": column.head} for column in sheet.columns]
    page.add_table(
        0,
        0,
        last,
        len(sheet.columns) - 1,
        {"columns": heads, "style": "Table Style Light 1", "name": _plain(sheet.name)},
    )
    page.freeze_panes(1, 1)
    for x, column in enumerate(sheet.columns):
        longest = max((len(str(row[x])) for row in sheet.rows if row[x] is not None), default=0)
        page.set_column(x, x, min(max(longest, len(column.head) + 3) + 1, WIDEST))
    return page


def _chart(book: xlsxwriter.Workbook, chart: ChartOf, sheet: Sheet) -> xlsxwriter.chart.Chart:
    drawn = book.add_chart({"type": "column"})
    heads, last = [column.head for column in sheet.columns], len(sheet.rows)
    fills = (LIGHT.band_edge, LIGHT.accent)
    for n, value in enumerate(chart.values):
        x, words = heads.index(value), heads.index(chart.words)
        drawn.add_series(
            {
                "name": [sheet.name, 0, x],
                "categories": [sheet.name, 1, words, last, words],
                "values": [sheet.name, 1, x, last, x],
                "fill": {"color": fills[n % 2]},
                "gap": 60,
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {"size": 12, "bold": False}})
    drawn.set_legend({"position": "bottom"} if len(chart.values) > 1 else {"none": True})
    drawn.set_y_axis(
        {"min": 0, "max": chart.highest, "major_gridlines": {"visible": True, "line": {"color": LIGHT.line}}}
    )
    drawn.set_size({"width": 720, "height": 360})
    drawn.set_chartarea({"border": {"none": True}})
    return drawn


def _plain(name: str) -> str:
    """What a table may be called."""
    return "".join(c for c in name if c.isascii() and c.isalnum())
