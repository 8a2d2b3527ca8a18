"""What a sentence may rest on: the quotes it cites, and what their citations say of them.

The title, the section and the rows that a quote shows are the document's and the code's own words,
so they may name what the quote leaves unsaid. Nothing else does: not the question, which may hold a
false premise, nor a quote that is not cited.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant import Answer, Citation, Item
from assistant.gate.clean import clean
from assistant.gate.tongue import language_of


@dataclass(frozen=True, slots=True)
class Quote:
    """One cited quote, clean, with its language and what stands around it."""

    n: int
    text: str
    language: str
    around: str  # title and section, one a line
    published: date | None


@dataclass(frozen=True, slots=True)
class Backing:
    """Everything one sentence may rest on."""

    quotes: tuple[Quote, ...]
    items: tuple[Item, ...]  # rows that the cited quotes show
    language: str  # of the sentence

    @property
    def quoted(self) -> str:
        """The quotes, one a line."""
        return "\n".join(quote.text for quote in self.quotes)

    @property
    def everything(self) -> str:
        """Quotes, titles, sections and row names, one a line."""
        names = [item.name for item in self.items]
        return "\n".join([*(f"{q.text}\n{q.around}" for q in self.quotes), *names])

    @property
    def shown(self) -> str:
        """The cited numbers as a person reads them: "[1][3]"."""
        return "".join(f"[{quote.n}]" for quote in self.quotes)

    @property
    def foreign(self) -> bool:
        """Whether no quote is in the language of the sentence."""
        return all(quote.language != self.language for quote in self.quotes)


def backing(answer: Answer, markers: Iterable[int], language: str) -> Backing:
    """What a sentence in ``language`` that cites ``markers`` may rest on."""
    cited = set(markers)
    quotes = tuple(_quote(c, language) for c in answer.citations if c.n in cited)
    items = tuple(item for item in answer.items if cited.intersection(item.citations))
    return Backing(quotes, items, language)


def _quote(citation: Citation, language: str) -> Quote:
    text = clean(citation.quote)
    around = "\n".join(clean(part) for part in (citation.title, citation.section) if part)
    published = date.fromisoformat(citation.published) if citation.published else None
    return Quote(citation.n, text, language_of(text, language, around), around, published)
