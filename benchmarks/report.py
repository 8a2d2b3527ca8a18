"""Writes docs/performance.md from the results that exist.

    python -m benchmarks.report

Knows how a table becomes Markdown. Every word about a figure stands beside it in its result.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.results import FOLDER, Cell, Result, Table, read

# The order a reader asks in: what one thing costs, then the whole, then beside others.
SUITES = (
    *("encoder", "build", "query", "page", "refresh_beside", "cold", "scale", "peers", "profile"),
)
REPORT = Path(__file__).parents[1] / "docs" / "performance.md"

INTRODUCTION = """\
# Performance

Written by `python -m benchmarks.report` from `benchmarks/results`; `make bench` measures anew.
Every table stands beside the command that repeats it, and the machine and commit it was measured
on. CPU time is that of a whole process tree; where a wall time is given, other work may have
slowed it.
"""


def report(results: Iterable[Result]) -> str:
    """The results as one Markdown page, in the fixed order of suites."""
    order = {suite: number for number, suite in enumerate(SUITES)}
    ordered = sorted(results, key=lambda r: (order.get(r.suite, len(SUITES)), r.suite))
    return "\n".join([INTRODUCTION, *map(_section, ordered)])


def _section(result: Result) -> str:
    return "\n".join([*map(_table, result.tables), _measured(result)])


def _table(table: Table) -> str:
    numeric = [
        all(not isinstance(row[column], str) for row in table.rows)
        for column in range(len(table.columns))
    ]
    lines = [
        _line(table.columns),
        _line(["---:" if right else "---" for right in numeric]),
        *(_line(map(cell, row)) for row in table.rows),
    ]
    about = f"{table.about.strip()}\n\n" if table.about.strip() else ""
    return f"## {table.title}\n\n{about}" + "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def cell(value: Cell) -> str:
    """A value as a reader wants it: three digits that count, thousands apart, no bar."""
    if value is None:
        return "–"
    if isinstance(value, float):
        if 0 < abs(value) < 0.001:
            return "< 0.001"
        whole = value == 0 or abs(value) >= 99.95
        return f"{value:,.0f}" if whole else f"{value:#.3g}"
    if isinstance(value, int):
        return f"{value:,}"
    return value.replace("|", "\\|").replace("\n", " ")


def _measured(result: Result) -> str:
    machine = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in result.machine.items())
    return f"`{result.command}`, {result.date}, commit {result.commit}.\n\n<sub>{machine}</sub>\n"


def _results(folder: Path) -> Iterator[Result]:
    for path in sorted(folder.glob("*.json")):
        yield read(path)


def main(argv: Sequence[str] = ()) -> None:
    if argv:
        sys.exit(f"got {' '.join(argv)}; expected no arguments")
    results = list(_results(FOLDER))
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(report(results), encoding="utf-8")
    print(f"{REPORT.name}: {', '.join(r.suite for r in results) or 'no results yet'}")


if __name__ == "__main__":
    main(sys.argv[1:])
