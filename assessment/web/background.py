"""Work that goes on beside the requests, each kind in a thread of its own."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

LET_FINISH = 10.0  # seconds that work under way gets when the app stops
_log = logging.getLogger("carefit")


@dataclass(frozen=True)
class Standing:
    """Work that is done again and again until `stop` is called."""

    thread: threading.Thread
    stopping: threading.Event

    def stop(self, *, wait: float = LET_FINISH) -> None:
        """No new round begins; the one under way may finish."""
        self.stopping.set()
        self.thread.join(wait)


def every(seconds: float, work: Callable[[], object], name: str) -> Standing:
    """Do `work` now and again `seconds` after each end; a round that fails is logged and the next one comes."""
    stopping = threading.Event()

    def rounds() -> None:
        while not stopping.is_set():
            try:
                work()
            except Exception as error:
                _log.error("%s failed and will be tried again", name, exc_info=error)
            stopping.wait(seconds)

    thread = threading.Thread(target=rounds, name=f"carefit-{name}", daemon=True)
    thread.start()
    return Standing(thread, stopping)
