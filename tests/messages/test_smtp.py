"""Handing mails to real servers: one that takes, refuses, stalls, breaks off, is not there."""

import socket
from datetime import UTC, datetime

import pytest

from assessment.errors import AssessmentError
from assessment.messages.mail import Outgoing, compose
from assessment.messages.smtp import Mailer, NotReachedError, NotTakenError, PerhapsTakenError, Server, server_at
from tests.mail_server import MailServer, running


def send(mailer: Mailer, *, text: str = "Hello", to: str = "amara@clinic.org") -> None:
    at = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    mail = compose(Outgoing("abc@carefit", to, "Hi", text, "en", "jobs@anne.org", "Anne", None, at))
    mailer.send(mail, sender="jobs@anne.org", to=to)


def test_several_mails_go_over_one_line_and_dots_stay() -> None:
    text = ".\n..two\nFrom me\n.last"
    with running(MailServer()) as there:
        mailer = there.mailer()
        for _ in range(3):
            send(mailer, text=text)
        mailer.close()

    assert [mail.get_content().replace("\r\n", "\n") for mail in there.taken] == [text + "\n"] * 3


@pytest.mark.parametrize(("answer", "for_good"), [("451 later please", False), ("550 no such person", True)])
def test_a_refusal_of_the_address_says_whether_it_is_for_good(answer: str, for_good: bool) -> None:
    with running(MailServer(rcpt=lambda address: answer if "amara" in address else "250 OK")) as there:
        mailer = there.mailer()
        with pytest.raises(NotTakenError, match=answer) as refused:
            send(mailer)
        send(mailer, to="bo@clinic.org")
        mailer.close()

    assert refused.value.for_good == for_good
    assert [mail["To"] for mail in there.taken] == ["bo@clinic.org"]


@pytest.mark.parametrize(("answer", "for_good"), [("452 full", False), ("554 looks like spam", True)])
def test_a_refusal_after_the_last_line_was_not_taken(answer: str, for_good: bool) -> None:
    with running(MailServer(data=lambda mail: answer)) as there:
        mailer = there.mailer()
        with pytest.raises(NotTakenError, match=answer) as refused:
            send(mailer)
        mailer.close()

    assert (refused.value.for_good, there.taken) == (for_good, [])


def test_a_server_that_falls_silent_after_the_last_line_may_have_taken_it() -> None:
    with running(MailServer(silent=True)) as there, pytest.raises(PerhapsTakenError):
        send(there.mailer())

    assert len(there.taken) == 1


def test_a_server_that_never_says_a_word_is_not_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NotReachedError, match="not reached"):
        send(Mailer(Server("127.0.0.1", silent.getsockname()[1], timeout=0.2)))


def test_a_server_that_is_not_there_is_not_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]

    with pytest.raises(NotReachedError):
        send(Mailer(Server("127.0.0.1", port, timeout=0.2)))


def test_a_password_that_is_not_taken_is_trouble_of_the_server_and_not_of_the_message() -> None:
    with running(MailServer()) as there, pytest.raises(NotReachedError):
        send(Mailer(Server("127.0.0.1", there.port, user="carefit", password="wrong", timeout=0.5)))


def test_the_setting_is_read() -> None:
    assert server_at("smtp://me%40x.org:p%2Fw@mail.x.org:587/?starttls=1&timeout=5") == Server(
        "mail.x.org", 587, "me@x.org", "p/w", starttls=True, timeout=5
    )
    assert server_at("smtps://mail.x.org") == Server("mail.x.org", 465, tls=True)
    assert [server_at(f"smtp://{h}").is_loopback for h in ("localhost", "127.0.0.1", "[::1]", "mail.x.org")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "url", ["mail.x.org", "http://x.org", "smtp://", "smtp://x:port", "smtp://u:secret@x.org/?tls=1"]
)
def test_a_setting_that_is_no_address_says_what_it_needs_without_the_password(url: str) -> None:
    with pytest.raises(AssessmentError, match="SMTP_URL needs the form") as said:
        server_at(url)

    assert "secret" not in str(said.value)
