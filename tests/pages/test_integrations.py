"""Other systems on the settings page, and an opening to take along."""

from streamlit.testing.v1 import AppTest

from assessment.services.api_tokens import api_tokens, token_actor
from assessment.services.webhook_sending import send_due
from assessment.services.webhooks import deliveries, webhooks
from tests.hiring import Hiring
from tests.listener import listening
from tests.pages.test_staff import Open, open_page, trouble, words_of

__all__ = ["open_page"]


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def write(page: AppTest, label: str, text: str) -> None:
    next(field for field in page.text_input if field.label == label).set_value(text)


def tick(page: AppTest, label: str) -> None:
    next(box for box in page.checkbox if box.label == label).set_value(True)


def test_a_token_is_made_shown_once_and_revoked(hiring: Hiring, open_page: Open) -> None:
    page = open_page("settings")
    write(page, "Which system is it for?", "<b>ATS</b>")
    tick(page, "It may also order assessments, not only read")
    press(page, "Make it")
    shown = [code.value for code in page.code]

    page.run()
    afterwards, words = [code.value for code in page.code], words_of(page)
    tick(page, "It opens nothing from now on, for good")
    press(page, "Revoke it")

    assert (len(shown), afterwards) == (1, [])
    assert "&lt;b&gt;ATS&lt;/b&gt;" in words
    assert "reads and orders" in words
    assert token_actor(hiring.house, shown[0], now=hiring.now) is None
    assert api_tokens(hiring.house, actor=hiring.staff)[0].revoked_at is not None


def test_a_token_without_a_name_is_said_kindly(hiring: Hiring, open_page: Open) -> None:
    page = press(open_page("settings"), "Make it")

    assert trouble(page) == ["Please say which system the token is for."]
    assert api_tokens(hiring.house, actor=hiring.staff) == ()


def test_an_address_is_added_tested_and_switched_off(hiring: Hiring, open_page: Open) -> None:
    with listening() as listener:
        page = open_page("settings")
        write(page, "Address", listener.url)
        press(page, "Add it")
        secret = [code.value for code in page.code]
        press(page, "Send a test")
        send_due(hiring.house, clock=lambda: deliveries(hiring.house, actor=hiring.staff)[0].created_at)
        words = words_of(page.run())
        press(page, "Send again")
        waiting = [d.status for d in deliveries(hiring.house, actor=hiring.staff)]
        press(page, "Switch it off")

    assert (len(secret), secret[0][:6]) == (1, "whsec_")
    assert [h.headers["Carefit-Event"] for h in listener.heard] == ["test"]
    assert "200 OK" in words
    assert (waiting, webhooks(hiring.house, actor=hiring.staff)) == (["waiting"], ())


def test_an_address_inside_is_refused_in_words(hiring: Hiring, open_page: Open) -> None:
    page = open_page("settings")
    write(page, "Address", "https://10.0.0.1/")

    press(page, "Add it")

    assert trouble(page) == ["The address lies inside a network of one's own, and messages go to the outside only."]


def test_an_hr_manager_sees_neither_tokens_nor_addresses(hiring: Hiring, open_page: Open) -> None:
    with hiring.house.database.write() as connection:
        connection.exec_driver_sql("update accounts set role = 'hr_manager'")

    page = open_page("settings")

    assert trouble(page) == []
    assert "Access for other systems" not in words_of(page)


def test_an_opening_is_taken_along_with_names_only_when_wanted(hiring: Hiring, open_page: Open) -> None:
    page = open_page("opening", vacancy=hiring.vacancy)
    without = words_of(page)

    tick(page, "With names and mail addresses")
    named = words_of(page.run())

    assert f'href="/staff/export/{hiring.vacancy}.zip"' in without
    assert f'href="/staff/export/{hiring.vacancy}.json?names=1"' in named
