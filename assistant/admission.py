"""How many questions stand at once: one being answered, of the page one waiting, and no more.

Knows counts and nothing of what is asked. Answering is Python on one core: two at once gave no
more answers a second than one, and three gave fewer (docs/performance.md, "Asking at once"), so
each more that is let in only makes everybody wait longer. A person's question waits behind one
other at most; a program's waits for none, since a program can ask again by itself: with one
waiting, those let in took three times as long as alone. Everybody else is told at once.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from corpus.errors import Busy

ANSWERS_AT_ONCE = 1
WAITING_AT_MOST = 1  # on the page
PATIENCE_SECONDS = 10.0  # an answer that takes longer is stuck; who waits for it is told
# From the page's event being accepted to its question being put: hundredths of a second, and more
# on a machine that has other work. An empty question is never put, and holds its room as long.
EXPECTED_SECONDS = 2.0

_entry: ContextVar[Entry | None] = ContextVar("entry", default=None)

_Service = TypeVar("_Service")


class Entry:
    """One who was counted in. Leaving counts out, once, however often it is said."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave: Callable[[], None] | None = leave

    def leave(self) -> None:
        """Counts out."""
        leave, self._leave = self._leave, None
        if leave is not None:
            leave()


class Admission:
    """Who may put a question now. Safe to share between threads.

    A caller over HTTP is counted in by ``enter``, and out by its entry. The page's events wait in
    a queue of the page framework between being accepted and putting their question, so they are
    first ``expect``-ed, and counted in when they take a ``place``.
    """

    def __init__(
        self,
        at_once: int = ANSWERS_AT_ONCE,
        waiting: int = WAITING_AT_MOST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._at_once = at_once
        self._most = at_once + waiting
        self._clock = clock
        self._inside = 0
        self._answering = 0
        self._expected: deque[float] = deque()  # until when, oldest first
        self._freed = threading.Condition()

    def expect(self) -> bool:
        """Keeps room for one who is on the way; False when there is none."""
        with self._freed:
            if self._standing() >= self._most:
                return False
            self._expected.append(self._clock() + EXPECTED_SECONDS)
            return True

    def enter(self) -> Entry | None:
        """The entry of one who waits for nobody; None when no place is free."""
        with self._freed:
            if self._standing() >= self._at_once:
                return None
            self._inside += 1
            return Entry(self._count_out)

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place to answer at, once one is free. Raises Busy when none is or becomes free.

        Whoever had one is counted out with it: what comes after the answer, a language model's
        words for one, keeps nobody waiting.
        """
        entry = _entry.get() or self._arrive()
        if entry is None:
            raise _full()
        try:
            with self._freed:
                if not self._freed.wait_for(self._has_place, PATIENCE_SECONDS):
                    raise _full()
                self._answering += 1
            try:
                yield
            finally:
                with self._freed:
                    self._answering -= 1
                    self._freed.notify()
        finally:
            entry.leave()

    @contextmanager
    def counted_in(self, entry: Entry) -> Iterator[None]:
        """Within it, in this thread or task, ``place`` knows that its caller has entered."""
        before = _entry.set(entry)
        try:
            yield
        finally:
            _entry.reset(before)

    def _arrive(self) -> Entry | None:
        """Counts in one that was expected, or one for whom there is room."""
        with self._freed:
            self._standing()
            if self._expected:
                self._expected.popleft()
            elif self._inside >= self._most:
                return None
            self._inside += 1
            return Entry(self._count_out)

    def _count_out(self) -> None:
        with self._freed:
            self._inside -= 1

    def _has_place(self) -> bool:
        return self._answering < self._at_once

    def _standing(self) -> int:
        now = self._clock()
        while self._expected and self._expected[0] <= now:
            self._expected.popleft()
        return self._inside + len(self._expected)


def admitting(service: _Service, admission: Admission) -> _Service:
    """``service``, whose questions and searches each take a place of ``admission``."""
    return cast(_Service, _Admitting(service, admission))


class _Admitting:
    """Hands everything on to the service as it is, ``ask`` and ``search`` through a place."""

    def __init__(self, service: Any, admission: Admission) -> None:
        self._service = service
        self._admission = admission

    def ask(self, *given: Any, **named: Any) -> Any:
        with self._admission.place():
            return self._service.ask(*given, **named)

    def search(self, *given: Any, **named: Any) -> Any:
        with self._admission.place():
            return self._service.search(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._service, name)


def _full() -> Busy:
    return Busy("all places are taken", "a few questions at a time", "ask again in a few seconds")
