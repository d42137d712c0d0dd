"""A candidate's link in a browser, and the tablet of the house."""

import re

import pytest
from starlette.testclient import TestClient

from assessment.services.answers import submit
from assessment.services.invitations import revoke
from assessment.storage.clock import stamp
from assessment.storage.schema import candidate_sessions, doors, organisations
from tests.hiring import Hiring, answer_all
from tests.web.conftest import Browser


def headings(page: str) -> list[str]:
    return re.findall(r"<h[12]>(.*?)</h[12]>", page)


def come_in(hiring: Hiring, browser: Browser, name: str = "Sofia Marino") -> TestClient:
    phone = browser()
    assert phone.post(f"/i/{hiring.invite(name).token}").status_code == 303
    return phone


def test_a_door_is_a_page_with_one_button_and_no_name(hiring: Hiring, browser: Browser) -> None:
    person = hiring.invite("Sofia Marino")

    page = browser().get(f"/i/{person.token}")

    assert (page.status_code, headings(page.text)) == (200, ["Your next step with St Anne&#39;s"])
    assert page.text.count("<button") == 1
    assert "Sofia" not in page.text


def test_a_mail_scanner_that_looks_at_a_link_changes_nothing(hiring: Hiring, browser: Browser) -> None:
    person = hiring.invite()

    page = browser().get(f"/i/{person.token}")

    assert "set-cookie" not in page.headers
    with hiring.house.database.read() as connection:
        assert connection.execute(candidate_sessions.select()).all() == []


def test_a_door_speaks_the_candidates_language(hiring: Hiring, browser: Browser) -> None:
    page = browser().get(f"/i/{hiring.invite(language='es').token}")

    assert '<html lang="es">' in page.text
    assert headings(page.text) == ["Su próximo paso con St Anne&#39;s"]


def test_the_button_sets_a_cookie_no_script_can_read_and_leads_to_the_questionnaire(
    hiring: Hiring, browser: Browser
) -> None:
    reply = browser().post(f"/i/{hiring.invite().token}")

    assert (reply.status_code, reply.headers["location"]) == (303, "/questionnaire")
    cookie = reply.headers["set-cookie"]
    assert re.fullmatch(r"carefit_candidate=[\w-]{43}; HttpOnly; Max-Age=1209600; Path=/; SameSite=lax", cookie)


