"""The engine that needs no server: FAISS, tantivy and SQLite files in one folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import Document, Record
from index import Filters, Vectors, durable
from index.engines.catalogue import Catalogue, write_catalogue
from index.engines.lexical import LexicalIndex, write_lexical
from index.engines.vectors import Rows, Scores, VectorIndex, serialized
from index.rows import PassageRow

CATALOGUE = "catalogue.sqlite"
VECTORS = "vectors.faiss"
LEXICAL = "lexical"


def write_engine(
    folder: Path,
    documents: Sequence[Document],
    rows: Sequence[PassageRow],
    records: Iterable[Record],
    vectors: Vectors,
) -> None:
    """Write the engine's files into an existing folder.

    ``documents`` are ordered by source, ``rows`` and ``vectors`` by passage id.
    """
    durable.write_file(folder / VECTORS, serialized(vectors))
    write_lexical(folder / LEXICAL, ((row.terms, row.names) for row in rows))
    write_catalogue(folder / CATALOGUE, documents, rows, records)


class LocalEngine:
    """Implements index.engines.Engine over a folder written by ``write_engine``."""

    def __init__(self, folder: Path) -> None:
        self.catalogue = Catalogue(folder / CATALOGUE)
        self._vectors = VectorIndex(folder / VECTORS)
        self._lexical = LexicalIndex(folder / LEXICAL)

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return self._vectors.dimension

    def close(self) -> None:
        """Close the files that were kept open."""
        self.catalogue.close()

    def select(self, filters: Filters) -> Rows | None:
        return self.catalogue.select(filters)

    def dense(
        self, vector: NDArray[np.float32], k: int, rows: Rows | None
    ) -> list[tuple[int, float]]:
        return self._vectors.search(vector, k, rows)

    def similarities(self, vector: NDArray[np.float32], rows: Rows | None) -> Scores:
        return self._vectors.scores(vector, rows)

    def lexical(
        self, stems: Sequence[str], names: Sequence[str], k: int, rows: Rows | None
    ) -> list[tuple[int, float]]:
        return self._lexical.search(stems, names, k, rows)

    def document_frequency(self, stem: str) -> int:
        return self._lexical.document_frequency(stem)
