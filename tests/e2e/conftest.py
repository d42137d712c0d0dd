"""The real app, the real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.server import RunningApp

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """One app on demo data for all journeys that leave the others' people alone."""
    app = RunningApp(tmp_path_factory.mktemp("demo"), demo=True).start()
    yield app
    app.kill()


@pytest.fixture
def new_window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a window of its own, with nothing remembered: `new_window(PHONE, locale="es-ES")`."""
    opened: list[BrowserContext] = []

    def open_(size: dict[str, int] = PHONE, *, locale: str = "en-GB", dark: bool = False, touch: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            locale=locale,
            color_scheme="dark" if dark else "light",
            has_touch=touch,
            reduced_motion="reduce",
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    yield open_
    for context in opened:
        context.close()


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[RunningApp]:
    """An app on a database of its own, to be cut off, killed and started again; started by the test."""
    app = RunningApp(tmp_path)
    yield app
    app.kill()
