"""Calendar files of seminars and module files, each behind its own check."""

from datetime import timedelta

import icalendar
from starlette.testclient import TestClient

from assessment.services.my_seminars import sign_up
from assessment.training.module_file import read_module_file
from tests.hiring import Hiring
from tests.interviewing import colleague
from tests.learning import MODULE, at_work, seminar
from tests.newcomers import Newcomer
from tests.web.conftest import Browser
from tests.web.test_interviews import signed_in


def on_phone(browser: Browser, hiring: Hiring, newcomer: Newcomer) -> TestClient:
    client = browser()
    cookie = newcomer.person.cookie(now=hiring.now)
    client.cookies.set("carefit_candidate", cookie, domain="localhost.local", path="/")
    return client


def test_whoever_has_a_place_gets_the_file_and_nobody_else(hiring: Hiring, browser: Browser) -> None:
    ana, bo = at_work(hiring, "Ana Ruiz"), at_work(hiring, "Bo Lind")
    id_ = seminar(hiring, day=hiring.now.date() + timedelta(days=10))
    sign_up(hiring.house, id_, actor=ana.actor, now=hiring.now)
    ivo, grace = colleague(hiring, "Ivo"), colleague(hiring, "Grace", "supervisor")

    mine = on_phone(browser, hiring, ana).get(f"/my/seminar/{id_}.ics")
    answers = [
        on_phone(browser, hiring, bo).get(f"/my/seminar/{id_}.ics"),
        browser().get(f"/my/seminar/{id_}.ics"),
        signed_in(browser, ivo.cookie).get(f"/staff/seminar/{id_}.ics"),
        browser().get(f"/staff/seminar/{id_}.ics"),
        signed_in(browser, grace.cookie).get(f"/staff/seminar/{id_}.ics"),
    ]

    (event,) = icalendar.Calendar.from_ical(mine.text).walk("VEVENT")
    assert (mine.status_code, mine.headers["Content-Disposition"]) == (
        200,
        'attachment; filename="carefit-seminar.ics"',
    )
    assert str(event["SUMMARY"]) == "Privacy at the desk"
    assert [answer.status_code for answer in answers] == [404, 401, 403, 401, 200]
    assert "Ana" not in answers[-1].text


def test_a_module_is_taken_along_by_those_who_lead(hiring: Hiring, browser: Browser) -> None:
    grace, ivo = colleague(hiring, "Grace", "supervisor"), colleague(hiring, "Ivo")

    taken = signed_in(browser, grace.cookie).get(f"/staff/module/{MODULE}.yaml")
    refused = [
        signed_in(browser, ivo.cookie).get(f"/staff/module/{MODULE}.yaml").status_code,
        browser().get(f"/staff/module/{MODULE}.yaml").status_code,
        signed_in(browser, grace.cookie).get("/staff/module/juggling.yaml").status_code,
    ]

    assert read_module_file(taken.content, name="x.yaml").id == MODULE
    assert taken.headers["Content-Disposition"] == f'attachment; filename="{MODULE}.yaml"'
    assert refused == [403, 401, 404]
