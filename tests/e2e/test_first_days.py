"""The first 90 days in the browser of a phone: a plan with its reasons, modules, check-ins, a warning, a rating; a doctor."""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from assessment.services.answers import Answer, save_answers, submit
from assessment.services.assigned import assign
from assessment.services.house import Settings, open_house
from assessment.services.reading import reading
from assessment.services.sitting import look
from tests.e2e.candidate import Candidate
from tests.e2e.conftest import PHONE
from tests.e2e.looking import runs_over, shot, violations
from tests.e2e.server import RunningApp
from tests.e2e.test_story import choose
from tests.hiring import Hiring, Person, begin_work, start_hiring
from tests.interviewing import colleague
from tests.newcomers import confirm

pytestmark = pytest.mark.e2e
ANSWER_ALL = """async (given) => {
  const ask = (path, body) => fetch(path, {method: 'POST', body: JSON.stringify(body),
    headers: {'Content-Type': 'application/json', 'X-Requested-With': 'carefit'}}).then(r => r.json());
  const {items} = await fetch('/api/v1/sitting').then(r => r.json());
  const value = id => id.endsWith('.best') ? 'a' : id.endsWith('.worst') ? 'b' : given[id] ?? 4;
  await ask('/api/v1/answers', {answers: items.map(item => ({item, value: value(item), rev: 9, ms: 900}))});
  return ask('/api/v1/submit', {skip: true});
}"""


@dataclass(frozen=True)
class Scene:
    """A house with somebody who was hired, their supervisor, and an HR manager; the app serves it."""

    app: RunningApp
    application: str
    newcomer: str  # the personal link
    hr: str  # cookies
    supervisor: str

    def signed_in(self, page: Page, cookie: str) -> Page:
        page.context.add_cookies([{"name": "carefit_staff", "value": cookie, "url": self.app.url}])
        return page

    def change(self, query: str, *values: object) -> None:
        with sqlite3.connect(self.app.place / "carefit.db", timeout=20) as connection:
            connection.execute(query, values)


@pytest.fixture
def scene(own_app: RunningApp) -> Scene:
    now = datetime.now(UTC)
    house = open_house(Settings(f"sqlite:///{own_app.place / 'carefit.db'}", "", own_app.url, demo=False))
    start_hiring(house)
    hiring = begin_work(house, now=now)
    person = answered(hiring)
    newcomer = confirm(hiring, person)
    lead = colleague(hiring, "Grace", "supervisor")
    assert lead.actor.account_id
    assign(house, newcomer.application, lead.actor.account_id, duty="supervisor", actor=hiring.staff, now=now)
    house.database.close()
    own_app.start()
    return Scene(own_app, newcomer.application, f"{own_app.url}/i/{person.token}", hiring.staff_cookie, lead.cookie)


