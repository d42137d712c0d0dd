"""Staff sign in and out, and the first account is made once."""

import re

import pytest
from starlette.testclient import TestClient

from assessment.services.accounts import needs_set_up
from assessment.services.answers import submit
from assessment.services.house import House
from tests.hiring import EMAIL, PASSWORD, Hiring, answer_all
from tests.web.conftest import Browser

FILLED = {
    "organisation": "St Anne's",
    "name": "Ada Voss",
    "email": "ada@anne.example",
    "password": "seven quiet lamps",
    "again": "seven quiet lamps",
}


def errors_beside(page: str) -> dict[str, str]:
    return dict(re.findall(r'id="(\w+)-error">(.*?)</p>', page))


def test_the_right_password_opens_the_house(hiring: Hiring, browser: Browser) -> None:
    desk = browser()

    reply = desk.post("/login", data={"email": EMAIL.upper(), "password": PASSWORD})

    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert re.fullmatch(r"carefit_staff=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", reply.headers["set-cookie"])
    assert desk.get(f"/staff/qr/{hiring.invite().application}.svg").status_code == 200


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "wrong"), ("nobody@anne.example", PASSWORD), ("", "")])
def test_a_wrong_password_and_an_unknown_e_mail_sound_the_same(
    hiring: Hiring, browser: Browser, email: str, password: str
) -> None:
    reply = browser().post("/login", data={"email": email, "password": password})

    assert reply.status_code == 401
    assert re.findall(r'role="alert">(.*?)<', reply.text) == ["E-mail or password is wrong."]
    assert "set-cookie" not in reply.headers


def test_too_many_tries_are_slowed_and_told_when_to_come_back(hiring: Hiring, browser: Browser) -> None:
    replies = [browser().post("/login", data={"email": EMAIL, "password": "wrong"}) for _ in range(6)]

    assert [reply.status_code for reply in replies] == [401] * 5 + [429]
    assert 1 <= int(replies[-1].headers["retry-after"]) <= 900


def test_a_new_sign_in_ends_the_session_that_was_there(hiring: Hiring, browser: Browser, desk: TestClient) -> None:
    desk.post("/login", data={"email": EMAIL, "password": PASSWORD})

    other = browser()
    other.cookies.set("carefit_staff", hiring.staff_cookie)
    assert other.get(f"/staff/qr/{hiring.invite().application}.svg").status_code == 401


def test_signing_out_ends_the_session_on_the_server(hiring: Hiring, browser: Browser, desk: TestClient) -> None:
    reply = desk.post("/logout")

    assert (reply.status_code, reply.headers["location"]) == (303, "/login")
    other = browser()
    other.cookies.set("carefit_staff", hiring.staff_cookie)
    assert other.get(f"/staff/qr/{hiring.invite().application}.svg").status_code == 401


def test_the_sign_in_page_helps_password_managers_and_names_no_demo(hiring: Hiring, browser: Browser) -> None:
    page = browser().get("/login").text

    assert re.findall(r'autocomplete="([\w-]+)"', page) == ["username", "current-password"]
    assert re.findall(r'<label for="(\w+)">', page) == ["email", "password"]
    assert "demo" not in page


