"""Which header lines of a record may answer a question: "Budget: 40000 EUR" answers one kind.

A header holds numbers and days of every type, so that without this check any question for an
amount would find one. Knows records and what is asked; refuses to judge prose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant import lexicon
from assistant.matching import Reading
from assistant.question import Question
from corpus import Event, Field, Practice, Record
from corpus.headers import pairs
from corpus.words import fold

# A longer line says more than its fields do.
_LONGEST_HEADER_WORDS = 24
_OPENING_LINES = 12
# Header lines that belong to no record, by what they tell; keys as corpus.headers folds them.
_OTHER_KEYS: Mapping[str, frozenset[str]] = {
    "published": frozenset(
        ["published", "date", "publication date", "edited on", "datum", "fecha", "data", "publie"]
    ),
    "keyword": frozenset(
        ["keywords", "tags", "mots cles", "schlagworter", "palabras clave", "parole chiave"]
    ),
}


def answering_fields(question: Question) -> frozenset[str]:
    """The header fields that ``question`` asks for, by the names of a Practice's attributes."""
    folded = fold(question.text)
    found = {
        name
        for name in ("population", "started", "keyword")
        if lexicon.ATTRIBUTES[name].search(folded, question.language)
    }
    if question.asked & {"date"}:
        found.add("started")
    if lexicon.PUBLISHED.search(folded, question.language):
        found.add("published")
    # "What does a night cost?" is not about the budget of the hotel's founding.
    if lexicon.BUDGET.search(folded, question.language) or not _about(question):
        found.add("budget")
    return frozenset(found)


def _about(question: Question) -> bool:
    """Whether anything but names and words for money is asked about."""
    money = lexicon.ASKED["money"]
    return any(
        not term.is_name
        and not money.search(fold(term.text), question.language)
        and not lexicon.UNDERTAKING.search(fold(term.text), question.language)
        for term in question.terms
    )


def header_lines(reading: Reading, records: Sequence[Record]) -> Mapping[int, frozenset[str]]:
    """For each line that holds header fields of its document, which ones it holds."""
    found: dict[int, set[str]] = {}
    text = reading.document.text
    days = [record.start.span for record in records if isinstance(record, Event)]
    for index, line in enumerate(reading.lines[:_OPENING_LINES]):
        keys = {pair.key for pair in pairs(text, line.span)}
        told = any(line.span.holds(day) for day in days)
        named = {name for name, spelled in _OTHER_KEYS.items() if keys & spelled}
        if named and not told:
            found[index] = named
    for record in records:
        if not isinstance(record, Practice):
            continue
        fields: dict[str, Field[Any] | None] = {
            "population": record.population,
            "started": record.started,
            "ended": record.ended,
            "budget": record.budget,
        }
        for name, field in fields.items():
            for index, line in enumerate(reading.lines):
                if field is None or not line.span.holds(field.span):
                    continue
                if len(line.span.of(text).split()) <= _LONGEST_HEADER_WORDS:
                    found.setdefault(index, set()).add(name)
    return {index: frozenset(names) for index, names in found.items()}
