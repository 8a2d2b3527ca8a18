"""What a person waits for who starts a command: the first answer, and the page being ready.

    python -m benchmarks.cold [--articles DIR]

Whole processes, files in the system's cache, converted model beside sentence-transformers.
"""

from __future__ import annotations

import compileall
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from benchmarks.child import run
from benchmarks.homes import MODELS, home_of, options
from benchmarks.results import Row, Table, write

ROUNDS = 5
QUESTION = "Which cities run repair cafés?"
_LONGEST_START = 120  # seconds


def main(argv: Sequence[str]) -> None:
    """Measure ``ask`` with each model and precision, and ``serve``."""
    chosen = options(argv, __doc__)
    _compile()
    rows: list[Row] = []
    for model in MODELS:
        home = home_of(chosen.articles, chosen.homes, model)
        for precision in ("auto", "reference"):
            common = ["--home", str(home), "--model", model, "--precision", precision]
            rows.append((model, precision, "ask", *_asked(common)))
            print(rows[-1], file=sys.stderr, flush=True)
    home = home_of(chosen.articles, chosen.homes)
    ready = statistics.median(_ready(home) for _round in range(ROUNDS))
    rows.append((MODELS[0], "auto", "serve, until ready", ready, None, None))
    table = Table(
        "Cold start",
        f"Medians of {ROUNDS} whole processes; the first one, not counted, fills the system's file"
        " cache. `reference` is the same command on sentence-transformers and torch.",
        ("model", "way", "command", "wall s", "CPU s", "peak MiB"),
        tuple(rows),
    )
    write("cold", "python -m benchmarks.cold --articles ARTICLES", [table])


def _compile() -> None:
    """Leave this checkout's modules compiled, as an installation does, whatever the environment."""
    for room in ("corpus", "index", "assistant"):
        compileall.compile_dir(str(Path(__file__).parents[1] / room), quiet=1)


def _asked(common: Sequence[str]) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak MiB of one answer."""
    command = [sys.executable, "-m", "assistant", "ask", QUESTION, *common]
    run(command)
    taken = [run(command) for _round in range(ROUNDS)]
    if any(finished.returncode for finished in taken):
        sys.exit(taken[0].stderr)
    return (
        statistics.median(finished.wall_seconds for finished in taken),
        statistics.median(finished.cpu_seconds for finished in taken),
        statistics.median(finished.peak_mib for finished in taken),
    )


def _ready(home: Path) -> float:
    """Seconds from starting ``serve`` until it says it is ready to answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    server = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "assistant", "serve", "--home", str(home), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
    )
    try:
        while time.perf_counter() - started < _LONGEST_START:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=5) as reply:
                    if reply.status == 200:
                        return time.perf_counter() - started
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        sys.exit("serve did not become ready")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


if __name__ == "__main__":
    main(sys.argv[1:])
