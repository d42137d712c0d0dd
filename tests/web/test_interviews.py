"""Calendar files behind their own check, and a personal link that opens where there is something to do."""

from datetime import time, timedelta

import icalendar
from starlette.testclient import TestClient

from assessment.services.answers import submit
from assessment.services.interviews import ask_to_pick, pick
from assessment.services.sitting import leave
from tests.hiring import Hiring, Person, answer_all
from tests.interviewing import Colleague, colleague
from tests.picking import offer
from tests.web.conftest import Browser


def handed_in(hiring: Hiring, name: str = "Ana Ruiz") -> Person:
    person, before = hiring.invite(name), hiring.now - timedelta(hours=2)
    actor = person.begin(now=before)
    answer_all(hiring.house, actor, now=before)
    submit(hiring.house, actor=actor, now=before)
    return person


def booked(hiring: Hiring) -> tuple[Person, Colleague]:
    ivo, person = colleague(hiring, "Ivo"), handed_in(hiring)
    day = hiring.now.date() + timedelta(days=10)
    (slot,) = offer(hiring, ivo.actor.account_id or "", days=[day], times=[time(14)])
    ask_to_pick(hiring.house, [person.application], actor=hiring.staff, now=hiring.now)
    pick(hiring.house, slot, actor=person.come_in(now=hiring.now), now=hiring.now)
    return person, ivo


def signed_in(browser: Browser, cookie: str) -> TestClient:
    client = browser()
    client.cookies.set("carefit_staff", cookie, domain="localhost.local", path="/")
    return client


def test_a_candidate_and_their_interviewer_get_the_file_and_nobody_else(hiring: Hiring, browser: Browser) -> None:
    person, ivo = booked(hiring)
    una, other = colleague(hiring, "Una"), handed_in(hiring, "Bo")
    phone, strange = browser(), browser()
    phone.post(f"/i/{person.token}")
    strange.post(f"/i/{other.token}")
    address = f"/staff/interview/{person.application}.ics"

    mine = phone.get("/my/interview.ics")
    his = signed_in(browser, ivo.cookie).get(address)

    for answer in (mine, his):
        assert (answer.status_code, answer.headers["content-type"]) == (
            200,
            "text/calendar; charset=utf-8; method=REQUEST",
        )
        assert answer.headers["content-disposition"] == 'attachment; filename="carefit-interview.ics"'
        assert answer.headers["cache-control"] == "no-store"
        (event,) = icalendar.Calendar.from_ical(answer.text).walk("VEVENT")
        assert event["SEQUENCE"] == 1
    assert "Ana Ruiz" in his.text
    assert signed_in(browser, hiring.staff_cookie).get(address).status_code == 200
    assert signed_in(browser, una.cookie).get(address).status_code == 404
    assert strange.get("/my/interview.ics").status_code == 404
    assert (browser().get(address).status_code, phone.get(address).status_code) == (401, 401)
    assert browser().get("/my/interview.ics").status_code == 401
    assert signed_in(browser, ivo.cookie).get(f"/staff/interview/{'0' * 32}.ics").status_code == 404


def test_the_link_opens_the_status_once_there_is_something_to_do_and_the_result_before(
    hiring: Hiring, browser: Browser
) -> None:
    answering, read = hiring.invite("Bo"), handed_in(hiring)
    person, _ = booked(hiring)

    to = [browser().post(f"/i/{one.token}").headers["location"] for one in (answering, read, person)]

    assert to == ["/questionnaire", "/questionnaire", "/status"]


def test_who_left_after_handing_in_comes_to_where_they_can_come_back(hiring: Hiring, browser: Browser) -> None:
    person = handed_in(hiring)
    leave(hiring.house, "", actor=person.come_in(now=hiring.now), now=hiring.now)

    assert browser().post(f"/i/{person.token}").headers["location"] == "/status"
