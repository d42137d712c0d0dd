"""What happens when the app starts and stops."""

import gc
import importlib
import logging
import os
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from assessment.errors import NotAllowedError
from assessment.services.demo import demo
from assessment.services.house import House, Settings, the_house
from assessment.web.headers import LOOPBACK

STAFF_ONLY = ("sklearn.linear_model", "plotly.graph_objects")  # no candidate's page needs them
COLLECT_EVERY = 60.0  # seconds
TOLD = "CAREFIT_BEYOND_LOOPBACK"
_log = logging.getLogger("carefit")


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Open the house, load what is heavy once and put it aside from garbage collection, collect on a timer.

    Streamlit would collect everything after each click, which costs more than the click.
    """
    house = the_house()
    if house.demo:
        demo(house, now=datetime.now(UTC))
    preload()
    send_at_once()
    gc.collect()
    gc.freeze()
    stop = threading.Event()
    threading.Thread(target=_collect, args=(stop,), name="carefit-gc", daemon=True).start()
    _say_open(house)
    yield
    stop.set()


def preload() -> None:
    """Import at start what the first click of the staff would wait for."""
    importlib.import_module("pandas")
    if os.environ.get("CAREFIT_CANDIDATE_ONLY", "") in ("", "0"):
        for name in STAFF_ONLY:
            importlib.import_module(name)


def send_at_once() -> int:
    """Turn Nagle's algorithm off on the sockets that listen, and so on those they accept; returns how many.

    asyncio does this only for sockets made with an explicit protocol number, which Streamlit's
    is not. uvicorn sends the head and the body of a reply one after the other, so without this
    the body waits 40 ms for the other side's delayed acknowledgement of the head.
    """
    found = 0
    for thing in gc.get_objects():
        if type(thing) is not socket.socket or thing.fileno() < 0 or thing.type != socket.SOCK_STREAM:
            continue
        if thing.family in (socket.AF_INET, socket.AF_INET6) and thing.getsockopt(
            socket.SOL_SOCKET, socket.SO_ACCEPTCONN
        ):
            thing.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            found += 1
    return found


def refuse_open_door(address: str | None, settings: Settings) -> None:
    """Beyond this machine only when told: demo accounts are known to all, and plain http can be overheard.

    Raises
    ------
    NotAllowedError : says what to set
    """
    if address in LOOPBACK or os.environ.get(TOLD, "") not in ("", "0"):
        return
    where = address or "every address of this machine"
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


def _collect(stop: threading.Event) -> None:
    while not stop.wait(COLLECT_EVERY):
        gc.collect()


def _say_open(house: House) -> None:
    kind = "demo, made-up people" if house.demo else "real"
    _log.warning("Carefit is open at %s (%s, %s)", house.base_url, kind, house.database.url.get_backend_name())
