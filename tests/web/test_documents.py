"""Documents in a browser: under a random name, for who is signed in and asked for it."""

from datetime import UTC, datetime, timedelta

from starlette.testclient import TestClient

from assessment.services.answers import submit
from assessment.services.documents_named import XLSX, name_document
from tests.hiring import Hiring, answer_all
from tests.services.test_documents_named import finish
from tests.web.conftest import Browser


def named(hiring: Hiring, kind: str, subject: str, *, now: datetime | None = None) -> str:
    return f"/staff/documents/{name_document(hiring.house, kind, subject, actor=hiring.staff, now=now or hiring.now)}"


def test_a_report_opens_in_the_browser_and_is_kept_by_nobody_on_the_way(hiring: Hiring, desk: TestClient) -> None:
    person = finish(hiring, "王小明")

    answer = desk.get(named(hiring, "report_one_page", person.application))

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    name = f"carefit-report-{person.application[:8]}.pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="{name}"'
    assert answer.headers["cache-control"] == "no-store"


def test_a_workbook_is_saved(hiring: Hiring, desk: TestClient) -> None:
    answer = desk.get(named(hiring, "vacancy_workbook", hiring.vacancy))

    assert answer.headers["content-type"] == XLSX
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.content.startswith(b"PK")


def test_nobody_who_is_not_signed_in_gets_a_document(hiring: Hiring, browser: Browser, phone: TestClient) -> None:
    address = named(hiring, "vacancy_summary", hiring.vacancy)

    assert browser().get(address).status_code == 401
    assert phone.get(address).status_code == 401


def test_a_guessed_name_is_not_here(desk: TestClient) -> None:
    answer = desk.get("/staff/documents/guessed")

    assert (answer.status_code, "This is not here" in answer.text) == (404, True)


def test_after_an_hour_the_page_says_to_make_it_again(hiring: Hiring, desk: TestClient) -> None:
    address = named(hiring, "vacancy_summary", hiring.vacancy, now=datetime.now(UTC) - timedelta(hours=2))

    answer = desk.get(address)

    assert (answer.status_code, "make it again" in answer.text) == (403, True)


def test_signing_out_ends_it(hiring: Hiring, desk: TestClient) -> None:
    address = named(hiring, "vacancy_summary", hiring.vacancy)

    desk.post("/logout")

    assert desk.get(address).status_code == 401


def test_a_candidate_keeps_the_own_result_as_pdf_and_only_after_handing_in(hiring: Hiring, browser: Browser) -> None:
    person, client = hiring.invite("Ana"), browser()
    client.post(f"/i/{person.token}")
    actor = person.begin(now=hiring.now)
    before = client.get("/my/result.pdf")
    answer_all(hiring.house, actor, now=hiring.now)
    submit(hiring.house, actor=actor, now=hiring.now)

    answer = client.get("/my/result.pdf")

    assert before.status_code == 403
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert answer.headers["content-disposition"] == 'attachment; filename="carefit-result.pdf"'
    assert browser().get("/my/result.pdf").status_code == 401
