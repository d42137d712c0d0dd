"""How far a long command has come, on stderr; quick commands say nothing."""

import sys
import time
from types import TracebackType

_QUIET = 1.0  # seconds


class Progress:
    """`with Progress("scoring") as progress: progress.at(0.4)`"""

    def __init__(self, doing: str) -> None:
        self._doing, self._began, self._shown = doing, time.monotonic(), -1

    def __enter__(self) -> "Progress":
        return self

    def at(self, share: float) -> None:
        percent, live = int(100 * share), sys.stderr.isatty()
        step = 1 if live else 10  # a log wants few lines
        if percent >= self._shown + step and time.monotonic() - self._began > _QUIET:
            start, end = ("\r", "") if live else ("", "\n")
            print(f"{start}{self._doing} … {percent} %", end=end, file=sys.stderr, flush=True)
            self._shown = percent

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown >= 0 and sys.stderr.isatty():
            print(file=sys.stderr)
