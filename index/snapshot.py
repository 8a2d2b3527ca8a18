"""Reading: one immutable snapshot, and the reader that moves on when a new one is published.

A snapshot's files are hashed before it answers anything -- a damaged vector file would give
wrong passages without an error -- and are never written to. Whoever holds a Snapshot keeps
its answers to the end, whatever is published meanwhile.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from corpus import Document, Passage, Record
from corpus.errors import DamagedSnapshot, EncoderError, HomeError, NotReady
from index import EVERYTHING, Filters, Hit, Vectors, lease
from index.engines.catalogue import Version
from index.engines.local import LocalEngine
from index.engines.numbering import Extent
from index.engines.vectors import Rows
from index.home import Home
from index.manifest import Listed, Manifest, read_manifest, verify
from index.own_words import fused
from index.pointer import Pointer, read_pointer
from index.repeating import Repeating
from index.terms import names, stems

# Fusion looks this deep into each ranking: what lies below adds next to nothing.
_FUSION_DEPTH = 200
# Of meaning and of words, see index.fusion for what was measured.
_FUSION_WEIGHTS = (1.0, 0.5)
# A reader that finds the published folder removed was slow by two publishes; more is no race.
_OPENING_TRIES = 5


class Snapshot:
    """One published state of the corpus, searchable. Threads may share it."""

    def __init__(self, folder: Path, manifest: Manifest, lock: BinaryIO) -> None:
        """Made by ``open_current``; ``folder`` has been verified and ``lock`` leases it."""
        self._manifest = manifest
        self._folder = folder
        try:
            self._engine = LocalEngine(folder, manifest.segments)
        except BaseException:
            lock.close()
            raise
        self._holdings = self._engine.holdings
        self._release = weakref.finalize(self, _release, self._engine, lock)
        self._repeating = Repeating(self._engine, self._holdings)
        self.degraded: str | None = None  # why this is not the newest one, when it is not
        self.checked: str = _now()  # when its files were hashed, ISO 8601 in UTC

    # -- what it is ----------------------------------------------------------------------

    @property
    def id(self) -> str:
        """Its number, "000051"; later snapshots have higher ones."""
        return self._manifest.snapshot

    @property
    def created(self) -> str:
        """When it was written, ISO 8601 in UTC."""
        return self._manifest.created

    @property
    def encoder_id(self) -> str:
        """The encoder its vectors were made with."""
        return self._manifest.encoder

    @property
    def document_count(self) -> int:
        return self._manifest.documents

    @property
    def passage_count(self) -> int:
        return self._manifest.passages

    @property
    def manifest(self) -> Manifest:
        """All that the manifest says."""
        return self._manifest

    def status(self) -> dict[str, Any]:
        """Counts for people, ready for JSON; ``sound`` is False when a newer one is damaged."""
        return {
            "snapshot": self.id,
            "created": self.created,
            "documents": self.document_count,
            "aliases": self._manifest.aliases,
            "passages": self.passage_count,
            **self._holdings.counts(),
            "encoder": self.encoder_id,
            "sound": self.degraded is None,
            "degraded": self.degraded,
            "checked": {"at": self.checked, "snapshot": self.id, "found": self.degraded},
        }

    def require_encoder(self, encoder_id: str) -> None:
        """Raise EncoderError unless vectors of this encoder can be compared with these."""
        if encoder_id != self.encoder_id:
            raise EncoderError(
                f"got encoder {encoder_id} for snapshot {self.id}",
                f"{self.encoder_id}, which it was built with",
                "choose that --model, or run `townbook refresh` to index with the new one",
            )

    def verify(self) -> None:
        """Hash every file again; raise DamagedSnapshot naming the first that has changed.

        Then whoever opens these files next hashes them, too, whatever their times say.
        """
        try:
            verify(self._folder, self._manifest.files)
        except DamagedSnapshot:
            _verified.clear()
            raise
        self.checked = _now()

    def close(self) -> None:
        """Release the files. Not needed: dropping the last reference does the same."""
        self._release()

    # -- what it holds -------------------------------------------------------------------

    def documents(self) -> Sequence[Document]:
        """Every document that answers, ordered by source: none that only repeats another."""
        return self._holdings.documents()

    def canonical_of(self, source: str) -> str | None:
        """The source of the document that the one of ``source`` repeats; None if it is none."""
        return self._holdings.canonical_of.get(source)

    def aliases_of(self, source: str) -> tuple[str, ...]:
        """The sources of the documents that repeat the one of ``source``, ascending."""
        pairs = self._holdings.canonical_of.items()
        return tuple(sorted(alias for alias, canonical in pairs if canonical == source))

    def document(self, id: str) -> Document:
        """The document of this id. Raises KeyError."""
        return self._holdings.document(id)

    def find_document(self, source_or_id: str) -> Document | None:
        """The document a person means by a source name or an id; it may be an alias."""
        return self._holdings.find_document(source_or_id)

    def passages(self, filters: Filters = EVERYTHING) -> Sequence[Passage]:
        """The passages that pass ``filters``, ordered by their document's source, then place."""
        return self._holdings.passages(self._holdings.listed(self._select(filters)))

    def documents_within(self, filters: Filters) -> list[Document]:
        """The documents with a passage that passes ``filters``, ordered by source."""
        rows = self._select(filters)
        if rows is None:
            return list(self.documents())
        wanted = {self._holdings.ids[row].partition(":")[0] for row in rows.tolist()}
        return [document for document in self.documents() if document.id in wanted]

    def spread(self, facet: str, filters: Filters) -> dict[str, int]:
        """How many documents tell of each country, city or kind, in passages within ``filters``.

        ``facet`` is "country", "city" or "kind"; a value that none tells of is not there.
        """
        rows, owners = self._select(filters), self._holdings.owners
        found = {}
        for value, having in self._engine.valued(facet):
            kept = having if rows is None else np.intersect1d(having, rows, assume_unique=True)
            if len(kept):
                found[value] = len(np.unique(owners[kept]))
        return found

    def passages_of(self, document_id: str) -> Sequence[Passage]:
        """The passages of one document in order; none for an unknown id."""
        return self._holdings.passages_of(document_id)

    def sentence_vectors(self, document_id: str) -> Vectors:
        """Unit vectors of the sentences of one document's passages, shape (n, dimension).

        In the order of ``passages_of`` and of each passage's ``sentences``; zeros for one
        that only repeats a title. None for an unknown id.
        """
        return self._engine.sentences(document_id)

    def boilerplate_in(self, document_id: str) -> NDArray[np.bool_]:
        """Whether many documents of its source have each sentence too, shape (n,).

        In the order of ``sentence_vectors``; see index.boilerplate.
        """
        return self._engine.boilerplate_in(document_id)

    def passage(self, id: str) -> Passage:
        """The passage of this id. Raises KeyError."""
        return self._holdings.passage(id)

    def records(self) -> Sequence[Record]:
        """Every practice, event and network, in the order of their documents."""
        return self._holdings.records()

    def document_frequency(self, term: str) -> int:
        """How many passages hold this stem (see corpus.words.stem)."""
        return self._engine.document_frequency(term)

    # -- search --------------------------------------------------------------------------

    def lexical(self, text: str, language: str, k: int, filters: Filters = EVERYTHING) -> list[Hit]:
        """The k best by BM25 over stems of ``language`` and over the words as written."""
        found = self._lexical(text, language, k, filters)
        return self._hits(found)

    def dense(
        self, vector: NDArray[np.float32], k: int, filters: Filters = EVERYTHING
    ) -> list[Hit]:
        """The k best by cosine with a unit vector of this snapshot's encoder."""
        rows = self._select(filters)
        return self._hits(self._engine.dense(self._checked(vector), k, rows))

    def similarities(
        self, vector: NDArray[np.float32], filters: Filters = EVERYTHING
    ) -> dict[str, float]:
        """The exact cosine of every passage that passes ``filters``, by passage id."""
        rows = self._select(filters)
        scores = self._engine.similarities(self._checked(vector), rows).tolist()
        every = self._holdings.ids
        ids = every if rows is None else [every[row] for row in rows.tolist()]
        return dict(zip(ids, scores, strict=True))

    def hybrid(
        self,
        text: str,
        language: str,
        vector: NDArray[np.float32],
        k: int,
        filters: Filters = EVERYTHING,
    ) -> list[Hit]:
        """The k best by reciprocal rank fusion of ``dense`` and ``lexical``.

        Passages that match by boilerplate come after those that match by their own words.
        """
        depth = max(k, _FUSION_DEPTH)
        rows = self._select(filters)
        dense = self._engine.dense(self._checked(vector), depth, rows)
        lexical = self._lexical(text, language, depth, filters)
        rankings = [[row for row, _score in ranking] for ranking in (dense, lexical)]
        wanted = {*stems(text, language), *names(text, language)}
        return self._hits(
            fused(
                rankings,
                _FUSION_WEIGHTS,
                k,
                self._repeating.rows,
                lambda row: self._repeating.matching(row, wanted),
            )
        )

    def _select(self, filters: Filters) -> Rows | None:
        """The rows that pass; themes are the records' keywords, which engines do not know."""
        rows = self._engine.select(replace(filters, themes=()))
        if not filters.themes:
            return rows
        themed = self._holdings.themed(filters.themes)
        return themed if rows is None else np.intersect1d(rows, themed, assume_unique=True)

    def _lexical(
        self, text: str, language: str, k: int, filters: Filters
    ) -> list[tuple[int, float]]:
        rows = self._select(filters)
        return self._engine.lexical(stems(text, language), names(text, language), k, rows)

    def _hits(self, found: Sequence[tuple[int, float]]) -> list[Hit]:
        pairs = self._holdings.found([row for row, _score in found])
        return [
            Hit(rank, score, passage, document)
            for rank, ((_row, score), (passage, document)) in enumerate(
                zip(found, pairs, strict=True), start=1
            )
        ]

    def _checked(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        vector = np.asarray(vector, np.float32).reshape(-1)
        if len(vector) != self._manifest.dimension:
            raise EncoderError(
                f"got a vector of {len(vector)} numbers",
                f"{self._manifest.dimension}, from {self.encoder_id}",
                "encode with the snapshot's own encoder",
            )
        return vector

    # -- for the writer of the next one --------------------------------------------------

    @property
    def folder(self) -> Path:
        """Where its files lie; they were verified when it was opened."""
        return self._folder

    @property
    def holds_more(self) -> bool:
        """Whether its files hold more than its answers: dead documents, or several segments."""
        return len(self.extents()) > 1 or any(len(extent.dead) for extent in self.extents())

    def versions(self) -> list[list[Version]]:
        """For each segment its living documents and aliases: number, source, digest, recipe."""
        return self._holdings.versions()

    def aliases(self) -> list[dict[int, str]]:
        """For each segment the numbers of its aliases and the sources of what they repeat."""
        return self._holdings.aliases()

    def extents(self) -> Sequence[Extent]:
        """For each segment where its documents lie in it, and which are dead."""
        return self._engine.numbering.extents


def _release(engine: LocalEngine, lock: BinaryIO) -> None:
    engine.close()
    lock.close()


def current_id(home: Home | Path) -> str:
    """The published snapshot's number, read from one small file.

    Raises NotReady before the first publish, DamagedSnapshot when CURRENT says nonsense.
    """
    return read_pointer(_as_home(home)).snapshot


def open_current(home: Home | Path, encoder_id: str | None = None) -> Snapshot:
    """The published snapshot, verified; a damaged one is answered for by the one before.

    In that case ``degraded`` says why. Raises NotReady before the first publish,
    DamagedSnapshot when no sound snapshot is left, EncoderError when ``encoder_id`` is given
    and the snapshot was built with another.
    """
    home = _as_home(home)
    snapshot = _open_published(home)
    if encoder_id is not None:
        snapshot.require_encoder(encoder_id)
    return snapshot


def _open_published(home: Home) -> Snapshot:
    pointer: Pointer | None = None
    for _try in range(_OPENING_TRIES):
        try:
            pointer = read_pointer(home)
            return open_snapshot(home, pointer.snapshot, pointer.digest)
        except DamagedSnapshot as error:
            return _fall_back(home, pointer, error)
        except FileNotFoundError:
            continue  # removed after we read CURRENT: something newer has been published
    missing = pointer.snapshot if pointer else "?"
    return _fall_back(
        home,
        pointer,
        DamagedSnapshot(
            f"got CURRENT naming snapshot {missing}, which is not there",
            f"the folder {home.snapshot(missing)}",
            "run `townbook refresh`, which publishes a new one",
        ),
    )


def _fall_back(home: Home, pointer: Pointer | None, reason: DamagedSnapshot) -> Snapshot:
    """The newest sound snapshot before the published one; any, when CURRENT names none."""
    known = home.snapshot_ids()
    if pointer is not None:
        known = [id for id in known if int(id) < int(pointer.snapshot)]
    for id in reversed(known):
        try:
            snapshot = open_snapshot(home, id)
        except (DamagedSnapshot, FileNotFoundError):
            continue
        snapshot.degraded = f"{reason.found}; answering from snapshot {id}"
        return snapshot
    raise reason


def open_snapshot(home: Home, id: str, digest: str | None = None) -> Snapshot:
    """One snapshot by number, verified against its manifest and the manifest's ``digest``.

    Raises DamagedSnapshot naming the file that is not as published; FileNotFoundError when
    there is no such snapshot.
    """
    folder = home.snapshot(id)
    lock = lease.take(folder)
    try:
        manifest = read_manifest(folder)
        if manifest.snapshot != id or digest not in (None, manifest.digest):
            raise DamagedSnapshot(
                f"got {folder} with another manifest than CURRENT names",
                f"the manifest of snapshot {id}",
                "run `townbook refresh`, which publishes a new one",
            )
        checked = _verify_once(folder, manifest)
    except BaseException:
        lock.close()
        raise
    snapshot = _opened(folder, manifest, lock)
    snapshot.checked = checked
    return snapshot


def _opened(folder: Path, manifest: Manifest, lock: BinaryIO) -> Snapshot:
    try:
        return Snapshot(folder, manifest, lock)
    except (RuntimeError, ValueError, KeyError, OSError) as error:
        # Hashes are right and a library still cannot read the file: written by another version.
        raise DamagedSnapshot(
            f"could not open {folder} ({error})",
            "files of this version's engines",
            "run `townbook refresh`, which writes a new snapshot",
        ) from error


# Files this process has hashed and when, by what changes when they are written to. A file has
# several names, one in each snapshot that carries its segment over, and is hashed under the first.
_verified: dict[tuple[object, ...], str] = {}
# One written just now could be written again without a new time: file systems' clocks are
# coarse. It is hashed again the next time.
_RACY_NS = 1_000_000_000
_MOST_VERIFIED = 10_000  # a service refreshed for years forgets and hashes anew


def _verify_once(folder: Path, manifest: Manifest) -> str:
    """Hash the files that this process has not hashed, or that were touched since.

    When the one that was hashed longest ago was, ISO 8601 in UTC.
    """
    stamps: dict[Listed, tuple[object, ...]] = {}
    for listed in manifest.files:
        name, _size, sha256 = listed
        with suppress(OSError):  # a file is missing; verify says which
            facts = (folder / name).stat()
            if time.time_ns() - facts.st_mtime_ns > _RACY_NS:
                stamps[listed] = (
                    *(facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns),
                    sha256,
                )
    verify(folder, [listed for listed in manifest.files if stamps.get(listed) not in _verified])
    now = _now()
    when = {stamp: _verified.get(stamp, now) for stamp in stamps.values()}
    if len(_verified) > _MOST_VERIFIED:
        _verified.clear()
    _verified.update(when)
    return min(when.values(), default=now)


def _now() -> str:
    return datetime.now(UTC).isoformat()


@dataclass(frozen=True, slots=True)
class _Held:
    snapshot: Snapshot
    seen: Pointer | None  # what CURRENT said when we last acted on it
    degraded: str | None


class SnapshotReader:
    """Always the newest sound snapshot, for a process that answers for a long time.

    Threads may share it. A question asks once for ``current()`` and keeps what it got.
    """

    def __init__(self, home: Home | Path, encoder_id: str | None = None) -> None:
        """``encoder_id``: refuse snapshots of another encoder. Opens nothing yet."""
        self._home = _as_home(home)
        self._encoder_id = encoder_id
        self._changing = threading.Lock()
        self._held: _Held | None = None

    @property
    def degraded(self) -> str | None:
        """Why the snapshot served is not the one last published; None when it is."""
        held = self._held
        return held.degraded if held else None

    def keep_to(self, encoder_id: str) -> None:
        """From now on move on to snapshots of this encoder only; one held already stays."""
        self._encoder_id = encoder_id

    def current(self) -> Snapshot:
        """The published snapshot, reopened only when CURRENT has changed.

        When the new one cannot be loaded the old one goes on serving and ``degraded`` says
        why. With nothing to serve, raises as ``open_current`` does.
        """
        held = self._held
        if held is not None and held.seen is not None and self._pointer() == held.seen:
            return held.snapshot
        with self._changing:
            return self._renewed().snapshot

    def reopen(self) -> None:
        """Open what is published as a fresh start does, for when a check found damage in it.

        Where nothing sound is left, what is held goes on serving and ``degraded`` says why.
        """
        with self._changing:
            held, seen = self._held, self._pointer()
            if held is None:
                return  # whoever asks next opens it, and is told
            try:
                snapshot = open_current(self._home, self._encoder_id)
            except (DamagedSnapshot, EncoderError) as error:
                told = f"{error.found}; answering from snapshot {held.snapshot.id}"
                self._held = _Held(held.snapshot, seen, told)
            else:
                self._held = _Held(snapshot, seen, snapshot.degraded)

    def close(self) -> None:
        """Let go of the snapshot; whoever still holds it may use it to the end."""
        with self._changing:
            self._held = None

    def _renewed(self) -> _Held:
        held, seen = self._held, self._pointer()
        if held is None:
            snapshot = open_current(self._home, self._encoder_id)
            self._held = held = _Held(snapshot, seen, snapshot.degraded)
        elif seen != held.seen or seen is None:
            self._held = held = self._moved_on(held, seen)
        return held

    def _moved_on(self, held: _Held, seen: Pointer | None) -> _Held:
        old = held.snapshot
        if seen is None:
            return _Held(old, None, f"CURRENT is unreadable; answering from snapshot {old.id}")
        try:
            snapshot = open_snapshot(self._home, seen.snapshot, seen.digest)
            if self._encoder_id is not None:
                snapshot.require_encoder(self._encoder_id)
        except (DamagedSnapshot, EncoderError) as error:
            return _Held(old, seen, f"{error.found}; answering from snapshot {old.id}")
        except OSError:
            # Removed between two looks: the next look finds what was published after it.
            return _Held(old, None, f"snapshot {seen.snapshot} is gone; answering from {old.id}")
        return _Held(snapshot, seen, None)

    def _pointer(self) -> Pointer | None:
        try:
            return read_pointer(self._home)
        except (NotReady, DamagedSnapshot, HomeError):
            return None


def _as_home(home: Home | Path) -> Home:
    return home if isinstance(home, Home) else Home(home)
