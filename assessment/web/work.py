"""Requests are answered off the event loop, by a bounded number of threads."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from assessment.services.house import House, the_house

MOST_BYTES = 64 * 1024
MOST_FIELDS = 50
_log = logging.getLogger("carefit.web")
_threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="carefit-web")
_slow_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="carefit-password")  # 46 MiB for each password


class TooLargeError(Exception):
    """The body is longer than any honest one."""


@dataclass(frozen=True)
class Asked:
    """One request with its body, the house and the moment, ready for a thread."""

    request: Request
    body: bytes
    house: House
    now: datetime
    path: dict[str, str] = field(default_factory=dict)

    def form(self) -> dict[str, str]:
        """Fields of a form as browsers send them; of a field that stands twice, the last."""
        try:
            pairs = parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            return {}
        return {key: "".join(c for c in value if c.isprintable()) for key, value in pairs}

    @property
    def address(self) -> str:
        return self.request.client.host if self.request.client else ""


Answering = Callable[[Asked], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def in_thread(answer: Answering, *, on_error: Callable[[Asked, Exception], Response], slow: bool = False) -> Endpoint:
    """An endpoint that reads the body within its limit and lets a thread do the rest."""
    threads = _slow_threads if slow else _threads

    def work(request: Request, body: bytes | None) -> Response:
        asked = Asked(request, body or b"", the_house(), datetime.now(UTC), dict(request.path_params))
        try:
            if body is None:
                raise TooLargeError
            return answer(asked)
        except Exception as error:
            return on_error(asked, error)

    async def endpoint(request: Request) -> Response:
        body = await _read(request) if request.method == "POST" else b""
        return await asyncio.get_running_loop().run_in_executor(threads, work, request, body)

    return endpoint


def note_bug(error: Exception) -> str:
    """Write a bug with its trace to the log and return the id that stands on the screen."""
    id_ = secrets.token_hex(4)
    _log.error("error %s", id_, exc_info=error)
    return id_


async def _read(request: Request) -> bytes | None:
    """The whole body, or None when it is too long."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > MOST_BYTES:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)
