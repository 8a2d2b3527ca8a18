"""From a question to scored sentences, and the verdict whether they suffice.

A sentence's score is its soft coverage of the question plus its passage's closeness in meaning
plus or minus what its type of content adds. Whether the best of them answers is judged by typed
checks, because no threshold on coverage or closeness tells an answerable question from one with
a false premise (both were measured: AUC .57 to .74).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.matching import (
    Coverage,
    Reading,
    TermKeys,
    cover,
    keys_for,
    names_missing,
    weights,
)
from assistant.question import Question
from assistant.shelf import Shelf
from corpus import Document, Span
from corpus.dates import find_dates
from corpus.numbers import find_numbers
from corpus.places import find_places
from corpus.words import fold, stem, words
from index import Filters, Vectors

_CANDIDATE_PASSAGES = 40
_CANDIDATE_DOCUMENTS = 24
_TYPED_LINES = 80
# Of the sentences in another language than the question's, this many are compared by meaning.
_FOREIGN_LINES = 24

# Weights of a first prototype, kept where the development set did not argue against them.
_DENSE = 0.6
_FOREIGN_DENSE = 0.5
_HEADING = -0.25
_RIGHT_TYPE = 0.12
_RIGHT_NOUN = 0.2
_WRONG_TYPE = -0.3
_PLACE = 0.2

_CURRENCIES = frozenset({"EUR", "GBP", "USD", "CHF", "PLN", "SEK", "DKK", "NOK", "CZK", "HUF"})
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.]\d{2}|\s?h(?:\d{2})?\b)|\b\d{1,2}\s?(?:Uhr|am|pm|uur)\b")
_PHONE = re.compile(r"(?:\+|\b0)\d[\d\s/().-]{6,}\d|[\w.+-]+@[\w-]+\.\w")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that may answer, with how well it matches."""

    reading: Reading
    index: int  # of the line in ``reading.lines``
    score: float
    coverage: Coverage
    closeness: float  # of its passage's meaning to the question, in [0, 1]

    @property
    def document(self) -> Document:
        """The document the sentence stands in."""
        return self.reading.document

    @property
    def span(self) -> Span:
        """Where the sentence stands."""
        return self.reading.lines[self.index].span

    @property
    def text(self) -> str:
        """The sentence's own words."""
        return self.span.of(self.document.text)


@dataclass(frozen=True, slots=True)
class Gathered:
    """All scored sentences for one question, best first, and what they were scored with."""

    evidence: tuple[Evidence, ...]
    keys: dict[str, tuple[TermKeys, ...]]  # by document language
    weight: dict[str, float]

    @property
    def best(self) -> Evidence | None:
        """The sentence that matches best, if anything was found at all."""
        return self.evidence[0] if self.evidence else None


def gather(
    question: Question,
    shelf: Shelf,
    filters: Filters,
    documents: Sequence[Document] | None = None,
) -> Gathered:
    """Score the sentences of the likeliest documents (or of ``documents``) for ``question``."""
    vector = shelf.query_vector(question.search_text)
    closeness = shelf.similarities(vector, filters)
    weight = weights(question, shelf.frequency(question), shelf.snapshot.passage_count)
    if documents is None:
        hits = shelf.hybrid(question, vector, _CANDIDATE_PASSAGES, filters)
        unique = {hit.document.id: hit.document for hit in hits}
        documents = list(unique.values())[:_CANDIDATE_DOCUMENTS]
    keys: dict[str, tuple[TermKeys, ...]] = {}
    found: list[Evidence] = []
    for document in documents:
        reading = shelf.reading(document)
        if document.language not in keys:
            keys[document.language] = keys_for(question, document.language)
        for i, coverage in enumerate(cover(reading, keys[document.language], weight)):
            line = reading.lines[i]
            near = closeness.get(line.passage.id, 0.0)
            score = coverage.soft + _DENSE * near + (_HEADING if line.heading else 0.0)
            found.append(Evidence(reading, i, score, coverage, near))
    found.sort(key=_rank)
    head = [_typed(e, question) for e in found[:_TYPED_LINES]]
    head = _compare_foreign(head, question, vector, shelf)
    head.sort(key=_rank)
    return Gathered(tuple(head + found[_TYPED_LINES:]), keys, weight)


def _rank(evidence: Evidence) -> tuple[float, str, int]:
    return (-round(evidence.score, 6), evidence.document.source, evidence.index)


def _typed(evidence: Evidence, question: Question) -> Evidence:
    bonus = type_bonus(evidence.text, question, evidence.document.language)
    return _with_score(evidence, evidence.score + bonus)


def _with_score(evidence: Evidence, score: float) -> Evidence:
    return Evidence(evidence.reading, evidence.index, score, evidence.coverage, evidence.closeness)


def _compare_foreign(
    head: list[Evidence], question: Question, vector: Vectors, shelf: Shelf
) -> list[Evidence]:
    """Words match badly across languages: there, single sentences are compared by meaning."""
    foreign = [e for e in head if e.document.language != question.language][:_FOREIGN_LINES]
    if not foreign or head[0].document.language == question.language:
        return head
    cosines = shelf.sentence_vectors([e.text for e in foreign]) @ vector
    low, high = float(np.min(cosines)), float(np.max(cosines))
    width = (high - low) or 1.0
    better = {
        id(e): _with_score(e, e.score + _FOREIGN_DENSE * (float(c) - low) / width)
        for e, c in zip(foreign, cosines, strict=True)
    }
    return [better.get(id(e), e) for e in head]


