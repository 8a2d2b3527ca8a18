"""How it is answered: a question becomes evidence, evidence becomes a cited answer.

The values below are what every caller sees, in the terminal, on the page and over HTTP.
``Answer.to_json`` is the published form. Nothing here reads files or models.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of a conversation; ``role`` is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands: ``text[start:end] == quote`` in the stored document."""

    n: int  # as shown, from 1
    source: str
    document: str
    title: str
    url: str | None
    published: str | None  # ISO 8601 day
    section: str | None
    start: int
    end: int
    quote: str
    sha256: str  # of the stored text


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a list: a distinct thing and the citations that show it."""

    name: str
    country: str | None
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a list was drawn from: documents looked at, documents that matched, doubtful rows."""

    documents: int
    matched: int
    uncertain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage shown beside a refusal: close to the question, not an answer to it."""

    source: str
    document: str
    title: str
    url: str | None
    published: str | None
    section: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a question was understood to ask for, or to be restricted to.

    ``kind`` and an example of ``value``: "kind" list, "collection" practice, "country" PT,
    "place" Lisbon, "period" 2024-01-01/2024-12-31, "year" 2024, "bound" started >= 2015, "side"
    Gent, "filter" country=PT.
    """

    kind: str
    value: str
    words: str = ""  # as the question puts it; "" where no words of its own say so
    without: str | None = None  # the standalone question without these words, where it is one


@dataclass(frozen=True, slots=True)
class Answer:
    """What Townbook says, and everything needed to check it."""

    id: str | None
    question: str
    standalone: str  # the question as understood without its history
    language: str  # of the question, ISO 639-1
    kind: str  # "list" | "number" | "event" | "fact" | "compare" | "refusal"
    answered: bool
    text: str  # Markdown; every statement carries a marker [n]
    items: tuple[Item, ...]
    coverage: Coverage | None
    citations: tuple[Citation, ...]
    nearest: tuple[Nearest, ...]
    method: str  # "extractive" | "llm"
    snapshot: str
    answer_id: str
    seconds: dict[str, float] = field(default_factory=dict)
    understood: str = ""  # the filters and kind in words, for a line of text
    reading: tuple[Part, ...] = ()  # the same, part by part, so that a person can correct it
    # Of quotes in another language than the question's: citation number to a language model's
    # words, marked as such wherever shown. Always empty without a model.
    translations: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The published form, ready for json.dumps; key order is fixed."""
        return asdict(self)
