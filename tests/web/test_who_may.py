"""Interviewers at every address: nobody's result before rating, nobody who is not theirs, by no guessed id."""

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from assessment.services.answers import submit
from assessment.services.api_tokens import make_token
from assessment.services.documents_named import KINDS, name_document
from assessment.services.organisation import found as found_organisation
from assessment.services.own_words import note
from assessment.web.routes import routes
from tests.hiring import Hiring, Person, answer_all
from tests.interviewing import colleague, interviewer_of
from tests.web.conftest import Browser

SECRET_WORDS, THEIRS = "a violet umbrella", "Zanzibar Quux"
REFUSED = {401, 403, 404, 405, 409, 410, 422}
OPEN = {"/healthz", "/readyz", "/api", "/api/v1/openapi.json", "/login", "/logout", "/set-up", "/kiosk/done"}


def finished(hiring: Hiring, name: str) -> Person:
    person = hiring.invite(name)
    actor = person.begin(now=hiring.now)
    answer_all(hiring.house, actor, value=5, now=hiring.now)
    note(hiring.house, SECRET_WORDS, actor=actor, now=hiring.now)
    submit(hiring.house, actor=actor, now=hiring.now)
    return person


def addresses() -> list[tuple[str, str]]:
    return [
        (method, route.path)
        for route in routes()
        if isinstance(route, Route)
        for method in sorted((route.methods or set()) - {"HEAD"})
    ]


@pytest.mark.parametrize("mine", [True, False], ids=["of their own person before rating", "of somebody else"])
def test_an_interviewer_gets_nothing_at_any_address(hiring: Hiring, browser: Browser, mine: bool) -> None:
    other, own = finished(hiring, THEIRS), finished(hiring, "Ana Ruiz")
    asked = own if mine else other
    rater, client = interviewer_of(hiring, own.application), browser()
    client.cookies.set("carefit_staff", rater.cookie, domain="localhost.local", path="/")
    found = [
        name_document(
            hiring.house,
            kind,
            hiring.vacancy if "vacancy" in kind else asked.application,
            actor=hiring.staff,
            now=hiring.now,
        )
        for kind in KINDS
        if kind not in ("comparison", "interview_sheet")
    ]
    wrong = []

    for method, path in addresses():
        if path in OPEN or path.startswith(("/i/", "/p/")):
            continue
        for document in found if "{name}" in path else found[:1]:
            filled = fill(path, asked.application, hiring.vacancy, document)
            answer = client.request(method, filled, headers={"X-Requested-With": "carefit"})
            told = [word for word in (SECRET_WORDS, THEIRS) if word in answer.text]
            allowed = mine and path == "/staff/interview/{application}.ics"
            if told or (answer.status_code not in REFUSED and not allowed):
                wrong.append(f"{method} {path}: {answer.status_code} {told}")

    assert "\n".join(wrong) == ""


def test_a_token_of_another_organisation_gets_nothing_at_any_address(hiring: Hiring, browser: Browser) -> None:
    person, client = finished(hiring, THEIRS), browser()
    with hiring.house.database.write() as connection:
        elsewhere = found_organisation(
            connection, name="Elsewhere", contact_name="E", contact="e@else.example", now=hiring.now
        )
    stranger = colleague(hiring, "Somebody", "administrator", organisation=elsewhere)
    token = make_token(hiring.house, name="Theirs", may_order=True, actor=stranger.actor, now=hiring.now)
    wrong = []

    for method, path in addresses():
        if not path.startswith("/api/v1/") or path in OPEN:
            continue
        filled = fill(path, person.application, hiring.vacancy, "x")
        answer = client.request(method, filled, headers={"Authorization": f"Bearer {token}"})
        ids = person.application in answer.text or hiring.vacancy in answer.text
        if THEIRS in answer.text or answer.status_code not in (*REFUSED, 200) or (answer.status_code == 200 and ids):
            wrong.append(f"{method} {path}: {answer.status_code}")

    assert "\n".join(wrong) == ""


def fill(path: str, application: str, vacancy: str, document: str) -> str:
    path = path.replace("{rest:path}", "anything").replace(":path}", "}")
    values = {"application": application, "assessment": application, "vacancy": vacancy, "name": document}
    values |= {"seminar": "a" * 32, "module": "desk_privacy"}
    return path.format(**values)


def test_what_is_hidden_is_there_to_be_found(hiring: Hiring, desk: TestClient) -> None:
    person = finished(hiring, THEIRS)

    told = desk.get(f"/staff/export/{hiring.vacancy}.json").text

    assert person.application in told
    assert desk.get(f"/staff/why/{person.application}.csv").status_code == 200
