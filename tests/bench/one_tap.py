"""What one tap costs: 300 answers, one at a time over one kept connection, against the real app.

Prints the median and 95th percentile in milliseconds, the server's CPU time for each answer,
and what the disk alone takes for one synchronous write, which is part of every tap.
"""

import http.client
import json
import os
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.e2e.server import RunningApp

ANSWERS = 300


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = RunningApp(Path(folder), demo=True).start()
        try:
            links = app.command("demo", "--json")["candidate_links"]
            took, cpu = tap(app, links[0])
            print(f"one tap, {ANSWERS} answers: median {statistics.median(took):.1f} ms, p95 {at(took, 0.95):.1f} ms")
            print(f"server: {cpu / ANSWERS * 1000:.1f} CPU-ms an answer")
            print(f"one synchronous write to this disk: median {statistics.median(synced(Path(folder))):.1f} ms")
        finally:
            app.kill()


def tap(app: RunningApp, link: str) -> tuple[list[float], float]:
    """Milliseconds of each answer, and CPU seconds of the server in all."""
    connection = http.client.HTTPConnection("127.0.0.1", app.port)
    connection.request("POST", urlsplit(link).path)
    reply = connection.getresponse()
    reply.read()
    cookie = reply.headers["Set-Cookie"].partition(";")[0]
    headers = {"Cookie": cookie, "X-Requested-With": "carefit", "Content-Type": "application/json"}
    connection.request("GET", "/api/v1/sitting", headers=headers)
    items = [item for item in json.load(connection.getresponse())["items"] if "." not in item]

    def answer(n: int) -> float:
        body = {"answers": [{"item": items[n % len(items)], "value": 1 + (n // len(items) + n) % 5, "rev": n + 1}]}
        began = time.perf_counter()
        connection.request("POST", "/api/v1/answers", json.dumps(body), headers)
        reply = connection.getresponse()
        reply.read()
        if reply.status != 200:
            raise RuntimeError(f"status {reply.status}")
        return (time.perf_counter() - began) * 1000

    for n in range(20):
        answer(n)
    before = cpu_seconds(app)
    took = [answer(20 + n) for n in range(ANSWERS)]
    return took, cpu_seconds(app) - before


def cpu_seconds(app: RunningApp) -> float:
    """User and system time of the server's process so far."""
    if app.process is None:
        raise RuntimeError("the app is not running")
    fields = Path(f"/proc/{app.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def synced(folder: Path) -> list[float]:
    took = []
    with (folder / "probe").open("wb") as file:
        for _ in range(50):
            began = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
    return took


def at(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


if __name__ == "__main__":
    main()
