"""Where it is found: encoders, engines, and the snapshots that readers open.

This package turns documents into searchable snapshots and searches them. It knows nothing of
questions or answers; it imports only ``corpus``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus import Document, Passage, Span

Vectors = NDArray[np.float32]
HalfVectors = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is restricted to; an empty field restricts nothing.

    Values inside one field are alternatives; fields must all hold. Days are compared with the
    document's publication day and with the days of the events a passage describes.
    """

    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    cities: tuple[str, ...] = ()  # any known spelling
    languages: tuple[str, ...] = ()  # ISO 639-1
    sources: tuple[str, ...] = ()  # Document.source, or a folder of it ending in "/"
    kinds: tuple[str, ...] = ()  # "practice" | "event" | "network" | "article"
    themes: tuple[str, ...] = ()  # keywords of practices, in any case
    since: date | None = None
    until: date | None = None  # inclusive

    def __bool__(self) -> bool:
        return self != Filters()


EVERYTHING = Filters()  # restricts nothing


@dataclass(frozen=True, slots=True)
class Hit:
    """One ranked passage. ``rank`` counts from 1; ``score`` compares within one list only."""

    rank: int
    score: float
    passage: Passage
    document: Document

    @property
    def text(self) -> str:
        """The passage's own words."""
        return self.passage.span.of(self.document.text)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that may answer; those of a document are read in the order of their places."""

    document: str
    title: str
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Log-odds as the network gives them; comparable within one selection.

    ``scores`` has one number a candidate in the order given, None where there was no room to
    read it; ``none`` is the score that none of them answers.
    """

    scores: tuple[float | None, ...]
    none: float


class Selects(Protocol):
    """Says how well each of some sentences answers a question, and how likely none does."""

    def select(self, question: str, candidates: Sequence[Candidate]) -> Selection:
        """See :mod:`index.encoders.selector`. Equal input gives equal scores."""


class Encoder(Protocol):
    """Turns text into unit vectors. Equal text gives equal vectors within one process."""

    @property
    def id(self) -> str:
        """Names weights, prompts and pooling: two encoders with one id give one vector space."""

    @property
    def dimension(self) -> int:
        """Length of every vector."""

    @property
    def selector(self) -> Selects | None:
        """What reads sentences together with a question, where the model has such a thing."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (n, dimension), rows of length 1, in the order given."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape (n, dimension), rows of length 1, in the order given."""


class IndexingEncoder(Encoder, Protocol):
    """An encoder that can also say how much of a text it would read; refreshing needs it."""

    @property
    def limit(self) -> int:
        """Most tokens one text may have; what is longer would be cut off unread."""

    @property
    def method(self) -> Mapping[str, str | float]:
        """How vectors are made, for a snapshot's record: engine, precision, agreement."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as a passage, prompt and special tokens included, uncut."""

    def embed(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[Vectors]:
        """One matrix a text, shape (1 + len(its sentences), dimension).

        First the text's own unit vector, as ``encode_passages`` gives it, then those of its
        sentences as they read within the text; zeros for an empty span or one past the limit.
        """
