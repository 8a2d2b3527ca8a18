"""Leaves an endpoint alone that keeps failing, and tries it again later with one request.

Knows a clock and the last outcomes. Refuses to know what was asked, and of whom.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

# One failure may be chance; after three in a row everybody would wait for the next.
_FAILURES = 3
_REST_SECONDS = 30.0


class Breaker:
    """Closed: all may ask. Open: nobody. Half-open, after a rest: one, whose outcome decides."""

    def __init__(
        self,
        failures: int = _FAILURES,
        rest_seconds: float = _REST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``clock`` gives seconds that never go back."""
        self._most = failures
        self._rest = rest_seconds
        self._clock = clock
        self._lock = Lock()
        self._failed = 0
        self._opened: float | None = None
        self._is_trying = False

    def may_ask(self) -> bool:
        """Whether to ask now; each True is to be followed by one of the three below."""
        with self._lock:
            if self._opened is None:
                return True
            if self._is_trying or self._clock() - self._opened < self._rest:
                return False
            self._is_trying = True
            return True

    def succeeded(self) -> None:
        """The endpoint answered."""
        with self._lock:
            self._failed, self._opened, self._is_trying = 0, None, False

    def failed(self) -> None:
        """It did not."""
        with self._lock:
            self._failed += 1
            if self._is_trying or self._failed >= self._most:
                self._opened = self._clock()
            self._is_trying = False

    def left(self) -> None:
        """Whoever asked went away before it was known."""
        with self._lock:
            self._is_trying = False

    @property
    def seconds_left(self) -> float:
        """Until the endpoint is asked again; 0 when it may be."""
        with self._lock:
            if self._opened is None:
                return 0.0
            return max(0.0, self._opened + self._rest - self._clock())
