"""A message as an e-mail: plain text, one address, headers that nobody can write into."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_ADDRESS = re.compile(r"[^\s<>(),;:\"@\[\]\\]+@[^\s<>(),;:\"@\[\]\\]+\.[^\s<>(),;:\"@\[\]\\]+")
NEVER_DELIVERED = (".example", ".invalid", ".test", ".localhost")  # RFC 2606: kept for made-up people


class AddressError(ValueError):
    """No mail server would take this address."""


@dataclass(frozen=True)
class Outgoing:
    """What is sent to whom; `message_id` is the same however often it is tried."""

    message_id: str
    to: str
    subject: str
    text: str
    language: str
    sender: str
    sender_name: str
    reply_to: str | None
    at: datetime
    calendar: str | None = None
    method: str | None = None


def compose(outgoing: Outgoing) -> EmailMessage:
    """The e-mail: UTF-8 text and, where there is one, the calendar entry both as invitation and as a file.

    Raises
    ------
    AddressError : an address is not one
    """
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = f"<{_one_line(outgoing.message_id)}>"
    mail["Date"] = format_datetime(outgoing.at)
    mail["From"] = _address(outgoing.sender, outgoing.sender_name)
    mail["To"] = _address(outgoing.to)
    if outgoing.reply_to:
        mail["Reply-To"] = _address(outgoing.reply_to)
    mail["Subject"] = _one_line(outgoing.subject)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Carefit-Language"] = _one_line(outgoing.language)
    mail.set_content(f"{outgoing.text}\n", charset="utf-8", cte="quoted-printable")
    if outgoing.calendar:
        method = _one_line(outgoing.method or "REQUEST")
        mail.add_alternative(
            outgoing.calendar, subtype="calendar", charset="utf-8", cte="base64", params={"method": method}
        )
        mail.add_attachment(
            outgoing.calendar.encode(), maintype="application", subtype="ics", filename="interview.ics", cte="base64"
        )
    mail["Content-Language"] = _one_line(outgoing.language)  # last: a new part would take it along
    return mail


def address_in(text: str) -> str | None:
    """The first e-mail address in words like "Marta Vidal, marta@clinic.org, +49 30 1"; None where there is none."""
    found = _ADDRESS.search(text)
    return found[0].rstrip(".") if found else None


def is_made_up(address: str) -> bool:
    """Whether an address belongs to nobody by definition, so that nothing is ever sent there."""
    return address.rpartition("@")[2].rstrip(".").casefold().endswith(NEVER_DELIVERED)


def envelope(address: str) -> str:
    """An address as mail servers take it: letters beyond ASCII only in the domain, and there encoded.

    Raises
    ------
    AddressError : it is none
    """
    local, _, domain = address.rpartition("@")
    if not _ADDRESS.fullmatch(address) or not address.isprintable() or not local.isascii():
        raise AddressError(address)
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise AddressError(address) from error


def _address(address: str, name: str = "") -> Address:
    try:
        return Address(_one_line(name), addr_spec=envelope(address))
    except (ValueError, IndexError) as error:
        raise AddressError(address) from error


def _one_line(text: str) -> str:
    """Text for a header: line ends and other control characters become a space."""
    return " ".join(_CONTROL.sub(" ", text).split())
