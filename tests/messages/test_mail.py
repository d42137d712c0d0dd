"""E-mails: one address, whole words, and headers that nobody can write into."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from assessment.messages.mail import AddressError, Outgoing, address_in, compose, envelope, is_made_up

OUTGOING = Outgoing(
    message_id="abc@carefit",
    to="amara@clinic.org",
    subject="Your next step",
    text="Hello Amara,\n\nnext step.\n.\nFrom here.",
    language="en",
    sender="jobs@anne.org",
    sender_name="St Anne's, House 1",
    reply_to="marta@anne.org",
    at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
)
ICS = "BEGIN:VCALENDAR\r\nSUMMARY:Gespräch\r\nEND:VCALENDAR\r\n"


def lines_of(mail: EmailMessage) -> str:
    return mail.get_content().replace("\r\n", "\n")


def test_headers_say_who_when_and_that_a_machine_wrote() -> None:
    mail = message_from_bytes(bytes(compose(OUTGOING)), policy=policy.default)

    assert dict(mail.items()) == {
        "Message-ID": "<abc@carefit>",
        "Date": "Tue, 24 Nov 2026 09:30:00 +0000",
        "From": '"St Anne\'s, House 1" <jobs@anne.org>',
        "To": "amara@clinic.org",
        "Reply-To": "marta@anne.org",
        "Subject": "Your next step",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en",
        "X-Carefit-Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }
    assert lines_of(mail) == "Hello Amara,\n\nnext step.\n.\nFrom here.\n"


def test_letters_of_every_kind_come_through() -> None:
    words = "Señora Łukasz 王芳 שלום — “so”" + " long" * 300
    mail = message_from_bytes(bytes(compose(replace(OUTGOING, subject=words[:90], text=words))), policy=policy.default)

    assert (mail["Subject"], lines_of(mail)) == (words[:90], words + "\n")


def test_a_calendar_entry_goes_as_an_invitation_and_as_a_file() -> None:
    outgoing = replace(OUTGOING, calendar=ICS, method="CANCEL")

    mail = message_from_bytes(bytes(compose(outgoing)), policy=policy.default)

    kinds = [
        (p.get_content_type(), p.get_param("method"), p.get_filename()) for p in mail.walk() if not p.is_multipart()
    ]
    assert kinds == [
        ("text/plain", None, None),
        ("text/calendar", "CANCEL", None),
        ("application/ics", None, "interview.ics"),
    ]
    calendar, attached = list(mail.walk())[-2:]
    assert (calendar.get_payload(decode=True), attached.get_content()) == (ICS.encode(), ICS.encode())
    assert mail["Content-Language"] == "en"


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028"])
def test_nobody_writes_a_header_through_a_name_or_a_subject(sign: str) -> None:
    evil = f"Ana{sign}Bcc: all@clinic.org{sign}{sign}Hello"
    outgoing = replace(
        OUTGOING, subject=evil, sender_name=evil, message_id=f"a{sign}Bcc: x@y.org", language=f"en{sign}X: y"
    )

    mail = message_from_bytes(bytes(compose(outgoing)), policy=policy.default)

    assert mail["Bcc"] is None
    assert mail["X"] is None
    assert mail["Subject"] == "Ana Bcc: all@clinic.org Hello"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b",
        "a b@c.org",
        "a@c.org\r\nBcc: x@y.org",
        "a@c.org, b@d.org",
        "<a@c.org>",
        "a@c.org\x00",
        "ü@c.org",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(AddressError):
        compose(replace(OUTGOING, to=address))


def test_a_domain_with_letters_of_its_own_is_encoded() -> None:
    assert envelope("ana@clínica.org") == "ana@xn--clnica-4va.org"


def test_the_address_in_what_people_typed_as_contact() -> None:
    assert address_in("marta.vidal@clinic.org, +49 30 0000 000") == "marta.vidal@clinic.org"
    assert address_in("Write to <marta@clinic.org>.") == "marta@clinic.org"
    assert address_in("+49 30 0000 000") is None


def test_made_up_addresses_are_known_by_their_end() -> None:
    assert [is_made_up(a) for a in ("a@x.example", "a@X.INVALID.", "a@x.test", "a@example.org", "a@x.org")] == [
        True,
        True,
        True,
        False,
        False,
    ]