def test_cookies_are_secure_where_people_come_by_https(
    hiring: Hiring, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = hiring.invite()
    monkeypatch.setenv("CAREFIT_BASE_URL", "https://jobs.anne.example")

    reply = browser().post(f"/i/{person.token}")

    assert "; Secure" in reply.headers["set-cookie"]


def test_the_same_link_on_another_device_shows_the_same_answers(hiring: Hiring, browser: Browser) -> None:
    person, phone, laptop = hiring.invite(), browser(), browser()
    phone.post(f"/i/{person.token}")
    tap = {"answers": [{"item": "voi_01", "value": 4, "rev": 1}]}
    phone.post("/api/v1/answers", json=tap, headers={"X-Requested-With": "carefit"})

    laptop.post(f"/i/{person.token}")

    assert laptop.get("/api/v1/sitting").json()["answers"] == {"voi_01": 4}
    assert phone.get("/api/v1/sitting").status_code == 200


def test_opening_the_same_link_again_does_not_shut_another_tab_out(hiring: Hiring, browser: Browser) -> None:
    person, phone = hiring.invite(), browser()
    phone.post(f"/i/{person.token}")
    first_tab = dict(phone.cookies)

    phone.post(f"/i/{person.token}")

    tab = browser()
    tab.cookies.update(first_tab)
    assert tab.get("/api/v1/sitting").status_code == 200


def test_another_persons_link_in_the_same_browser_ends_the_first_ones_stay(hiring: Hiring, browser: Browser) -> None:
    phone = come_in(hiring, browser, "Ana")
    first = dict(phone.cookies)

    phone.post(f"/i/{hiring.invite('Ben').token}")

    tab = browser()
    tab.cookies.update(first)
    assert tab.get("/api/v1/sitting").status_code == 401
    assert phone.get("/api/v1/sitting").status_code == 200


@pytest.mark.parametrize(
    "token",
    [
        "",
        "abc",
        "x" * 43,
        "x" * 10_240,
        "..%2f..%2fetc%2fpasswd",
        "%00",
        "%ff%fe",
        "%E2%80%AE",
        "a/b/c",
        "<script>alert(1)</script>",
        "'; drop table doors; --",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_is_none_says_so_in_both_languages(
    hiring: Hiring, browser: Browser, token: str, method: str
) -> None:
    page = browser().request(method, f"/i/{token}")

    assert page.status_code == 404
    assert headings(page.text) == ["We do not know this link", "No conocemos este enlace"]
    assert "set-cookie" not in page.headers
    assert "Traceback" not in page.text


def test_an_expired_link_says_whom_to_ask_the_persons_language_first(hiring: Hiring, browser: Browser) -> None:
    person = hiring.invite(language="es")
    with hiring.house.database.write() as connection:
        connection.execute(doors.update().values(expires_at=stamp(hiring.now)))

    page = browser().get(f"/i/{person.token}")

    assert page.status_code == 410
    assert headings(page.text) == ["Este enlace ha terminado", "This link has ended"]
    assert page.text.count("ada@anne.example") == 2


def test_a_revoked_link_says_so_and_the_browser_that_was_in_is_out(hiring: Hiring, browser: Browser) -> None:
    person, phone = hiring.invite(), browser()
    phone.post(f"/i/{person.token}")

    revoke(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    page = phone.post(f"/i/{person.token}")
    assert (page.status_code, headings(page.text)[0]) == (410, "This link was taken back")
    assert phone.get("/api/v1/sitting").status_code == 401


def test_what_people_typed_stays_text_on_the_door(hiring: Hiring, browser: Browser) -> None:
    person = hiring.invite()
    with hiring.house.database.write() as connection:
        connection.execute(organisations.update().values(name="<img src=x onerror=alert(1)> =cmd ‮"))

    page = browser().get(f"/i/{person.token}").text

    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; =cmd ‮" in page


def test_staff_hand_the_tablet_over_and_are_signed_out_on_it(
    hiring: Hiring, browser: Browser, desk: TestClient
) -> None:
    person = hiring.invite()

    reply = desk.post(f"/kiosk/{person.application}")

    assert (reply.status_code, reply.headers["location"]) == (303, "/questionnaire")
    assert "carefit_staff" not in desk.cookies
    assert "Max-Age=1209600" not in reply.headers["set-cookie"]
    assert desk.get("/api/v1/sitting").status_code == 200
    other = browser()
    other.cookies.set("carefit_staff", hiring.staff_cookie)
    assert other.get(f"/staff/qr/{person.application}.svg").status_code == 401


def test_nothing_is_left_on_the_tablet_when_it_is_handed_back(
    hiring: Hiring, browser: Browser, desk: TestClient
) -> None:
    person = hiring.invite()
    desk.post(f"/kiosk/{person.application}")
    kept = dict(desk.cookies)

    reply = desk.post("/kiosk/done")

    assert headings(reply.text)[0] == "Thank you. You can hand the device back."
    assert reply.headers["clear-site-data"] == '"storage"'
    assert dict(desk.cookies) == {}
    desk.cookies.update(kept)
    assert desk.get("/api/v1/sitting").status_code == 401
    assert browser().get(f"/i/{person.token}").status_code == 200


@pytest.mark.parametrize("application", ["nope", "x" * 5_000, "0" * 32])
def test_a_kiosk_for_nobody_is_refused(desk: TestClient, application: str) -> None:
    assert desk.post(f"/kiosk/{application}").status_code == 404


def test_only_staff_begin_a_kiosk(hiring: Hiring, browser: Browser) -> None:
    person = hiring.invite()

    assert browser().post(f"/kiosk/{person.application}").status_code == 401
    assert come_in(hiring, browser).post(f"/kiosk/{person.application}").status_code == 401


def test_the_door_says_what_is_behind_it(hiring: Hiring, browser: Browser) -> None:
    person = hiring.invite()
    before = browser().get(f"/i/{person.token}").text
    answer_all(hiring.house, person.begin(now=hiring.now), now=hiring.now)
    submit(hiring.house, actor=person.come_in(now=hiring.now), now=hiring.now)

    after = browser().get(f"/i/{person.token}").text

    assert ("Open my questions" in before, "Open my page" in before) == (True, False)
    assert ("Open my questions" in after, "Open my page" in after) == (False, True)
