"""A document says what its page says, to the digit."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.answers import Answer, save_answers, submit
from assessment.services.documents_named import named_document
from assessment.services.own_words import note
from assessment.services.sitting import look
from tests.hiring import Hiring, Person
from tests.paper import page_size, words

MAIN = Path(__file__).parents[2] / "assessment/pages/main.py"
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page file as the administrator who is signed in."""
    monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_staff": hiring.staff_cookie})

    def open_(file: str, **query: str | list[str]) -> AppTest:
        page = AppTest.from_file(str(MAIN), default_timeout=20).run()
        page.switch_page(f"hr/{file}.py")
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return open_


def finish(hiring: Hiring, name: str, *, turn: int = 0) -> Person:
    """Answers that differ from line to line, so that facets stand apart."""
    person, before = hiring.invite(name), hiring.now - timedelta(days=1)
    actor = person.begin(now=before)
    form = look(hiring.house, actor=actor, now=before).form
    taps = [Answer(item, 1 + (7 * n + turn + n // 5) % 5, 1) for n, item in enumerate(form.items)]
    taps += [Answer(f, "a" if f.endswith(".best") else "b", 1) for f in form.fields() if f not in form.items]
    save_answers(hiring.house, taps, actor=actor, now=before)
    submit(hiring.house, actor=actor, now=before)
    note(hiring.house, "I am *calm* when #others are not", actor=person.come_in(), now=hiring.now)
    return person


def cells(page: AppTest) -> list[str]:
    """Every cell and sentence of the page's HTML as a person reads it."""
    assert not page.exception
    markup = " ".join(element.proto.body for element in page.get("html"))
    parts = re.split(r"</?(?:td|th|tr|p|h\d|li|span|div|table|thead|tbody|dd|dt)\b[^>]*>", markup)
    return [re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", "", part))).strip() for part in parts]


def press(page: AppTest, label: str) -> str:
    """Press a button that makes a document; the random name it got."""
    next(b for b in page.button if b.label == label).click().run()
    (name,) = re.findall(r"/staff/documents/([\w-]+)", " ".join(e.proto.body for e in page.get("html")))
    return str(name)


def opened(hiring: Hiring, name: str) -> bytes:
    return named_document(hiring.house, name, actor=hiring.staff, now=hiring.now).content


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_full_report_has_every_number_and_sentence_of_the_page(hiring: Hiring, open_page: Open) -> None:
    person = finish(hiring, "Sofía Núñez")
    page = open_page("candidate", application=person.application)
    on_page = cells(page)
    facets = page.selectbox(key="why-facet").options
    sums, because = [], []
    for at in (0, len(facets) // 2, len(facets) - 1):
        page.selectbox(key="why-facet").select_index(at).run()
        because += [c.partition("Why it is asked")[2] for c in cells(page) if "Why it is asked" in c]
        sums += [
            c
            for c in cells(page)
            if " = " in c and "÷ SD" not in c and "Comparison group" not in c and not re.match(r"6 − \d = \d$", c)
        ]

    report = squeezed(words(opened(hiring, press(page, "Report, full"))))

    table = on_page[on_page.index("Chance in range") : on_page.index("Why this number?")]
    figures = [c for c in table if re.fullmatch(r"\d+\.\d|± \d+\.\d|\d+ or more|\d+ to \d+", c)]
    fits = [c for c in on_page if re.search(r"(Signature|Core) fit \d+, most likely between \d+ and \d+", c)]
    assert (len(figures) > 3 * len(facets) - 3, len(fits), len(sums) >= 9) == (True, 1, True)
    for said in (*figures, *fits, *sums, *because):
        assert squeezed(said) in report, said
    told = on_page[: on_page.index("Chance in range")] + on_page[on_page.index("What to explore") :]
    sentences = [c for c in told if re.match("Talk about|Clearly outside|Ask for|Invite them|“|Picked as|Key", c)]
    assert len(sentences) > 10
    assert [s for s in sentences if squeezed(s) not in report] == []
    assert "“Iam*calm*when#othersarenot”" in report


def test_the_page_for_the_line_manager_has_the_figures_of_the_table_and_no_others(
    hiring: Hiring, open_page: Open
) -> None:
    person = finish(hiring, "Sofía Núñez")
    page = open_page("candidate", application=person.application)
    on_page = cells(page)
    table = " ".join(on_page[on_page.index("Chance in range") : on_page.index("Why this number?")])

    report = words(opened(hiring, press(page, "Report, one page")))

    figure = r"(?:± )?\b\d+\.\d\b|\b\d+ or more\b|\b\d+ to \d+\b"
    said = re.findall(figure, table.partition("The same answers")[0])
    assert len(said) > 20
    assert sorted(re.findall(figure, report)) == sorted(said)


def test_the_comparison_has_every_cell_of_the_table_of_ties(hiring: Hiring, open_page: Open) -> None:
    ids = [finish(hiring, name, turn=n).application for n, name in enumerate(("Ana", "Bo", "Cy"))]
    page = open_page("compare", vacancy=hiring.vacancy, person=ids)
    on_page = cells(page)

    document = words(opened(hiring, press(page, "Print")))

    rows = re.findall(r"\d{2} \d{2} \d{2} (?:differ by more than the error|a tie)", document)
    table = " ".join(c for c in on_page[on_page.index("So") :] if c)
    assert len(rows) >= 8
    assert [row for row in rows if row not in table] == []
    assert len(rows) == len(re.findall(r"differ by more than the error|a tie", table))


def test_the_summary_has_bands_and_order_of_the_list_and_the_filters_that_are_set(
    hiring: Hiring, open_page: Open
) -> None:
    for n, name in enumerate(("Ana Ruiz", "Bo Chen", "Cy Lund")):
        finish(hiring, name, turn=n)
    page = open_page("candidates", vacancy=hiring.vacancy)
    on_page = cells(page)

    whole = words(opened(hiring, press(page, "Summary as PDF")))
    page.text_input(key="search").set_value("chen").run()
    part = words(opened(hiring, press(page, "Summary as PDF")))

    people = whole[whole.index("Person Stage") :]
    assert [name for name in ("Ana Ruiz", "Bo Chen", "Cy Lund") if name in people] == ["Ana Ruiz", "Bo Chen", "Cy Lund"]
    for said in (c for c in on_page if c.startswith(("Talk about", "Clearly outside", "3 of 3 people have"))):
        assert squeezed(said) in squeezed(whole)
    assert "Bo Chen" in part[part.index("Person Stage") :]
    assert "Cy Lund" not in part[part.index("Person Stage") :]


def test_the_paper_is_chosen(hiring: Hiring, open_page: Open) -> None:
    page = open_page("opening", vacancy=hiring.vacancy)

    a4 = page_size(opened(hiring, press(page, "Summary as PDF")))
    page.button_group[0].set_value("us-letter").run()
    letter = page_size(opened(hiring, press(page, "Summary as PDF")))

    assert (a4, letter) == ((210, 297), (216, 279))


def test_somebody_who_has_not_finished_has_no_buttons_for_a_report(hiring: Hiring, open_page: Open) -> None:
    page = open_page("candidate", application=hiring.invite("Bo").application)

    assert [b.label for b in page.button if "Report" in b.label] == []
