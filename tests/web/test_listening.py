"""Who may reach the app, and that its replies do not wait."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.errors import NotAllowedError
from assessment.services.house import Settings
from assessment.web.listening import listening, refuse_open_door, say_where, send_at_once
from tests.e2e.server import free_port

ROOT = Path(__file__).parents[2]
HTTPS = "https://jobs.anne.example"


def settings(base_url: str = "http://localhost:8501", *, demo: bool = False) -> Settings:
    return Settings("sqlite:///x.db", "", base_url, demo)


def door_at(address: str) -> socket.socket:
    door = socket.socket()
    door.bind((address, 0))
    door.listen()
    return door


@pytest.fixture
def own_door() -> Iterator[socket.socket]:
    """Reached from this machine alone."""
    with door_at("127.0.0.1") as door:
        yield door


@pytest.fixture
def open_door() -> Iterator[socket.socket]:
    """Reached from everywhere."""
    with door_at("0.0.0.0") as door:
        yield door


@pytest.mark.parametrize("demo", [True, False])
def test_this_machine_alone_is_always_fine(own_door: socket.socket, demo: bool) -> None:
    refuse_open_door([own_door], settings(demo=demo))


def test_a_demo_is_not_shown_to_the_network(open_door: socket.socket) -> None:
    with pytest.raises(NotAllowedError, match="everybody knows its passwords"):
        refuse_open_door([open_door], settings(HTTPS, demo=True))


def test_plain_http_does_not_go_beyond_this_machine(open_door: socket.socket) -> None:
    with pytest.raises(NotAllowedError, match="plain http"):
        refuse_open_door([open_door], settings())


def test_https_in_front_may_go_anywhere(open_door: socket.socket) -> None:
    refuse_open_door([open_door], settings(HTTPS))


def test_whoever_says_so_may_go_beyond_this_machine(open_door: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREFIT_BEYOND_LOOPBACK", "1")

    refuse_open_door([open_door], settings(demo=True))


def test_a_socket_that_listens_is_found_and_sends_at_once_and_so_do_those_it_accepts(own_door: socket.socket) -> None:
    assert own_door in listening()

    send_at_once([own_door])

    with socket.create_connection(own_door.getsockname()):
        accepted, _ = own_door.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_links_carry_the_port_that_was_opened(own_door: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREFIT_BASE_URL", "")

    say_where([own_door])

    assert Settings.from_environment().base_url == f"http://localhost:{own_door.getsockname()[1]}"


def test_an_address_that_was_said_stays(own_door: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREFIT_BASE_URL", HTTPS)

    say_where([own_door])

    assert Settings.from_environment().base_url == HTTPS


@pytest.mark.big
def test_a_demo_on_every_address_says_why_it_does_not_start(tmp_path: Path) -> None:
    streamlit = str(Path(sys.executable).parent / "streamlit")
    done = subprocess.run(
        [streamlit, "run", "app.py", "--server.address", "0.0.0.0", "--server.port", str(free_port())],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'carefit.db'}", "CAREFIT_DEMO": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode != 0
    assert "Carefit does not start: demo mode would answer on every address" in done.stderr
    assert "Traceback" not in done.stderr
