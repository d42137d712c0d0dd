"""What the questionnaire in the browser calls, fed with everything a browser never sends."""

import json

import pytest
from starlette.testclient import TestClient

from assessment.services.sitting import leave
from assessment.services.vacancies import stop_early
from assessment.storage.clock import stamp
from assessment.storage.schema import responses, sittings
from tests.calibrated import calibrate
from tests.hiring import Hiring, events_of
from tests.web.conftest import Browser

OURS = {"X-Requested-With": "carefit"}


def tap(item: object = "voi_01", value: object = 4, rev: object = 7, **more: object) -> dict[str, object]:
    return {"answers": [{"item": item, "value": value, "rev": rev, **more}]}


def saved_rows(hiring: Hiring) -> int:
    with hiring.house.database.read() as connection:
        return len(connection.execute(responses.select()).all())


def test_a_sitting_as_it_stands(hiring: Hiring, phone: TestClient) -> None:
    phone.post("/api/v1/answers", json=tap(), headers=OURS)

    reply = phone.get("/api/v1/sitting")

    body = reply.json()
    assert (reply.status_code, reply.headers["cache-control"]) == (200, "no-store")
    assert list(body) == ["sitting", "status", "form", "items", "answers", "revs", "left"]
    assert (body["status"], body["form"], body["left"]) == ("open", "front_desk_officer", 57)
    assert (body["answers"], body["revs"]) == ({"voi_01": 4}, {"voi_01": 7})
    assert body["items"] == list(hiring.house.library.form("front_desk_officer").fields())


def test_an_answer_is_saved_and_what_stands_comes_back(phone: TestClient) -> None:
    reply = phone.post("/api/v1/answers", json=tap(ms=2310), headers=OURS)

    assert reply.status_code == 200
    assert reply.json() == {"saved": [{"item": "voi_01", "value": 4, "rev": 7}], "left": 57}


def test_an_old_rev_is_answered_with_what_stands(phone: TestClient) -> None:
    phone.post("/api/v1/answers", json=tap(value=4, rev=7), headers=OURS)

    reply = phone.post("/api/v1/answers", json=tap(value=1, rev=6), headers=OURS)

    assert reply.json() == {"saved": [{"item": "voi_01", "value": 4, "rev": 7}], "left": 57}


def test_null_takes_an_answer_back(phone: TestClient) -> None:
    phone.post("/api/v1/answers", json=tap(), headers=OURS)

    reply = phone.post("/api/v1/answers", json=tap(value=None, rev=8), headers=OURS)

    assert reply.json() == {"saved": [{"item": "voi_01", "value": None, "rev": 8}], "left": 58}


@pytest.mark.parametrize(
    "bad",
    [
        tap(item="gen_01"),
        tap(item="nothing"),
        tap(item=""),
        tap(item=7),
        tap(item=None),
        tap(item="x" * 10_000),
        tap(item="<script>alert(1)</script>"),
        tap(item="'; drop table responses; --"),
        tap(item="\ud800"),
        tap(value=0),
        tap(value=6),
        tap(value=True),
        tap(value=4.0),
        tap(value=4.5),
        tap(value="4"),
        tap(value="four"),
        tap(value=[4]),
        tap(value={"a": 4}),
        tap(value=10**400),
        tap(item="fd_1.best", value="z"),
        tap(item="fd_1.best", value=1),
        tap(rev=0),
        tap(rev=-1),
        tap(rev=2**53),
        tap(rev=7.0),
        tap(rev="7"),
        tap(rev=True),
        tap(rev=None),
        tap(ms=-1),
        tap(ms="fast"),
        tap(more="fields"),
        {"answers": [{"item": "voi_01", "value": 4}]},
        {"answers": ["voi_01"]},
        {"answers": [None]},
    ],
)
def test_one_answer_that_is_wrong_is_named_and_nothing_is_saved(
    hiring: Hiring, phone: TestClient, bad: dict[str, list[object]]
) -> None:
    body = {"answers": [{"item": "liv_05", "value": 3, "rev": 1}, *bad["answers"]]}

    reply = phone.post("/api/v1/answers", content=json.dumps(body), headers=OURS)

    assert reply.status_code == 422
    assert list(reply.json()) == ["error", "item"]
    assert saved_rows(hiring) == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"null",
        b"[]",
        b"42",
        b"{}",
        b'{"answers": []}',
        b'{"answers": {}}',
        b'{"answers": null}',
        b'{"answers": [{"item": "voi_01", "value": NaN, "rev": 1}]}',
        b'{"answers": [{"item": "voi_01", "value": Infinity, "rev": 1}]}',
        b'{"answers": [{"item": "voi_01", "value": 4, "rev": ' + b"9" * 5_000 + b"}]}",
        b"\xff\xfe{",
        b"[" * 60_000,
        b'{"a":' * 10_000,
        json.dumps({"answers": [{"item": "voi_01", "value": 4, "rev": n + 1} for n in range(201)]}).encode(),
        json.dumps({**tap(), "organisation_id": "0" * 32}).encode(),
    ],
)
def test_a_body_that_is_no_list_of_answers_is_refused(hiring: Hiring, phone: TestClient, body: bytes) -> None:
    reply = phone.post("/api/v1/answers", content=body, headers=OURS)

    assert reply.status_code == 422
    assert "Traceback" not in reply.text
    assert saved_rows(hiring) == 0


