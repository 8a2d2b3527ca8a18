"""The published documents' texts, and those that left, looked up one at a time.

Useful for checking citations: it reads the snapshot's catalogues and which of their documents
are dead, the library's former versions, and nothing else -- no model, no vectors, no words --
so what it says does not depend on any of them. Of no use for finding anything. Whoever
compares a text with a hash need not trust the files, so they are not hashed.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from corpus import Document
from corpus.document_json import document_from_json
from corpus.errors import DamagedSnapshot, HomeError
from index import history, lease
from index.engines.segments import CATALOGUE, file_of, read_tombstones
from index.home import Home
from index.library import Library
from index.manifest import read_manifest
from index.pointer import read_pointer


@dataclass(frozen=True, slots=True)
class Left:
    """A text that was replaced or removed."""

    text: str
    left: str  # when, ISO 8601, UTC


class Texts:
    """The documents of the snapshot that was published when this was opened."""

    def __init__(self, home: Home) -> None:
        """Raises NotReady before the first publish, DamagedSnapshot when it cannot be read."""
        self._home = home
        self._folder = home.snapshot(read_pointer(home).snapshot)
        with ExitStack() as opened:
            try:
                opened.enter_context(closing(lease.take(self._folder)))
            except FileNotFoundError:
                raise self._damaged("it is not there") from None
            self._segments = self._opened(opened)
            self._close = opened.pop_all()

    def close(self) -> None:
        """Close the files and let go of the snapshot."""
        self._close.close()

    def find_document(self, source_or_id: str) -> Document | None:
        """The document with that id or, failing that, that source; None when there is none."""
        name = _storable(source_or_id)
        try:
            for column in ("id", "source"):
                for connection, dead in self._segments:
                    rows = connection.execute(
                        f"SELECT number, document FROM documents WHERE {column} = ?"  # noqa: S608 - one of two
                        " ORDER BY number",
                        (name,),
                    )
                    for number, document in rows:
                        if number not in dead:
                            return document_from_json(json.loads(document))
        except (sqlite3.Error, KeyError, ValueError) as error:
            raise self._damaged(str(error)) from error
        return None

    def find_former(self, id: str) -> Left | None:
        """The text with that document id, if it was replaced or removed and is still kept."""
        try:
            with Library(self._home, read_only=True) as library:
                library.require_current()
                former = history.find_former(library, _storable(id))
        except HomeError:
            return None  # none was kept by the version that wrote the library, or it is damaged
        return Left(former.document.text, former.left) if former else None

    def _opened(self, stack: ExitStack) -> list[tuple[sqlite3.Connection, frozenset[int]]]:
        """Each segment's catalogue and the numbers of its dead documents."""
        found = []
        try:
            dead = read_tombstones(self._folder)
            for segment in read_manifest(self._folder).segments:
                path = self._folder / file_of(segment, CATALOGUE)
                address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
                connection = stack.enter_context(closing(sqlite3.connect(address, uri=True)))
                found.append(
                    (connection, frozenset(dead[segment].tolist() if segment in dead else ()))
                )
        except (sqlite3.Error, OSError, KeyError, ValueError) as error:
            raise self._damaged(str(error)) from error
        return found

    def _damaged(self, reason: str) -> DamagedSnapshot:
        return DamagedSnapshot(
            f"could not read the catalogues in {self._folder} ({reason})",
            "those of the published snapshot",
            "run `townbook refresh`, which publishes a new one",
        )


def open_texts(home: Home | Path) -> Texts:
    """The published documents' texts; the caller closes them. Raises as ``Texts`` does."""
    return Texts(home if isinstance(home, Home) else Home(home))


def _storable(name: str) -> str:
    """``name`` as SQLite takes it; no stored name holds a lone surrogate."""
    return name.encode("utf-8", "replace").decode("utf-8")
