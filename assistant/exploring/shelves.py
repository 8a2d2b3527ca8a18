"""The rows of the snapshot that serves, read once and shared by all who look.

Knows when they have to be read again: when another snapshot is published.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, Protocol

from assistant.exploring.rows import event_rows, practice_rows
from assistant.exploring.view import Catalogue


class Holding(Protocol):
    """What is needed of the service."""

    def status(self) -> dict[str, Any]:
        """The published figures, with ``snapshot``. Raises NotReady when there is none."""

    def documents(self) -> list[dict[str, Any]]:
        """Every document without its text."""

    def records(self, kind: str) -> list[dict[str, Any]]:
        """Every "practice" or "event", by source."""


class Shelves:
    """Safe to share between threads: whoever comes first reads, the others wait."""

    def __init__(self, service: Holding) -> None:
        """Reads nothing yet."""
        self._service = service
        self._lock = Lock()
        self._snapshot = ""
        self._catalogue = Catalogue()

    def read(self) -> tuple[str, Catalogue]:
        """The snapshot's name and its rows. Raises TownbookError when there is none."""
        snapshot = str(self._service.status().get("snapshot") or "")
        with self._lock:
            if snapshot != self._snapshot:
                documents = self._service.documents()
                self._catalogue = Catalogue(
                    practice_rows(self._service.records("practice"), documents),
                    event_rows(self._service.records("event"), documents),
                )
                self._snapshot = snapshot
            return self._snapshot, self._catalogue
