"""A mail server of the house: takes every message and keeps it to be read."""

import re
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller

from tests.e2e.server import free_port


@dataclass
class Mailbox:
    port: int = field(default_factory=free_port)
    messages: list[EmailMessage] = field(default_factory=list)
    controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.messages.append(cast(EmailMessage, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"

    def open(self) -> "Mailbox":
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        return self

    def close(self) -> None:
        if self.controller is not None:
            self.controller.stop()

    def to(self, address: str, subject: str = "") -> list[EmailMessage]:
        """What came for an address, oldest first; `subject` is a part of it."""
        return [m for m in self.messages if address in str(m["To"]) and subject in str(m["Subject"])]

    def wait_for(self, address: str, subject: str, *, seconds: float = 40) -> EmailMessage:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := self.to(address, subject):
                return found[-1]
            time.sleep(0.2)
        there = [(str(m["To"]), str(m["Subject"])) for m in self.messages]
        raise AssertionError(f"no mail to {address} about {subject!r}; there are {there}")


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return body.get_content() if body is not None else ""


def link_in(message: EmailMessage) -> str:
    """The personal link that a message carries."""
    found = re.search(r"https?://\S+/i/[A-Za-z0-9_-]+", text_of(message))
    assert found is not None, text_of(message)
    return found[0]


def calendar_of(message: EmailMessage) -> str:
    """The invitation in a message; empty when there is none."""
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            return str(part.get_content())
    return ""
