"""What an applicant tracking system calls: with a token, for its own organisation, each order once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from assessment.errors import TooOftenError
from assessment.services.actor import Actor
from assessment.services.answers import submit
from assessment.services.api_tokens import api_tokens, make_token, revoke_token
from assessment.services.doors import door
from assessment.services.invitations import revoke
from assessment.services.organisation import found
from assessment.services.reading import reading
from assessment.services.sign_off import take_back
from assessment.services.vacancies import close_vacancy
from assessment.storage.schema import applications
from assessment.web import ats_api
from assessment.web.rate_limit import RateLimit
from tests.hiring import Hiring, Person, answer_all, events_of
from tests.web.conftest import Browser

ANA = {"name": "Ana Ruiz", "email": "Ana@X.example", "language": "es", "external_id": "A-17"}


@pytest.fixture(autouse=True)
def fresh_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ats_api, "_limit", RateLimit(ats_api.PER_MINUTE))


def system(hiring: Hiring, browser: Browser, *, may_order: bool = True) -> TestClient:
    token = make_token(hiring.house, name="ATS", may_order=may_order, actor=hiring.staff, now=hiring.now)
    client = browser()
    client.headers["Authorization"] = f"Bearer {token}"
    return client


@pytest.fixture
def ats(hiring: Hiring, browser: Browser) -> TestClient:
    return system(hiring, browser)


@pytest.fixture
def stranger(hiring: Hiring, browser: Browser) -> TestClient:
    """The system of another organisation in the same house."""
    with hiring.house.database.write() as connection:
        other = found(connection, name="Other", contact_name="O", contact="o@o.example", now=hiring.now)
    staff = Actor("staff", other, "1" * 32, "administrator")
    token = make_token(hiring.house, name="Theirs", may_order=True, actor=staff, now=hiring.now)
    client = browser()
    client.headers["Authorization"] = f"Bearer {token}"
    return client


def order(client: TestClient, vacancy: str, key: str = "k-1", **changed: Any) -> Response:
    return client.post(
        f"/api/v1/vacancies/{vacancy}/assessments", json={**ANA, **changed}, headers={"Idempotency-Key": key}
    )


def finish(hiring: Hiring, url: str) -> str:
    """Somebody opens their link, answers and hands in."""
    person = Person(hiring.house, "", url.rpartition("/")[2])
    actor = person.begin(now=hiring.now)
    answer_all(hiring.house, actor, now=hiring.now)
    submit(hiring.house, actor=actor, now=hiring.now)
    return url


def people(hiring: Hiring) -> int:
    with hiring.house.database.read() as connection:
        return len(connection.execute(applications.select()).all())


def test_openings_are_listed(hiring: Hiring, ats: TestClient) -> None:
    listed = ats.get("/api/v1/vacancies")

    (one,) = listed.json()["vacancies"]
    assert (listed.status_code, listed.headers["cache-control"], listed.json()["next"]) == (200, "no-store", None)
    assert (one["id"], one["title"], one["open"]) == (hiring.vacancy, "Front desk officer", True)
    assert ats.get(f"/api/v1/vacancies/{hiring.vacancy}").json() == one


def test_an_order_makes_an_assessment_whose_link_opens(hiring: Hiring, ats: TestClient) -> None:
    reply = order(ats, hiring.vacancy)

    said = reply.json()
    assert (reply.status_code, said["status"], said["stage"], said["external_id"]) == (
        201,
        "invited",
        "invited",
        "A-17",
    )
    assert said["status_url"] == f"http://localhost:8501/api/v1/assessments/{said['id']}"
    assert door(hiring.house, said["personal_link"].rpartition("/")[2], now=hiring.now).language == "es"
    assert reading(hiring.house, said["id"], actor=hiring.staff, now=hiring.now).name == "Ana Ruiz"
    (token,) = api_tokens(hiring.house, actor=hiring.staff)
    assert [e["actor"] for e in events_of(hiring.house, "invited")] == [f"token:{token.id}"]


def test_the_same_key_again_gives_the_same_assessment(hiring: Hiring, ats: TestClient) -> None:
    first, again = order(ats, hiring.vacancy), order(ats, hiring.vacancy)

    assert (first.status_code, again.status_code) == (201, 200)
    assert (again.json(), people(hiring)) == (first.json(), 1)


def test_the_same_key_for_another_order_is_refused(hiring: Hiring, ats: TestClient) -> None:
    order(ats, hiring.vacancy)

    assert [order(ats, hiring.vacancy, **c).status_code for c in ({"name": "Bo"}, {"external_id": None})] == [409, 409]
    assert people(hiring) == 1


def test_the_same_key_of_another_organisation_is_another_key(
    hiring: Hiring, ats: TestClient, stranger: TestClient
) -> None:
    order(ats, hiring.vacancy)

    assert order(stranger, hiring.vacancy).status_code == 404


def test_twelve_at_once_with_one_key_are_one(hiring: Hiring, browser: Browser) -> None:
    clients = [system(hiring, browser) for _ in range(4)]
    begin = threading.Barrier(4)

    def call(client: TestClient) -> list[int]:
        begin.wait()
        return [order(client, hiring.vacancy).status_code for _ in range(3)]

    with ThreadPoolExecutor(4) as pool:
        statuses = [status for own in pool.map(call, clients) for status in own]

    assert (sorted(statuses), people(hiring)) == ([200] * 11 + [201], 1)


def test_the_same_person_twice_conflicts_and_says_what_is_there(hiring: Hiring, ats: TestClient) -> None:
    first = order(ats, hiring.vacancy)

    again = order(ats, hiring.vacancy, "k-2", name="Ana R.", email="ana@x.example")

    assert again.status_code == 409
    assert first.json()["id"] in again.json()["error"]


def test_a_link_that_was_taken_back_is_not_given_again(hiring: Hiring, ats: TestClient) -> None:
    id_ = order(ats, hiring.vacancy).json()["id"]
    revoke(hiring.house, id_, actor=hiring.staff, now=hiring.now)

    again = order(ats, hiring.vacancy)

    assert (again.status_code, again.json()["personal_link"]) == (200, None)


def test_a_closed_opening_takes_no_order(hiring: Hiring, ats: TestClient) -> None:
    close_vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=hiring.now)

    assert (order(ats, hiring.vacancy).status_code, people(hiring)) == (409, 0)
    assert ats.get("/api/v1/vacancies").json()["vacancies"][0]["open"] is False


def test_without_the_sign_off_nobody_is_ordered(hiring: Hiring, ats: TestClient) -> None:
    take_back(hiring.house, "works_council", actor=hiring.staff, now=hiring.now)

    reply = order(ats, hiring.vacancy)

    assert (reply.status_code, people(hiring)) == (403, 0)
    assert "works council" in reply.json()["error"]


def test_a_token_that_may_only_read_cannot_order(hiring: Hiring, browser: Browser) -> None:
    reader = system(hiring, browser, may_order=False)

    assert (order(reader, hiring.vacancy).status_code, people(hiring)) == (403, 0)
    assert reader.get("/api/v1/vacancies").status_code == 200


def test_how_far_somebody_is(hiring: Hiring, ats: TestClient) -> None:
    said = order(ats, hiring.vacancy).json()
    before = ats.get(said["status_url"]).json()
    finish(hiring, said["personal_link"])

    after = ats.get(said["status_url"]).json()

    assert (before["status"], before["stage"], before["finished_at"]) == ("invited", "invited", None)
    assert (after["status"], after["stage"]) == ("finished", "to_read")
    assert after["finished_at"] > after["ordered_at"] or after["finished_at"] == after["started_at"]
    assert "Ana" not in str(after)


def test_the_result_comes_with_its_error_its_basis_and_what_it_may_be_used_for(hiring: Hiring, ats: TestClient) -> None:
    said = order(ats, hiring.vacancy).json()
    too_early = ats.get(said["result_url"])
    finish(hiring, said["personal_link"])

    reply = ats.get(said["result_url"])

    result = reply.json()
    read = reading(hiring.house, said["id"], actor=hiring.staff, now=hiring.now)
    assert (too_early.status_code, reply.status_code, result["external_id"]) == (409, 200, "A-17")
    assert (result["band"], result["core"]["fit"]) == (read.fit.band, read.fit.core.fit)
    assert (result["signature"]["low80"], result["signature"]["high80"]) == (
        read.fit.signature.low80,
        read.fit.signature.high80,
    )
    assert {f["facet"]: (f["t"], f["sem"]) for f in result["facets"]} == {
        facet: (s.t, s.sem) for facet, s in read.standings.items()
    }
    assert (result["use"], result["basis"]["norm_kind"], result["basis"]["norm_people"]) == (
        "development",
        "provisional",
        0,
    )
    assert result["note"] == (
        "Research draft: for development, not for selection. Its weight in a decision is 0: use it to plan the talk. "
        "A person decides, with reasons; no number here takes or refuses anybody."
    )
    assert "Ana" not in reply.text


def test_that_a_machine_fetched_a_result_is_logged_and_is_no_reading(hiring: Hiring, ats: TestClient) -> None:
    said = order(ats, hiring.vacancy).json()
    finish(hiring, said["personal_link"])

    ats.get(said["result_url"])

    (token,) = api_tokens(hiring.house, actor=hiring.staff)
    (event,) = events_of(hiring.house, "result_fetched")
    assert (event["actor"], event["subject"]) == (f"token:{token.id}", said["id"])
    assert events_of(hiring.house, "report_opened") == []


def test_assessments_are_found_by_what_the_other_system_calls_them(hiring: Hiring, ats: TestClient) -> None:
    ids = [
        order(ats, hiring.vacancy, f"k-{n}", name=f"P {n}", email=None, external_id=external).json()["id"]
        for n, external in enumerate(("A", "B", "A"))
    ]
    hiring.invite("Somebody else")

    found_a = ats.get("/api/v1/assessments", params={"external_id": "A"}).json()["assessments"]
    nothing = ats.get("/api/v1/assessments", params={"external_id": "C"}).json()

    assert [a["id"] for a in found_a] == [ids[0], ids[2]]
    assert nothing == {"assessments": [], "next": None}


def test_pages_follow_one_another_and_leave_nobody_out(hiring: Hiring, ats: TestClient) -> None:
    made = [hiring.invite(f"P {n}").application for n in range(7)]
    seen, after = [], ""

    for _ in range(4):
        page = ats.get(f"/api/v1/assessments?limit=2{after}").json()
        seen += [a["id"] for a in page["assessments"]]
        after = f"&after={page['next']}"

    assert (sorted(seen), len(seen), page["next"]) == (sorted(made), 7, None)


def test_openings_come_in_pages_too(hiring: Hiring, ats: TestClient) -> None:
    other = hiring.open_another("billing_clerk").vacancy

    first = ats.get("/api/v1/vacancies?limit=1").json()
    second = ats.get(f"/api/v1/vacancies?limit=1&after={first['next']}").json()

    assert [first["vacancies"][0]["id"], second["vacancies"][0]["id"]] == [hiring.vacancy, other]
    assert second["next"] is None


def test_another_organisations_token_finds_nothing_of_ours(
    hiring: Hiring, ats: TestClient, stranger: TestClient
) -> None:
    said = order(ats, hiring.vacancy).json()
    finish(hiring, said["personal_link"])

    addresses = [
        f"/api/v1/vacancies/{hiring.vacancy}",
        said["status_url"],
        said["result_url"],
        f"/api/v1/assessments?after={said['id']}",
        f"/api/v1/vacancies?after={hiring.vacancy}",
    ]

    assert [stranger.get(a).status_code for a in addresses] == [404] * 5
    assert order(stranger, hiring.vacancy, "k-9").status_code == 404
    assert stranger.get("/api/v1/vacancies").json()["vacancies"] == []
    for query in ("", "?external_id=A-17", f"?vacancy_id={hiring.vacancy}"):
        assert stranger.get(f"/api/v1/assessments{query}").json()["assessments"] == []


@pytest.mark.parametrize("given", [None, "", "Bearer", "Bearer ", "Basic x", "Bearer cft_x", "Bearer " + "é" * 20])
def test_without_a_good_token_nothing_is_said(
    hiring: Hiring, ats: TestClient, browser: Browser, given: str | None
) -> None:
    headers = {} if given is None else {"Authorization": given.encode()}
    said = order(ats, hiring.vacancy).json()
    addresses = ["/api/v1/vacancies", f"/api/v1/vacancies/{hiring.vacancy}", "/api/v1/assessments", said["status_url"]]

    replies = [browser().get(a, headers=headers) for a in (*addresses, said["result_url"])]
    replies.append(
        browser().post(
            f"/api/v1/vacancies/{hiring.vacancy}/assessments", json=ANA, headers={**headers, "Idempotency-Key": "x"}
        )
    )

    assert [(r.status_code, list(r.json()), r.headers["www-authenticate"]) for r in replies] == [
        (401, ["error"], "Bearer")
    ] * 6


def test_a_revoked_token_is_no_token(hiring: Hiring, ats: TestClient) -> None:
    (token,) = api_tokens(hiring.house, actor=hiring.staff)

    revoke_token(hiring.house, token.id, actor=hiring.staff, now=hiring.now)

    assert ats.get("/api/v1/vacancies").status_code == 401


def test_a_session_of_the_staff_is_no_token_and_a_token_no_session(
    hiring: Hiring, desk: TestClient, ats: TestClient
) -> None:
    assert desk.get("/api/v1/vacancies").status_code == 401
    assert ats.get(f"/staff/export/{hiring.vacancy}.json").status_code == 401
    assert ats.get("/api/v1/sitting").status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "Ana"},
        {**ANA, "name": ""},
        {**ANA, "name": "  "},
        {**ANA, "name": 7},
        {**ANA, "name": "x" * 201},
        {**ANA, "name": "a\x00b"},
        {**ANA, "name": "a\nb"},
        {**ANA, "email": "nobody"},
        {**ANA, "email": "a@b"},
        {**ANA, "email": "a@b.org, c@d.org"},
        {**ANA, "email": "a@b.org\r\nBcc: c@d.org"},
        {**ANA, "language": "xx"},
        {**ANA, "language": ""},
        {**ANA, "external_id": ""},
        {**ANA, "external_id": "x" * 101},
        {**ANA, "external_id": 7},
        {**ANA, "role": "administrator"},
        {**ANA, "organisation_id": "0" * 32},
        [],
        None,
        "Ana",
    ],
)
def test_an_order_that_is_not_understood_makes_nothing(hiring: Hiring, ats: TestClient, body: object) -> None:
    reply = ats.post(f"/api/v1/vacancies/{hiring.vacancy}/assessments", json=body, headers={"Idempotency-Key": "k"})

    assert (reply.status_code, list(reply.json()), people(hiring)) == (422, ["error"], 0)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 50_000, b'{"name": "\\ud800", "language": "en"}'])
def test_a_body_that_is_no_json_is_refused(hiring: Hiring, ats: TestClient, content: bytes) -> None:
    headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}

    reply = ats.post(f"/api/v1/vacancies/{hiring.vacancy}/assessments", content=content, headers=headers)

    assert (reply.status_code, people(hiring)) == (422, 0)


def test_what_is_no_json_by_its_name_is_refused(hiring: Hiring, ats: TestClient) -> None:
    reply = ats.post(f"/api/v1/vacancies/{hiring.vacancy}/assessments", data=ANA, headers={"Idempotency-Key": "k"})

    assert (reply.status_code, people(hiring)) == (422, 0)


@pytest.mark.parametrize("key", [None, "", " ", "x" * 201, "a b", "é".encode()])
def test_an_order_needs_a_key(hiring: Hiring, ats: TestClient, key: Any) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}

    reply = ats.post(f"/api/v1/vacancies/{hiring.vacancy}/assessments", json=ANA, headers=headers)

    assert (reply.status_code, people(hiring)) == (422, 0)


def test_more_than_64_kb_is_refused(hiring: Hiring, ats: TestClient) -> None:
    assert (order(ats, hiring.vacancy, name="x" * 66_000).status_code, people(hiring)) == (413, 0)


def test_names_stay_text(hiring: Hiring, ats: TestClient) -> None:
    names = ["<b>Ana</b>", "=cmd|'/c calc'!A1", "‏سارة‏", "李小龍 🙂", "'; drop table people; --", "O’Neill-Ünal"]

    ids = [order(ats, hiring.vacancy, f"k{n}", name=name, email=None).json()["id"] for n, name in enumerate(names)]

    assert [reading(hiring.house, i, actor=hiring.staff, now=hiring.now).name for i in ids] == names


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=x",
        "limit=",
        "limit=1.0",
        "after=x",
        "external_id=",
        "externalid=A",
        "external_id=A&external_id=B",
    ],
)
def test_a_query_that_is_not_understood_is_refused_and_not_passed_over(ats: TestClient, query: str) -> None:
    assert ats.get(f"/api/v1/assessments?{query}").status_code == 422


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_every_other_address_and_method_says_so(ats: TestClient, method: str) -> None:
    nowhere, here = ats.request(method, "/api/v1/nowhere"), ats.request(method, "/api/v1/vacancies")

    assert (nowhere.status_code, list(nowhere.json())) == (404, ["error"])
    if method != "GET":
        assert (here.status_code, here.headers["allow"]) == (405, "GET, HEAD")


def test_too_many_calls_wait_and_hold_up_only_themselves(
    hiring: Hiring, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ats_api, "_limit", RateLimit(2))
    one, other = system(hiring, browser), system(hiring, browser)

    replies = [one.get("/api/v1/vacancies") for _ in range(3)]

    assert [r.status_code for r in replies] == [200, 200, 429]
    assert 28 <= int(replies[2].headers["retry-after"]) <= 31
    assert other.get("/api/v1/vacancies").status_code == 200


def test_what_was_not_used_comes_back_evenly(hiring: Hiring) -> None:
    limit, now = RateLimit(60), hiring.now
    for _ in range(60):
        limit.take("a", now=now)

    limit.take("a", now=now + timedelta(seconds=1))

    with pytest.raises(TooOftenError, match="wait 1 seconds"):
        limit.take("a", now=now + timedelta(seconds=1))


def test_a_page_of_another_site_cannot_order(hiring: Hiring, ats: TestClient) -> None:
    ats.headers["Origin"] = "https://elsewhere.example"

    assert (order(ats, hiring.vacancy).status_code, people(hiring)) == (403, 0)


def test_the_page_for_people_lists_every_call_without_a_script(hiring: Hiring, browser: Browser) -> None:
    document = browser().get("/api/v1/openapi.json").json()

    page = browser().get("/api")

    assert page.status_code == 200
    assert "<script" not in page.text
    assert all(path in page.text for path in document["paths"])


def test_a_bug_gets_a_number_and_no_detail(
    ats: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("assessment.services.tracking_system.vacancies_listed", broken)

    reply = ats.get("/api/v1/vacancies")

    assert (reply.status_code, "secret" in reply.text) == (500, False)
    assert reply.json()["error"].rpartition("Number ")[2].rstrip(".") in caplog.text
