"""How far a long command has come, on standard error only.

Knows a terminal from a file: a bar that moves for a person, a few lines for a log.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TextIO

from assistant.cli.console import Step

SECONDS_BETWEEN_LINES = 15.0  # a CI log of a ten-minute build stays within a screenful


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
    stage, printed = "", 0.0

    def draw(step: Step) -> None:
        nonlocal stage, printed
        now = clock()
        ends = 0 < step.total == step.done
        if step.stage == stage and not ends and now - printed < SECONDS_BETWEEN_LINES:
            return
        stage, printed = step.stage, now
        count = f" {step.done} of {step.total}" if step.total else ""
        print(f"townbook: {step.stage}{count}", file=err, flush=True)

    return draw
