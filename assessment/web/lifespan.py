"""What happens when the app starts and stops."""

import gc
import importlib
import logging
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from assessment.services.demo import demo
from assessment.services.house import House, Settings, the_house
from assessment.web.listening import listening, send_at_once
from assessment.web.rounds import begin_rounds

STAFF_ONLY = (
    "sklearn.linear_model",
    "plotly.graph_objects",
)  # no candidate's page needs them; Plotly's core comes with Streamlit
COLLECT_EVERY = 60.0  # seconds
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
    send_at_once(listening())
    gc.collect()
    gc.freeze()
    stop = threading.Event()
    threading.Thread(target=_collect, args=(stop,), name="carefit-gc", daemon=True).start()
    _say_open(house)
    rounds = begin_rounds(house, Settings.from_environment())
    yield
    stop.set()
    for standing in rounds:
        standing.stop()


def preload() -> None:
    """Import at start what the first click of the staff would wait for."""
    importlib.import_module("pandas")
    if os.environ.get("CAREFIT_CANDIDATE_ONLY", "") in ("", "0"):
        for name in STAFF_ONLY:
            importlib.import_module(name)


def _collect(stop: threading.Event) -> None:
    while not stop.wait(COLLECT_EVERY):
        gc.collect()


def _say_open(house: House) -> None:
    kind = "demo, made-up people" if house.demo else "real"
    _log.warning("Carefit is open at %s (%s, %s)", house.base_url, kind, house.database.url.get_backend_name())
