"""Workbooks hold what the CSV holds, with every cell of its own kind."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assessment.reports.workbook import Column, Sheet, workbook
from assessment.services.reading import reading
from assessment.services.shortlist import list_candidates, rows_csv
from assessment.services.why import why_csv
from assessment.services.workbooks import answers_workbook, vacancy_workbook
from tests.hiring import NOW, Hiring
from tests.services.test_documents_named import finish

TRICKS = ("=1+1", "+1", "-1", "@cmd", "{=1}", "http://x.example", "12", "1e5", "TRUE", '=cmd|"/c calc"!A0')


def sheet(content: bytes, name: str) -> Worksheet:
    return load_workbook(io.BytesIO(content))[name]


def table(page: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def says(cell: object, words: str) -> bool:
    """Whether a cell of the workbook is what the CSV says; a spreadsheet keeps 16 digits of a number."""
    match cell:
        case None:
            return words == ""
        case datetime():
            return f"{cell:%Y-%m-%d}" == words
        case int() | float():
            return float(words) == pytest.approx(cell, rel=1e-15)
        case _:
            return cell == words


def test_candidates_are_the_rows_of_the_csv_to_the_digit(hiring: Hiring) -> None:
    for n, name in enumerate(("Ana Ruiz", "Bo Chen")):
        finish(hiring, name, value=4 - n)
    hiring.invite("Cy Lund")
    rows = list_candidates(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)

    book = vacancy_workbook(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)

    head, *cells = table(sheet(book, "Candidates"))
    stage = head.index("stage")
    said = list(csv.reader(io.StringIO(rows_csv(rows))))
    assert [row[stage] for row in cells] == ["To read", "To read", "Invited"]
    assert [len(row) for row in (head, *cells)] == [len(row) for row in said]
    found = zip((head, *cells), said, strict=True)
    assert all(says(c, w) for row, words in found for c, w in zip(row, words, strict=True))


def test_cells_are_dates_numbers_and_texts_with_a_head_that_stays(hiring: Hiring) -> None:
    finish(hiring, "Ana Ruiz")

    page = sheet(vacancy_workbook(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now), "Candidates")

    cell = {head.value: page.cell(2, at) for at, head in enumerate(page[1], start=1)}
    assert (cell["name"].data_type, cell["waiting_days"].data_type, cell["core_fit"].data_type) == ("s", "n", "n")
    assert cell["finished"].is_date
    assert cell["finished"].value == datetime(2026, 11, 23)
    assert cell["core_fit"].number_format == "0.0"
    assert page.freeze_panes == "B2"
    assert list(page.tables) == ["Candidates"]


def test_a_name_that_looks_like_a_formula_stays_a_name(hiring: Hiring) -> None:
    for name in TRICKS:
        hiring.invite(name)

    page = sheet(vacancy_workbook(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now), "Candidates")

    names = [page.cell(row, 1) for row in range(2, page.max_row + 1)]
    assert sorted(str(cell.value) for cell in names) == sorted(TRICKS)
    assert {cell.data_type for cell in names} == {"s"}


def test_no_cell_of_any_sheet_is_a_formula_or_a_link() -> None:
    tricks = tuple((trick, trick) for trick in TRICKS)

    made = workbook([Sheet("A", (Column("a"), Column("=b"[1:])), tricks)], facts={t: t for t in TRICKS}, now=NOW)

    for page in load_workbook(io.BytesIO(made)):
        for row in page.iter_rows():
            assert {(cell.data_type, cell.hyperlink) for cell in row} == {("s", None)}


def test_stages_and_fits_have_a_chart_of_their_own(hiring: Hiring) -> None:
    finish(hiring, "Ana Ruiz")

    book = vacancy_workbook(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)

    stages, fits = sheet(book, "Stages"), sheet(book, "Fits")
    assert dict(table(stages)[1:])["To read"] == 1
    assert sum(count for _, count in table(stages)[1:]) == 1  # type: ignore[misc]
    assert (len(stages._charts), len(fits._charts)) == (1, 1)


def test_an_opening_without_people_gives_a_workbook_too(hiring: Hiring) -> None:
    book = vacancy_workbook(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)

    assert table(sheet(book, "About"))[1] == ["Opening", "Front desk officer"]


def test_masked_names_stay_masked(hiring: Hiring) -> None:
    finish(hiring, "Ana Ruiz")

    book = vacancy_workbook(hiring.house, hiring.vacancy, masked=True, actor=hiring.staff, now=hiring.now)

    assert "Ana" not in str([table(page) for page in load_workbook(io.BytesIO(book))])


def test_answers_of_one_person_are_the_csv_with_numbers_as_numbers(hiring: Hiring) -> None:
    person = finish(hiring, "Ana Ruiz")
    read = reading(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    page = sheet(answers_workbook(read, library=hiring.house.library, now=hiring.now + timedelta(hours=1)), "Answers")

    head, *rows = list(csv.reader(io.StringIO(why_csv(read, library=hiring.house.library))))
    found_head, *found = table(page)
    assert found_head == head
    assert len(found) == len(rows)
    assert all(says(c, w) for row, words in zip(found, rows, strict=True) for c, w in zip(row, words, strict=True))
    assert isinstance(found[0][head.index("t")], float)
    assert isinstance(found[0][head.index("answer")], int)
