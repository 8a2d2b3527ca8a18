"""How far a long command has come, on standard error only.

Knows a terminal from a file: a bar that moves for a person, a few lines for a log, and a line
of JSON now and then for a program that follows it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TextIO

from assistant.cli.console import Step

SECONDS_BETWEEN_LINES = 15.0  # a CI log of a ten-minute build stays within a screenful
SECONDS_BETWEEN_REPORTS = 0.2  # a page that shows them redraws no oftener


@contextmanager
def shown(
    err: TextIO, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[Step], None]]:
    """Something to call with every step; whatever it drew is finished when the block ends."""
    if err.isatty():
        with _bars(err) as draw:
            yield draw
    else:
        yield _lines(err, clock)


def reported(err: TextIO, clock: Callable[[], float] = time.monotonic) -> Callable[[Step], None]:
    """Something to call with every step; a few a second become ``{"progress": {…}}`` lines.

    The first and the last step of a stage always do.
    """

    def write(step: Step) -> None:
        told = {"stage": step.stage, "done": step.done, "total": step.total}
        print(json.dumps({"progress": told}), file=err, flush=True)

    return _thinned(write, clock, SECONDS_BETWEEN_REPORTS)


@contextmanager
def _bars(err: TextIO) -> Iterator[Callable[[Step], None]]:
    """A bar for the present stage; it is gone when the next stage begins, or at the end."""
    from tqdm import tqdm  # only a terminal needs it

    bar: tqdm[NoReturn] | None = None

    def draw(step: Step) -> None:
        nonlocal bar
        if bar is None or bar.desc != f"{step.stage}: ":
            if bar is not None:
                bar.close()
            bar = tqdm(desc=step.stage, total=step.total, file=err, leave=False, dynamic_ncols=True)
        bar.total = step.total or None
        bar.update(step.done - bar.n)

    try:
        yield draw
    finally:
        if bar is not None:
            bar.close()


def _lines(err: TextIO, clock: Callable[[], float]) -> Callable[[Step], None]:
    """A line when a stage begins and ends, and now and then between."""

    def write(step: Step) -> None:
        count = f" {step.done} of {step.total}" if step.total else ""
        print(f"townbook: {step.stage}{count}", file=err, flush=True)

    return _thinned(write, clock, SECONDS_BETWEEN_LINES)


def _thinned(
    write: Callable[[Step], None], clock: Callable[[], float], seconds: float
) -> Callable[[Step], None]:
    """``write`` for the steps that begin or end a stage, and one in ``seconds`` of the others."""
    stage, written = "", 0.0

    def hear(step: Step) -> None:
        nonlocal stage, written
        now = clock()
        ends = 0 < step.total == step.done
        if step.stage == stage and not ends and now - written < seconds:
            return
        stage, written = step.stage, now
        write(step)

    return hear