def test_the_sign_in_page_of_a_demo_names_its_accounts(
    hiring: Hiring, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREFIT_DEMO", "1")

    page = browser().get("/login").text

    assert "This is a demo" in page
    assert page.count("@carefit.example") == 4


def test_what_was_typed_stays_text_on_the_sign_in_page(hiring: Hiring, browser: Browser) -> None:
    page = browser().post("/login", data={"email": '"><script>alert(1)</script>', "password": "x"}).text

    assert "<script>" not in page
    assert 'value="&#34;&gt;&lt;script&gt;' in page


@pytest.mark.parametrize("body", [b"\xff\xfe", b"email=" + b"x" * 10_000, b"&" * 1_000, b"{}", b"email[]=1&password"])
def test_a_form_that_is_none_is_a_wrong_password(hiring: Hiring, browser: Browser, body: bytes) -> None:
    assert browser().post("/login", content=body).status_code == 401


def test_a_form_without_end_is_too_long(hiring: Hiring, browser: Browser) -> None:
    assert browser().post("/login", content=b"email=" + b"x" * 70_000).status_code == 413


def test_an_empty_house_asks_to_be_set_up(empty_house: House, browser: Browser) -> None:
    assert browser().get("/login").headers["location"] == "/set-up"


def test_setting_up_makes_the_house_and_signs_in(empty_house: House, browser: Browser) -> None:
    reply = browser().post("/set-up", data=FILLED)

    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert "carefit_staff=" in reply.headers["set-cookie"]
    assert needs_set_up(empty_house) is False


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("organisation", "", "Please write the name of your organisation."),
        ("name", "  ", "Please write your name."),
        ("email", "no address", "This e-mail does not look right"),
        ("password", "short", "Please choose a password of 12 characters"),
        ("again", "something else", "The two passwords differ."),
        ("name", "x" * 10_000, "Please keep name to 200 characters."),
    ],
)
def test_an_error_stands_beside_its_field_and_what_was_typed_is_kept(
    empty_house: House, browser: Browser, field: str, value: str, said: str
) -> None:
    again = {"again": value} if field == "password" else {}

    page = browser().post("/set-up", data={**FILLED, field: value, **again})

    assert page.status_code == 422
    assert list(errors_beside(page.text)) == [field]
    assert errors_beside(page.text)[field].startswith(said)
    assert "seven quiet lamps" not in page.text
    assert page.text.count("autofocus") == 1
    assert needs_set_up(empty_house) is True


def test_a_house_is_set_up_once(hiring: Hiring, browser: Browser) -> None:
    assert browser().get("/set-up").headers["location"] == "/login"
    assert browser().post("/set-up", data=FILLED).status_code == 403


def test_the_papers_of_the_staff_need_a_session(hiring: Hiring, browser: Browser) -> None:
    application = hiring.invite().application

    paths = [f"/staff/{paper}" for paper in (f"qr/{application}.svg", f"letter/{application}.html")]

    assert [browser().get(path).status_code for path in paths] == [401, 401]


def test_a_letter_holds_the_link_as_words_and_as_a_code(hiring: Hiring, desk: TestClient) -> None:
    person = hiring.invite("Sofía <b>Marino</b>", language="es")

    page = desk.get(f"/staff/letter/{person.application}.html")

    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert '<html lang="es">' in page.text
    assert f"http://localhost:8501/i/{person.token}" in page.text
    assert page.text.count("<svg") == 1
    assert "Sofía &lt;b&gt;Marino&lt;/b&gt;" in page.text


@pytest.mark.parametrize("application", ["nope", "0" * 32, "x" * 5_000])
def test_papers_of_nobody_are_not_there(desk: TestClient, application: str) -> None:
    assert desk.get(f"/staff/letter/{application}.html").status_code == 404


def test_a_paper_form_is_printed_in_the_persons_language(hiring: Hiring, desk: TestClient, browser: Browser) -> None:
    path = f"/staff/paper/{hiring.invite('Ana <i>Paz</i>', language='es').application}.html"

    page = desk.get(path)

    assert (page.status_code, browser().get(path).status_code) == (200, 401)
    assert 'lang="es"' in page.text
    assert "<i>Paz" not in page.text


def test_the_way_to_a_number_is_a_table_to_recompute_it_from(hiring: Hiring, desk: TestClient) -> None:
    person = hiring.invite()
    answer_all(hiring.house, person.begin(now=hiring.now), now=hiring.now)
    submit(hiring.house, actor=person.come_in(now=hiring.now), now=hiring.now)

    table = desk.get(f"/staff/why/{person.application}.csv")

    assert table.status_code == 200
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.headers["content-disposition"] == 'attachment; filename="carefit-why.csv"'
    assert "voi_01" in table.text
