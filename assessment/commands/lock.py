"""Commands that write take a lock file beside an SQLite database and wait for each other."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assessment.services.house import House


@contextmanager
def waiting_for_others(house: House) -> Iterator[None]:
    if not house.database.is_sqlite or not house.database.url.database:
        yield
        return
    with Path(house.database.url.database).with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
