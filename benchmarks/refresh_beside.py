"""What a question costs while the index is refreshed beside it.

    python -m benchmarks.refresh_beside [--articles DIR] [--questions FILE]

One service answers the same questions in turns without and with a refresh job, which embeds
every article again: each turn gives it a copy of the articles that it has not seen. Both kinds
of turns belong to one run, so what else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import itertools
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.evaluation.questions import read_questions
from assistant.jobs import NICENESS
from assistant.jsonlines import parse
from assistant.service import Townbook
from assistant.settings import Settings
from benchmarks.homes import home_of, options
from benchmarks.results import Row, Table, write

TURNS = 4  # of each kind
TURN_SECONDS = 25.0
QUESTIONS = 60
_LONGEST_START = 120.0  # seconds until a job embeds


def main(argv: Sequence[str]) -> None:
    """Measure asking with and without a refresh job."""
    chosen = options(argv, __doc__)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        # A copy: the articles are to be embedded again and again, which a kept home need not hold.
        kept = home_of(chosen.articles, chosen.homes)
        shutil.copytree(kept, home, ignore=shutil.ignore_patterns("models"))
        (home / "models").symlink_to(kept / "models")
        rows, load = _measure(home, Path(folder) / "copies", chosen)
    table = Table(
        "Questions beside a refresh",
        f"{TURNS} turns of {TURN_SECONDS:.0f} s each, without and with a refresh job that embeds"
        f" (priority {NICENESS}), in one run; wall time of whole answers in one process. Load"
        f" average at the start {load:.1f}: what else ran falls on both.",
        (
            *("turns", "answers", "texts embedded", "p50 ms", "p95 ms", "longest ms"),
            "p95 as a share of without",
        ),
        tuple(rows),
    )
    write("refresh_beside", "python -m benchmarks.refresh_beside --articles ARTICLES", [table])


def _measure(home: Path, copies: Path, chosen: argparse.Namespace) -> tuple[list[Row], float]:
    townbook = Townbook(Settings(home=home))
    questions = itertools.cycle(_questions(townbook, chosen.questions))
    load = os.getloadavg()[0]
    for _warming in range(QUESTIONS):
        townbook.ask(next(questions))
    without: list[float] = []
    beside: list[float] = []
    embedded = 0
    for turn in range(TURNS):
        without += _turn(townbook, questions, lambda: True)
        copies.mkdir(exist_ok=True)
        _write_copies(chosen.articles, copies, turn)
        townbook.jobs.start([str(copies)])
        _until_it_embeds(townbook)
        reached = 0

        def runs() -> bool:
            nonlocal reached
            state = townbook.jobs.state
            reached = max(reached, state.done if state.stage == "embed" else 0)
            return state.is_running

        beside += _turn(townbook, questions, runs)
        embedded += reached
        # What is left is embedded in nobody's turn.
        if (ended := townbook.jobs.cancel()).state == "failed":
            raise RuntimeError(f"the refresh failed: {ended.error}")
        share = _p95(beside) / _p95(without)
        print(turn, ended.state, len(without), len(beside), share, file=sys.stderr, flush=True)
    townbook.close()
    rows: list[Row] = [
        (kind, len(taken), texts, statistics.median(taken), _p95(taken), max(taken), share)
        for kind, taken, texts, share in (
            ("without", without, None, 1.0),
            ("with a refresh", beside, embedded, _p95(beside) / _p95(without)),
        )
    ]
    for row in rows:
        print(row, file=sys.stderr, flush=True)
    return rows, load


def _questions(townbook: Townbook, path: Path | None) -> list[str]:
    if path is None:
        return [document.title for document in townbook.shelf().snapshot.documents()][:QUESTIONS]
    with open(path, "rb") as file:
        return [q.question for q in read_questions(parse(file, path.name))][:QUESTIONS]


def _write_copies(articles: Path, copies: Path, turn: int) -> None:
    """The articles again, each sentence with a word that no earlier turn had."""
    for article in articles.rglob("*"):
        if article.suffix in (".md", ".txt"):
            text = article.read_text(encoding="utf-8", errors="replace")
            name = f"{turn}-{article.relative_to(articles).as_posix().replace('/', '-')}"
            (copies / name).write_text(text.replace(". ", f" {turn}. "), encoding="utf-8")


def _until_it_embeds(townbook: Townbook) -> None:
    deadline = time.monotonic() + _LONGEST_START
    while (state := townbook.jobs.state).stage != "embed":
        if not state.is_running or time.monotonic() > deadline:
            raise RuntimeError(f"no refresh embeds: {state}")
        time.sleep(0.05)


def _turn(townbook: Townbook, questions: Iterator[str], goes_on: Callable[[], bool]) -> list[float]:
    """Milliseconds of each answer of a turn, which ends early when it no longer ``goes_on``."""
    taken: list[float] = []
    ends = time.monotonic() + TURN_SECONDS
    while time.monotonic() < ends and goes_on():
        townbook.shelf().forget_vectors()
        at = time.perf_counter()
        townbook.ask(next(questions))
        taken.append(1000 * (time.perf_counter() - at))
    return taken


def _p95(milliseconds: Sequence[float]) -> float:
    ordered = sorted(milliseconds)
    return ordered[math.ceil(0.95 * len(ordered)) - 1]


if __name__ == "__main__":
    main(sys.argv[1:])
