"""Progress: a bar for a person, a few lines for a log."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.cli import progress


@dataclass(frozen=True)
class Step:
    """How far it is."""

    stage: str
    done: int
    total: int


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def clock(*seconds: float) -> Callable[[], float]:
    ticks: Iterator[float] = iter(seconds)
    return lambda: next(ticks)


def test_a_log_gets_a_line_when_a_stage_begins_and_ends_and_now_and_then_between() -> None:
    log = io.StringIO()
    with progress.shown(log, clock(100, 101, 120, 121, 122)) as step:
        for done in (0, 1, 2, 3):
            step(Step("embed", done, 3))
        step(Step("write", 0, 0))
    assert log.getvalue().splitlines() == [
        "townbook: embed 0 of 3",
        "townbook: embed 2 of 3",
        "townbook: embed 3 of 3",
        "townbook: write",
    ]


def test_a_terminal_gets_a_bar_that_is_gone_at_the_end() -> None:
    terminal = Terminal()
    with progress.shown(terminal) as step:
        step(Step("read", 0, 4))
        step(Step("read", 4, 4))
        step(Step("embed", 1, 2))
    drawn = terminal.getvalue()
    assert "read" in drawn
    assert "embed" in drawn
    assert drawn.endswith("\r")
    assert "\n" not in drawn
