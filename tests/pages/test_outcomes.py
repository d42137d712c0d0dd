"""Outcomes on screen: the rating form, the card of a newcomer, the table of hires, and a file brought in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.accounts import mask_names
from assessment.services.feedback import feedback_of
from assessment.services.leaving import here_still
from assessment.services.outcome_rows import outcome_rows
from assessment.services.outcomes import rating_sheet, save_rating
from assessment.storage import assignments
from tests.hiring import Hiring
from tests.interviewing import Colleague, colleague
from tests.newcomers import Newcomer, hire
from tests.outcome_files import SCALES, first_day, rate
from tests.pages.test_staff import MAIN, trouble, words_of

Open = Callable[..., AppTest]


@pytest.fixture
def open_as(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page file as the administrator, or as whose cookie it is."""

    def open_(file: str, cookie: str = "", **query: str) -> AppTest:
        monkeypatch.setattr(
            "assessment.pages.parts.who.cookies", lambda: {"carefit_staff": cookie or hiring.staff_cookie}
        )
        page = AppTest.from_file(str(MAIN), default_timeout=20).run()
        page.switch_page(f"hr/{file}.py")
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return open_


def led(hiring: Hiring, *, day: int, name: str = "Ana") -> tuple[Newcomer, Colleague]:
    newcomer, grace = hire(hiring, name), colleague(hiring, "Grace", "supervisor")
    first_day(hiring, newcomer, day=day)
    with hiring.house.database.write() as connection:
        assignments.assign(
            connection,
            newcomer.application,
            grace.actor.account_id or "",
            duty="supervisor",
            assigned_by="system",
            now=hiring.now,
        )
    return newcomer, grace


