"""Which pages there are, by who is looking, and what happens when one of them fails."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.errors import SheetError
from assessment.services.house import House
from tests.hiring import Hiring

MAIN = Path(__file__).parents[2] / "assessment/pages/main.py"
Look = Callable[..., AppTest]


@pytest.fixture
def look_at(monkeypatch: pytest.MonkeyPatch) -> Look:
    """Open the app with the cookies of a browser."""

    def look(**cookies: str) -> AppTest:
        monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: cookies)
        return AppTest.from_file(str(MAIN), default_timeout=20).run()

    return look


def words_of(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def test_an_empty_house_offers_its_set_up(empty_house: House, look_at: Look) -> None:
    page = look_at()

    assert not page.exception
    assert '<a href="/set-up"' in words_of(page)


def test_nobody_is_told_how_to_come_in_in_both_languages(hiring: Hiring, look_at: Look) -> None:
    page = look_at()

    assert "Please open your link again" in words_of(page)
    assert "abra otra vez el enlace" in words_of(page)
    assert '<a href="/login"' in words_of(page)


@pytest.mark.parametrize("cookie", ["", "x" * 43, "x" * 10_000, "<script>"])
def test_a_cookie_that_is_none_is_nobody(hiring: Hiring, look_at: Look, cookie: str) -> None:
    page = look_at(carefit_staff=cookie, carefit_candidate=cookie)

    assert not page.exception
    assert "Please open your link again" in words_of(page)


def test_a_candidate_opens_where_they_are_and_sees_no_staff_page(hiring: Hiring, look_at: Look) -> None:
    page = look_at(carefit_candidate=hiring.invite("Sofia Marino").cookie(now=hiring.now))

    assert not page.exception
    assert "Sofia Marino" in words_of(page)
    assert "/logout" not in words_of(page)


def test_staff_open_on_their_first_page_and_can_sign_out(hiring: Hiring, look_at: Look) -> None:
    page = look_at(carefit_staff=hiring.staff_cookie)

    assert not page.exception
    assert '<form method="post" action="/logout"' in words_of(page)


def test_whoever_is_both_opens_on_the_staffs_page(hiring: Hiring, look_at: Look) -> None:
    page = look_at(carefit_staff=hiring.staff_cookie, carefit_candidate=hiring.invite("Sofia").cookie(now=hiring.now))

    assert not page.exception
    assert "/logout" in words_of(page)
    assert "Sofia Marino" not in words_of(page)


def test_what_can_be_put_right_is_said_in_kind_words_as_plain_text(
    hiring: Hiring, look_at: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise SheetError("Row 3: ![x](http://evil.example) is no name")

    monkeypatch.setattr("assessment.pages.parts.who.candidate_actor", refuse)

    page = look_at()

    assert not page.exception
    assert page.warning[0].value.replace("\\", "") == "Row 3: ![x](http://evil.example) is no name"
    assert "\\!\\[x\\]\\(" in page.warning[0].value


def test_a_bug_gets_a_number_on_screen_and_its_trace_in_the_log(
    hiring: Hiring, look_at: Look, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("assessment.pages.parts.who.candidate_actor", broken)

    page = look_at()

    number = page.error[0].value.rpartition("number ")[2].rstrip(".")
    assert not page.exception
    assert "secret detail" not in page.error[0].value
    assert number in caplog.text
    assert "ZeroDivisionError: secret detail" in caplog.text
