"""A question leaves no trace and calls nobody: the real server as a process, at its defaults."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.ui.queueing import asking_event

ROOT = Path(__file__).parents[2]
CANARY = "qzkanarienvogelx"
# Loaded by Python itself before anything else: writes down every address that is asked for.
WATCH = """
import os, sys

def watch(event, given):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        where = given[1] if event in ("socket.connect", "socket.sendto") else given[0]
        with open(os.environ["CALLS_GO_TO"], "a") as file:
            file.write(f"{event} {where!r}\\n")

sys.addaudithook(watch)
"""
OWN = re.compile(r"'(127\.0\.0\.1|::1|localhost)'|^socket\.connect ('|b'|\")/")


@dataclass(frozen=True)
class Served:
    """A running server, and every place it could leave something."""

    address: str
    process: subprocess.Popen[str]
    folder: Path  # its home, its user's home, its temporary files
    calls: Path

    def stop(self) -> str:
        """What it said until it ended."""
        self.process.send_signal(signal.SIGTERM)
        said, complaints = self.process.communicate(timeout=30)
        return said + complaints


@pytest.fixture
def served(home: Path, tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "places"
    articles = folder / "articles"
    for name in ("user", "temporary", "articles", "hooks"):
        (folder / name).mkdir(parents=True)
    (articles / "depot.md").write_text(
        "# The depot of Lindholm\n\nIn March 2021 Lindholm opened a workshop in its depot.\n",
        encoding="utf-8",
    )
    (folder / "hooks" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    calls = tmp_path / "calls"
    calls.touch()
    town = folder / "town"
    home.rename(town)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment = kept | {
        "HOME": str(folder / "user"),
        "TMPDIR": str(folder / "temporary"),
        "PYTHONPATH": f"{folder / 'hooks'}:{ROOT}",
        "CALLS_GO_TO": str(calls),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "assistant", "--home", str(town)]
    refreshed = subprocess.run(
        [*command, "refresh", str(articles)],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert refreshed.returncode == 0, refreshed.stderr
    process = subprocess.Popen(
        [*command, "serve", "--port", "0"],
        env=environment,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line
        yield Served(found[0], process, folder, calls)
    finally:
        process.kill()
        process.wait()


def test_a_question_leaves_no_trace_and_nobody_is_called(served: Served) -> None:
    question = f"When did {CANARY} open its workshop in the depot?"
    with httpx.Client(base_url=served.address, timeout=60) as client:
        asked = client.post("/api/v1/ask", json={"question": question, "id": CANARY})
        assert asked.json()["question"] == question
        assert client.get("/api/v1/ask", params={"question": question}).status_code == 200
        assert client.get("/api/v1/search", params={"q": question}).status_code == 200
        assert client.get(f"/api/v1/documents/{CANARY}").status_code == 400
        assert client.get(f"/{CANARY}", params={"q": CANARY}).status_code == 404
        assert client.get("/", params={"q": CANARY, "lang": CANARY}).status_code == 200
        assert client.post("/api/v1/ask", content=f'{{"question": {CANARY}').status_code == 422
        event = {**asking_event(client.get("/config").json(), question), "session_hash": "canary"}
        assert client.post("/gradio_api/queue/join", json=event).status_code == 200
        said = client.get("/gradio_api/queue/data", params={"session_hash": "canary"}).text
        last = json.loads(said.strip().rpartition("\n\n")[0].rpartition("data: ")[2])
        assert last["success"] is True
        assert CANARY in said
        metrics = client.get("/metrics").text
        assert "townbook_answers_total" in metrics
        assert CANARY not in metrics
    assert CANARY not in served.stop()
    seen = 0
    for path in served.folder.rglob("*"):
        assert CANARY not in str(path)
        if path.is_file() and path.stat().st_size < 100_000_000:
            seen += 1
            assert CANARY.encode() not in path.read_bytes(), path
    assert seen > 10
    calls = served.calls.read_text().splitlines()
    assert [call for call in calls if not OWN.search(call)] == []


def test_the_watch_sees_a_call(tmp_path: Path) -> None:
    """The control: what would leave is written down."""
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    calls = tmp_path / "calls"
    reach = (
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    )
    subprocess.run(
        [sys.executable, "-c", reach],
        env={"PYTHONPATH": str(tmp_path), "CALLS_GO_TO": str(calls)},
        timeout=30,
        check=False,
    )
    assert [c for c in calls.read_text().splitlines() if not OWN.search(c)] == [
        "socket.connect ('192.0.2.1', 9)"
    ]
