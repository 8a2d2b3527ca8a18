"""Lists as they are written: a count, one line a row, and what was looked at.

Knows rows that are already decided; refuses to decide which rows there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant import Coverage, Item
from assistant.answering.draft import Draft, marker
from assistant.citations import CitationBook
from assistant.phrases import say
from assistant.question import Question
from corpus.places import same_city
from corpus.words import fold


@dataclass(slots=True)
class Row:
    """One distinct thing while its documents are gathered."""

    name: str
    country: str | None
    quote: str
    numbers: list[int] = field(default_factory=list)


class Rows:
    """Rows in the order they were first met; spellings of one thing share a row."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, name: str, country: str | None, quote: str, numbers: Sequence[int]) -> None:
        """Put ``numbers`` under the row of ``name``; ``quote`` stands when the row is new."""
        key = next(
            (k for k, row in self._rows.items() if k == fold(name) or same_city(row.name, name)),
            fold(name),
        )
        row = self._rows.setdefault(key, Row(name, country, quote))
        row.numbers.extend(numbers)

    def draft(self, question: Question, coverage: Coverage, book: CitationBook) -> Draft:
        """The list answer of these rows."""
        rows = self._rows.values()
        lines = [
            f"- **{row.name}**{f' ({row.country})' if row.country else ''} — {row.quote}"
            f" {marker(*row.numbers)}"
            for row in rows
        ]
        items = tuple(Item(r.name, r.country, tuple(dict.fromkeys(r.numbers))) for r in rows)
        text = framed(question, lines, coverage)
        return Draft("list", True, text, book.citations, items, coverage)


def framed(question: Question, lines: Sequence[str], coverage: Coverage) -> str:
    """``lines`` under their count and over what was looked at, in the question's language."""
    language = question.language
    tail = say("coverage", language, documents=coverage.documents, matched=coverage.matched)
    if coverage.uncertain:
        tail += " " + say("uncertain", language, names=", ".join(coverage.uncertain))
    return "\n".join([say("list", language, count=len(lines)), *lines, "", tail])
