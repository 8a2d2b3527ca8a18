"""What a suite found, kept as JSON: tables, and what they were measured with.

Knows that a result is tables of plain values beside a command, a machine and a commit. Refuses
to know what any column means.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.machine import commit, machine

FOLDER = Path(__file__).parent / "results"

Cell = str | int | float | None  # None: not measured
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; ``about`` is Markdown that says how to read them."""

    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"got {len(row)} cells, expected {len(self.columns)}: {row}")


@dataclass(frozen=True, slots=True)
class Result:
    """One suite's tables and what repeats them."""

    suite: str
    command: str
    commit: str
    date: str  # ISO 8601, the day in UTC
    machine: dict[str, str | int | float]
    tables: tuple[Table, ...]


def write(suite: str, command: str, tables: Sequence[Table], folder: Path = FOLDER) -> Path:
    """Replaces the suite's result, all or nothing; returns its file."""
    result = Result(
        suite, command, commit(), datetime.now(UTC).date().isoformat(), machine(), tuple(tables)
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{suite}.json"
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(
        json.dumps(asdict(result), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    os.replace(unfinished, path)
    return path


def read(path: Path) -> Result:
    """A result as ``write`` left it. Raises ValueError naming the file when it is none."""
    try:
        value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        tables = tuple(
            Table(t["title"], t["about"], tuple(t["columns"]), tuple(map(tuple, t["rows"])))
            for t in value.pop("tables")
        )
        return Result(tables=tables, **value)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name} is no result: {error}") from None