def press(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def test_a_supervisor_rates_and_hands_in(hiring: Hiring, open_as: Open) -> None:
    ana, grace = led(hiring, day=85)
    page = open_as("outcome", grace.cookie, application=ana.application)

    page.radio(key=f"rate-{ana.application}-learns").set_value(4).run()
    page.text_area(key=f"note-{ana.application}-outcome").set_value("Asks <b>well</b>").run()
    early = press(page, "Hand in")
    said = trouble(early)
    for scale in SCALES:
        page.radio(key=f"rate-{ana.application}-{scale}").set_value(3).run()
    press(page, "Hand in")

    sheet = rating_sheet(hiring.house, ana.application, actor=grace.actor, now=hiring.now)
    assert "Please rate “does the work well”" in said[0]
    assert (set(sheet.given.values()), sheet.note, sheet.handed_in_at is not None) == ({3}, "Asks <b>well</b>", True)
    assert "Asks &lt;b&gt;well&lt;/b&gt;" in words_of(page)
    assert "3 of 5" in words_of(page)


def test_the_anchors_stand_under_the_steps(hiring: Hiring, open_as: Open) -> None:
    ana, grace = led(hiring, day=85)

    page = open_as("outcome", grace.cookie, application=ana.application)

    captions = list(page.radio(key=f"rate-{ana.application}-learns").proto.captions)
    assert captions[0].startswith("The same thing is shown")
    assert captions[1] == "More than stands at 1, not yet what stands at 3"
    assert len(captions) == 6


def test_what_another_device_saved_is_shown_and_not_written_over(hiring: Hiring, open_as: Open) -> None:
    ana, grace = led(hiring, day=85)
    page = open_as("outcome", grace.cookie, application=ana.application)
    save_rating(hiring.house, ana.application, "learns", 5, rev=1, actor=grace.actor, now=hiring.now)

    page.radio(key=f"rate-{ana.application}-relied_on").set_value(2).run()

    given = rating_sheet(hiring.house, ana.application, actor=grace.actor, now=hiring.now).given
    assert given["learns"] == 5
    assert page.radio(key=f"rate-{ana.application}-learns").value == 5


def test_before_day_80_the_scales_are_there_to_read(hiring: Hiring, open_as: Open) -> None:
    ana, grace = led(hiring, day=20)

    page = open_as("outcome", grace.cookie, application=ana.application)

    assert "You can rate from" in words_of(page)
    assert "Does the work well" in words_of(page)
    assert list(page.radio) == []


def test_hr_who_does_not_lead_is_told_so(hiring: Hiring, open_as: Open) -> None:
    ana, _ = led(hiring, day=85)

    page = open_as("outcome", application=ana.application)

    assert "Only who leads this person rates their work" in words_of(page)


def test_the_first_page_of_a_supervisor_shows_what_waits(hiring: Hiring, open_as: Open) -> None:
    ana, grace = led(hiring, day=85)

    page = open_as("newcomers", grace.cookie)

    assert "1 rating to give" in words_of(page)
    assert f"/outcome?application={ana.application}" in words_of(page)


def test_on_the_page_of_a_newcomer_hr_notes_a_leaving_and_counts(hiring: Hiring, open_as: Open) -> None:
    ana, grace = led(hiring, day=100)
    rate(hiring, ana.application, grace.actor, [5, 4, 3, 2, 1, 0])
    page = open_as("newcomer", application=ana.application)

    next(d for d in page.date_input if d.label == "Last day here").set_value((hiring.now - timedelta(days=50)).date())
    press(page, "Keep it")
    next(i for i in page.text_input if i.label == "What was said, if needed").set_value("So <i>kind</i>")
    press(page, "Count it")

    shown = words_of(page)
    left = here_still(hiring.house, ana.application, actor=hiring.staff, now=hiring.now).left
    assert left is not None
    assert left.reason == "own_choice"
    assert "Grace handed in a rating" in shown
    assert "1 compliment." in shown
    assert "So &lt;i&gt;kind&lt;/i&gt;" in shown
    assert len(feedback_of(hiring.house, ana.application, actor=hiring.staff, now=hiring.now)) == 1


def test_a_supervisor_sees_no_leaving_form_and_not_what_others_counted(hiring: Hiring, open_as: Open) -> None:
    ana, grace = led(hiring, day=100)

    page = open_as("newcomer", grace.cookie, application=ana.application)

    assert "What came of it" in words_of(page)
    assert [b for b in page.button if b.label == "Keep it"] == []


def test_the_list_says_how_little_few_hires_show_and_no_rating(hiring: Hiring, open_as: Open) -> None:
    ana, grace = led(hiring, day=100, name="Ana <i>Ruiz</i>")
    rate(hiring, ana.application, grace.actor, [5, 4, 3, 2, 1, 0])

    page = open_as("outcomes")

    shown = words_of(page)
    assert "1 hire, 1 of them rated: too few to say anything about how well we hire" in shown
    assert "5 of 6 scales" in shown
    assert "Ana &lt;i&gt;Ruiz&lt;/i&gt;" in shown
    assert "1 <small>of 1</small>" in shown
    assert "3.0" not in shown


def test_the_list_is_kind_while_nobody_is_hired(open_as: Open) -> None:
    page = open_as("outcomes")

    assert "Here will stand what came of each hire" in words_of(page)


def test_names_are_masked_on_the_list(hiring: Hiring, open_as: Open) -> None:
    led(hiring, day=100, name="Zanzibar Quux")
    mask_names(hiring.house, hiring.staff_cookie, True)

    page = open_as("outcomes")

    assert "Zanzibar" not in words_of(page)
    assert "Person 1" in words_of(page)


def test_a_file_is_looked_at_row_by_row_and_brought_in(hiring: Hiring, open_as: Open) -> None:
    ana, _ = led(hiring, day=100)
    page = open_as("outcomes")

    wrong = f"person,learns\n{ana.application},9\n<b>x</b>,4\n"
    page.file_uploader[0].upload("o.csv", wrong.encode(), "text/csv").run()
    with_problems, buttons = words_of(page), [b.label for b in page.button]
    page.file_uploader[0].upload("p.csv", f"person,learns\n{ana.application},4\n".encode(), "text/csv").run()
    press(page, "Bring in 1 row")

    assert "learns: found &#x27;9&#x27;, expected 1 to 5" in with_problems
    assert "&lt;b&gt;x&lt;/b&gt;" in with_problems
    assert not any(label.startswith("Bring in") for label in buttons)
    assert "1 value kept from 1 row" in words_of(page)
    (row,) = outcome_rows(hiring.house, actor=hiring.staff, now=hiring.now)
    assert row.scales["learns"] == 4
