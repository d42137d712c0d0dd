"""Handing a mail to an SMTP server, and what the server made of it.

What matters is whether it may have been taken: a server that went silent after the last line may have delivered.
"""

import ssl
from contextlib import suppress
from dataclasses import dataclass
from email import policy
from email.generator import BytesGenerator
from email.message import EmailMessage
from io import BytesIO
from ipaddress import ip_address
from smtplib import SMTP, SMTP_SSL, SMTPException
from urllib.parse import parse_qs, unquote, urlsplit

from assessment.errors import AssessmentError

TIMEOUT = 10.0  # seconds for each line of the talk with the server
_END = b"\r\n.\r\n"


class NotTakenError(Exception):
    """The server did not take it; `for_good` when trying again is no use."""

    def __init__(self, words: str, *, for_good: bool) -> None:
        self.for_good = for_good
        super().__init__(words)


class NotReachedError(Exception):
    """No talk with the server came about, or it broke off before the end: it has not taken anything."""


class PerhapsTakenError(Exception):
    """The whole message was handed over and no answer came: it may have been delivered."""


@dataclass(frozen=True)
class Server:
    """Where mail is handed over, out of `smtp[s]://user:password@host:port/?starttls=1&timeout=10`."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = False
    timeout: float = TIMEOUT

    @property
    def is_loopback(self) -> bool:
        with suppress(ValueError):
            return ip_address(self.host).is_loopback
        return self.host == "localhost"


def server_at(url: str) -> Server:
    """Read SMTP_URL.

    Raises
    ------
    AssessmentError : says what form it needs, without the password
    """
    form = "SMTP_URL needs the form smtp://user:password@host:587/?starttls=1 or smtps://user:password@host:465"
    try:
        parts = urlsplit(url)
        asked = parse_qs(parts.query)
        port = parts.port or (465 if parts.scheme == "smtps" else 25)
        timeout = float(asked.get("timeout", [str(TIMEOUT)])[0])
    except ValueError:
        raise AssessmentError(form) from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or set(asked) - {"starttls", "timeout"}:
        raise AssessmentError(form)
    return Server(
        parts.hostname,
        port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        tls=parts.scheme == "smtps",
        starttls=asked.get("starttls", ["0"])[0] not in ("", "0"),
        timeout=timeout,
    )


class Mailer:
    """One connection for several mails; a server that refuses one of them keeps it open for the next."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._line: SMTP | None = None

    @property
    def is_loopback(self) -> bool:
        return self.server.is_loopback

    def send(self, mail: EmailMessage, *, sender: str, to: str) -> None:
        """Hand one mail over; returns once the server has taken it.

        Raises
        ------
        NotTakenError : refused, for now or for good
        NotReachedError : no talk with the server came about
        PerhapsTakenError : it broke off after the last line
        """
        line = self._connected()
        try:
            _expect(line.mail(sender), 250)
            _expect(line.rcpt(to), 250, 251)
            _expect(line.docmd("data"), 354)
            line.send(_as_lines(mail))
        except NotTakenError:
            self._begin_anew()
            raise
        except (SMTPException, OSError) as error:
            self._hang_up()
            raise NotReachedError(f"the mail server broke off: {_said(error)}") from error
        try:
            answer = line.getreply()
        except (SMTPException, OSError) as error:
            self._hang_up()
            raise PerhapsTakenError(f"the mail server did not answer at the end: {_said(error)}") from error
        try:
            _expect(answer, 250)
        except NotTakenError:
            self._begin_anew()
            raise

    def close(self) -> None:
        """Say goodbye."""
        if self._line is not None:
            with suppress(SMTPException, OSError):
                self._line.quit()
        self._hang_up()

    def _connected(self) -> SMTP:
        if self._line is not None:
            return self._line
        server, context = self.server, ssl.create_default_context()
        try:
            if server.tls:
                self._line = SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
            else:
                self._line = SMTP(server.host, server.port, timeout=server.timeout)
            if server.starttls:
                self._line.starttls(context=context)
            self._line.ehlo_or_helo_if_needed()
            if server.user:
                self._line.login(server.user, server.password)
        except (SMTPException, OSError) as error:
            self._hang_up()
            raise NotReachedError(f"the mail server was not reached: {_said(error)}") from error
        return self._line

    def _begin_anew(self) -> None:
        """Forget what was said of one mail, so that the next finds a clean start; hang up where that fails."""
        try:
            if self._line is not None and self._line.rset()[0] != 250:
                self._hang_up()
        except (SMTPException, OSError):
            self._hang_up()

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def _as_lines(mail: EmailMessage) -> bytes:
    out = BytesIO()
    BytesGenerator(out, policy=policy.SMTP).flatten(mail)
    lines = out.getvalue().removesuffix(b"\r\n")
    stuffed = lines.replace(b"\r\n.", b"\r\n..")
    return (b"." if stuffed.startswith(b".") else b"") + stuffed + _END


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    if answer[0] not in codes:
        raise _refused(*answer)


def _refused(code: int, words: bytes | str) -> NotTakenError:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return NotTakenError(f"the mail server said {code} {' '.join(said.split())}"[:300], for_good=500 <= code < 600)


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
