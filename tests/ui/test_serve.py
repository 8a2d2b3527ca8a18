"""Serving as a process: says where, refuses what it should, stops cleanly."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

import ui
from assistant.serving import is_loopback
from corpus.errors import TownbookError, UsageError

ROOT = Path(__file__).parents[2]
RUN = """
import ui
from tests.ui.behaving_service import BehavingService
ui.serve(BehavingService(), port=0)
print("stopped cleanly")
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_serve_tells_its_address_answers_and_stops_with_exit_0(number: signal.Signals) -> None:
    """Also while a page is open, which keeps a stream for as long as it is."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line
        assert httpx.get(f"{found[0]}ready").json()["ready"] is True
        with httpx.stream("GET", f"{found[0]}gradio_api/heartbeat/open-page") as open_page:
            assert next(open_page.iter_lines()) == "data: ALIVE"
            process.send_signal(number)
            said, complaints = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0
    assert said.strip() == "stopped cleanly"
    assert complaints == ""


def test_a_port_in_use_gives_one_clear_line(service: Any) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(TownbookError) as refused,
    ):
        ui.serve(service, port=taken.getsockname()[1])
    assert "in use" in str(refused.value)
    assert "--port" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "::", "192.168.1.20", "townhall.example", ""],  # noqa: S104 - to be refused
)
def test_an_address_others_can_reach_is_refused_without_a_sign_in(service: Any, host: str) -> None:
    with pytest.raises(UsageError, match="--insecure"):
        ui.serve(service, host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_loopback_addresses_are_known_as_such(host: str) -> None:
    assert is_loopback(host)


def test_importing_the_page_asks_nobody_anything() -> None:
    """No name is looked up and no connection made while the page is imported and built."""
    watch = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise SystemExit(f'reached out: {a}')\n"
        "socket.getaddrinfo = refuse\n"
        "socket.socket.connect = refuse\n"
    )
    build = RUN.replace("ui.serve(BehavingService(), port=0)", "ui.app(BehavingService())")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "GRADIO_"))}
    done = subprocess.run(
        [sys.executable, "-c", watch + build],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=clean,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "stopped cleanly"), done.stderr
