"""So many calls a minute for each caller, in this process; what was not used comes back evenly."""

import math
import threading
from datetime import datetime

from assessment.errors import TooOftenError


class RateLimit:
    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._left: dict[str, tuple[float, datetime]] = {}
        self._one_at_a_time = threading.Lock()

    def take(self, caller: str, *, now: datetime) -> None:
        """Count one call.

        Raises
        ------
        TooOftenError : none is left; says when one is
        """
        with self._one_at_a_time:
            left, since = self._left.get(caller, (float(self.per_minute), now))
            back = max((now - since).total_seconds(), 0) * self.per_minute / 60
            left = min(left + back, float(self.per_minute))
            if left < 1:
                self._left[caller] = (left, now)
                raise TooOftenError(math.ceil((1 - left) * 60 / self.per_minute))
            self._left[caller] = (left - 1, now)