def type_bonus(text: str, question: Question, language: str) -> float:
    """What a sentence's content adds or costs, given the type of value that is asked for."""
    bonus = 0.0
    folded_question = fold(question.text)
    if question.asked & {"count", "percent", "length", "money"}:
        numbers = [
            n for n in find_numbers(text, language) if fold(n.span.of(text)) not in folded_question
        ]
        if "percent" in question.asked:
            numbers = [n for n in numbers if n.unit == "%"] or numbers
        if "money" in question.asked and not question.asked & {"count"}:
            numbers = [n for n in numbers if n.unit in _CURRENCIES]
        bonus += _RIGHT_TYPE if numbers else _WRONG_TYPE
        for number in numbers:
            following = [stem(w.text, language) for w in words(text[number.span.end :])[:3]]
            if any(f in following for f in question.focus):
                bonus += _RIGHT_NOUN
                break
    if "date" in question.asked:
        dates = find_dates(text, language)
        bonus += _RIGHT_TYPE if dates else _WRONG_TYPE
        if any(d.precision == "day" for d in dates):
            bonus += _RIGHT_TYPE / 2
    if "time" in question.asked and _CLOCK.search(text):
        bonus += _RIGHT_TYPE
    if "person" in question.asked and _new_name(text, folded_question):
        bonus += _RIGHT_TYPE / 2
    if "place" in question.asked:
        new = [
            p
            for p in find_places(text, language)
            if p.kind != "country" and fold(p.surface) not in folded_question
        ]
        bonus += _RIGHT_TYPE / 2 if new else 0.0
    return bonus


def _new_name(text: str, folded_question: str) -> bool:
    """Whether a capitalised word inside ``text`` is not in the question."""
    return any(
        w.text[0].isupper() and len(w.text) > 2 and fold(w.text) not in folded_question
        for w in words(text)[1:]
    )


def shortfall(question: Question, chosen: Sequence[Evidence], gathered: Gathered) -> str | None:
    """What keeps ``chosen`` from answering ``question``, or None when nothing does.

    Checked in turn: every name of the question stands in the document; the year asked about is
    near; a value of the asked type is there; enough of the question's other words are covered.
    """
    if not chosen:
        return question.text
    best = chosen[0]
    keys = gathered.keys[best.document.language]
    missing = names_missing(question, best.reading, keys)
    if missing:
        return ", ".join(missing)
    year = _missing_year(question, chosen)
    if year:
        return year
    window = " ".join(_window(e, 1) for e in chosen)
    untyped = _missing_type(question, window, best.document.language)
    if untyped:
        return untyped
    return _missing_words(question, chosen, gathered)


def _window(evidence: Evidence, reach: int) -> str:
    lines = evidence.reading.lines
    first = max(0, evidence.index - reach)
    last = min(len(lines) - 1, evidence.index + reach)
    return evidence.document.text[lines[first].span.start : lines[last].span.end]


def _missing_year(question: Question, chosen: Sequence[Evidence]) -> str | None:
    for year in question.years:
        if not any(_holds_year(e, year) for e in chosen):
            return str(year)
    return None


def _holds_year(evidence: Evidence, year: int) -> bool:
    document = evidence.document
    if document.published and document.published.year == year:
        return True
    section = " ".join(evidence.reading.lines[evidence.index].passage.headings)
    near = f"{document.title} {section} {_window(evidence, 4)}"
    header = document.text[:400]
    if str(year) in near or str(year) in header or str(year) in document.source:
        return True
    return any(d.start.year <= year <= d.end.year for d in find_dates(near, document.language))


_TYPE_WORDS = {
    "money": "an amount of money",
    "percent": "a percentage",
    "count": "a number",
    "length": "a measure",
    "date": "a date",
    "time": "a time of day",
    "phone": "a telephone number or address",
}


def _missing_type(question: Question, window: str, language: str) -> str | None:
    folded_question = fold(question.text)
    asked = question.asked
    numbers = [
        n for n in find_numbers(window, language) if fold(n.span.of(window)) not in folded_question
    ]
    if "phone" in asked and not _PHONE.search(window):
        return _TYPE_WORDS["phone"]
    if "time" in asked and not _CLOCK.search(window):
        return _TYPE_WORDS["time"]
    if "date" in asked and not find_dates(window, language):
        return _TYPE_WORDS["date"]
    if (
        "money" in asked
        and "count" not in asked
        and not any(n.unit in _CURRENCIES for n in numbers)
    ):
        return _TYPE_WORDS["money"]
    if "percent" in asked and not any(n.unit == "%" for n in numbers):
        return _TYPE_WORDS["percent"]
    if asked & {"count", "length"} and not numbers:
        return _TYPE_WORDS["count"]
    return None


# Least share of the question's weighted words that the sentences and their surroundings hold.
_ENOUGH = 0.5
_ENOUGH_FOREIGN = 0.12


def _missing_words(
    question: Question, chosen: Sequence[Evidence], gathered: Gathered
) -> str | None:
    matched = frozenset().union(*(e.coverage.matched for e in chosen))
    total = sum(gathered.weight.values()) or 1.0
    share = sum(w for text, w in gathered.weight.items() if text in matched) / total
    foreign = chosen[0].document.language != question.language
    if share >= (_ENOUGH_FOREIGN if foreign else _ENOUGH):
        return None
    absent = [t.text for t in question.terms if t.text not in matched and t.weight == 1.0]
    return ", ".join(absent[:4]) or question.text
