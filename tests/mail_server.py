"""Real mail servers for tests: one that takes, refuses, stalls or breaks off, as told."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from assessment.messages.smtp import Mailer, Server

TIMEOUT = 0.5  # seconds that our side waits


@dataclass
class MailServer:
    """Keeps what it took; `rcpt` and `data` are what it answers, `silent` when it says nothing at the end."""

    taken: list[EmailMessage] = field(default_factory=list)
    rcpt: Callable[[str], str] = lambda address: "250 OK"
    data: Callable[[EmailMessage], str] = lambda mail: "250 taken"
    silent: bool = False
    delay: float = 0.0
    port: int = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.rcpt(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mail = cast(EmailMessage, message_from_bytes(cast(bytes, envelope.content), policy=policy.default))
        answer = self.data(mail)
        if answer.startswith("250"):
            self.taken.append(mail)
        await asyncio.sleep(self.delay)
        if self.silent:
            await asyncio.sleep(3 * TIMEOUT)
        return answer

    @property
    def server(self) -> Server:
        return Server("127.0.0.1", self.port, timeout=TIMEOUT)

    def mailer(self) -> Mailer:
        return Mailer(self.server)

    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.taken]


@contextmanager
def running(server: MailServer) -> Iterator[MailServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server.port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def until(true: Callable[[], bool], *, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError("it did not come about in time")
        time.sleep(0.01)
