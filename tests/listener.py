"""A system that listens: a real HTTP server that remembers what it was sent and answers as it is told."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Heard:
    headers: dict[str, str]
    body: str
    path: str


@dataclass
class Listener:
    """`answers`: statuses in turn, then 200 for ever; `stall`: seconds before it answers; `on_hearing`: called first."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    stall: float = 0.0
    location: str = ""
    on_hearing: Callable[[], None] = lambda: None
    heard: list[Heard] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listener]:
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            listener.heard.append(Heard(dict(self.headers), body, self.path))
            listener.on_hearing()
            time.sleep(listener.stall)
            self.send_response(listener.answers.pop(0) if listener.answers else 200)
            if listener.location:
                self.send_header("Location", listener.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(OSError):  # the other side hung up
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    listener.url = f"http://127.0.0.1:{server.server_address[1]}/changes"
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
