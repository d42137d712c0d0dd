"""A row per hire: what is known in numbers, what is not known empty, and files that others can read."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

from openpyxl import load_workbook

from assessment.commands.table import numbers, persons, read_table
from assessment.reports.outcome_words import how_much_it_says, stay_note
from assessment.services.feedback import count_feedback
from assessment.services.leaving import note_leaving
from assessment.services.outcome_rows import EVIDENCE_COLUMNS, outcome_rows, outcomes_csv, outcomes_workbook
from assessment.services.outcomes import save_rating
from tests.hiring import Hiring, events_of
from tests.newcomers import hire, supervise
from tests.outcome_files import first_day, rate


def test_a_row_has_means_over_raters_of_what_was_seen(hiring: Hiring) -> None:
    ana = hire(hiring, "Ana")
    first_day(hiring, ana, day=100)
    grace, ivy, bea = (supervise(hiring, ana, name) for name in ("Grace", "Ivy", "Bea"))
    rate(hiring, ana.application, grace, [5, 4, 3, 2, 1, 0])
    rate(hiring, ana.application, ivy, [4, 4, 0, 0, 2, 0])
    save_rating(hiring.house, ana.application, "learns", 5, rev=1, actor=bea, now=hiring.now)

    (row,) = outcome_rows(hiring.house, actor=hiring.staff, now=hiring.now)

    assert list(row.scales.values()) == [4.5, 4, 3, 2, 1.5, None]
    assert (row.rating, row.seen, row.raters, row.begun) == (3.0, 5, 2, True)
    assert (row.day, row.stays, row.compliments) == (100, {90: "yes", 365: "too_early"}, None)


def test_the_last_who_came_stands_first_whatever_the_ratings(hiring: Hiring) -> None:
    people = {name: hire(hiring, name) for name in ("Ana", "Bo", "Cy")}
    for name, days_ago in (("Ana", 100), ("Bo", 200), ("Cy", 90)):
        first_day(hiring, people[name], day=days_ago)
    rate(hiring, people["Bo"].application, hiring.staff, [5] * 6)

    rows = outcome_rows(hiring.house, actor=hiring.staff, now=hiring.now)

    assert [row.name for row in rows] == ["Cy", "Ana", "Bo"]


def test_the_csv_is_numbers_under_person_and_reads_as_a_table_of_outcomes(hiring: Hiring, tmp_path) -> None:  # type: ignore[no-untyped-def]
    ana, bo = hire(hiring, "=Ana"), hire(hiring, "Bo")
    first_day(hiring, ana, day=100)
    first_day(hiring, bo, day=100)
    rate(hiring, ana.application, hiring.staff, [5, 4, 3, 2, 0, 0])
    left_on = hiring.now.date() - timedelta(days=80)
    note_leaving(hiring.house, bo.application, left_on, "own_choice", actor=hiring.staff, now=hiring.now)
    count_feedback(hiring.house, bo.application, "compliment", left_on, 2, actor=hiring.staff, now=hiring.now)
    path = tmp_path / "outcomes.csv"

    path.write_text(outcomes_csv(hiring.house, actor=hiring.staff, now=hiring.now))
    table = read_table(str(path))

    lines = {line["person"]: line for line in csv.DictReader(io.StringIO(path.read_text()))}
    assert tuple(table.columns) == EVIDENCE_COLUMNS
    assert set(persons(table, str(path))) == {ana.application, bo.application}
    assert numbers(table, EVIDENCE_COLUMNS[1:], str(path)).shape == (2, len(EVIDENCE_COLUMNS) - 1)
    assert [lines[ana.application][c] for c in ("rating", "relied_on", "stay_90", "stay_365")] == ["3.5", "", "1", ""]
    assert [lines[bo.application][c] for c in ("rating", "stay_90", "compliments", "complaints")] == ["", "0", "2", ""]
    assert "Ana" not in path.read_text()


def test_the_workbook_keeps_text_as_text_and_masks_names_on_request(hiring: Hiring) -> None:
    ana = hire(hiring, "=cmd|'/C calc'!A1")
    first_day(hiring, ana, day=100)

    named = outcomes_workbook(hiring.house, actor=hiring.staff, now=hiring.now)
    masked = outcomes_workbook(hiring.house, actor=replace(hiring.staff, masked=True), now=hiring.now)

    sheets = [load_workbook(io.BytesIO(made)) for made in (named, masked)]
    cells = [{str(c.value): c.data_type for row in book["Outcomes"].rows for c in row} for book in sheets]
    assert sheets[0].sheetnames == ["Outcomes", "Evidence", "About"]
    assert cells[0]["=cmd|'/C calc'!A1"] == "s"
    assert not any("cmd" in value for value in cells[1])
    assert [e["names"] for e in events_of(hiring.house, "outcomes_exported")] == [True, False]


def test_few_hires_say_little_and_n_is_always_said() -> None:
    assert how_much_it_says(1, 0).startswith("1 hire, 0 of them rated: too few to say anything")
    assert how_much_it_says(20, 14) == (
        "20 hires, 14 of them rated: too few to say more than a rough direction. Keep the general weights."
    )
    assert "not a weak one" in how_much_it_says(60, 50)
    assert stay_note({"yes": 4, "too_early": 2, "term_ended": 1}) == "2 too early to say, 1 term ended as agreed"
