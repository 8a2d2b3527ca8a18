"""The published documents' texts, looked up one at a time.

Useful for checking citations: it reads the snapshot's catalogue and nothing else -- no model,
no vectors, no words -- so what it says does not depend on any of them. Of no use for finding
anything. Whoever compares a text with a hash need not trust the file, so it is not hashed.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from corpus import Document
from corpus.document_json import document_from_json
from corpus.errors import DamagedSnapshot
from index import lease
from index.home import Home
from index.pointer import read_pointer

CATALOGUE = "catalogue.sqlite"  # as index.engines.local names it; importing that loads FAISS


class Texts:
    """The documents of the snapshot that was published when this was opened."""

    def __init__(self, home: Home) -> None:
        """Raises NotReady before the first publish, DamagedSnapshot when it cannot be read."""
        self._folder = home.snapshot(read_pointer(home).snapshot)
        try:
            self._lease = lease.take(self._folder)
        except FileNotFoundError:
            raise self._damaged("it is not there") from None
        address = f"{(self._folder / CATALOGUE).absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(address, uri=True)
        except sqlite3.Error as error:
            self._lease.close()
            raise self._damaged(str(error)) from error

    def close(self) -> None:
        """Close the file and let go of the snapshot."""
        self._connection.close()
        self._lease.close()

    def find_document(self, source_or_id: str) -> Document | None:
        """The document with that id or, failing that, that source; None when there is none."""
        try:
            row = self._connection.execute(
                "SELECT document FROM documents WHERE id = ?1 OR source = ?1"
                " ORDER BY id = ?1 DESC, number LIMIT 1",
                (_storable(source_or_id),),
            ).fetchone()
            return document_from_json(json.loads(row[0])) if row else None
        except (sqlite3.Error, KeyError, ValueError) as error:
            raise self._damaged(str(error)) from error

    def _damaged(self, reason: str) -> DamagedSnapshot:
        return DamagedSnapshot(
            f"could not read {self._folder / CATALOGUE} ({reason})",
            "the published snapshot's catalogue",
            "run `townbook refresh`, which publishes a new one",
        )


def open_texts(home: Home | Path) -> Texts:
    """The published documents' texts; the caller closes them. Raises as ``Texts`` does."""
    return Texts(home if isinstance(home, Home) else Home(home))


def _storable(name: str) -> str:
    """``name`` as SQLite takes it; no stored name holds a lone surrogate."""
    return name.encode("utf-8", "replace").decode("utf-8")
