"""What is known: documents, their passages and the records read out of them.

Every value here points back into a document's stored text by code-point spans, so that
whatever is said later can be checked against the words it came from. This package knows
nothing of vectors, questions or pages, and imports no other package of the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, ``[start, end)``, in one document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"got span [{self.start}, {self.end}), expected 0 <= start <= end")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words this span covers in ``text``."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """The same range ``by`` code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading line: its words (markup excluded) and depth, 1 the highest."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """One article as stored: canonical text plus what is known about it.

    ``source`` names it as a person would (a path relative to its folder, an address, or
    ``table.csv#3`` for the third row). ``id`` names this version: it changes with the text.
    """

    id: str  # 16 hex digits, see corpus.text.document_id
    source: str
    text: str  # canonical: NFC, "\n" line ends, no NUL, no lone surrogates
    sha256: str  # of ``text`` as UTF-8
    title: str
    language: str  # ISO 639-1, "und" when undecided
    kind: str  # "text" | "markdown" | "html" | "pdf" | "docx" | "row"
    published: date | None = None
    url: str | None = None
    headings: tuple[Heading, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()  # other front-matter pairs, in file order


@dataclass(frozen=True, slots=True)
class Passage:
    """The stored unit of retrieval: whole sentences of one document, with their headings."""

    document: str  # Document.id
    ordinal: int  # position in its document, from 0
    span: Span  # into Document.text
    sentences: tuple[Span, ...]  # into Document.text, ordered, inside ``span``
    headings: tuple[str, ...]  # outermost first; the document's title is not repeated here

    @property
    def id(self) -> str:
        """Unique in a snapshot and stable across rebuilds of the same corpus."""
        return f"{self.document}:{self.ordinal:04d}"


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A value and the words it was read from; ``inferred`` when those words imply it only."""

    value: T
    span: Span
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in units of ``currency`` (ISO 4217), never rounded or converted."""

    amount: float
    currency: str


@dataclass(frozen=True, slots=True)
class Practice:
    """Something a city does, described by a document or by one section of it."""

    document: str
    span: Span  # the part of the document that describes it
    name: Field[str]
    city: Field[str] | None = None
    country: Field[str] | None = None  # ISO 3166-1 alpha-2
    started: Field[str] | None = None  # ISO 8601, "2016" or "2016-05-01"
    ended: Field[str] | None = None  # ISO 8601, or "ongoing"
    budget: Field[Money] | None = None
    population: Field[int] | None = None  # inhabitants of the city
    keywords: tuple[Field[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that takes place on known days. ``published`` is when it was announced."""

    document: str
    span: Span
    name: Field[str]
    start: Field[date]
    end: Field[date] | None = None  # last day, inclusive
    place: Field[str] | None = None  # as the text spells it
    country: Field[str] | None = None  # ISO 3166-1 alpha-2
    published: Field[date] | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """An organisation of cities."""

    document: str
    span: Span
    name: Field[str]
    acronym: Field[str] | None = None
    secretariat: Field[str] | None = None  # ISO 3166-1 alpha-2 of its seat
    founded: Field[int] | None = None  # year
    aims: tuple[Field[str], ...] = ()


Record = Practice | Event | Network
