"""One signed message to an address that somebody typed: only to where it may go, no further, and not for long.

The name is resolved here, every address it stands for is looked at, and the connection goes
to one of those, so that a name cannot lead to one place when it is checked and to another when it is called.
"""

import hashlib
import hmac
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from assessment.errors import SheetError

TIMEOUT = 10.0  # seconds for everything: connecting, sending, the first lines of the answer
LONGEST_URL = 500
_AGENT = "Carefit"


@dataclass(frozen=True)
class Answer:
    """What came of it: the status, where there was one, and a few words for the log; `reached`: somebody answered."""

    status: int | None
    words: str

    @property
    def reached(self) -> bool:
        return self.status is not None

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def signature(secret: str, at: int, body: str) -> str:
    """`t=<unix time>,v1=<HMAC-SHA256 of "t.body" under the secret, in hex>`."""
    digest = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def checked_url(url: str, *, loopback: bool) -> str:
    """An address that may be listened at, trimmed: https anywhere outside, http only on this machine.

    Raises
    ------
    SheetError : says what is wrong with it
    """
    url = url.strip()
    if len(url) > LONGEST_URL:
        raise SheetError(f"Please keep the address to {LONGEST_URL} characters.")
    if not url.isascii() or any(c.isspace() or not c.isprintable() for c in url):
        raise SheetError("An address has no blanks and only plain letters; write a name like müller as xn--mller-kva.")
    parts = _parts(url)
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise SheetError("Please write the address without name, password or #.")
    here = _is_loopback(parts.hostname or "")
    if parts.scheme != "https" and not (parts.scheme == "http" and here and loopback):
        raise SheetError("The address has to begin with https://.")
    if here and not loopback:
        raise SheetError(_NOT_THERE)
    with suppress(ValueError):
        if not _may_go(ip_address(parts.hostname or ""), loopback=loopback):
            raise SheetError(_NOT_THERE)
    return url


def post(url: str, body: str, headers: Mapping[str, str], *, loopback: bool, timeout: float = TIMEOUT) -> Answer:
    """Send it once, follow nothing, and say what came back; never raises for what the other side does."""
    until = time.monotonic() + timeout
    cut = threading.Event()
    try:
        parts = _parts(checked_url(url, loopback=loopback))
        connection = _connected(parts, loopback=loopback, until=until)
        watch = threading.Timer(max(until - time.monotonic(), 0.01), _cut, (connection.sock, cut))
        watch.daemon = True
        watch.start()
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            sent = {"Content-Type": "application/json", "User-Agent": _AGENT, "Connection": "close", **headers}
            connection.request("POST", target, body.encode(), sent)
            status = connection.getresponse().status
        finally:
            watch.cancel()
            connection.close()
    except SheetError as error:
        return Answer(None, str(error))
    except ssl.SSLCertVerificationError:
        return Answer(None, "its certificate is not valid")
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = cut.is_set() or isinstance(error, TimeoutError)
        return Answer(None, f"no answer within {timeout:g} seconds" if late else _unreached(error))
    return Answer(status, f"{status} {http.client.responses.get(status, '')}".strip())


_NOT_THERE = "The address lies inside a network of one's own, and messages go to the outside only."


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SheetError("This does not look like an address; it needs the form https://name.org/path.") from None
    if not parts.hostname or port == 0:
        raise SheetError("This does not look like an address; it needs the form https://name.org/path.")
    return parts


def _connected(parts: SplitResult, *, loopback: bool, until: float) -> http.client.HTTPConnection:
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(_may_go(ip_address(a.partition("%")[0]), loopback=loopback) for a in addresses):
        raise SheetError(_NOT_THERE)
    plain = _first_that_answers(addresses, port, until=until)
    connection = http.client.HTTPConnection(host, port)
    connection.auto_open = 0  # never to an address that was not looked at
    try:
        if parts.scheme == "https":
            connection.default_port = 443
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        else:
            connection.sock = plain
    except BaseException:
        plain.close()
        raise
    return connection


def _first_that_answers(addresses: list[str], port: int, *, until: float) -> socket.socket:
    problem: OSError = TimeoutError()
    for address in addresses:
        left = until - time.monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection((address, port), timeout=left)
        except OSError as error:
            problem = error
    raise problem


def _may_go(address: IPv4Address | IPv6Address, *, loopback: bool) -> bool:
    """Only to the open internet; to this machine itself where the app is reached there too."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return _may_go(inner, loopback=loopback)
    if address.is_loopback:
        return loopback
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def _cut(connection: socket.socket, cut: threading.Event) -> None:
    cut.set()
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _unreached(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "there is no such address"
    if isinstance(error, ConnectionRefusedError):
        return "nobody listens there"
    return f"it broke off: {type(error).__name__}"
