"""What every response carries, and who is turned away before anything reads a request."""

import re
from pathlib import Path

import pytest
import streamlit
from starlette.testclient import TestClient

from assessment.web.headers import content_policy, inline_scripts
from tests.hiring import Hiring
from tests.web.conftest import Browser

OURS = {"X-Requested-With": "carefit"}


def test_every_response_is_dressed(hiring: Hiring, browser: Browser) -> None:
    headers = browser().get("/healthz").headers

    assert headers["content-security-policy"] == content_policy()
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["permissions-policy"].startswith("camera=()")
    assert "strict-transport-security" not in headers


def test_the_policy_says_what_a_page_may_load() -> None:
    policy = dict(part.split(" ", 1) for part in content_policy().split("; "))

    scripts = policy.pop("script-src")
    assert re.fullmatch(r"'self' 'unsafe-eval' 'wasm-unsafe-eval' blob:( 'sha256-[\w+/=]{44}')+", scripts)
    assert policy == {
        "default-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' ws: wss:",
        "worker-src": "'self' blob:",
        "base-uri": "'self'",
        "form-action": "'self'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    }


def test_every_inline_script_of_streamlit_is_allowed_by_its_hash() -> None:
    page = (Path(streamlit.__file__).parent / "static/index.html").read_text()

    assert len(inline_scripts(page)) == len(re.findall(r"<script>", page)) == 1


def test_the_hash_of_a_script_is_the_one_a_browser_computes() -> None:
    (digest,) = inline_scripts("<script>alert('Hello, world.');</script>")

    assert digest == "qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="  # the example of the CSP specification


def test_browsers_are_told_to_stay_with_https_where_there_is_https(
    hiring: Hiring, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREFIT_BASE_URL", "https://jobs.anne.example")

    assert browser().get("/healthz").headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("path", ["/login", "/i/abc", "/api/v1/sitting", "/my/result.html", "/staff/qr/x.svg"])
def test_personal_pages_are_not_kept_by_browsers(hiring: Hiring, browser: Browser, path: str) -> None:
    assert browser().get(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://localhost:8502",
        "https://localhost:8501",
        "http://localhost:8501.evil.example",
        "",
    ],
)
@pytest.mark.parametrize(
    "path", ["/login", "/logout", "/set-up", "/i/abc", "/kiosk/done", "/kiosk/x", "/api/v1/submit"]
)
def test_a_post_from_another_site_is_not_carried_out(hiring: Hiring, desk: TestClient, path: str, origin: str) -> None:
    reply = desk.post(path, headers={"Origin": origin, **OURS})

    assert reply.status_code == 403
    assert desk.get(f"/staff/qr/{hiring.invite().application}.svg").status_code == 200


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://localhost:8501"}])
def test_a_post_from_our_own_page_or_without_an_origin_is(desk: TestClient, headers: dict[str, str]) -> None:
    assert desk.post("/logout", headers=headers).status_code == 303


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.7:8501", ""])
def test_a_request_under_a_foreign_name_is_turned_away(hiring: Hiring, browser: Browser, host: str) -> None:
    reply = browser().get("/login", headers={"Host": host})

    assert (reply.status_code, "CAREFIT_BASE_URL" in reply.text) == (400, True)


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "jobs.anne.example"])
def test_our_own_names_are_known(hiring: Hiring, browser: Browser, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREFIT_BASE_URL", "http://jobs.anne.example")

    assert browser().get("/login", headers={"Host": host}).status_code == 200


def test_whoever_watches_the_process_may_use_any_name(hiring: Hiring, browser: Browser) -> None:
    replies = [browser().get(path, headers={"Host": "10.0.0.7"}) for path in ("/healthz", "/readyz")]

    assert [reply.status_code for reply in replies] == [200, 200]
