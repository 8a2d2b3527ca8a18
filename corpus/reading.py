"""Files to Documents, in child processes that may fail without anybody noticing but the file.

Knows how many children there are, how long a file may take and what a dead child means. It
refuses to parse: no reader is ever imported into this process. A file that crashes, hangs or
exhausts its reader costs one Failure; the next file gets a fresh child.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TypeVar

from corpus import Document
from corpus.errors import Unreadable
from corpus.raw import MOST_BYTES, read_raw
from corpus.readers import Failure
from corpus.readers.child import Child
from corpus.sources import Item
from corpus.web.links import Listing

__all__ = ["Failure", "Read", "ReaderPool"]

T = TypeVar("T")

WORKERS = 2
TIMEOUT_SECONDS = 20.0  # of wall clock, for one file
# Address space, not use: numpy and lxml alone map about 400 MB.
MEMORY_BYTES = 1536 * 2**20
_LOOKAHEAD = 4  # files a child, so that no child waits for the one that reads the results


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one item: documents, failures, or neither when it was ``known``."""

    item: Item
    raw_sha256: str  # of the file's bytes; "" when they could not be read
    documents: tuple[Document, ...] = ()
    failures: tuple[Failure, ...] = ()
    known: bool = False  # the caller knew these bytes already, so they were not parsed


class ReaderPool:
    """Reads items in limited child processes; a context manager, usable from any thread.

    TownbookError when children cannot be started at all, which no file is to blame for.
    """

    def __init__(
        self,
        workers: int = WORKERS,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        if workers < 1:
            raise ValueError(f"got {workers} workers, expected at least 1")
        self._workers = workers
        self._timeout_seconds = timeout_seconds
        self._memory_bytes = memory_bytes
        self._pause = pause
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reader")
        # One slot a worker: its idle child, or None where one has to be started.
        self._slots: queue.SimpleQueue[Child | None] = queue.SimpleQueue()
        for _ in range(workers):
            self._slots.put(None)
        self._lock = threading.Lock()
        self._children: set[Child] = set()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every child, whatever it is doing, and wait until all are gone."""
        with self._lock:
            self._closed = True
            children = tuple(self._children)
        for child in children:  # first: a thread waiting for a reply is freed by its end
            child.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for child in children:
            child.close()
        self._children.clear()

    def read(
        self, items: Iterable[Item], known: Callable[[Item, str], bool] | None = None
    ) -> Generator[Read, None, None]:
        """One Read an item, in the order of ``items``, a few read ahead.

        ``known(item, raw_sha256)`` may say that these bytes need no parsing. It is called
        from the pool's threads.
        """
        pending: deque[Future[Read]] = deque()
        try:
            for item in items:
                pending.append(self._threads.submit(self._read, item, known))
                if len(pending) > self._workers * _LOOKAHEAD:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()

    def _read(self, item: Item, known: Callable[[Item, str], bool] | None) -> Read:
        try:
            raw = read_raw(item, self._pause)
        except Unreadable as error:
            return Read(item, "", failures=(Failure(item.source, error.stage, error.reason),))
        if known is not None and known(item, raw.sha256):
            return Read(item, raw.sha256, known=True)
        if raw.data is None:
            reason = f"{raw.size:,} bytes; at most {MOST_BYTES:,} are read"
            return Read(item, raw.sha256, failures=(Failure(item.source, "limits", reason),))
        documents, failures = self._parse(item, raw.data)
        return Read(item, raw.sha256, documents, failures)

    def links(self, data: bytes, url: str) -> Listing:
        """What ``data``, a feed or a sitemap fetched from ``url``, lists.

        Unreadable for what is neither, or was too much for its reader.
        """
        found = self._with_child(lambda child: child.links(url, data, self._timeout_seconds))
        if isinstance(found, Failure):
            raise Unreadable(found.stage, found.reason)
        return found

    def _parse(self, item: Item, data: bytes) -> tuple[tuple[Document, ...], tuple[Failure, ...]]:
        return self._with_child(
            lambda child: child.parse(
                item.source, item.path.name, item.url, data, self._timeout_seconds
            )
        )

    def _with_child(self, ask: Callable[[Child], T]) -> T:
        """What ``ask`` gets from an idle child, or from a fresh one."""
        child = self._slots.get()
        try:
            if child is None or not child.is_usable():
                self._forget(child)
                child = None  # the slot stays a slot if the start fails
                child = self._start()
            return ask(child)
        finally:
            if child is not None and not child.is_usable():
                self._forget(child)
                child = None
            self._slots.put(child)

    def _start(self) -> Child:
        with self._lock:
            if self._closed:
                raise RuntimeError("this ReaderPool is closed")
            child = Child(self._memory_bytes, cpu_seconds=int(2 * self._timeout_seconds) + 1)
            self._children.add(child)
        try:
            child.wait_until_ready()
        except BaseException:
            self._forget(child)
            raise
        return child

    def _forget(self, child: Child | None) -> None:
        if child is not None:
            child.close()
            with self._lock:
                self._children.discard(child)
