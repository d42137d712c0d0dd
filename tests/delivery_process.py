"""Processes that deliver, for tests that kill them: each line on stdin starts one, and its process id is printed.

Started as `python -m tests.delivery_process DATABASE_URL PORT`; it forks, so that a new process is there at once.
"""

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from assessment.messages.smtp import Mailer, Server
from assessment.services.delivering import deliver
from assessment.services.house import House, Settings, open_house
from assessment.storage.database import Database
from tests.conftest import SECRET

HELD_FOR = timedelta(seconds=0.4)  # a lock that a dead process left is free soon


def work(house: House, port: int) -> None:
    while True:
        mailer = Mailer(Server("127.0.0.1", port, timeout=5))
        deliver(house, mailer, clock=lambda: datetime.now(UTC), held_for=HELD_FOR, most=40)


def main(url: str, port: int) -> None:
    house = open_house(Settings(url, SECRET, "http://localhost:8501", False))
    house.database.close()
    print("ready", flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            work(replace(house, database=Database(url)), port)
        print(child, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
