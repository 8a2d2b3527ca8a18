"""The documents, passages and records of several segments as one collection.

Each is parsed once, when it is first asked for, and kept: a search of a snapshot that was just
opened reads the few passages it found, and a service that answers for days reads each one
time. Knows what the catalogues hold and which of it lives; nothing of searching.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import Document, Passage, Practice, Record, Span
from corpus.words import fold
from index.engines.arrays import Arrays, narrowed
from index.engines.catalogue import Catalogue, Version
from index.engines.numbering import Extent, Numbering
from index.engines.vectors import Rows
from index.rows import Stored

_NONE = np.empty(0, np.uint8)


def extent_arrays(entries: Sequence[Stored]) -> dict[str, NDArray[Any]]:
    """What is stored of the documents' ids and the passages' places. Ordered by document id."""
    ids = np.array([stored.entry.document.id.encode() for stored in entries], np.bytes_)
    lengths = np.array([0, *(len(stored.entry.rows) for stored in entries)], np.int64)
    ordinals = [row.passage.ordinal for stored in entries for row in stored.entry.rows]
    return {
        "documents.ids": ids.view(np.uint8).reshape(len(entries), ids.itemsize),
        "documents.starts": narrowed(np.cumsum(lengths)),
        "passages.ordinals": narrowed(np.array(ordinals, np.int64)),
    }


def extent_of(arrays: Arrays, dead: NDArray[Any] = _NONE) -> Extent:
    """The extent that ``extent_arrays`` stored, without the documents numbered in ``dead``."""
    letters = arrays["documents.ids"]
    ids: NDArray[np.bytes_] = letters.view(f"S{letters.shape[1]}").reshape(-1)
    return Extent(ids, arrays["documents.starts"], dead)


class Holdings:
    """What the living documents of all segments hold. Threads may share it."""

    def __init__(
        self, catalogues: Sequence[Catalogue], segments: Sequence[Arrays], numbering: Numbering
    ) -> None:
        self._catalogues = catalogues
        self._segments = segments
        self._numbering = numbering
        # Two threads may parse the same one; ``setdefault`` decides whose is kept.
        self._document_of: dict[str, Document] = {}
        self._passage_of: dict[int, Passage] = {}

    # -- documents -----------------------------------------------------------------------

    def documents(self) -> tuple[Document, ...]:
        """Every document that answers, ordered by source."""
        return self._documents

    @cached_property
    def canonical_of(self) -> dict[str, str]:
        """The source of each alias → the source of the document it repeats."""
        return {
            source: aliases[number]
            for aliases, versions in zip(self.aliases(), self.versions(), strict=True)
            if aliases
            for number, source, _digest, _recipe in versions
            if number in aliases
        }

    def aliases(self) -> list[dict[int, str]]:
        """For each segment its aliases by number, dead ones included, and what they repeat."""
        return [catalogue.aliases() for catalogue in self._catalogues]

    def document(self, id: str) -> Document:
        """The document of this id. Raises KeyError."""
        document = self._document_of.get(id)
        if document is None:
            found = self._numbering.locate(id)
            if found is None:
                raise KeyError(id)
            self._load_documents([found])
            document = self._document_of[id]
        return document

    def find_document(self, source_or_id: str) -> Document | None:
        """The document of this id or, failing that, of this source; aliases are found, too."""
        if self._numbering.locate(source_or_id) is not None:
            return self.document(source_or_id)
        for segment, catalogue in enumerate(self._catalogues):
            extent = self._numbering.extents[segment]
            for number in catalogue.numbers_of(source_or_id):
                if extent.lives is None or extent.lives[number]:
                    return self.document(extent.ids[number].decode())
        return None

    # -- passages ------------------------------------------------------------------------

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of these rows, in the order given."""
        known = self._passage_of
        missing = [row for row in rows if row not in known]
        if missing:
            self._load_passages(missing)
        return [known[row] for row in rows]

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of one document in order; none for an unknown id."""
        found = self._numbering.locate(document_id)
        return tuple(self.passages(self._numbering.rows_of(*found))) if found else ()

    def passage(self, id: str) -> Passage:
        """The passage of this id. Raises KeyError."""
        for passage in self.passages_of(id.partition(":")[0]):
            if passage.id == id:
                return passage
        raise KeyError(id)

    def found(self, rows: Sequence[int]) -> list[tuple[Passage, Document]]:
        """Passages with their documents, in the order given."""
        passages = self.passages(rows)
        wanted = dict.fromkeys(passage.document for passage in passages)
        missing = [id for id in wanted if id not in self._document_of]
        if missing:
            self._load_documents(
                place for id in missing if (place := self._numbering.locate(id)) is not None
            )
        return [(passage, self._document_of[passage.document]) for passage in passages]

    def listed(self, rows: Rows | None = None) -> list[int]:
        """``rows`` (None: all) ordered by their document's source, then by place in it."""
        if rows is None:
            every: list[int] = self._listing.tolist()
            return every
        place = np.empty(len(self._listing), np.int64)
        place[self._listing] = np.arange(len(place))
        ordered: list[int] = rows[np.argsort(place[rows])].tolist()
        return ordered

    @cached_property
    def ids(self) -> list[str]:
        """Every passage's id, by row."""
        ids = [""] * len(self._numbering)
        for segment, extent in enumerate(self._numbering.extents):
            ordinals = self._segments[segment]["passages.ordinals"].tolist()
            for number, name in enumerate(extent.ids.tolist()):
                if extent.lives is None or extent.lives[number]:
                    document = name.decode()
                    rows = self._numbering.rows_of(segment, number)
                    for row, local in zip(rows, extent.rows_of(number), strict=True):
                        ids[row] = f"{document}:{ordinals[local]:04d}"
        return ids

    @cached_property
    def owners(self) -> Rows:
        """A number for the document of each row, the same for all rows of one."""
        numbers: dict[str, int] = {}
        names = (id.partition(":")[0] for id in self.ids)
        return np.array([numbers.setdefault(name, len(numbers)) for name in names], np.int64)

    def themed(self, themes: Sequence[str]) -> Rows:
        """The rows that tell of a practice with one of these keywords, ascending."""
        wanted = {fold(theme) for theme in themes}
        spans: dict[str, list[Span]] = {}
        for record in self._records:
            if isinstance(record, Practice) and any(
                fold(keyword.value) in wanted for keyword in record.keywords
            ):
                spans.setdefault(record.document, []).append(record.span)
        rows: list[int] = []
        for document, told in spans.items():
            found = self._numbering.locate(document)
            own = self._numbering.rows_of(*found) if found else range(0)
            for row, passage in zip(own, self.passages(own), strict=True):
                if any(span.overlaps(passage.span) for span in told):
                    rows.append(row)
        return np.array(sorted(rows), np.int64)

    # -- records and counts --------------------------------------------------------------

    def records(self) -> tuple[Record, ...]:
        """Every record, in the order of their documents."""
        return self._records

    def counts(self) -> dict[str, Any]:
        """Practices, events and networks by number, and the number of documents a language."""
        kinds: Counter[str] = Counter()
        languages: Counter[str] = Counter()
        for catalogue, extent in zip(self._catalogues, self._numbering.extents, strict=True):
            kinds += catalogue.kinds(extent.dead.tolist())
            languages += catalogue.languages(extent.dead.tolist())
        return {
            "practices": kinds["practice"],
            "events": kinds["event"],
            "networks": kinds["network"],
            "languages": dict(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))),
        }

    def versions(self) -> list[list[Version]]:
        """For each segment the versions of its living documents and aliases, by number."""
        return [
            catalogue.versions()
            if extent.lives is None
            else [version for version in catalogue.versions() if extent.lives[version[0]]]
            for catalogue, extent in zip(self._catalogues, self._numbering.extents, strict=True)
        ]

    # -- read once, when first asked for -------------------------------------------------

    @cached_property
    def _documents(self) -> tuple[Document, ...]:
        self._load_documents(self._order.values())
        return tuple(self._document_of[id] for _source, id in sorted(self._order))

    @cached_property
    def _order(self) -> dict[tuple[str, str], tuple[int, int]]:
        """(source, id) of each living document that is no alias → its segment and number."""
        order = {}
        aliases = self.aliases()
        for segment, versions in enumerate(self.versions()):
            ids = self._numbering.extents[segment].ids.tolist()
            for number, source, _digest, _recipe in versions:
                if number not in aliases[segment]:
                    order[source, ids[number].decode()] = (segment, number)
        return order

    @cached_property
    def _listing(self) -> Rows:
        ranges = [
            self._numbering.rows_of(*place) for _document, place in sorted(self._order.items())
        ]
        return np.array([row for rows in ranges for row in rows], np.int64)

    @cached_property
    def _records(self) -> tuple[Record, ...]:
        found: list[tuple[int, Record]] = []
        position = {
            place: position
            for position, (_document, place) in enumerate(sorted(self._order.items()))
        }
        for segment, catalogue in enumerate(self._catalogues):
            for number, record in catalogue.records():
                if (segment, number) in position:
                    found.append((position[segment, number], record))
        found.sort(key=lambda pair: pair[0])  # stable: within a document as in its text
        return tuple(record for _position, record in found)

    def _load_documents(self, places: Iterable[tuple[int, int]]) -> None:
        wanted: dict[int, list[int]] = {}
        for segment, number in places:
            wanted.setdefault(segment, []).append(number)
        for segment, numbers in wanted.items():
            every = len(numbers) == len(self._numbering.extents[segment].ids)
            for _number, document in self._catalogues[segment].documents(
                None if every else numbers
            ):
                self._document_of.setdefault(document.id, document)

    def _load_passages(self, rows: Sequence[int]) -> None:
        wanted = np.array(rows, np.int64)
        for segment, (local, _places) in enumerate(self._numbering.in_segments(wanted)):
            if len(local):
                found = self._catalogues[segment].passages(local.tolist())
                mine = np.array([row for row, _passage in found], np.int64)
                for row, (_local, passage) in zip(
                    self._numbering.in_all(segment, mine).tolist(), found, strict=True
                ):
                    self._passage_of.setdefault(row, passage)
