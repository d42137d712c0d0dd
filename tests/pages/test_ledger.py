"""The page of the ledger under AppTest."""

from dataclasses import replace
from datetime import timedelta

from assessment.services.answers import submit
from assessment.services.costs import list_costs
from assessment.services.rates import rates
from tests.hiring import Hiring, answer_all
from tests.pages.test_staff import Open, open_page, trouble, words_of

__all__ = ["open_page"]


def test_it_opens_with_nobody_hired_and_says_so(open_page: Open) -> None:
    words = words_of(open_page("ledger"))

    assert "nobody is hired yet" in words
    assert "Nobody waits." in words


def test_it_names_who_waits_as_text(hiring: Hiring, open_page: Open) -> None:
    before = hiring.now - timedelta(days=3)
    person = replace(hiring, now=before).invite("Ana <i>Ruiz</i>")
    answer_all(hiring.house, person.begin(now=before), now=before)
    submit(hiring.house, actor=person.come_in(now=before), now=before)

    words = words_of(open_page("ledger"))

    assert "Ana &lt;i&gt;Ruiz&lt;/i&gt;" in words
    assert "To read · waits 3 days on us" in words


def test_a_line_of_cost_is_added_and_struck_out(hiring: Hiring, open_page: Open) -> None:
    page = open_page("ledger")

    next(i for i in page.text_input if i.label == "What for").set_value("Advert")
    next(i for i in page.number_input if i.label.startswith("Money")).set_value(120.0)
    next(b for b in page.button if b.label == "Add").click().run()
    added = words_of(page)
    next(b for b in page.button if b.label == "Strike out").click().run()

    assert "<b>Advert</b>" in added
    assert "120 EUR for all openings" in added
    assert list_costs(hiring.house, actor=hiring.staff) == ()
    assert trouble(page) == []


def test_rates_are_changed_with_a_reason_only(hiring: Hiring, open_page: Open) -> None:
    page = open_page("ledger")

    next(i for i in page.number_input if i.label == "An hour of HR").set_value(41.5)
    next(b for b in page.button if b.label == "Save").click().run()
    refused = trouble(page)
    next(i for i in page.text_input if i.label == "Why do you change them?").set_value("New pay scale")
    next(b for b in page.button if b.label == "Save").click().run()

    assert refused == ["Please say why; the reason is kept with the figures."]
    assert rates(hiring.house, actor=hiring.staff).hr_hour_cents == 4150
