"""A colleague's page in a browser: no account, no script, answered once."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from assessment.services.peers import ask_colleague
from assessment.storage.clock import stamp
from assessment.storage.schema import peer_requests, peer_sheets
from assessment.training.growth_items import growth_items
from tests.growing import physicians
from tests.hiring import Hiring
from tests.web.conftest import Browser

LINES = growth_items().ids
WHOLE = {**dict.fromkeys(LINES, "4"), "words": "Keep calm <b>"}


@pytest.fixture
def link(hiring: Hiring) -> str:
    return ask(hiring, "Ana <b> Ruiz")


def ask(hiring: Hiring, person: str, language: str = "en") -> str:
    _, (ana,) = physicians(hiring, person)
    me = ana.answer(now=hiring.now)
    url = ask_colleague(hiring.house, "Ivo", "ivo@anne.example", language=language, actor=me, now=hiring.now)
    return url.removeprefix("http://localhost:8501")


def kept(hiring: Hiring) -> list[str]:
    with hiring.house.database.read() as connection:
        return [hiring.house.vault.open(row.body_sealed) for row in connection.execute(select(peer_sheets))]


def test_the_page_asks_eight_lines_about_somebody_and_looking_changes_nothing(
    hiring: Hiring, browser: Browser, link: str
) -> None:
    page = browser().get(link)

    assert (page.status_code, page.text.count("<fieldset"), page.text.count('type="radio"')) == (200, 8, 48)
    assert "How does it feel to talk with Ana &lt;b&gt; Ruiz?" in page.text
    assert "<script" not in page.text
    assert "set-cookie" not in page.headers
    assert page.headers["cache-control"] == "no-store"
    assert kept(hiring) == []


def test_what_is_sent_is_kept_once_and_thanked(hiring: Hiring, browser: Browser, link: str) -> None:
    client = browser()

    sent = client.post(link, data=WHOLE)
    again = client.post(link, data={**WHOLE, **dict.fromkeys(LINES, "1")})
    after = client.get(sent.headers["location"])

    assert (sent.status_code, again.status_code, after.status_code) == (303, 303, 200)
    assert "Your answers are in" in after.text
    assert "<form" not in after.text
    (sheet,) = kept(hiring)
    assert '"plain_words": 4' in sheet
    assert "Keep calm <b>" in sheet


def test_open_lines_come_back_with_what_was_picked(hiring: Hiring, browser: Browser, link: str) -> None:
    some = {LINES[0]: "2", LINES[1]: "0", LINES[2]: "9", LINES[3]: "x", "words": "Mine"}

    page = browser().post(link, data=some)

    assert (page.status_code, page.text.count(" checked"), page.text.count("missing")) == (422, 2, 6)
    assert "These are still open: 6" in page.text
    assert ">Mine</textarea>" in page.text
    assert kept(hiring) == []


def test_own_words_that_are_too_long_are_told_and_not_lost(hiring: Hiring, browser: Browser, link: str) -> None:
    page = browser().post(link, data={**WHOLE, "words": "x" * 501})

    assert (page.status_code, "500 signs" in page.text, "x" * 501 in page.text) == (422, True, True)
    assert kept(hiring) == []


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(hiring: Hiring, browser: Browser, link: str) -> None:
    page = browser().post(link, data={**WHOLE, "words": "x" * 70_000})

    assert page.status_code == 413
    assert kept(hiring) == []


def test_a_post_from_another_site_is_refused(hiring: Hiring, browser: Browser, link: str) -> None:
    page = browser().post(link, data=WHOLE, headers={"Origin": "https://evil.example"})

    assert page.status_code == 403
    assert kept(hiring) == []


def test_a_page_whose_days_are_over_says_so_kindly_in_both_languages(
    hiring: Hiring, browser: Browser, link: str
) -> None:
    with hiring.house.database.write() as connection:
        connection.execute(update(peer_requests).values(expires_at=stamp(hiring.now - timedelta(days=1))))

    page = browser().get(link)
    sent = browser().post(link, data=WHOLE)

    assert (page.status_code, sent.status_code) == (410, 410)
    assert re.findall(r"<h[12]>(.*?)</h[12]>", page.text) == ["This page has closed", "Esta página se cerró"]
    assert kept(hiring) == []


def test_the_page_speaks_the_colleagues_language_and_the_other_one(hiring: Hiring, browser: Browser) -> None:
    link = ask(hiring, "Ana Ruiz", language="es")

    spanish, english = browser().get(link), browser().get(f"{link}?language=en")

    assert '<html lang="es">' in spanish.text
    assert "¿Cómo es hablar con Ana Ruiz?" in spanish.text
    assert "How does it feel" in english.text
    assert browser().get(f"{link}?language=xx").status_code == 200
    assert "Recibimos sus respuestas" in browser().get(browser().post(link, data=WHOLE).headers["location"]).text


@pytest.mark.parametrize("token", ["", "abc", "x" * 43, "x" * 10_240, "..%2f..%2fetc", "%00", "%E2%80%AE", "a/b"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_made_up_link_is_a_kind_page(hiring: Hiring, browser: Browser, method: str, token: str) -> None:
    page = browser().request(method, f"/p/{token}")

    assert (page.status_code, "We do not know this link" in page.text) == (404, True)


def test_a_growth_link_opens_at_the_questions_and_later_at_ones_growth(hiring: Hiring, browser: Browser) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    client = browser()

    door = client.get(f"/i/{ana.token}")
    first = client.post(f"/i/{ana.token}")
    ana.answer(now=hiring.now)
    later = browser().post(f"/i/{ana.token}")

    assert "These questions are for your own growth." in door.text
    assert "Job:" not in door.text
    assert (first.headers["location"], later.headers["location"]) == ("/questionnaire", "/my-growth")


def test_the_house_finds_no_growth_sheet_at_any_address(hiring: Hiring, desk: TestClient) -> None:
    _, (ana,) = physicians(hiring, "Zanzibar Quux")
    ana.answer(now=hiring.now)

    for path in ("why/{}.csv", "letter/{}.html", "qr/{}.svg", "paper/{}.html", "interview/{}.ics"):
        found = desk.get(f"/staff/{path.format(ana.application)}")
        assert (found.status_code, "Quux" in found.text) == (404, False)
    assert desk.post(f"/kiosk/{ana.application}").status_code == 404


def test_the_result_to_keep_names_no_job_and_no_reader(hiring: Hiring, browser: Browser) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer(now=hiring.now)
    client = browser()
    client.post(f"/i/{ana.token}")

    page = client.get("/my/result.html")

    assert "For your own growth, St Anne&#x27;s" in page.text
    assert "Nobody else reads it" in page.text
    assert "A person decides" not in page.text
    assert client.get("/my/result.pdf").status_code == 200
