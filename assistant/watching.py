"""Keeping an index up to date by itself: looking when something happens, and now and then.

Knows when to look, and hands what it sees to assistant.settling, which says when to refresh.
Refuses to open a file: a refresh is a job in a process of its own (assistant.jobs). A source
that cannot be looked at changes nothing.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from assistant.events import SystemWatcher, Watcher
from assistant.jobs import JobState
from assistant.settling import Pace, Settling, Stamp, Stamps
from corpus.errors import Busy, TownbookError
from corpus.sources import survey
from corpus.web.addresses import is_address
from index.home import Home
from index.library import Library

_log = logging.getLogger(__name__)

_JOB_SECONDS = 0.5  # between looks at whether we were told to stop, while a job runs
# A look takes at most a tenth of the time, however many files there are.
_LOOKS_SHARE = 10


class Jobs(Protocol):
    """What watching needs of assistant.jobs."""

    def start(self, *, fetch: bool) -> JobState:
        """Starts a refresh, which asks web addresses or not. Raises Busy while one runs."""

    def wait(self, timeout: float | None = None) -> JobState:
        """The state once no refresh runs, or after ``timeout`` seconds."""


Look = Callable[[Sequence[str]], Stamps]
Events = Callable[[Sequence[str], Callable[[], None]], Watcher]


class Sources:
    """What the files of a home's sources look like, and looked like when they were last read."""

    def __init__(self, home: Home) -> None:
        """Raises HomeError when the library cannot be read."""
        self._home = home
        self._last: dict[str, dict[str, Stamp]] = {}
        with Library(home, read_only=True) as library:
            for row in library.files().values():
                if not is_address(row.root):
                    self._last.setdefault(row.root, {})[row.path] = (row.size, row.mtime_ns)
        self.read: Stamps = _merged(self._last.values())

    def roots(self) -> list[str]:
        """``<home>/articles`` where there is one, and the remembered sources."""
        with Library(self._home, read_only=True) as library:
            remembered = list(library.sources())
        articles = self._home.articles.resolve()
        return [str(articles), *remembered] if articles.is_dir() else remembered

    def look(self, roots: Sequence[str]) -> Stamps:
        """Every file below ``roots`` that would be read. A root out of reach is as it was."""
        now = {}
        for root in roots:
            if is_address(root):
                continue
            try:
                items = survey(root).items
                now[root] = {str(item.path): (item.size, item.mtime_ns) for item in items}
            except TownbookError:
                now[root] = self._last.get(root, {})
        self._last = now
        return _merged(now.values())


