"""From an empty house to a read result: set up, open, invite, answer, read, ask why, compare, hand over a tablet."""

import csv
import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.candidate import Candidate
from tests.e2e.conftest import LAPTOP, PHONE
from tests.e2e.looking import runs_over, shot, violations
from tests.e2e.server import RunningApp

pytestmark = pytest.mark.e2e
PASSWORD = "three calm rivers"  # of a made-up account on a throw-away database


def sign_in(page: Page, app: RunningApp, email: str, password: str) -> None:
    page.goto(f"{app.url}/login")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Openings").wait_for()


def set_up(page: Page, app: RunningApp) -> None:
    """The organisation, its first administrator, and who has looked at it before first use."""
    page.goto(app.url)
    page.get_by_role("link", name="Set it up").click()
    page.get_by_label("Organisation").fill("Haus am See")
    page.get_by_label("Your name").fill("Ines Brandt")
    page.get_by_label("E-mail").fill("ines@example.org")
    page.locator("input[type=password]").nth(0).fill(PASSWORD)
    page.locator("input[type=password]").nth(1).fill(PASSWORD)
    page.get_by_role("button").last.click()
    page.wait_for_timeout(1000)
    if page.url.endswith("/login"):
        sign_in(page, app, "ines@example.org", PASSWORD)
    page.get_by_role("link", name="Settings").click()
    page.get_by_label("Name of the legal contact").fill("Dr Lena Ott")
    page.get_by_role("button", name="Write it down").first.click()
    page.get_by_text("Written down by Ines Brandt").wait_for()
    page.get_by_label("What was agreed, or that there is none and why").fill("We are seven people and have none.")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("There is none.").wait_for()


def demo_manager(page: Page, app: RunningApp) -> None:
    account = app.command("demo", "--json")["accounts"][1]
    sign_in(page, app, account["email"], account["password"])


def test_from_an_empty_house_to_why_this_number(own_app: RunningApp, new_window: Callable[..., Page]) -> None:
    own_app.start()
    page = new_window(LAPTOP)
    set_up(page, own_app)
    page.get_by_role("link", name="Today").click()
    page.get_by_role("button", name="Open your first vacancy").click()

    page.get_by_role("textbox", name="Site").fill("House 1")
    page.get_by_role("button", name="Open it").click()
    page.get_by_role("button", name="Invite people").click()
    page.get_by_label("Type or paste").fill("Amara <b>Okafor</b>, amara@example.org, en")
    page.get_by_label("Type or paste").press("Control+Enter")
    page.get_by_role("button", name="Invite 1 person").click()
    link = page.locator("[data-testid=stCode]").first.inner_text().strip()

    candidate = Candidate(new_window(PHONE))
    candidate.enter(link)
    candidate.start()
    for _ in range(10):
        candidate.answer_page((4, 2, 5, 2, 4))
        candidate.next()
    for _ in range(4):
        candidate.answer_scene()
        candidate.next()
    candidate.button("finish").click()
    candidate.page.get_by_role("heading", name="What comes next").wait_for()
    candidate.page.get_by_label("Your words").first.fill("With people who are scared I slow down.")
    candidate.page.get_by_role("button", name="Send").first.click()
    candidate.page.get_by_text("Your words stand beside your result now").wait_for()

    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Candidates").click()
    page.get_by_role("link", name="Amara <b>Okafor</b>").click()
    page.get_by_role("heading", name="Why this number?").wait_for()
    page.get_by_text("With people who are scared I slow down.").wait_for()
    shot(page, "read-first-result")
    href = page.get_by_role("link", name="Everything as a table").get_attribute("href")
    table = page.evaluate("href => fetch(href).then(r => r.text())", href)
    rows = list(csv.DictReader(io.StringIO(table)))

    assert len(rows) == 48
    for row in rows:
        counted = 6 - int(row["answer"]) if row["keyed"] == "minus" else int(row["answer"])
        assert counted == int(row["counts_as"])
    for facet in {row["facet"] for row in rows}:
        own = [row for row in rows if row["facet"] == facet]
        mean = sum(int(row["counts_as"]) for row in own) / len(own)
        t = 50 + 10 * (mean - float(own[0]["norm_mean"])) / float(own[0]["norm_sd"])
        assert float(own[0]["t"]) == pytest.approx(t)


