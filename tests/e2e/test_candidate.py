"""From the link to the result on a phone, in both languages, held to what every screen is held to."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.candidate import WORDS, Candidate
from tests.e2e.conftest import PHONE
from tests.e2e.looking import runs_over, shot, small_targets, violations
from tests.e2e.server import RunningApp

pytestmark = pytest.mark.e2e


def invite(app: RunningApp, name: str, language: str) -> str:
    """A fresh link at the demo's front desk."""
    vacancy = next(v["id"] for v in app.command("demo", "--json")["vacancies"] if v["role"] == "front_desk_officer")
    people = app.place / f"{name}.csv"
    people.write_text(f"name,email,language\n{name},{name.lower()}@example.org,{language}\n")
    return str(app.command("invite", "--vacancy", vacancy, "--people", str(people), "--json")[0]["url"])


def held_to(page: Page, name: str) -> list[str]:
    page.wait_for_timeout(700)  # fades have ended
    shot(page, name)
    wide = [f"{runs_over(page)} pixels too wide"] if runs_over(page) else []
    return [f"{name}: {what}" for what in (*violations(page), *small_targets(page), *wide)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_invited_to_finished_on_a_phone(demo_app: RunningApp, new_window: Callable[..., Page], language: str) -> None:
    page = new_window(PHONE, dark=language == "es")
    candidate = Candidate(page, language)
    link = invite(demo_app, f"Walk{language}", language)
    found = []

    page.goto(link)
    found += held_to(page, f"{language}-door")
    candidate.button("open").click()
    candidate.button("start").wait_for()
    found += held_to(page, f"{language}-welcome")
    candidate.button("start").click()
    candidate.button("go_on").wait_for()
    found += held_to(page, f"{language}-job")
    candidate.button("go_on").click()
    candidate.button("real").wait_for()
    found += held_to(page, f"{language}-practice")
    candidate.button("real").click()
    candidate.statements().first.wait_for()
    for number in range(10):
        candidate.answer_page()
        if number == 0:
            candidate.wait_saved()
            found += held_to(page, f"{language}-statements")
        candidate.next()
    for number in range(4):
        candidate.answer_scene()
        if number == 0:
            found += held_to(page, f"{language}-scene")
        candidate.next()
    found += held_to(page, f"{language}-review")
    candidate.button("finish").click()
    page.get_by_role("heading", name=str(WORDS[language]["result"])).wait_for()
    found += held_to(page, f"{language}-result")

    assert found == []
    assert page.evaluate("document.documentElement.lang") == language


def test_the_keyboard_alone_finishes_it(demo_app: RunningApp, new_window: Callable[..., Page]) -> None:
    page = new_window(PHONE)
    candidate = Candidate(page)
    page.goto(invite(demo_app, "Keys", "en"))

    def press_on(name: str) -> None:
        button = candidate.button(name)
        button.wait_for()
        button.focus()
        page.keyboard.press("Enter")

    for name in ("open", "start", "go_on", "real"):
        press_on(name)
    candidate.statements().first.wait_for()
    page.locator("fieldset input").first.focus()
    for _ in range(10):
        for at in range(5):
            focused = page.evaluate(
                "() => { let e = document.activeElement; while (e.shadowRoot) e = e.shadowRoot.activeElement; return e.type }"
            )
            assert focused == "radio", f"statement {at}: the focus is on {focused}"
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Tab")  # to "Take back"
            page.keyboard.press("Tab")  # to the next statement, or to Next
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        if page.locator("#progress").inner_text().startswith("Scene"):
            break
        page.locator("fieldset input").first.focus()
    for _ in range(4):
        page.locator("fieldset input").first.focus()
        page.keyboard.press("Space")
        press_on("next")
    press_on("finish")

    page.get_by_role("heading", name="What comes next").wait_for()


def test_finishing_while_an_answer_is_on_its_way_waits_for_it(
    demo_app: RunningApp, new_window: Callable[..., Page]
) -> None:
    page = new_window(PHONE)
    candidate = Candidate(page)
    candidate.enter(invite(demo_app, "Hasty", "en"))
    candidate.start()
    page.route("**/api/v1/answers", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    candidate.tap(0, 4)
    for _ in range(14):
        candidate.next()

    candidate.button("finish").click()

    page.get_by_role("heading", name="What comes next").wait_for()


def test_the_same_option_cannot_be_best_and_worst(demo_app: RunningApp, new_window: Callable[..., Page]) -> None:
    page = new_window(PHONE)
    candidate = Candidate(page)
    candidate.enter(invite(demo_app, "Both", "en"))
    candidate.start()
    for _ in range(10):
        candidate.next()
    labels = page.locator("fieldset .card").first.locator("label")

    labels.nth(0).click()
    labels.nth(1).click()

    candidate.wait_saved()
    assert [labels.nth(at).locator("input").is_checked() for at in (0, 1)] == [False, True]


def test_an_answer_can_be_taken_back(demo_app: RunningApp, new_window: Callable[..., Page]) -> None:
    page = new_window(PHONE)
    candidate = Candidate(page)
    link = invite(demo_app, "Back", "en")
    candidate.enter(link)
    candidate.start()
    candidate.tap(0, 4)

    page.locator("button.clear").first.click()
    candidate.wait_saved()
    page.reload()
    candidate.statements().first.wait_for()

    assert page.locator("fieldset").first.locator("input:checked").count() == 0


def test_the_next_page_opens_at_its_top(demo_app: RunningApp, new_window: Callable[..., Page]) -> None:
    page = new_window(PHONE)
    candidate = Candidate(page)
    candidate.enter(invite(demo_app, "Top", "en"))
    candidate.start()
    candidate.answer_page()

    candidate.next()
    page.wait_for_timeout(500)

    box = candidate.statements().first.locator("legend").bounding_box()
    assert box is not None
    assert 60 < box["y"] < 300


def test_back_in_the_browser_goes_one_page_back_and_loses_nothing(
    demo_app: RunningApp, new_window: Callable[..., Page]
) -> None:
    page = new_window(PHONE)
    candidate = Candidate(page)
    candidate.enter(invite(demo_app, "Goback", "en"))
    candidate.start()
    first = candidate.statements().first.locator("legend").inner_text()
    candidate.answer_page()
    candidate.next()
    candidate.answer_page()

    page.go_back()
    page.wait_for_timeout(1500)

    assert candidate.statements().first.locator("legend").inner_text() == first
    assert page.locator("#progress").inner_text() == "10 of 50 lines done"


def test_two_tabs_show_the_answer_that_stands(demo_app: RunningApp, new_window: Callable[..., Page]) -> None:
    page = new_window(PHONE)
    one = Candidate(page)
    one.enter(invite(demo_app, "Tabs", "en"))
    one.start()
    other = Candidate(page.context.new_page())
    other.page.goto(f"{demo_app.url}/questionnaire")
    other.statements().first.wait_for()

    one.tap(0, 2)
    one.wait_saved()
    other.tap(0, 5)
    other.wait_saved()
    other.page.reload()
    other.statements().first.wait_for()

    sitting = other.page.evaluate("fetch('/api/v1/sitting').then(r => r.json())")
    assert list(sitting["answers"].values()) == [5]


def test_somebody_leaves_with_one_tap_and_may_come_back(demo_app: RunningApp, new_window: Callable[..., Page]) -> None:
    page = new_window(PHONE)
    candidate = Candidate(page)
    candidate.enter(invite(demo_app, "Leaves", "en"))
    candidate.start()
    candidate.tap(0, 3)
    candidate.wait_saved()

    page.get_by_role("button", name="I do not want to go on").click()
    page.get_by_role("button", name="The hours do not suit me").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    page.get_by_role("button", name="I want to go on after all").click()

    candidate.statements().first.wait_for()
    assert page.locator("#progress").inner_text() == "1 of 50 lines done"
