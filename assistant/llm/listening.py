"""Words as they come from another thread, waited for no longer than is allowed.

Time-outs of sockets do not bound a call: a name may resolve for minutes, a server may send a
comment a second and never a word. So the call runs in a thread of its own, and whoever listens
leaves when the time is over. Knows threads and clocks; refuses to know HTTP.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread

_NOT_DONE = "was not done after {:g} s"


class Call:
    """What the two threads share: whether the listener is gone, and what to close then."""

    def __init__(self) -> None:
        self._gone = Event()
        self._lock = Lock()
        self._closing: list[Callable[[], None]] = []

    @property
    def is_over(self) -> bool:
        """Whether nobody listens any more."""
        return self._gone.is_set()

    def wait(self, seconds: float) -> bool:
        """Waits, and says whether the listener left meanwhile."""
        return self._gone.wait(seconds)

    def close_at_end(self, close: Callable[[], None]) -> None:
        """Has ``close`` called once nobody listens; at once when that is so already."""
        with self._lock:
            if not self._gone.is_set():
                self._closing.append(close)
                return
        close()

    def end(self) -> None:
        """The listener leaves."""
        with self._lock:
            self._gone.set()
            closing, self._closing = self._closing, []
        for close in closing:
            # Whatever a connection says while it is torn down, nobody waits for it.
            with suppress(Exception):
                close()


class Silence(Exception):
    """The time was over; ``told`` says which and how long it was."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


def listen(
    speak: Callable[[Call], Iterator[str]],
    silence_seconds: float,
    total_seconds: float,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[str]:
    """What ``speak`` yields in a thread of its own; what it raises is raised here.

    Raises Silence when nothing came for ``silence_seconds``, or when all of it took longer than
    ``total_seconds``. The thread is told, and what it registered is closed.
    """
    said: SimpleQueue[str | BaseException | None] = SimpleQueue()
    call = Call()

    def work() -> None:
        try:
            for piece in speak(call):
                if call.is_over:
                    return
                said.put(piece)
            said.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again where somebody listens
            said.put(error)

    started = heard = clock()
    Thread(target=work, daemon=True, name="townbook-llm").start()
    try:
        while True:
            left = min(heard + silence_seconds, started + total_seconds) - clock()
            try:
                # What has come already is heard, however long its listener was busy.
                item = said.get(timeout=left) if left > 0 else said.get_nowait()
            except Empty:
                if clock() - heard < silence_seconds:
                    raise Silence(_NOT_DONE.format(total_seconds)) from None
                raise Silence(f"said nothing for {clock() - heard:.1f} s") from None
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            heard = clock()
            yield item
            if heard - started > total_seconds:
                raise Silence(_NOT_DONE.format(total_seconds))
    finally:
        call.end()
