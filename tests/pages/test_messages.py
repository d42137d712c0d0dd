"""The page "Messages": what was sent, worked by hand, and the words it is written in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from assessment.services.message_templates import edit_template, message_template, template_versions
from assessment.services.outbox import message, outbox
from assessment.services.telling import tell_candidate
from assessment.storage.schema import outbox as table
from tests.hiring import NOW, Hiring
from tests.pages.test_staff import trouble, words_of

MAIN = Path(__file__).parents[2] / "assessment/pages/main.py"
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_staff": hiring.staff_cookie})

    def open_(file: str = "messages", **query: str) -> AppTest:
        page = AppTest.from_file(str(MAIN), default_timeout=20).run()
        page.switch_page(f"hr/{file}.py")
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return open_


def press(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def test_with_nothing_there_it_says_what_will_be(open_page: Open) -> None:
    page = open_page()

    assert "Here will stand what was written to people" in words_of(page)
    assert trouble(page) == []


def test_messages_are_listed_filtered_and_escaped(hiring: Hiring, open_page: Open) -> None:
    hiring.invite("Ana <b>Ruiz</b>", "ana@clinic.org")
    hiring.invite("Bo Chen", "bo@clinic.org", "es")
    page = open_page()
    everything = words_of(page)

    page.text_input(key="person").set_value("chen").run()

    assert "Ana &lt;b&gt;Ruiz&lt;/b&gt;" in everything
    assert "To send by hand" in everything
    assert "2 messages to send by hand" in everything
    assert ("Bo Chen" in words_of(page), "Ana" in words_of(page)) == (True, False)
    page.text_input(key="person").set_value("")
    page.selectbox(key="status").set_value("failed").run()
    assert "Here will stand" in words_of(page)


def test_the_state_comes_from_the_address_too(hiring: Hiring, open_page: Open) -> None:
    hiring.invite("Ana", "ana@clinic.org")

    assert "Here will stand" in words_of(open_page(status="sent"))
    assert "Your next step" in words_of(open_page(status="queued"))


def test_a_message_is_copied_and_marked_as_sent(hiring: Hiring, open_page: Open) -> None:
    hiring.invite("Ana")
    (one,) = outbox(hiring.house, actor=hiring.staff, now=NOW)
    page = open_page(id=one.id)
    text = message(hiring.house, one.id, actor=hiring.staff).text

    copied = [code.value for code in page.code]
    press(page, "Mark as sent")

    assert text in copied
    assert "It was sent by hand" in words_of(page)
    assert [o.status for o in outbox(hiring.house, actor=hiring.staff, now=NOW)] == ["sent"]


def test_what_failed_says_why_and_is_sent_again(hiring: Hiring, open_page: Open) -> None:
    hiring.invite("Ana", "ana@clinic.org")
    with hiring.house.database.write() as connection:
        connection.execute(update(table).values(status="failed", tries=8, maybe_twice=True, error="said 550 <nobody>"))
    (one,) = outbox(hiring.house, actor=hiring.staff, now=NOW)
    page = open_page(id=one.id)
    before = words_of(page)

    press(page, "Try to send again")

    assert "Tried 8 times. said 550 &lt;nobody&gt;" in before
    assert "Perhaps twice" in before
    assert "It waits to go from" in words_of(page)


def test_a_draft_is_changed_and_sent(hiring: Hiring, open_page: Open) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    with hiring.house.database.write() as connection:
        id_ = tell_candidate(
            connection,
            hiring.house,
            person.application,
            "after_interview",
            key="x",
            draft=True,
            actor=hiring.staff,
            now=NOW,
        )
    page = open_page(id=id_)

    page.text_area[0].set_value("Thank you, Ana.")
    press(page, "Send")

    read = message(hiring.house, id_, actor=hiring.staff)
    assert (read.status, read.text) == ("queued", "Thank you, Ana.")


def test_an_unknown_message_is_said_kindly(open_page: Open) -> None:
    assert trouble(open_page(id="<b>none</b>")) == ["no message '<b>none</b>'"]


def test_words_are_edited_beside_how_they_read(hiring: Hiring, open_page: Open) -> None:
    page = open_page(view="templates")
    before = words_of(page)
    text = next(i for i in page.text_area if i.label == "Text")

    text.set_value(text.value.replace("Thank you for your interest", "We are glad of your interest")).run()
    live = words_of(page)
    next(i for i in page.text_input if i.label == "Why do you change it?").set_value("Warmer").run()
    press(page, "Save as a new version")

    assert "Hello Amara Okafor," in before
    assert "Reading grade" in before
    assert "We are glad of your interest in the job of front desk officer" in live
    (version,) = template_versions(hiring.house, "invitation", "en", actor=hiring.staff)
    assert version.reason == "Warmer"
    assert "Warmer" in words_of(page)
    assert trouble(page) == []


def test_what_is_missing_is_shown_and_not_saved(hiring: Hiring, open_page: Open) -> None:
    page = open_page(view="templates")
    text = next(i for i in page.text_area if i.label == "Text")

    text.set_value("Hello {{ candidate_name }}, {{ salary }}").run()
    live = words_of(page)
    next(i for i in page.text_input if i.label == "Why do you change it?").set_value("Short").run()
    press(page, "Save as a new version")

    assert "{{ link }} has to stay" in live
    assert "no placeholder" in live
    assert "Please put this right first" in " ".join(trouble(page))
    assert template_versions(hiring.house, "invitation", "en", actor=hiring.staff) == ()


def test_spanish_words_show_what_a_text_message_costs_and_go_back(hiring: Hiring, open_page: Open) -> None:
    used = message_template(hiring.house, "onboarding_welcome", "es", actor=hiring.staff)
    edit_template(
        hiring.house,
        "onboarding_welcome",
        "es",
        subject="Le damos la bienvenida, sí",
        text=used.text,
        sms=used.sms or "",
        reason="Tono",
        actor=hiring.staff,
        now=NOW,
    )
    page = open_page(view="templates")

    page.selectbox(key="language").set_value("es").run()
    page.selectbox(key="template-es").set_value("onboarding_welcome").run()
    seen = words_of(page)
    next(i for i in page.text_input if i.label == "Why back?").set_value("Mejor la otra").run()
    press(page, "Use the words that ship again")

    assert "í á are outside the alphabet of text messages" in seen
    assert "Le damos la bienvenida, sí" in seen
    assert message_template(hiring.house, "onboarding_welcome", "es", actor=hiring.staff) == used
    assert "back to the words that ship" in words_of(page)


def test_people_are_invited_without_sending(hiring: Hiring, open_page: Open) -> None:
    page = open_page("invite", vacancy=hiring.vacancy)

    page.text_area(key=f"pasted-{hiring.vacancy}-0").set_value("Ana, ana@x.org").run()
    next(c for c in page.checkbox if c.label == "Send them the invitation").uncheck().run()
    press(page, "Invite 1 person")

    assert outbox(hiring.house, actor=hiring.staff, now=NOW) == ()
    assert "One personal link is ready" in words_of(page)
