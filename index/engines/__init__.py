"""How a snapshot's passages are searched: one small contract, one file an engine.

An engine deals in rows, the passages' positions in the order of their ids. It knows nothing
of snapshots, manifests or fusion; whoever opens it maps rows to passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index import Filters, Vectors
from index.engines.vectors import Rows, Scores

__all__ = ["Engine", "Rows", "Scores"]


class Engine(Protocol):
    """Searches one snapshot.

    Every ranking is best first, equal scores by the smaller row, and holds at most k rows of
    those given (None: all). Filters come first, then exact scores over what they keep: a
    filtered score equals the unfiltered one. Equal input gives equal output. Very large
    indexes may leave out of ``dense`` a row that belongs there; no row has another score.
    """

    def select(self, filters: Filters) -> Rows | None:
        """The rows that pass, ascending; None when nothing is filtered. Themes restrict nothing."""

    def valued(self, facet: str) -> Sequence[tuple[str, Rows]]:
        """Each value of "country", "city" or "kind" with the rows that have it, by value."""

    def dense(
        self, vector: NDArray[np.float32], k: int, rows: Rows | None
    ) -> list[tuple[int, float]]:
        """Rows by cosine with a unit vector."""

    def similarities(self, vector: NDArray[np.float32], rows: Rows | None) -> Scores:
        """The exact cosine of each row given, in that order."""

    def sentences(self, document_id: str) -> Vectors:
        """The vectors of a document's sentences in order; none for an unknown id."""

    def boilerplate_in(self, document_id: str) -> NDArray[np.bool_]:
        """Whether each of a document's sentences is boilerplate; none for an unknown id."""

    @property
    def boilerplate_rows(self) -> frozenset[int]:
        """The rows with a sentence of boilerplate."""

    def lexical(
        self, stems: Sequence[str], names: Sequence[str], k: int, rows: Rows | None
    ) -> list[tuple[int, float]]:
        """Rows that hold any of the words, by BM25."""

    def document_frequency(self, stem: str) -> int:
        """How many rows hold the stem."""