class Watch:
    """Looks, waits, and starts refreshes until told to stop. For one thread."""

    def __init__(
        self,
        jobs: Jobs,
        roots: Callable[[], Sequence[str]],
        look: Look,
        read: Stamps,
        *,
        pace: Pace = Pace(),  # noqa: B008 - frozen
        told: Callable[[JobState], None] = lambda _state: None,
        events: Events = SystemWatcher,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``told`` hears of every refresh that was started here and has ended."""
        self._jobs = jobs
        self._roots = roots
        self._look_at = look
        self._settling = Settling(read, pace)
        self._pace = pace
        self._told = told
        self._events = events
        self._clock = clock
        self._bell = threading.Event()
        self._stopped = threading.Event()
        self._watched: list[str] | None = None  # None: nothing was looked at yet
        self._watcher: Watcher | None = None
        now = clock()
        self._look_due = now  # at the latest; a bell makes it sooner
        self._look_earliest = now
        self._held_until = now  # no refresh before that
        self._addresses_due = math.inf

    def stop(self) -> None:
        """Makes ``run`` return soon. May be called from any thread."""
        self._stopped.set()
        self._bell.set()

    def run(self) -> None:
        """Watch until ``stop``. A refresh that runs then goes on; it is its owner's to end."""
        try:
            while not self._stopped.is_set():
                pause = self.step()
                # A bell that rang already would make this a loop that never rests.
                (self._stopped if self._bell.is_set() else self._bell).wait(pause)
        finally:
            if self._watcher is not None:
                self._watcher.close()

    def step(self) -> float:
        """Look if it is time to, refresh if that is due; seconds until there is more to do."""
        now = self._clock()
        if now >= self._look_earliest and (self._bell.is_set() or now >= self._look_due):
            self._bell.clear()  # before looking: what happens meanwhile rings again
            self._look(now)
        if now >= self._held_until and (self._settling.is_due(now) or now >= self._addresses_due):
            self._refresh(now)
        return self._pause(self._clock())

    def _look(self, now: float) -> None:
        try:
            roots = list(self._roots())
            self._listen([root for root in roots if not is_address(root) and Path(root).exists()])
            self._settling.look(self._look_at(roots), now)
        except TownbookError as error:  # the library cannot be read just now
            _log.warning("watching: %s", error)
            self._look_due = now + self._pace.poll
            return
        if not any(map(is_address, roots)):
            self._addresses_due = math.inf
        elif self._addresses_due == math.inf:
            self._addresses_due = now + self._pace.addresses
        present = self._watched or []
        is_sure = (
            self._watcher is not None
            and self._watcher.is_reliable
            and len(present) == sum(not is_address(root) for root in roots)
        )
        again = self._settling.next_look(now)
        sweep = now + (self._pace.sweep if is_sure else self._pace.poll)
        self._look_due = sweep if again is None else min(again, sweep)
        self._look_earliest = now + max(self._pace.apart, _LOOKS_SHARE * (self._clock() - now))

    def _listen(self, roots: list[str]) -> None:
        """Be told of events below ``roots``, from before they are looked at."""
        if roots == self._watched:
            return
        if self._watcher is not None:
            self._watcher.close()
        self._watched = roots
        self._watcher = self._events(roots, self._bell.set)

    def _refresh(self, now: float) -> None:
        before = self._settling.take(now)
        # Whoever drops in a file does not wait for five hundred pages, one a second.
        fetch = now >= self._addresses_due
        try:
            self._jobs.start(fetch=fetch)
        except TownbookError as error:
            self._settling.put_back(before)
            if isinstance(error, Busy):  # somebody else's; ours is due still when it has ended
                self._wait()
            else:
                _log.warning("watching: %s", error)
                self._held_until = self._clock() + self._pace.poll
            self._look_due = self._clock()
            return
        state = self._wait()
        ended = self._clock()
        self._look_due = ended  # for what happened meanwhile
        if fetch:
            self._addresses_due = ended + self._pace.addresses
        if state.state != "done":
            self._settling.put_back(before)
            # What failed would fail again at once; what was cancelled was not wanted now.
            held = self._pace.poll if state.state == "failed" else self._pace.sweep
            self._held_until = ended + held
        if not state.is_running:
            self._told(state)

    def _wait(self) -> JobState:
        """The state once the job has ended, or we are told to stop."""
        state = self._jobs.wait(_JOB_SECONDS)
        while state.is_running and not self._stopped.is_set():
            state = self._jobs.wait(_JOB_SECONDS)
        return state

    def _pause(self, now: float) -> float:
        """Seconds until the next thing that is planned; the bell may ring before."""
        look = now if self._bell.is_set() else self._look_due
        planned = [max(look, self._look_earliest), max(self._addresses_due, self._held_until)]
        if self._settling.is_due(now):
            planned.append(self._held_until)
        return max(0.0, min(planned) - now)


@contextmanager
def watching(
    jobs: Jobs,
    home: Home,
    pace: Pace = Pace(),  # noqa: B008 - frozen
    told: Callable[[JobState], None] = lambda _state: None,
) -> Iterator[threading.Thread]:
    """Watches the sources of ``home`` in the thread it gives until the block ends.

    Raises HomeError when the library cannot be read.
    """
    sources = Sources(home)
    watch = Watch(jobs, sources.roots, sources.look, sources.read, pace=pace, told=told)
    thread = threading.Thread(target=watch.run, name="watching", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        watch.stop()
        thread.join()


def _merged(parts: Iterable[Stamps]) -> dict[str, Stamp]:
    return {path: stamp for part in parts for path, stamp in part.items()}
