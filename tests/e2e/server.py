"""The real app as a process of its own, started, killed and started again by the journeys."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class RunningApp:
    """One database and the app that serves it; `seen_at` is where browsers reach it (a proxy, perhaps)."""

    place: Path
    demo: bool = False
    port: int = field(default_factory=free_port)
    seen_at: str = ""
    process: subprocess.Popen[bytes] | None = None
    more: dict[str, str] = field(default_factory=dict)  # of the environment

    @property
    def url(self) -> str:
        return self.seen_at or f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        mine = {
            "DATABASE_URL": f"sqlite:///{self.place / 'carefit.db'}",
            "CAREFIT_SECRET_KEY": "",
            "CAREFIT_BASE_URL": self.url,
            "CAREFIT_DEMO": "1" if self.demo else "",
        }
        return {
            **{k: v for k, v in os.environ.items() if k != "CAREFIT_SECRET_KEY"},
            **{k: v for k, v in mine.items() if v},
            **self.more,
        }

    def start(self) -> "RunningApp":
        log = (self.place / "server.log").open("ab")
        self.process = subprocess.Popen(
            [
                *(str(Path(sys.executable).parent / "streamlit"), "run", "app.py"),
                *("--server.port", str(self.port), "--server.address", "127.0.0.1"),
            ],
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2):
                    return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"the app did not start:\n{(self.place / 'server.log').read_text()[-3000:]}")

    def kill(self) -> None:
        """End it as a power cut would: no goodbye, nothing flushed."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def command(self, *words: str) -> Any:
        """Run `python -m assessment …` on the same database; JSON out, parsed."""
        done = subprocess.run(
            [sys.executable, "-m", "assessment", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{words}: {done.stderr}")
        return json.loads(done.stdout)