@pytest.mark.parametrize(("size", "dark"), [(LAPTOP, False), (PHONE, True)], ids=["laptop-light", "phone-dark"])
def test_every_page_of_the_staff_is_accessible_and_fits(
    demo_app: RunningApp, new_window: Callable[..., Page], size: dict[str, int], dark: bool
) -> None:
    page = new_window(size, dark=dark)
    account = demo_app.command("demo", "--json")["accounts"][1]
    page.goto(f"{demo_app.url}/login")
    found = [f"login: {what}" for what in violations(page)]
    page.get_by_label("E-mail").fill(account["email"])
    page.get_by_label("Password").fill(account["password"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Waiting on you").wait_for()
    page.goto(f"{demo_app.url}/candidates")
    page.locator("a.who").first.wait_for()
    people = [a.get_attribute("href") or "" for a in page.locator("a.who").all()[:3]]
    ids = [href.partition("=")[2] for href in people]
    page.goto(f"{demo_app.url}/openings")
    page.locator("a.who").first.wait_for()
    opening = page.locator("a.who").first.get_attribute("href")
    compared = "&".join(f"person={id_}" for id_ in ids)
    addresses = ("/", "/openings", opening, "/candidates", people[0], f"/compare?{compared}", "/profile", "/invite")

    workflow = ("/board", "/inbox", "/slots", "/interviews", "/messages", "/ledger", "/calibration")
    of_one = tuple(f"/{page}?application={ids[0]}" for page in ("decision", "kit", "ratings"))
    page.goto(f"{demo_app.url}/newcomers")
    page.locator("a[href^='/newcomer?']").first.wait_for()
    newcomer = page.locator("a[href^='/newcomer?']").first.get_attribute("href") or ""
    one = newcomer.partition("=")[2]
    at_work = ("/newcomers", newcomer, "/training", "/module?id=listen_nurse", "/seminars", "/growth", "/teams")
    after = ("/outcomes", f"/check-in?application={one}&day=30", f"/outcome?application={one}")
    for address in (*addresses, *workflow, *of_one, *at_work, *after, "/paper", "/settings"):
        page.goto(f"{demo_app.url}{address}")
        page.get_by_role("heading", level=1).first.wait_for()
        page.wait_for_timeout(1800)
        name = str(address).partition("?")[0].strip("/") or "today"
        shot(page, f"staff-{name}-{'phone' if size is PHONE else 'laptop'}")
        found += [f"{name}: {what}" for what in violations(page)]
        found += [f"{name}: {runs_over(page)} pixels too wide"] if runs_over(page) else []
        found += [f"{name}: {text}" for text in page.get_by_test_id("stAlert").all_inner_texts()]

    assert found == []


def test_the_address_of_somebody_elses_page_says_so_and_shows_nothing_of_it(
    demo_app: RunningApp, new_window: Callable[..., Page]
) -> None:
    page = new_window(PHONE)
    accounts = {account["role"]: account for account in demo_app.command("demo", "--json")["accounts"]}
    page.goto(f"{demo_app.url}/login")
    page.get_by_label("E-mail").fill(accounts["supervisor"]["email"])
    page.get_by_label("Password").fill(accounts["supervisor"]["password"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="My people").wait_for()
    for address in ("candidates", "board", "rate"):
        page.goto(f"{demo_app.url}/{address}")
        page.get_by_role("heading", name="This page is for others").wait_for()
        assert page.get_by_text("Page not found").count() == 0
        assert page.locator("a.who").count() == 0
    shot(page, "staff-for-others-phone")
    assert violations(page) == []
    assert runs_over(page) <= 0

    page.get_by_role("link", name="To my first page").click()

    page.get_by_role("heading", name="My people").wait_for()


def test_a_tablet_of_the_house_keeps_nothing_of_who_answered_on_it(
    demo_app: RunningApp, new_window: Callable[..., Page]
) -> None:
    page = new_window(LAPTOP)
    demo_manager(page, demo_app)
    page.goto(f"{demo_app.url}/invite")
    page.get_by_label("Type or paste").fill("Tablet Person")
    page.get_by_label("Type or paste").press("Control+Enter")
    page.get_by_role("button", name="Invite 1 person").click()
    page.get_by_text("One personal link is ready").wait_for()
    page.get_by_role("button", name="Answer on this device now").click()
    candidate = Candidate(page)
    candidate.start()
    cookies = {cookie["name"] for cookie in page.context.cookies()}
    candidate.answer_page()
    candidate.wait_saved()
    for _ in range(14):
        candidate.next()
    candidate.button("finish").click()

    page.get_by_role("button", name="I am done. Forget me on this tablet").click()
    page.wait_for_timeout(1500)

    assert "carefit_staff" not in cookies
    assert [c["name"] for c in page.context.cookies() if c["name"].startswith("carefit_")] == []
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('carefit:'))") == []


def test_two_typings_of_a_paper_form_are_settled_and_scored(
    demo_app: RunningApp, new_window: Callable[..., Page]
) -> None:
    page = new_window(LAPTOP)
    demo_manager(page, demo_app)
    page.goto(f"{demo_app.url}/invite")
    page.get_by_label("Type or paste").fill("Paper Person")
    page.get_by_label("Type or paste").press("Control+Enter")
    page.get_by_role("button", name="Invite 1 person").click()
    page.get_by_text("One personal link is ready").wait_for()
    page.goto(f"{demo_app.url}/paper")
    page.get_by_role("combobox", name="Whose form").click()
    page.get_by_role("option", name="Paper Person").click()
    for typing, first_answer in (("First typing", "4"), ("Second typing", "5")):
        page.get_by_role("heading", name=typing).wait_for()
        boxes = page.locator("input[type=number]")
        for at in range(50):
            boxes.nth(at).fill(first_answer if at == 0 else "3")
        page.get_by_role("button", name="Keep this typing").click()
    page.get_by_role("heading", name="1 difference").wait_for()
    page.locator("label").filter(has_text="5").last.click()
    page.get_by_role("button", name="Hand it in").click()

    page.get_by_text("Typed from paper by").wait_for()