def test_two_hundred_answers_fit_in_a_call(phone: TestClient) -> None:
    body = {"answers": [{"item": "voi_01", "value": 4, "rev": n + 1} for n in range(200)]}

    assert phone.post("/api/v1/answers", json=body, headers=OURS).json()["saved"][0]["rev"] == 200


@pytest.mark.parametrize("told", [True, False])
def test_more_than_64_kb_is_refused_before_it_is_read(hiring: Hiring, phone: TestClient, told: bool) -> None:
    body = json.dumps(tap()).encode() + b" " * 64 * 1024

    reply = phone.post("/api/v1/answers", content=body if told else iter([body]), headers=OURS)

    assert (reply.status_code, saved_rows(hiring)) == (413, 0)


def test_without_our_header_nothing_is_saved(hiring: Hiring, phone: TestClient) -> None:
    assert phone.post("/api/v1/answers", json=tap()).status_code == 403
    assert phone.post("/api/v1/submit").status_code == 403
    assert saved_rows(hiring) == 0


@pytest.mark.parametrize("cookie", ["", "x" * 43, "x" * 10_000, "../..", '"; DROP'])
def test_without_a_good_cookie_nobody_is_let_in(hiring: Hiring, browser: Browser, cookie: str) -> None:
    headers = {**OURS, "Cookie": f"carefit_candidate={cookie}"}

    replies = [
        browser().get("/api/v1/sitting", headers=headers),
        browser().post("/api/v1/answers", json=tap(), headers=headers),
        browser().post("/api/v1/submit", headers=headers),
    ]

    assert [(reply.status_code, list(reply.json())) for reply in replies] == [(401, ["error"])] * 3


def test_a_staff_session_is_no_candidates_cookie(hiring: Hiring, browser: Browser) -> None:
    headers = {**OURS, "Cookie": f"carefit_candidate={hiring.staff_cookie}"}

    assert browser().post("/api/v1/answers", json=tap(), headers=headers).status_code == 401


def test_answers_of_another_sitting_are_not_put_into_this_one(hiring: Hiring, phone: TestClient) -> None:
    own = phone.get("/api/v1/sitting").json()["sitting"]

    right = phone.post("/api/v1/answers", json={**tap(), "sitting": own}, headers=OURS)
    wrong = phone.post("/api/v1/answers", json={**tap(rev=8), "sitting": "0" * 32}, headers=OURS)

    assert (right.status_code, wrong.status_code) == (200, 401)
    assert saved_rows(hiring) == 1


def test_a_sheet_with_gaps_says_what_is_missing(phone: TestClient) -> None:
    reply = phone.post("/api/v1/submit", headers=OURS)

    assert reply.status_code == 422
    assert (list(reply.json()), len(reply.json()["missing"])) == (["error", "missing"], 58)


@pytest.mark.parametrize("body", [{"skip": "yes"}, {"skip": 1}, {"skipp": True}, [], 1])
def test_skipping_is_said_with_true_and_nothing_else(phone: TestClient, body: object) -> None:
    reply = phone.post("/api/v1/submit", json=body, headers=OURS)

    assert (reply.status_code, phone.get("/api/v1/sitting").json()["status"]) == (422, "open")


def test_handing_in_twice_is_once(hiring: Hiring, phone: TestClient) -> None:
    replies = [phone.post("/api/v1/submit", json={"skip": True}, headers=OURS) for _ in range(2)]

    assert [(r.status_code, r.json()) for r in replies] == [(200, {"status": "submitted"})] * 2
    assert len(events_of(hiring.house, "submitted")) == 1