def answered(hiring: Hiring) -> Person:
    """Somebody very outspoken who has little patience, and is in the middle on the rest."""
    person, before = hiring.invite("Ana Ruiz"), hiring.now - timedelta(hours=1)
    actor = person.begin(now=before)
    form = look(hiring.house, actor=actor, now=before).form
    key = hiring.house.library.questionnaire(form.questionnaire)
    taps = [Answer(f, "a" if f.endswith(".best") else "b", 1) for f in form.fields() if f not in form.items]
    for id_ in form.items:
        item = key.by_id.get(id_)
        counted = {"voi": 5, "pat": 1}.get(item.facet, 4) if item is not None else 4
        taps.append(Answer(id_, counted if item is None or item.keyed == "plus" else 6 - counted, 1))
    save_answers(hiring.house, taps, actor=actor, now=before)
    submit(hiring.house, actor=actor, now=before)
    reading(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    return person


def first_day(scene: Scene, page: Page, ago: int) -> None:
    """Set the first day so many days ago, as whoever leads the newcomer does."""
    page.goto(f"{scene.app.url}/newcomer?application={scene.application}")
    page.get_by_text("First day, buddy and days of work").click()
    day = datetime.now(UTC) - timedelta(days=ago)
    page.get_by_role("group", name="First day", exact=True).get_by_role("spinbutton").first.click()
    page.keyboard.type(f"{day:%d%m%Y}")
    page.get_by_label("Buddy").fill("Jule")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text(re.compile(rf"Day {ago + 1} of 90")).first.wait_for()


def do_module(scene: Scene, page: Page, title: str) -> None:
    """Open it from the first days, tick every step, pick an answer to each question, finish."""
    page.goto(f"{scene.app.url}/first-days")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("heading", name=title, level=1).wait_for()
    page.get_by_role("button", name="I have done this module").wait_for()
    boxes = page.locator(".st-key-card-steps [data-testid=stCheckbox]")
    boxes.first.wait_for()  # the first box of a session comes a moment after the rest
    for at in range(boxes.count()):
        boxes.nth(at).locator("label").click()
        page.get_by_text(f"{at + 1} of {boxes.count()} steps done").wait_for()
    groups = page.locator(".st-key-card-checks [data-testid=stRadio]")
    groups.first.wait_for()
    for at in range(groups.count()):
        groups.nth(at).get_by_role("radio").first.check(force=True)
        page.get_by_text(f"{at + 1} of {groups.count()} questions picked").wait_for()
    settled(page)
    page.get_by_role("button", name="I have done this module").click()
    page.get_by_text("You did this on").first.wait_for()


def settled(page: Page) -> None:
    """The script has come to its end: a tap in the middle of a run may be lost, as no person is that fast."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def answer_check_in(page: Page, values: tuple[int, ...], send: str, thanks: str) -> None:
    """Pick an answer a line, 1 to 5, and send."""
    page.get_by_role("button", name=send).wait_for()
    groups = page.locator("[data-testid=stRadio]")
    groups.first.wait_for()
    for at, value in enumerate(values):
        groups.nth(at).get_by_role("radio").nth(value - 1).check(force=True)
    page.get_by_role("button", name=send).click()
    page.get_by_text(thanks).first.wait_for()


def held(page: Page, name: str) -> None:
    """The screen as it stands has no accessibility violation and fits the phone."""
    shot(page, f"first-days-{name}")
    assert violations(page) == []
    assert runs_over(page) <= 0


def test_from_the_hire_to_the_rating(scene: Scene, new_window: Callable[..., Page]) -> None:
    hr, lead = scene.signed_in(new_window(PHONE), scene.hr), scene.signed_in(new_window(PHONE), scene.supervisor)
    ana = new_window(PHONE)

    # the plan names both, and says because of what
    hr.goto(f"{scene.app.url}/newcomer?application={scene.application}")
    hr.get_by_text("Outspokenness: on the high side", exact=True).wait_for()
    hr.get_by_text("Patience: on the low side", exact=True).wait_for()
    assert hr.get_by_text(re.compile(r"T \d+ ± \d+, the role asks for")).count() >= 2
    held(hr, "plan")
    first_day(scene, hr, 6)
    hr.get_by_role("button", name=re.compile("^Share")).click()
    hr.get_by_text("Shared", exact=True).first.wait_for()

    # the supervisor works on it without the reasons
    lead.goto(f"{scene.app.url}/newcomer?application={scene.application}")
    lead.get_by_text("What is in it").wait_for()
    assert lead.get_by_text("on the high side").count() == 0
    assert lead.get_by_text("Patience").count() == 0

    # two modules on the phone
    Candidate(ana).enter(scene.newcomer)
    ana.get_by_role("heading", name="Your first 90 days").wait_for()
    ana.get_by_text("Your buddy", exact=True).wait_for()
    held(ana, "home")
    do_module(scene, ana, "Kind limits")
    held(ana, "module")
    do_module(scene, ana, "Welcoming people well")

    # day 7, both sides
    ana.goto(f"{scene.app.url}/how-it-goes")
    held(ana, "check-in")
    answer_check_in(ana, (4, 4, 3, 5, 4), "Send my answers", "Your answers are saved")
    lead.goto(f"{scene.app.url}/check-in?application={scene.application}&day=7")
    answer_check_in(lead, (5, 4, 4, 4, 4), "Save my view", "Your view is saved")

    # day 30, both sides: it goes down
    first_day(scene, hr, 29)
    ana.goto(f"{scene.app.url}/how-it-goes")
    answer_check_in(ana, (2, 1, 3, 2, 2), "Send my answers", "Your answers are saved")
    lead.goto(f"{scene.app.url}/check-in?application={scene.application}&day=30")
    answer_check_in(lead, (4, 4, 4, 4, 4), "Save my view", "Your view is saved")

    # somebody is told early, with a next step
    lead.goto(scene.app.url)
    lead.get_by_text("Low answers").first.wait_for()
    lead.get_by_text("A next step:").first.wait_for()
    held(lead, "warning")

    # the supervisor rates
    first_day(scene, hr, 89)
    lead.goto(f"{scene.app.url}/outcome?application={scene.application}")
    lead.get_by_role("button", name="Hand in").wait_for()
    groups = lead.locator("[data-testid=stRadio]")
    n = groups.count()
    for at in range(n):
        groups.nth(at).get_by_role("radio").nth(3).check(force=True)
        lead.get_by_text(f"{at + 1} of {n} rated").wait_for()
    held(lead, "rating")
    lead.get_by_role("button", name="Hand in").click()
    lead.get_by_text("Handed in on").first.wait_for()
    hr.goto(f"{scene.app.url}/outcomes")
    hr.get_by_text("Ana Ruiz").first.wait_for()
    held(hr, "outcomes")


def test_a_physician_learns_and_is_told_that_a_change_is_within_the_error(
    scene: Scene, new_window: Callable[..., Page]
) -> None:
    hr, doctor = scene.signed_in(new_window(PHONE), scene.hr), new_window(PHONE)
    hr.goto(f"{scene.app.url}/growth")
    hr.get_by_label("Name").fill("Doctors")
    hr.get_by_role("button", name="Make the group").click()
    hr.get_by_label("Type or paste").fill("Dr Wen Li")
    hr.get_by_label("Type or paste").press("Control+Enter")
    hr.get_by_role("button", name="Invite 1 person").click()
    hr.get_by_text("Links to pass on (1)").click()
    choose(hr, hr.get_by_role("combobox", name="Whose link"), "Dr Wen Li")
    link = hr.locator("[data-testid=stCode]").first.inner_text().strip()
    held(hr, "growth")

    # the questions, for nobody else
    candidate = Candidate(doctor)
    candidate.enter(link)
    held(doctor, "growth-welcome")
    candidate.button("start").click()
    candidate.button("real").wait_for()
    doctor.evaluate(ANSWER_ALL, {})
    doctor.goto(f"{scene.app.url}/my-growth")
    doctor.get_by_text("You have answered once").first.wait_for()

    # the module on breaking bad news
    do_module(scene, doctor, "Giving hard news (doctors)")

    # some weeks later, once more, with one answer that is another
    then = (datetime.now(UTC) - timedelta(days=40)).isoformat(timespec="microseconds")
    scene.change("UPDATE sittings SET finished_at = ?, started_at = ? WHERE purpose = 'growth'", then, then)
    doctor.goto(f"{scene.app.url}/my-growth")
    doctor.get_by_role("button", name="Answer once more").click()
    doctor.get_by_role("link", name="Go on").click()
    doctor.get_by_role("button").first.wait_for()
    if doctor.get_by_role("button", name="Open my questions").count():
        doctor.get_by_role("button", name="Open my questions").click()
    candidate.button("start").click()
    candidate.button("real").wait_for()
    doctor.evaluate(ANSWER_ALL, {"wrm_01": 5})
    doctor.goto(f"{scene.app.url}/my-growth")
    doctor.get_by_text("Nothing has changed beyond what may be chance").wait_for()
    held(doctor, "change")

    # nobody who hires can see any of it
    for address in ("/candidates", "/board", "/openings", "/outcomes"):
        hr.goto(f"{scene.app.url}{address}")
        hr.locator("h1").first.wait_for()
        hr.wait_for_timeout(800)
        assert hr.get_by_text("Dr Wen Li").count() == 0, address
