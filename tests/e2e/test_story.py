"""The whole story of a hiring, by mail and browser: three invitations, three answers, three ways on, nothing told twice."""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from assessment.instruments.reading_grade import reading_grade
from assessment.services.actor import Actor
from assessment.services.house import Settings, open_house
from assessment.services.ledger import ledger
from assessment.services.stages import OPEN_STAGES
from tests.e2e.candidate import Candidate
from tests.e2e.conftest import LAPTOP, PHONE
from tests.e2e.looking import shot
from tests.e2e.mailbox import Mailbox, calendar_of, link_in, text_of
from tests.e2e.server import RunningApp
from tests.e2e.test_hiring import PASSWORD, set_up
from tests.hiring import events_of

pytestmark = pytest.mark.e2e
ANA, BEA, CY = "ana@people.example", "bea@people.example", "cy@people.example"
RATER = "ivo@clinic.example"
EVERYTHING = """async (sitting) => {
  const ask = (path, body) => fetch(path, {method: 'POST', body: JSON.stringify(body),
    headers: {'Content-Type': 'application/json', 'X-Requested-With': 'carefit'}}).then(r => r.json());
  const {items} = await fetch('/api/v1/sitting').then(r => r.json());
  const value = id => id.endsWith('.best') ? 'a' : id.endsWith('.worst') ? 'b' : 4;
  await ask('/api/v1/answers', {answers: items.map(item => ({item, value: value(item), rev: 9, ms: 900}))});
  return ask('/api/v1/submit', {skip: true});
}"""


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox().open()
    yield box
    box.close()


def database(app: RunningApp) -> sqlite3.Connection:
    return sqlite3.connect(app.place / "carefit.db", timeout=20)


def set_clock(app: RunningApp) -> None:
    """The organisation lives where it is day now, so that no message waits for the morning."""
    zones = ("Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Auckland")
    now = datetime.now(UTC)
    zone = next(zone for zone in zones if 9 <= now.astimezone(ZoneInfo(zone)).hour < 19)
    with database(app) as connection:
        connection.execute("UPDATE organisations SET time_zone = ?", (zone,))


def id_of(app: RunningApp, query: str, *values: object) -> str:
    with database(app) as connection:
        return str(connection.execute(query, values).fetchone()[0])


def application_of(app: RunningApp, mailbox: Mailbox, address: str) -> str:
    """By the order of invitation: addresses are sealed in the database."""
    order = [ANA, BEA, CY].index(address)
    with database(app) as connection:
        rows = connection.execute("SELECT id FROM applications ORDER BY created_at, rowid").fetchall()
    return str(rows[order][0])


def finish(page: Page, link: str, language: str = "en") -> None:
    """Come in and agree as anybody does, then answer everything in one go."""
    candidate = Candidate(page, language)
    candidate.enter(link)
    candidate.start()
    page.evaluate(EVERYTHING)
    page.reload()
    page.locator("h1").first.wait_for()


def choose(page: Page, box: Locator, option: str | re.Pattern[str]) -> None:
    """Open a list and take one of it; a page that was just redrawn closes it, so it is opened again."""
    wanted = page.get_by_role("option", name=option)
    for _ in range(5):
        box.click()
        try:
            wanted.first.click(timeout=2500)
            return
        except PlaywrightTimeout:
            page.keyboard.press("Escape")
    raise AssertionError(f"no option {option}")


def add_rater(page: Page) -> None:
    page.get_by_role("link", name="Settings").click()
    page.get_by_text("Add an account").click()
    form = page.locator("[data-testid=stForm]", has=page.get_by_label("First password"))
    form.get_by_label("Name", exact=True).fill("Ivo Brandt")
    form.get_by_label("E-mail").fill(RATER)
    choose(page, form.get_by_role("combobox"), "Interviewer")
    form.get_by_label("First password").fill(PASSWORD)
    form.get_by_role("button", name="Add").click()
    page.get_by_text(RATER).first.wait_for()


def open_opening(page: Page, role: str) -> None:
    page.get_by_role("link", name="Openings").click()
    choose(page, page.get_by_role("combobox", name="Role").first, role)
    page.get_by_role("textbox", name="Site").fill("House 1")
    page.get_by_role("button", name="Open it").click()
    page.get_by_role("button", name="Invite people").wait_for()


def rate_all(page: Page, app: RunningApp, application: str) -> None:
    page.goto(f"{app.url}/rate?application={application}")
    page.get_by_role("button", name="Hand in").wait_for()
    groups = page.locator("[data-testid=stRadio]")
    n = groups.count()
    for at in range(n):
        groups.nth(at).get_by_role("radio").nth(3).check(force=True)
        page.get_by_text(f"{at + 1} of {n} rated").wait_for()
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("Handed in on").first.wait_for()


