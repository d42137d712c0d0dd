"""A tunnel, a power cut, a closed tab: every tapped answer is in the store afterwards, none twice, and the page said so truly."""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.candidate import WORDS, Candidate
from tests.e2e.conftest import PHONE
from tests.e2e.proxy import Wire
from tests.e2e.server import RunningApp

pytestmark = pytest.mark.e2e


@pytest.fixture
def wire(own_app: RunningApp) -> Iterator[Wire]:
    wire = Wire(own_app.port)
    own_app.seen_at = f"http://127.0.0.1:{wire.port}"
    yield wire
    wire.close()


def one_link(app: RunningApp) -> str:
    made = app.command("demo", "--json")
    people = app.place / "people.csv"
    people.write_text("name,email,language\nTunnel Rider,rider@example.org,en\n")
    return str(
        app.command("invite", "--vacancy", made["vacancies"][0]["id"], "--people", str(people), "--json")[0]["url"]
    )


def stored(place: Path, link: str) -> dict[str, str]:
    """What stands in the database for the sitting behind a link: answers by item, as text."""
    token = hashlib.sha256(link.rpartition("/")[2].encode()).hexdigest()
    with sqlite3.connect(place / "carefit.db") as database:
        rows = database.execute(
            "SELECT r.item, r.value FROM responses r JOIN doors d ON d.sitting_id = r.sitting_id WHERE d.token_hash = ?",
            (token,),
        ).fetchall()
    assert len(rows) == len({item for item, _ in rows})
    return dict(rows)


def shown(page: Page) -> dict[str, str]:
    """What the page shows as chosen, on the page that is open."""
    return dict(page.locator("fieldset input:checked").evaluate_all("all => all.map(i => [i.name, i.value])"))


def events_of(place: Path, kind: str) -> int:
    with sqlite3.connect(place / "carefit.db") as database:
        return int(database.execute("SELECT count(*) FROM events WHERE kind = ?", (kind,)).fetchone()[0])


def test_ten_seconds_in_a_tunnel_lose_nothing(own_app: RunningApp, wire: Wire, new_window: Callable[..., Page]) -> None:
    link = one_link(own_app)
    own_app.start()
    before = events_of(own_app.place, "answered")
    page = new_window(PHONE)
    candidate = Candidate(page)
    candidate.enter(link)
    candidate.start()
    candidate.answer_page()
    candidate.wait_saved()
    tapped = shown(page)

    wire.cut()
    candidate.next()
    candidate.answer_page((2, 2, 5, 4, 1))
    page.locator("#state[data-state='offline']").wait_for()
    said_while_cut = candidate.state()
    tapped |= shown(page)
    in_store_while_cut = len(stored(own_app.place, link))
    candidate.next()
    candidate.answer_page((1, 3, 3, 5, 4))
    tapped |= shown(page)
    page.wait_for_timeout(10_000)
    wire.mend()
    candidate.wait_saved()

    assert said_while_cut == WORDS["en"]["offline"]
    assert in_store_while_cut == 5
    assert len(tapped) == 15
    assert stored(own_app.place, link) == tapped
    assert events_of(own_app.place, "answered") - before == 15


def test_a_power_cut_of_the_server_loses_nothing(
    own_app: RunningApp, wire: Wire, new_window: Callable[..., Page]
) -> None:
    link = one_link(own_app)
    own_app.start()
    page = new_window(PHONE)
    candidate = Candidate(page)
    candidate.enter(link)
    candidate.start()
    candidate.answer_page()
    candidate.wait_saved()
    acknowledged = shown(page)

    own_app.kill()
    in_store_after_kill = stored(own_app.place, link)
    candidate.tap(0, 1)
    candidate.tap(1, 5)
    candidate.next()
    candidate.answer_page()
    tapped = acknowledged | shown(page)
    own_app.start()
    candidate.wait_saved()
    page.wait_for_timeout(3000)
    candidate.tap(0, 3)  # the first tap after a restart
    candidate.wait_saved()
    tapped |= shown(page)

    kept = stored(own_app.place, link)
    assert in_store_after_kill == acknowledged
    assert {item: kept[item] for item in shown(page)} == shown(page)
    assert len(kept) == 10
    assert sorted(kept) == sorted(tapped)


def test_a_tab_closed_in_the_tunnel_hands_in_its_answers_when_the_link_is_opened_again(
    own_app: RunningApp, wire: Wire, new_window: Callable[..., Page]
) -> None:
    link = one_link(own_app)
    own_app.start()
    first = new_window(PHONE)
    candidate = Candidate(first)
    candidate.enter(link)
    candidate.start()
    candidate.answer_page()
    candidate.wait_saved()
    tapped = shown(first)
    wire.cut()
    candidate.next()
    candidate.answer_page()
    tapped |= shown(first)
    context = first.context
    first.close()
    time.sleep(2)  # what the closing tab still tries is over
    wire.mend()

    elsewhere = Candidate(new_window(PHONE))
    elsewhere.enter(link)
    elsewhere.statements().first.wait_for()
    at_the_same_place = elsewhere.page.locator("#progress").inner_text()
    again = Candidate(context.new_page())
    again.page.goto(f"{own_app.url}/questionnaire")
    again.statements().first.wait_for()
    again.page.wait_for_timeout(2500)

    assert at_the_same_place == "5 of 50 lines done"
    assert stored(own_app.place, link) == tapped
    assert again.page.locator("#progress").inner_text() == "10 of 50 lines done"
