"""Where a question's time goes, by the part of the program that spends it.

    python -m benchmarks.profile [--articles DIR] [--questions FILE]

Time is each function's own, as the interpreter's profiler sees it, which slows small Python
functions more than large native ones: shares say where to look, not how long it takes.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from assistant.service import Townbook
from assistant.settings import Settings
from benchmarks.homes import home_of, options
from benchmarks.machine import ROOT
from benchmarks.query import _ask, _questions
from benchmarks.results import Row, Table, write

ROOMS = ("corpus", "index", "assistant")


def main(argv: Sequence[str]) -> None:
    """Profile every question once, warm."""
    chosen = options(argv, __doc__)
    townbook = Townbook(Settings(home=home_of(chosen.articles, chosen.homes)))
    asked = [(q.question, q.history) for q in _questions(chosen.questions)] or [
        (document.title, ()) for document in townbook.shelf().snapshot.documents()
    ]
    for query in asked:
        _ask(townbook, query)
    townbook.shelf().forget_vectors()
    profiler = cProfile.Profile()
    profiler.enable()
    for query in asked:
        _ask(townbook, query)
    profiler.disable()
    spent: defaultdict[str, float] = defaultdict(float)
    stats = pstats.Stats(profiler)
    for function, (_calls, _all, own, _under, callers) in stats.stats.items():  # type: ignore[attr-defined]  # not in its stubs
        if _part(function[0]) is not None or not callers:
            spent[_part(function[0]) or "other"] += own
            continue
        # What is not ours is charged to those of ours that called it.
        for caller, (_n, _m, within, _u) in callers.items():
            spent[_part(caller[0]) or "libraries"] += within
    total = sum(spent.values())
    rows: list[Row] = [
        (part, seconds / len(asked) * 1000, f"{seconds / total:.1%}")
        for part, seconds in sorted(spent.items(), key=lambda item: -item[1])
        if seconds / total >= 0.005
    ]
    table = Table(
        "Where a question's time goes",
        f"{len(asked)} questions, warm, their vectors forgotten. Own time of each part with the"
        " library calls it makes, under the profiler.",
        ("part", "ms a question", "share"),
        tuple(rows),
    )
    write(
        "profile", "python -m benchmarks.profile --articles ARTICLES --questions QUESTIONS", [table]
    )


def _part(file: str) -> str | None:
    """The module of ours a function stands in; None for others."""
    try:
        path = Path(file).relative_to(ROOT)
    except ValueError:
        return None
    return path.with_suffix("").as_posix() if path.parts[0] in ROOMS else None


if __name__ == "__main__":
    main(sys.argv[1:])
