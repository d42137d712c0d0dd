"""Outcomes as files: for HR who are signed in, and for nobody else."""

import pytest
from starlette.testclient import TestClient

from tests.hiring import Hiring
from tests.interviewing import colleague
from tests.newcomers import hire
from tests.web.conftest import Browser


@pytest.mark.parametrize(
    ("path", "media_type", "begins"),
    [
        ("outcomes.csv", "text/csv; charset=utf-8", b"person,rating,"),
        ("outcomes.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("outcomes-to-fill-in.csv", "text/csv; charset=utf-8", b"person,name,"),
    ],
)
def test_hr_gets_it_and_nobody_else(
    hiring: Hiring, desk: TestClient, browser: Browser, path: str, media_type: str, begins: bytes
) -> None:
    newcomer = hire(hiring, "Ana")
    address = f"/staff/{path}"
    statuses = [browser().get(address).status_code]
    for role in ("supervisor", "interviewer", "auditor"):
        client = browser()
        cookie = colleague(hiring, role, role).cookie
        client.cookies.set("carefit_staff", cookie, domain="localhost.local", path="/")
        statuses.append(client.get(address).status_code)

    reply = desk.get(address)

    assert statuses == [401, 403, 403, 403]
    assert (reply.status_code, reply.headers["content-type"]) == (200, media_type)
    assert reply.content.startswith(begins)
    assert newcomer.application.encode() in reply.content or path.endswith("xlsx")
    assert reply.headers["content-disposition"].startswith("attachment; ")
    assert reply.headers["cache-control"] == "no-store"
