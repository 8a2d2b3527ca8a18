"""``refresh --watch``: a first refresh, then a line for each that changed something."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # ships no types; names and numbers are asked for
import pytest

from assistant.cli.attached import end_with
from assistant.jobs import JobState, environment_for

Run = Callable[..., Any]
ROOT = Path(__file__).parents[3]
LONGEST = 60  # seconds

REPORT = {
    "snapshot": "000002",
    "parent": "000001",
    "added": 2,
    "changed": 0,
    "removed": 1,
    "unchanged": 0,
    "quarantined": [],
    "seconds": 0.5,
}
SAME = REPORT | {"added": 0, "removed": 0}


def outcomes(monkeypatch: pytest.MonkeyPatch, *states: JobState) -> None:
    """Watching that finds these, then is interrupted as by Ctrl-C."""

    class Watching:
        def __init__(self, _jobs: object, _home: object, told: Callable[[JobState], None]) -> None:
            self.told = told

        def __enter__(self) -> None:
            for state in states:
                self.told(state)
            raise KeyboardInterrupt

        def __exit__(self, *_error: object) -> None:
            return None

    monkeypatch.setattr("assistant.cli.watching.watching", Watching)


def test_each_refresh_that_changed_something_is_one_line_until_ctrl_c_exits_0(
    run: Run, library: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    library.jobs.outcomes = [JobState("done", report=REPORT)]
    outcomes(
        monkeypatch,
        JobState("done", report=SAME),
        JobState("done", report=REPORT | {"snapshot": "000003"}, remarks=("/mnt: unplugged",)),
        JobState("failed", error="no room"),
        JobState("cancelled"),
    )
    ran = run("refresh", "--watch", str(tmp_path))
    assert ran.code == 0
    assert library.jobs.started == [(str(tmp_path),)]
    assert ran.out == (
        "snapshot 000002: 2 added, 0 changed, 1 removed, 0 quarantined; 0.5 s\n"
        "snapshot 000003: 2 added, 0 changed, 1 removed, 0 quarantined; 0.5 s\n"
    )
    assert ran.err == (
        "townbook: /mnt: unplugged\ntownbook: no room\ntownbook: the refresh was cancelled\n"
    )
    assert library.closed


def test_for_a_program_each_is_one_object(
    run: Run, library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.jobs.outcomes = [JobState("done", report=SAME)]
    outcomes(monkeypatch, JobState("done", report=REPORT))
    assert run("refresh", "--watch", "--json").lines == [REPORT]


def test_a_first_refresh_that_fails_ends_the_command(run: Run, library: Any) -> None:
    library.jobs.outcomes = [JobState("failed", error="no room; expected some; make some")]
    ran = run("refresh", "--watch")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "townbook: no room; expected some; make some\n"


def test_an_attached_command_ends_when_its_input_closes() -> None:
    reading, writing = os.pipe()
    ended = threading.Event()
    with open(reading, "rb") as stdin:
        thread = end_with(stdin, ended.set)
        os.write(writing, b"still here")
        assert not ended.wait(0.1)
        os.close(writing)
        thread.join(LONGEST)
        assert ended.is_set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_a_real_folder_is_watched_until_a_signal_and_nothing_is_left_running(
    home: Path, tmp_path: Path, number: signal.Signals
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "bread.md").write_text("# Bread\n\nOsterby lends out baking tins.\n")
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "assistant", "refresh", "--watch", "--json"),
            *("--home", str(home), str(articles)),
        ],
        cwd=ROOT,
        env=environment_for(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # What runs tests in several processes ignores Ctrl-C in them, and children inherit that.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["added"] == 1
        assert "watching" in process.stderr.readline()
        (articles / ".draft.md.swp").write_text("x")
        (articles / "swimming.md").write_text("# Swimming\n\nThe pool is open at night.\n")
        report = json.loads(process.stdout.readline())
        assert (report["added"], report["unchanged"]) == (1, 1)
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(number)
        rest, complaints = process.communicate(timeout=LONGEST)
    finally:
        process.kill()
    assert (process.returncode, rest, complaints) == (0, "", "")
    assert not any(child.is_running() for child in children)
