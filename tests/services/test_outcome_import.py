"""A file of outcomes: every row looked at, every problem by row and column, all kept or nothing, twice is once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from assessment.errors import NotAllowedError, SheetError
from assessment.services.feedback import count_feedback
from assessment.services.leaving import here_still, note_leaving
from assessment.services.organisation import found as found_house
from assessment.services.outcome_file import MAX_BYTES, MAX_ROWS, read_outcomes
from assessment.services.outcome_import import import_outcomes, sample_csv
from assessment.services.outcome_preview import ImportPreview, preview_outcomes
from assessment.services.outcome_rows import OutcomeRow, outcome_rows
from assessment.services.outcomes import rating_sheet
from tests.hiring import Hiring, events_of
from tests.interviewing import colleague
from tests.newcomers import Newcomer, hire, supervise
from tests.outcome_files import SCALES, first_day, rate

ALL = ",".join(SCALES)


@pytest.fixture
def ana(hiring: Hiring) -> Newcomer:
    """Hired, and 100 days here."""
    newcomer = hire(hiring, "Ana")
    first_day(hiring, newcomer, day=100)
    return newcomer


def look(hiring: Hiring, content: str | bytes) -> ImportPreview:
    return preview_outcomes(hiring.house, content, actor=hiring.staff, now=hiring.now)


def bring_in(hiring: Hiring, content: str | bytes, **more: Any) -> ImportPreview:
    given = {"actor": hiring.staff, "now": hiring.now, **more}
    return import_outcomes(hiring.house, content, **given)


def row_of(hiring: Hiring, newcomer: Newcomer) -> OutcomeRow:
    rows = outcome_rows(hiring.house, actor=hiring.staff, now=hiring.now)
    return next(row for row in rows if row.application_id == newcomer.application)


def problems(hiring: Hiring, content: str | bytes) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.words) for p in look(hiring, content).problems]


def everything(hiring: Hiring) -> list[Any]:
    """All rows that an import writes, and how many events there are."""
    with hiring.house.database.read() as connection:
        tables = ("outcome_sheets", "leavings", "feedback_counts")
        rows = [connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2").all() for table in tables]
        return [*rows, connection.exec_driver_sql("SELECT COUNT(*) FROM events").scalar()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_whole_row_is_kept(hiring: Hiring, ana: Newcomer, delimiter: str, encoding: str) -> None:
    head = f"person,{ALL},left_on,leaving_reason,compliments,complaints,on_day"
    line = f"{ana.application},5,4,,3,2.0,1,2026-11-20,moved,3,0,2026-11-20"
    content = f"{head}\n{line}\n".replace(",", delimiter).encode(encoding)

    bring_in(hiring, content)

    row = row_of(hiring, ana)
    assert list(row.scales.values()) == [5, 4, None, 3, 2, 1]
    assert (row.rating, row.seen, row.raters) == (3, 5, 1)
    assert (row.reason, row.compliments, row.complaints) == ("moved", 3, 0)
    assert [e["came_by"] for e in events_of(hiring.house, "outcome_imported")] == ["csv"]


def test_importing_twice_changes_nothing(hiring: Hiring, ana: Newcomer) -> None:
    content = (
        f"person,learns,left_on,leaving_reason,compliments,on_day\n{ana.application},4,2026-11-20,other,2,2026-11-19\n"
    )
    bring_in(hiring, content)
    once = everything(hiring)
    other = colleague(hiring, "Bea", "hr_manager").actor

    again = bring_in(hiring, content, now=hiring.now + timedelta(days=3))
    by_another = bring_in(hiring, content, actor=other)

    assert (again.count("same"), again.count("new"), again.count("differs")) == (4, 0, 0)
    assert by_another.count("same") == 4
    assert everything(hiring) == once


def test_what_differs_is_shown_and_replaced_only_on_request(hiring: Hiring, ana: Newcomer) -> None:
    first = f"person,learns,compliments,on_day\n{ana.application},4,2,2026-11-19\n"
    second = f"person,learns,relied_on,compliments,on_day\n{ana.application},5,3,2,2026-11-19\n"
    bring_in(hiring, first)

    (seen,) = look(hiring, second).rows
    with pytest.raises(SheetError, match="1 value differs from what stands"):
        bring_in(hiring, second)
    before = row_of(hiring, ana)
    bring_in(hiring, second, replace=True)

    assert [(c.column, c.state, c.stands) for c in seen.changes] == [
        ("relied_on", "new", ""),
        ("learns", "differs", "4"),
        ("compliments", "same", "2"),
    ]
    assert (before.scales["learns"], before.scales["relied_on"]) == (4, None)
    after = row_of(hiring, ana)
    assert (after.scales["learns"], after.scales["relied_on"], after.compliments) == (5, 3, 2)


def test_a_colleague_who_brings_in_the_corrected_file_is_no_second_rater(hiring: Hiring, ana: Newcomer) -> None:
    bring_in(hiring, f"person,learns\n{ana.application},4\n")
    other = colleague(hiring, "Bea", "hr_manager").actor

    bring_in(hiring, f"person,learns\n{ana.application},2\n", replace=True, actor=other)

    row = row_of(hiring, ana)
    assert (row.raters, row.scales["learns"]) == (1, 2)


def test_nothing_is_kept_when_one_row_is_wrong(hiring: Hiring, ana: Newcomer) -> None:
    before = everything(hiring)

    with pytest.raises(
        SheetError, match=r"Nothing was imported\. Row 3, person: 'nobody' is nobody who was hired here\."
    ):
        bring_in(hiring, f"person,learns\n{ana.application},4\nnobody,4\n")

    assert everything(hiring) == before


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("learns", "6", "found '6', expected 1 to 5"),
        ("learns", "0", "found '0', expected 1 to 5"),
        ("learns", "3.5", "found '3.5', expected 1 to 5"),
        ("learns", "=1+1", "found '=1+1', expected 1 to 5"),
        ("learns", "٤", "found '٤', expected 1 to 5"),
        ("compliments", "-1", "found '-1', expected a whole number from 0 to 1,000"),
        ("compliments", "1001", "found '1001', expected a whole number from 0 to 1,000"),
        ("on_day", "01/02/2026", "found '01/02/2026', expected a day as 2027-02-28"),
        ("on_day", "2026-02-30", "found '2026-02-30', expected a day as 2027-02-28"),
        ("on_day", "2026-11-25", "This day is still to come."),
        ("on_day", "2026-01-01", "This day is before the first day here (2026-08-17)."),
        ("left_on", "2026-11-25", "The last day is still to come."),
        ("left_on", "2026-08-16", "The last day is before the first day here (2026-08-17)."),
        ("leaving_reason", "bored", "found 'bored', expected one of own_choice, our_choice"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(
    hiring: Hiring, ana: Newcomer, column: str, cell: str, words: str
) -> None:
    good = {
        "learns": "4",
        "compliments": "1",
        "on_day": "2026-11-20",
        "left_on": "2026-11-20",
        "leaving_reason": "other",
    }
    given = {**good, column: cell}

    found = problems(hiring, f"person,{','.join(given)}\n{ana.application},{','.join(given.values())}\n")

    assert [(row, where) for row, where, _ in found] == [(2, column)]
    assert found[0][2].startswith(words)


def test_compliments_need_their_day_and_a_leaving_both_its_parts(hiring: Hiring, ana: Newcomer) -> None:
    heads = "person,compliments,left_on,leaving_reason"

    found = problems(
        hiring, f"{heads}\n{ana.application},2,,\n{ana.application},,2026-11-20,\n{ana.application},,,other\n"
    )

    assert [(row, column) for row, column, words in found if "missing" in words] == [
        (2, "on_day"),
        (3, "leaving_reason"),
        (4, "left_on"),
    ]


def test_somebody_who_stands_twice_is_found_however_they_are_named(hiring: Hiring, ana: Newcomer) -> None:
    found = problems(hiring, f"person,name,learns\n{ana.application},,4\n,Ana,4\n")

    assert found == [(3, "", "the same person stands in row 2 already")]


def test_people_are_found_by_id_elsewhere_by_mail_and_by_name(hiring: Hiring) -> None:
    people = [hire(hiring, name) for name in ("Ana", "Bo", "Cy")]
    for newcomer in people:
        first_day(hiring, newcomer, day=100)
    with hiring.house.database.write() as connection:
        connection.exec_driver_sql("UPDATE applications SET external_id = 'X-1' WHERE id = ?", (people[0].application,))
        connection.exec_driver_sql(
            "UPDATE people SET email_hash = ? WHERE id = (SELECT person_id FROM applications WHERE id = ?)",
            (hiring.house.vault.hash("bo@x.org"), people[1].application),
        )

    seen = look(hiring, "external_id,email,name,learns\nX-1,,,4\n,Bo@X.org,Bo,4\n,, cy ,4\n")

    assert [row.application_id for row in seen.rows] == [newcomer.application for newcomer in people]
    assert seen.problems == ()


def test_ambiguous_unknown_and_contradicting_people_are_said(hiring: Hiring, ana: Newcomer) -> None:
    bo = hire(hiring, "Bo")
    hire(hiring, "Ana")
    content = f"person,email,name,learns\n,,Ana,4\n,no@x.org,,4\n{bo.application},,Ana,4\n,,,4\n'=cmd|'/C calc',,,4\n"

    found = problems(hiring, content)

    assert [(row, column, words) for row, column, words in found] == [
        (2, "name", "'Ana' is more than one hire; add the e-mail or the id"),
        (3, "email", "'no@x.org' is nobody who was hired here"),
        (4, "name", "does not belong to the person in column person"),
        (5, "", "nothing says who it is"),
        (6, "person", "\"=cmd|'/C calc'\" is nobody who was hired here"),
    ]


def test_people_who_were_not_hired_are_nobody(hiring: Hiring, ana: Newcomer) -> None:
    invited = hiring.invite("Eve")

    found = problems(hiring, f"person,learns\n{invited.application},4\n")

    assert [words for *_, words in found] == [f"{invited.application!r} is nobody who was hired here"]


def test_people_of_another_house_are_nobody(hiring: Hiring, ana: Newcomer) -> None:
    with hiring.house.database.write() as connection:
        elsewhere = found_house(connection, name="Elsewhere", contact_name="E", contact="e@x.org", now=hiring.now)
    stranger = colleague(hiring, "Zoe", "hr_manager", organisation=elsewhere).actor
    content = f"person,learns\n{ana.application},4\n"

    seen = preview_outcomes(hiring.house, content, actor=stranger, now=hiring.now)

    assert [row.application_id for row in seen.rows] == [None]
    assert outcome_rows(hiring.house, actor=stranger, now=hiring.now) == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "The file is empty"),
        ("person,learns,luck\nx,4,1", "Row 1, column 3: found 'luck', expected one of person"),
        ("person,stay_90\nx,1", "stay_90 is computed, never typed in"),
        ("person,learns,learns\nx,4,4", "column learns stands 2 times"),
        ("learns\n4", "no column says who it is"),
        ("person,\nx,4", "found a column without a name"),
        ('person,learns\n"x,4\n', "Is a quotation mark left open?"),
        (b"person,learns\nx\xff,4", "not UTF-8 text (row 2, byte 15)"),
        (b"PK\x03\x04\x00\x00", "not a text file"),
        ("person,learns\n" + "x,4\n" * (MAX_ROWS + 1), "at most 1,000 at once"),
        ("person,learns\n" + "x" * MAX_BYTES, "larger than 256 KB"),
    ],
)
def test_a_file_that_cannot_be_read_as_a_whole_is_refused(content: str | bytes, words: str) -> None:
    with pytest.raises(SheetError) as error:
        read_outcomes(content)

    assert words in str(error.value)


def test_a_row_with_cells_too_many_is_named(hiring: Hiring, ana: Newcomer) -> None:
    found = problems(hiring, f"person,learns\n{ana.application},4,5\n")

    assert found == [(2, "", "has 3 cells, expected 2 as in the heads")]


def test_ratings_count_from_day_80_on(hiring: Hiring) -> None:
    newcomer = hire(hiring, "Ana")
    first_day(hiring, newcomer, day=79)

    found = problems(hiring, f"person,learns\n{newcomer.application},4\n")

    assert found == [(2, "learns", "ratings count from day 80 on, 2026-11-25")]


def test_a_file_never_changes_what_somebody_rated_on_the_form(hiring: Hiring, ana: Newcomer) -> None:
    rate(hiring, ana.application, hiring.staff, [4] * 6)  # the owner leads while there is no supervisor

    found = problems(hiring, f"person,learns\n{ana.application},2\n")

    assert found == [(2, "learns", "you have rated this person on the form; a file does not change that")]
    assert rating_sheet(hiring.house, ana.application, actor=hiring.staff, now=hiring.now).given["learns"] == 4


def test_a_file_beside_a_form_is_another_rater_and_says_so(hiring: Hiring, ana: Newcomer) -> None:
    rate(hiring, ana.application, supervise(hiring, ana), [5, 5, 5, 5, 5, 0])
    content = f"person,learns,relied_on\n{ana.application},3,4\n"

    (seen,) = look(hiring, content).rows
    bring_in(hiring, content)

    row = row_of(hiring, ana)
    assert seen.notes == ("1 rated on the form already; both count, as a mean",)
    assert (row.raters, row.scales["learns"], row.scales["relied_on"]) == (2, 3, 4.5)


def test_what_was_counted_by_hand_on_that_day_is_pointed_at(hiring: Hiring, ana: Newcomer) -> None:
    day = (hiring.now - timedelta(days=2)).date()
    count_feedback(hiring.house, ana.application, "complaint", day, 2, actor=hiring.staff, now=hiring.now)

    (seen,) = look(hiring, f"person,complaints,on_day\n{ana.application},1,{day}\n").rows

    assert seen.notes == ("2 complaints of that day were counted by hand already; both count",)


def test_a_note_about_a_leaving_stays_when_a_file_puts_its_day_right(hiring: Hiring, ana: Newcomer) -> None:
    day = (hiring.now - timedelta(days=20)).date()
    note_leaving(hiring.house, ana.application, day, "moved", "To ward 3", actor=hiring.staff, now=hiring.now)

    bring_in(hiring, f"person,left_on,leaving_reason\n{ana.application},2026-11-20,moved\n", replace=True)

    left = here_still(hiring.house, ana.application, actor=hiring.staff, now=hiring.now).left
    assert left is not None
    assert (left.left_on.isoformat(), left.note) == ("2026-11-20", "To ward 3")


def test_the_file_to_fill_in_changes_nothing_as_it_is(hiring: Hiring, ana: Newcomer) -> None:
    bo = hire(hiring, "=Bo, <b>")

    sample = sample_csv(hiring.house, actor=hiring.staff, now=hiring.now)
    masked = sample_csv(hiring.house, actor=replace(hiring.staff, masked=True), now=hiring.now)
    seen = look(hiring, sample)

    assert {row.application_id for row in seen.rows} == {ana.application, bo.application}
    assert (seen.problems, seen.count("new")) == ((), 0)
    assert "'=Bo" in sample
    assert "Bo" not in masked


def test_names_stay_masked_in_the_preview(hiring: Hiring, ana: Newcomer) -> None:
    masked = replace(hiring.staff, masked=True)

    seen = preview_outcomes(hiring.house, f"person,learns\n{ana.application},4\n", actor=masked, now=hiring.now)

    assert [row.name for row in seen.rows] == ["Person 1"]


def test_only_hr_imports(hiring: Hiring, ana: Newcomer) -> None:
    grace = supervise(hiring, ana)

    for actor in (grace, ana.actor):
        with pytest.raises(NotAllowedError):
            bring_in(hiring, f"person,learns\n{ana.application},4\n", actor=actor)
        with pytest.raises(NotAllowedError):
            preview_outcomes(hiring.house, "person\n", actor=actor, now=hiring.now)
        with pytest.raises(NotAllowedError):
            sample_csv(hiring.house, actor=actor, now=hiring.now)