def test_answers_after_handing_in_conflict(phone: TestClient) -> None:
    phone.post("/api/v1/submit", json={"skip": True}, headers=OURS)

    assert phone.post("/api/v1/answers", json=tap(), headers=OURS).status_code == 409


def test_answers_after_leaving_conflict(hiring: Hiring, browser: Browser) -> None:
    person, client = hiring.invite(), browser()
    client.post(f"/i/{person.token}")
    leave(hiring.house, "", actor=person.begin(now=hiring.now), now=hiring.now)

    assert client.post("/api/v1/answers", json=tap(), headers=OURS).status_code == 409
    assert client.post("/api/v1/submit", json={"skip": True}, headers=OURS).status_code == 409


def test_answers_after_the_last_day_conflict_and_what_was_saved_is_kept(hiring: Hiring, phone: TestClient) -> None:
    phone.post("/api/v1/answers", json=tap(), headers=OURS)
    with hiring.house.database.write() as connection:
        connection.execute(sittings.update().values(expires_at=stamp(hiring.now)))

    reply = phone.post("/api/v1/answers", json=tap(item="liv_05"), headers=OURS)

    assert (reply.status_code, saved_rows(hiring)) == (409, 1)
    assert phone.get("/api/v1/sitting").json()["status"] == "expired"


def test_a_bug_gets_a_number_on_screen_and_its_trace_in_the_log(
    phone: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("assessment.web.api.save_answers", broken)

    reply = phone.post("/api/v1/answers", json=tap(), headers=OURS)

    number = reply.json()["error"].rpartition("Number ")[2].rstrip(".")
    assert reply.status_code == 500
    assert "secret detail" not in reply.text
    assert number in caplog.text
    assert "ZeroDivisionError: secret detail" in caplog.text


def test_the_result_is_a_file_of_ones_own(hiring: Hiring, phone: TestClient, browser: Browser) -> None:
    before = phone.get("/my/result.html")
    phone.post("/api/v1/submit", json={"skip": True}, headers=OURS)

    after = phone.get("/my/result.html")

    assert (before.status_code, browser().get("/my/result.html").status_code) == (403, 401)
    assert (after.status_code, after.headers["cache-control"]) == (200, "no-store")
    assert after.headers["content-disposition"] == 'attachment; filename="carefit-result.html"'


@pytest.mark.parametrize("slope", [1.15, 3.0])
@pytest.mark.parametrize("value", [1, 3, 5])
def test_where_it_stops_early_every_reply_can_be_read_to_the_end(
    hiring: Hiring, browser: Browser, slope: float, value: int
) -> None:
    calibrate(hiring, slope=slope)
    stop_early(hiring.house, hiring.vacancy, True, actor=hiring.staff, now=hiring.now)
    person, phone = hiring.invite(), browser()
    phone.post(f"/i/{person.token}")
    person.begin(now=hiring.now)

    left = phone.get("/api/v1/sitting").json()["next"]
    lines = [field for field in left if "." not in field]
    while lines:
        reply = phone.post("/api/v1/answers", json=tap(item=lines[0], value=value), headers=OURS)
        assert reply.status_code == 200
        assert reply.json()["about"] <= len(reply.json()["next"])
        lines = [field for field in reply.json()["next"] if "." not in field]


def test_where_it_stops_early_what_is_still_asked_comes_with_the_sitting_and_with_every_reply(
    hiring: Hiring, browser: Browser
) -> None:
    calibrate(hiring)
    stop_early(hiring.house, hiring.vacancy, True, actor=hiring.staff, now=hiring.now)
    person, phone = hiring.invite(), browser()
    phone.post(f"/i/{person.token}")
    person.begin(now=hiring.now)

    before = phone.get("/api/v1/sitting").json()
    first = before["next"][0]
    reply = phone.post("/api/v1/answers", json=tap(item=first, value=3), headers=OURS).json()
    after = phone.get("/api/v1/sitting").json()

    assert list(before)[-3:] == ["left", "next", "about"]
    assert (before["left"], len(before["next"]), len(before["items"])) == (58, 58, 58)
    assert list(reply) == ["saved", "left", "next", "about"]
    assert first not in reply["next"]
    assert {key: reply[key] for key in ("left", "next", "about")} == {
        key: after[key] for key in ("left", "next", "about")
    }
