"""A questionnaire that stops where enough is known, on a phone: fewer lines, the same place on every device, nothing lost."""

import sqlite3
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from assessment.services.house import Settings, open_house
from assessment.storage.demo_data import organisation
from tests.calibrated import calibrated_form, put_to_use, stop_early_at
from tests.e2e.candidate import Candidate
from tests.e2e.conftest import PHONE
from tests.e2e.looking import runs_over, shot, small_targets, violations
from tests.e2e.proxy import Wire
from tests.e2e.server import RunningApp
from tests.e2e.test_nothing_lost import shown, stored

pytestmark = pytest.mark.e2e


@pytest.fixture
def wire(own_app: RunningApp) -> Iterator[Wire]:
    wire = Wire(own_app.port)
    own_app.seen_at = f"http://127.0.0.1:{wire.port}"
    yield wire
    wire.close()


def one_link(app: RunningApp, language: str = "en", *, slope: float = 3.0) -> str:
    """The front desk of the demo, calibrated and stopping early, and somebody invited to it."""
    vacancy = next(v["id"] for v in app.command("demo", "--json")["vacancies"] if v["role"] == "front_desk_officer")
    house = open_house(Settings(app.environment["DATABASE_URL"], "", app.url, True))
    with house.database.read() as connection:
        id_ = organisation(connection)
    assert id_ is not None
    put_to_use(house, id_, calibrated_form(house, slope=slope))
    stop_early_at(house, vacancy)
    house.database.close()
    people = app.place / "people.csv"
    people.write_text(f"name,email,language\nShort Way,short@example.org,{language}\n")
    return str(app.command("invite", "--vacancy", vacancy, "--people", str(people), "--json")[0]["url"])


def held_to(page: Page, name: str) -> list[str]:
    page.wait_for_timeout(700)
    shot(page, f"adaptive-{name}")
    wide = [f"{runs_over(page)} pixels too wide"] if runs_over(page) else []
    return [f"{name}: {what}" for what in (*violations(page), *small_targets(page), *wide)]


def asked_of(page: Page) -> list[str]:
    """The lines on the page that is open."""
    return list(page.locator("fieldset legend").all_inner_texts())


def progress(page: Page) -> str:
    return page.locator("#progress").inner_text()


def on_scenes(page: Page) -> bool:
    return page.locator("fieldset.scene").count() > 0


def test_fewer_lines_the_same_place_elsewhere_and_a_tunnel_that_loses_nothing(
    own_app: RunningApp, wire: Wire, new_window: Callable[..., Page]
) -> None:
    link = one_link(own_app)
    own_app.start()
    page = new_window(PHONE)
    candidate = Candidate(page)
    candidate.enter(link)
    candidate.button("start").wait_for()
    told = page.get_by_text("Not everybody gets the same number of lines").count()
    found = held_to(page, "welcome")
    candidate.start()
    at_first = progress(page)
    tapped: dict[str, str] = {}

    for _ in range(2):
        candidate.answer_page((4, 3, 4, 3, 4))
        candidate.wait_saved()
        tapped |= shown(page)
        candidate.next()
        page.wait_for_timeout(200)
    found += held_to(page, "statements")
    candidate.tap(0, 4)
    candidate.wait_saved()
    tapped |= shown(page)
    left_open = asked_of(page)[1:]

    elsewhere = Candidate(new_window(PHONE, dark=True))
    elsewhere.enter(link)
    elsewhere.statements().first.wait_for()
    found += held_to(elsewhere.page, "elsewhere-dark")
    lines_elsewhere, place_elsewhere, place_here = asked_of(elsewhere.page), progress(elsewhere.page), progress(page)
    elsewhere.page.context.close()

    wire.cut()
    candidate.answer_page((3, 4, 3, 4, 3))
    tapped |= shown(page)
    page.locator("#state[data-state='offline']").wait_for()
    met = set(asked_of(page))
    for _ in range(2):
        candidate.next()
        page.wait_for_timeout(300)
        candidate.answer_page((4, 3, 4, 3, 4))
        tapped |= shown(page)
        new = set(asked_of(page))
        assert not new & met
        met |= new
    found += held_to(page, "offline")
    candidate.button("back").click()
    page.wait_for_timeout(300)
    back_shows = len(shown(page))
    candidate.next()
    page.wait_for_timeout(300)
    wire.mend()
    candidate.wait_saved()
    in_store = stored(own_app.place, link)

    pages = 0
    while not on_scenes(page):
        candidate.next()
        page.wait_for_timeout(300)
        if on_scenes(page):
            break
        candidate.answer_page((3, 4, 3, 4, 3))
        tapped |= shown(page)
        pages += 1
        assert pages < 10
    for _ in range(4):
        candidate.answer_scene()
        candidate.next()
    page.get_by_text("You have answered everything").wait_for()
    found += held_to(page, "review")
    candidate.button("finish").click()
    page.get_by_role("heading", name="What comes next").wait_for()
    found += held_to(page, "result")
    lines = {field for field in stored(own_app.place, link) if "." not in field}

    assert found == []
    assert told == 1
    assert at_first.startswith("Lines to go: about 3")
    assert lines_elsewhere[: len(left_open)] == left_open
    assert place_elsewhere == place_here
    assert back_shows == 5
    assert in_store == {field: value for field, value in tapped.items() if field in in_store}
    assert len(in_store) == 25
    assert lines == set(tapped)
    assert 34 <= len(lines) < 50
    assert page.get_by_text(f"This came from {len(lines)} lines. The whole form has 50.").count() == 1


def test_what_was_skipped_and_is_wanted_is_named_and_nothing_else(
    own_app: RunningApp, new_window: Callable[..., Page]
) -> None:
    link = one_link(own_app, "es")
    own_app.start()
    page = new_window(PHONE, dark=True)
    candidate = Candidate(page, "es")
    candidate.enter(link)
    candidate.start()
    pages = 0
    while not on_scenes(page):
        if pages:
            candidate.answer_page((4, 3, 4, 3, 4))
        candidate.next()
        page.wait_for_timeout(300)
        pages += 1
        assert pages < 14
    for number in range(4):
        if number:
            candidate.answer_scene()
        candidate.next()

    page.get_by_text("Dejó 1 sin contestar").wait_for()
    wanted = page.evaluate("fetch('/api/v1/sitting').then(r => r.json())")["next"]
    found = held_to(page, "review-es-dark")
    candidate.button("finish").click()
    page.get_by_role("heading", name="Qué viene ahora").wait_for()

    assert found == []
    assert wanted == ["fd_1.best", "fd_1.worst"]
    with sqlite3.connect(own_app.place / "carefit.db") as database:
        assert database.execute("SELECT count(*) FROM sittings WHERE adaptive AND status = 'submitted'").fetchone() == (
            1,
        )


def test_a_weak_calibration_opens_every_line_and_stops_nobody(
    own_app: RunningApp, new_window: Callable[..., Page]
) -> None:
    link = one_link(own_app, slope=1.15)
    own_app.start()
    candidate = Candidate(new_window(PHONE))
    candidate.enter(link)
    candidate.button("start").wait_for()

    candidate.start()
    candidate.answer_page((1, 5, 1, 5, 1))
    candidate.wait_saved()
    at_first = progress(candidate.page)
    candidate.next()
    candidate.statements().first.wait_for()

    assert len(stored(own_app.place, link)) == 5
    assert at_first.startswith("Lines to go: about 4")
    assert len(asked_of(candidate.page)) == 5