def decide(page: Page, app: RunningApp, application: str, choice: str, *, reason: str = "") -> None:
    page.goto(f"{app.url}/candidate?application={application}")
    page.get_by_role("heading", name="Why this number?").wait_for()
    page.goto(f"{app.url}/decision?application={application}")
    page.get_by_text(choice, exact=True).click()
    page.get_by_role("textbox", name="Your reasons, for the record").fill(
        "Told us early and calmly what was late, with examples."
    )
    if choice == "Make an offer":
        page.get_by_role("textbox", name="Hours").fill("30 hours a week")
        page.get_by_role("textbox", name="Pay").fill("16 euros an hour")
    if reason:
        page.get_by_role("textbox", name="The main reason, in words for the person").fill(reason)
        talk = page.get_by_label("Why without a talk that somebody rated?")
        if talk.count():
            talk.fill("The place is given to somebody else already, so a talk would raise hopes.")
    order = page.get_by_label("Why before those who stand first?")
    if order.count():
        order.fill("They were all decided on the same day, in one sitting.")
    page.get_by_role("button", name="Decide and draft the message").click()
    send = page.get_by_role("button", name="Send", exact=True)
    send.or_(page.get_by_role("alert")).first.wait_for()
    assert page.get_by_role("alert").all_inner_texts() == []
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Send", exact=True).wait_for(state="detached")


def test_three_invitations_and_three_ways_on(
    own_app: RunningApp, mailbox: Mailbox, new_window: Callable[..., Page]
) -> None:
    own_app.more = {"SMTP_URL": mailbox.url}
    own_app.start()
    desk = new_window(LAPTOP)
    set_up(desk, own_app)
    set_clock(own_app)
    add_rater(desk)
    open_opening(desk, "Elder-care aide")
    open_opening(desk, "Front desk officer")
    front_desk = id_of(own_app, "SELECT id FROM vacancies WHERE role = 'front_desk_officer'")

    # three invitations by mail, each in the person's language
    desk.goto(f"{own_app.url}/invite?vacancy={front_desk}")
    desk.get_by_label("Type or paste").fill(f"Ana Ruiz, {ANA}, en\nBea Soto, {BEA}, es\nCy Young, {CY}, en")
    desk.get_by_label("Type or paste").press("Control+Enter")
    desk.get_by_role("button", name="Invite 3 people").click()
    links = {who: link_in(mailbox.wait_for(who, "")) for who in (ANA, BEA, CY)}

    # one finishes
    ana = new_window(PHONE)
    finish(ana, links[ANA])
    mailbox.wait_for(ANA, "we have your answers")

    # one is reminded, and finishes
    soon = (datetime.now(UTC) + timedelta(hours=40)).isoformat(timespec="microseconds")
    bea_applied = application_of(own_app, mailbox, BEA)
    with database(own_app) as connection:
        connection.execute("UPDATE sittings SET expires_at = ? WHERE application_id = ?", (soon, bea_applied))
    reminder = mailbox.wait_for(BEA, "siguen abiertas", seconds=100)
    finish(new_window(PHONE, locale="es-ES"), link_in(reminder), "es")

    # one asks a question and gets an answer
    cy = new_window(PHONE)
    finish(cy, links[CY])
    cy.get_by_label("Your words").nth(1).fill("Is the Saturday shift every week?")
    cy.get_by_role("button", name="Send").nth(1).click()
    mailbox.wait_for(CY, "We got your question")
    desk.goto(f"{own_app.url}/inbox")
    desk.get_by_role("link", name="Cy Young").click()
    desk.get_by_label("Answer, in English").fill("No, it is every third week.")
    desk.get_by_role("button", name="Send", exact=True).click()
    assert "every third week" in text_of(mailbox.wait_for(CY, "The answer to your question"))

    # a slot is offered and picked, with a calendar entry for both
    applied = {who: application_of(own_app, mailbox, who) for who in (ANA, BEA, CY)}
    desk.goto(f"{own_app.url}/slots?vacancy={front_desk}")
    desk.get_by_label("Where").fill("Room 2")
    desk.get_by_label("Where").press("Tab")
    desk.get_by_role("button", name=re.compile(r"^Offer \d+ times")).click()
    desk.get_by_text("are offered").wait_for()
    choose(desk, desk.get_by_label("Who", exact=True), re.compile("Ana Ruiz"))
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Ask 1 person").click()
    asked = mailbox.wait_for(ANA, "We would like to meet you")
    ana.goto(link_in(asked))
    ana.get_by_role("button").first.click()
    ana.get_by_role("heading", name="Pick a time for the talk").wait_for()
    shot(ana, "story-pick")
    ana.get_by_role("radio").first.check(force=True)
    ana.get_by_role("button", name="Take this time").click()
    ana.get_by_text("Your time is set").wait_for()
    assert "METHOD:REQUEST" in calendar_of(mailbox.wait_for(ANA, "Your talk is set"))

    # two people rate, each alone
    desk.goto(f"{own_app.url}/kit?application={applied[ANA]}")
    choose(desk, desk.get_by_label("Add interviewers"), "Ivo Brandt")
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Assign").click()
    desk.get_by_text("Ivo Brandt").first.wait_for()
    rater = new_window(PHONE)
    rater.goto(f"{own_app.url}/login")
    rater.get_by_label("E-mail").fill(RATER)
    rater.get_by_label("Password").fill(PASSWORD)
    rater.get_by_role("button", name="Sign in").click()
    rater.get_by_role("heading", name="My interviews").wait_for()
    rate_all(rater, own_app, applied[ANA])
    rate_all(desk, own_app, applied[ANA])

    # three decisions with reasons: an offer, a kind refusal, another job
    decide(desk, own_app, applied[ANA], "Make an offer")
    decide(
        desk,
        own_app,
        applied[BEA],
        "Do not take them",
        reason="Buscamos a alguien que ya haya trabajado con familias.",
    )
    decide(desk, own_app, applied[CY], "Propose another job")
    mailbox.wait_for(ANA, "We would like to work with you")
    refusal = mailbox.wait_for(BEA, "Su solicitud")
    proposal = mailbox.wait_for(CY, "Another job that may suit you")
    assert "ya haya trabajado con familias" in text_of(refusal)

    # the answers to them
    ana.goto(link_in(mailbox.wait_for(ANA, "We would like")))
    ana.get_by_role("button").first.click()
    ana.get_by_role("button", name="Yes, I take the job").click()
    ana.get_by_role("button", name="Yes, send my answer").click()
    ana.get_by_text("You said yes on").wait_for()
    desk.goto(f"{own_app.url}/decision?application={applied[ANA]}")
    desk.get_by_role("button", name="Confirm the hire").click()
    desk.get_by_text("Hired", exact=True).first.wait_for()
    cy.goto(link_in(proposal))
    cy.get_by_role("button").first.click()
    cy.get_by_role("button", name="Yes, show them my answers").click()
    cy.get_by_role("button", name="Yes, send my answer").click()
    cy.get_by_role("link", name=re.compile("Go on with")).click()
    cy.get_by_role("button").first.click()
    top_up = Candidate(cy)
    top_up.button("go_on").click()
    top_up.button("real").click()
    top_up.statements().first.wait_for()
    left = cy.evaluate("() => fetch('/api/v1/sitting').then(r => r.json()).then(s => s.left)")
    asked_in_all = cy.evaluate("() => fetch('/api/v1/sitting').then(r => r.json()).then(s => s.items.length)")
    cy.evaluate(EVERYTHING)

    assert 0 < left < asked_in_all / 2
    mailbox.wait_for(CY, "we have your answers")
    desk.wait_for_timeout(8000)  # nothing more is on its way
    twice = [
        pair
        for pair, n in Counter((str(m["To"]), str(m["Subject"]), text_of(m)) for m in mailbox.messages).items()
        if n > 1
    ]
    assert twice == []
    assert all(m["Content-Language"] == ("es" if BEA in str(m["To"]) else "en") for m in mailbox.messages)
    hard = {str(m["Subject"]): reading_grade([text_of(m)]) for who in (ANA, CY) for m in mailbox.to(who)}
    assert {subject: grade for subject, grade in hard.items() if grade > 6} == {}
    ledger_adds_up(own_app, applied)


