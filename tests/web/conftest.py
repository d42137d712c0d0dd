"""The routes with their guard, as the app has them, on a house of their own; the clock is the real one."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from assessment.services.house import House, Settings, the_house
from assessment.web.headers import Guard
from assessment.web.routes import routes
from tests.conftest import SECRET
from tests.hiring import Hiring, begin_work

ADDRESS = "http://localhost:8501"
Browser = Callable[[], TestClient]


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], House]]:
    """Makes a copy of a database the one that the routes work on."""

    def serve(database: Path) -> House:
        shutil.copy(database, tmp_path / "carefit.db")
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'carefit.db'}")
        monkeypatch.setenv("CAREFIT_SECRET_KEY", SECRET)
        monkeypatch.setenv("CAREFIT_BASE_URL", ADDRESS)
        monkeypatch.setenv("CAREFIT_DEMO", "0")
        return the_house()

    yield serve
    the_house().database.close()


@pytest.fixture
def hiring(served: Callable[[Path], House], database_with_an_opening: Path) -> Hiring:
    return begin_work(served(database_with_an_opening), now=datetime.now(UTC))


@pytest.fixture
def empty_house(served: Callable[[Path], House], empty_database: Path) -> House:
    return served(empty_database)


@pytest.fixture
def browser() -> Browser:
    """A browser of its own, with its own cookies, that does not follow redirects."""

    def open_() -> TestClient:
        guard = Middleware(Guard, base_url=lambda: Settings.from_environment().base_url)
        return TestClient(Starlette(routes=routes(), middleware=[guard]), ADDRESS, follow_redirects=False)

    return open_


@pytest.fixture
def desk(hiring: Hiring, browser: Browser) -> TestClient:
    """A browser in which the administrator is signed in."""
    client = browser()
    client.cookies.set("carefit_staff", hiring.staff_cookie, domain="localhost.local", path="/")
    return client


@pytest.fixture
def phone(hiring: Hiring, browser: Browser) -> TestClient:
    """A browser in which a candidate has come in and agreed."""
    person, client = hiring.invite(), browser()
    client.post(f"/i/{person.token}")
    person.begin(now=hiring.now)
    return client
