"""``refresh --watch``: an index that is kept up to date until somebody says stop.

Knows how a refresh reads on one line. What to look at, and when, is assistant.watching's.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from assistant.cli import wording
from assistant.cli.console import Console, Service
from assistant.jobs import JobState
from assistant.watching import watching
from corpus.errors import TownbookError
from index.home import Home

_SLEEP_SECONDS = 1.0  # a signal ends it at once


def run_watch(console: Console, service: Service, sources: Sequence[str], as_json: bool) -> int:
    """Refresh now, then whenever something changes, until Ctrl-C or SIGTERM; then 0.

    3 when the first refresh cannot be done. Raises Busy when one runs already.
    """
    tell = teller(console, as_json)
    with _terminable():
        try:
            service.jobs.start(sources)
            first = service.jobs.wait()
            tell(first)
            if first.state != "done":
                return TownbookError.exit_code
            with watching(service.jobs, Home(console.settings.home), told=tell) as thread:
                console.note("townbook: watching the sources; Ctrl-C stops it")
                while thread.is_alive():
                    time.sleep(_SLEEP_SECONDS)
        except KeyboardInterrupt:
            return 0
    return TownbookError.exit_code  # the thread's own fault, which it has told


def teller(console: Console, as_json: bool) -> Callable[[JobState], None]:
    """Something to call with each job that ended: it prints those that changed something.

    Results go to standard output, what went wrong to standard error.
    """

    def tell(state: JobState) -> None:
        for remark in state.remarks:
            console.note(f"townbook: {wording.plain(remark)}")
        if state.report is None:
            console.note(f"townbook: {wording.plain(state.error or 'the refresh was cancelled')}")
        elif any(state.report[count] for count in ("added", "changed", "removed")):
            if as_json:
                console.say_json(state.report)
            else:
                console.say(wording.changes(state.report))
                console.out.flush()

    return tell


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM does what Ctrl-C does while the block runs."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, usual)
