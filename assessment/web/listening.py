"""The sockets on which the app can be reached: who may reach it, and how fast it answers."""

import gc
import os
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from assessment.errors import NotAllowedError
from assessment.services.house import Settings

TOLD = "CAREFIT_BEYOND_LOOPBACK"
_EVERY = ("0.0.0.0", "::")  # noqa: S104 - looked for, not bound to


def listening() -> tuple[socket.socket, ...]:
    """The TCP sockets of this process that wait for callers."""
    return tuple(thing for thing in gc.get_objects() if type(thing) is socket.socket and _listens(thing))


def refuse_open_door(sockets: Iterable[socket.socket], settings: Settings) -> None:
    """Beyond this machine only when told: demo accounts are known to all, and plain http can be overheard.

    Raises
    ------
    NotAllowedError : says what to set
    """
    open_to = [address for s in sockets if not _is_loopback(address := s.getsockname()[0])]
    if not open_to or os.environ.get(TOLD, "") not in ("", "0"):
        return
    where = "every address of this machine" if open_to[0] in _EVERY else open_to[0]
    if settings.demo:
        raise NotAllowedError(
            f"demo mode would answer on {where}, and everybody knows its passwords; "
            f"use --server.address 127.0.0.1, or set {TOLD}=1 if that is what you want"
        )
    if urlsplit(settings.base_url).scheme != "https":
        raise NotAllowedError(
            f"the app would answer on {where} over plain http; set CAREFIT_BASE_URL to its https:// address, "
            f"use --server.address 127.0.0.1, or set {TOLD}=1 if others cannot listen in"
        )


def say_where(sockets: Iterable[socket.socket]) -> None:
    """Where nobody said under which address people reach us, it is this machine and the port that was opened."""
    for listener in sockets:
        if not os.environ.get("CAREFIT_BASE_URL"):
            os.environ["CAREFIT_BASE_URL"] = f"http://localhost:{listener.getsockname()[1]}"


def send_at_once(sockets: Iterable[socket.socket]) -> None:
    """Turn Nagle's algorithm off on sockets that listen, and so on those they accept.

    asyncio does this only for sockets made with an explicit protocol number, which Streamlit's
    is not. uvicorn sends the head and the body of a reply one after the other, so without this
    the body waits 40 ms for the other side's delayed acknowledgement of the head.
    """
    for listener in sockets:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _listens(thing: socket.socket) -> bool:
    return (
        thing.fileno() >= 0
        and thing.type == socket.SOCK_STREAM
        and thing.family in (socket.AF_INET, socket.AF_INET6)
        and bool(thing.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    )


def _is_loopback(address: str) -> bool:
    return address == "::1" or address.startswith("127.")
