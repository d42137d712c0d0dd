"""A wire between browser and app that can be cut: what a train does in a tunnel, websockets included."""

import contextlib
import selectors
import socket
import threading


class Wire:
    """Forwards 127.0.0.1:`port` to 127.0.0.1:`to`; while cut, nothing passes and new calls are refused."""

    def __init__(self, to: int) -> None:
        self.to = to
        self.is_cut = False
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._welcome, daemon=True).start()

    def cut(self) -> None:
        self.is_cut = True
        for pair in list(self._pairs):
            for end in pair:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.cut()
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _welcome(self) -> None:
        while True:
            try:
                caller, _ = self._door.accept()
            except OSError:
                return
            if self.is_cut:
                caller.close()
                continue
            try:
                app = socket.create_connection(("127.0.0.1", self.to), timeout=5)
                app.settimeout(None)
            except OSError:
                caller.close()
                continue
            threading.Thread(target=self._carry, args=(caller, app), daemon=True).start()

    def _carry(self, caller: socket.socket, app: socket.socket) -> None:
        pair = (caller, app)
        self._pairs.add(pair)
        with selectors.DefaultSelector() as waiting, caller, app:
            waiting.register(caller, selectors.EVENT_READ, app)
            waiting.register(app, selectors.EVENT_READ, caller)
            with contextlib.suppress(OSError):
                while True:
                    for key, _ in waiting.select():
                        chunk = key.fileobj.recv(65536)  # type: ignore[union-attr]
                        if not chunk:
                            self._pairs.discard(pair)
                            return
                        key.data.sendall(chunk)
        self._pairs.discard(pair)
