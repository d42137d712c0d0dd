"""An opening is downloaded by who is signed in and may."""

import json

import pytest
from starlette.testclient import TestClient

from assessment.services.accounts import add_account, sign_in
from tests.hiring import Hiring, events_of
from tests.web.conftest import Browser


@pytest.mark.parametrize(
    ("kind", "media_type", "begins"),
    [
        ("json", "application/json", b"{"),
        ("csv", "text/csv; charset=utf-8", b"application,"),
        ("zip", "application/zip", b"PK"),
    ],
)
def test_it_comes_as_a_file(hiring: Hiring, desk: TestClient, kind: str, media_type: str, begins: bytes) -> None:
    hiring.invite("Zanzibar Quux")

    reply = desk.get(f"/staff/export/{hiring.vacancy}.{kind}")

    assert (reply.status_code, reply.headers["content-type"], reply.content[: len(begins)]) == (200, media_type, begins)
    assert reply.headers["content-disposition"] == f'attachment; filename="carefit-opening-{hiring.vacancy[:8]}.{kind}"'
    assert reply.headers["cache-control"] == "no-store"
    assert b"Zanzibar" not in reply.content


@pytest.mark.parametrize(
    ("query", "named"), [("", False), ("?names=1", True), ("?names=0", False), ("?names=true", False)]
)
def test_names_come_only_for_the_word_that_asks_for_them(
    hiring: Hiring, desk: TestClient, query: str, named: bool
) -> None:
    hiring.invite("Zanzibar Quux")

    people = json.loads(desk.get(f"/staff/export/{hiring.vacancy}.json{query}").content)["people"]

    assert (people[0]["name"] == "Zanzibar Quux") is named
    assert [e["names"] for e in events_of(hiring.house, "vacancy_exported")] == [named]


@pytest.mark.parametrize("kind", ["json", "csv", "zip"])
def test_nobody_else_gets_it(hiring: Hiring, desk: TestClient, browser: Browser, kind: str) -> None:
    for role in ("interviewer", "supervisor"):
        add_account(
            hiring.house,
            actor=hiring.staff,
            name=role,
            email=f"{role}@anne.example",
            role=role,
            password="three calm rivers",
            now=hiring.now,
        )
    address = f"/staff/export/{hiring.vacancy}.{kind}"

    statuses = [browser().get(address).status_code, desk.get(f"/staff/export/{'0' * 32}.{kind}").status_code]
    for role in ("interviewer", "supervisor"):
        cookie = sign_in(hiring.house, f"{role}@anne.example", "three calm rivers", address="x", now=hiring.now)
        statuses.append(browser().get(address, headers={"Cookie": f"carefit_staff={cookie}"}).status_code)

    assert statuses == [401, 404, 403, 403]
    assert events_of(hiring.house, "vacancy_exported") == []


def test_other_kinds_are_not_there(hiring: Hiring, desk: TestClient) -> None:
    assert desk.get(f"/staff/export/{hiring.vacancy}.exe").status_code == 404