def ledger_adds_up(app: RunningApp, applied: dict[str, str]) -> None:
    """Days at stages, from the ledger, are those between the events of the log, of every application."""
    house = open_house(Settings(f"sqlite:///{app.place / 'carefit.db'}", "", app.url, False))
    actor = Actor("system", id_of(app, "SELECT id FROM organisations"))
    now = datetime.now(UTC)
    found = ledger(house, actor=actor, now=now)
    moved: dict[str, list[dict[str, Any]]] = {}
    for event in events_of(house, "stage_moved"):
        moved.setdefault(event["subject"], []).append(event)
    by_the_log = 0.0
    for own in moved.values():
        ends = [*(e["at"] for e in own[1:]), now.isoformat()]
        for event, end in zip(own, ends, strict=True):
            if event["to"] in OPEN_STAGES:
                by_the_log += (datetime.fromisoformat(end) - datetime.fromisoformat(event["at"])).total_seconds()
    in_the_ledger = sum(w.days for w in found.waiting) + sum(s.n * (s.us + s.candidate) for s in found.stages)

    assert in_the_ledger * 86400 == pytest.approx(by_the_log, abs=1)
    assert (found.hires, {e[-1]["to"] for e in moved.values()}) == (1, {"hired", "not_taken", "redirected", "to_read"})
    assert {moved[applied[who]][-1]["to"] for who in (ANA, BEA, CY)} == {"hired", "not_taken", "redirected"}
    house.database.close()
