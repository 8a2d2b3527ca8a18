"""Lists that a concept decides: every document with its words or its meaning is looked at.

Whether a document belongs is weighed in belonging.py; what a place speaks of is in subjects.py.
A row that is less sure is named among the uncertain ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant import Coverage, lexicon
from assistant.answering.belonging import Candidate, candidates
from assistant.answering.chosen import complete
from assistant.answering.draft import Draft, inline
from assistant.answering.places import city_field
from assistant.answering.records import is_called_so
from assistant.answering.subjects import subject_of
from assistant.answering.table import Rows
from assistant.citations import CitationBook, section_of
from assistant.evidence import Evidence, Gathered
from assistant.lexicon.claims import NEGATION
from assistant.matching import Reading
from assistant.question import Question, Term
from assistant.selecting import gather_read
from assistant.shelf import Shelf
from assistant.sufficiency import shortfall
from corpus import Document, Network, Practice, Record
from corpus.places import find_places, same_city
from corpus.words import fold
from index import Filters

# A document belongs at this probability, and is a row without doubt at that.
_BELONGS = 0.6
_SURE = 0.9
# This share of the concept's words in one sentence needs no other proof that the list answers.
_HOLDS_CONCEPT = 0.74
_HOLDS_ALL = 0.9
# Among so few passages nearness says nothing, since it is told beside all others: words decide.
_FEW_PASSAGES = 100
_FEWEST_ROWS = 2
_RECORDS: dict[str, type[Record]] = {"practice": Practice, "network": Network}
_QUOTED_WORDS = 36
# An article's opening sentences say what it is about: .8 of the words' share and more than twice
# as many rows of 84 quote what was expected.
_OPENING_LINES = 4
_OPENING = 0.8
_TRIED_LINES = 8
# A line that denies nothing is quoted instead of one that does if it shows nearly as much.
_NEARLY_SHOWN = 0.7


@dataclass(frozen=True, slots=True)
class _Row:
    """A document that belongs, and the line that shows it best."""

    candidate: Candidate
    index: int
    probability: float

    @property
    def reading(self) -> Reading:
        return self.candidate.reading


def answer_from_scan(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """A row for everything that belongs to the concept; None where no list answers."""
    concepts = [concept for concept in alternatives(question) if concept]
    if not concepts:
        return None
    rows: list[_Row] = []
    allowed = {p.id for p in shelf.snapshot.passages(filters)} if filters else None
    for candidate in candidates(question, concepts, pool(question, shelf), shelf, filters):
        probability = round(candidate.probability, 6)
        if shelf.snapshot.passage_count < _FEW_PASSAGES:
            probability = _by_words(candidate)
        if probability < _BELONGS:
            continue
        if question.bounds and candidate.values["strict"] < _HOLDS_CONCEPT:
            continue  # nearness in meaning says nothing about a bound
        index = _best_line(question, candidate, shelf, allowed)
        if index is not None:
            rows.append(_Row(candidate, index, probability))
    rows.sort(key=lambda row: (-row.probability, row.reading.document.source))
    if not rows or not _answers(question, rows, shelf, filters):
        return None
    return _write_rows(question, rows, shelf)


def answer_general(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """The same for a question that grammar does not show to be for a list: two rows or none."""
    draft = answer_from_scan(question, shelf, filters)
    return draft if draft is not None and len(draft.items) >= _FEWEST_ROWS else None


def _by_words(candidate: Candidate) -> float:
    """1 for a document with a sentence that holds the concept, 0 for others."""
    held = candidate.values["strict"] >= _HOLDS_CONCEPT and not candidate.values["no_phrase"]
    return float(held)


def alternatives(question: Question) -> list[tuple[Term, ...]]:
    """The concept's parts that "or" separates: any one of them suffices."""
    concept = question.concept
    joiner = lexicon.OR.search(fold(question.text), question.language)
    if not joiner or len(concept) < 2:
        return [concept]
    position = joiner.start()
    left = tuple(t for t in concept if t.span.end <= position + 1)
    right = tuple(t for t in concept if t.span.start >= position)
    return [part for part in (left, right) if part] or [concept]


def pool(question: Question, shelf: Shelf) -> Sequence[Document]:
    """The documents that can be rows: of a collection, those with a record of it."""
    documents = shelf.snapshot.documents()
    kind = _RECORDS.get(question.collection or "")
    if kind is None:
        return documents
    members = [
        d for d in documents if any(isinstance(r, kind) for r in shelf.records_of.get(d.id, ()))
    ]
    return [d for d in members or documents if is_called_so(question, d.text)]


def _best_line(
    question: Question, candidate: Candidate, shelf: Shelf, allowed: set[str] | None
) -> int | None:
    """The line that shows best why the document belongs, within the question's places."""
    reading = candidate.reading
    shown = candidate.shown.copy()
    shown[:_OPENING_LINES] += _OPENING
    order = np.argsort(-np.round(shown, 6), kind="stable")
    inside = (
        int(i)
        for i in order
        if np.isfinite(shown[i])
        and (allowed is None or reading.lines[int(i)].passage.id in allowed)
    )
    # Places are looked up for the best lines only, until one lies where it should.
    tried = (i for _, i in zip(range(_TRIED_LINES), inside, strict=False))
    placed = (i for i in tried if _in_asked_place(question, reading, i, shelf))
    best = next(placed, None)
    if best is None or not _denies(reading, best):
        return best
    least = _NEARLY_SHOWN * shown[best]
    return next((i for i in placed if shown[i] >= least and not _denies(reading, i)), best)


def _denies(reading: Reading, index: int) -> bool:
    """Whether the line denies anything: "the source does not say how many there are"."""
    document = reading.document
    return bool(
        NEGATION.search(fold(reading.lines[index].span.of(document.text)), document.language)
    )


def _answers(question: Question, rows: Sequence[_Row], shelf: Shelf, filters: Filters) -> bool:
    """Whether the rows answer: by the words of one of them, or by what was found for the question.

    One row alone is no list, unless it holds all that was asked for.
    """
    held = max(row.candidate.values["strict"] for row in rows)
    notion = max(row.candidate.values["phrase"] for row in rows)
    if len(rows) < _FEWEST_ROWS and held < _HOLDS_ALL and not notion:
        return False
    if held >= _HOLDS_CONCEPT:
        return True
    gathered = gather_read(question, shelf, filters)
    best = _evidence_of(rows, gathered) or gathered.best
    return best is not None and not shortfall(
        question, complete(question, best, gathered), gathered
    )


def _evidence_of(rows: Sequence[_Row], gathered: Gathered) -> Evidence | None:
    """The likeliest sentence of a row's document."""
    ids = {row.reading.document.id for row in rows}
    return next((e for e in gathered.evidence if e.document.id in ids), None)


def _in_asked_place(question: Question, reading: Reading, index: int, shelf: Shelf) -> bool:
    """Whether the line's record or surroundings lie in the country or city asked about."""
    if not question.countries and not question.places:
        return True
    span = reading.lines[index].span
    records = [r for r in shelf.records_of.get(reading.document.id, ()) if r.span.overlaps(span)]
    countries = {
        r.secretariat.value
        if isinstance(r, Network) and r.secretariat
        else (r.country.value if not isinstance(r, Network) and r.country else None)
        for r in records
    } - {None}
    city = city_field(reading, span, shelf)
    if not countries:
        near = find_places(reading.document.text, reading.document.language, span)
        title = find_places(reading.document.title, reading.document.language)
        countries = {p.country for p in (*near, *title) if p.country}
    if question.countries and not countries & set(question.countries):
        return False
    cities = [p for p in question.places if p.kind == "city"]
    return not cities or (city is not None and any(same_city(city.value, c.name) for c in cities))


def _write_rows(question: Question, found: Sequence[_Row], shelf: Shelf) -> Draft | None:
    """One row a distinct thing. Where places are asked for, what has none is only mentioned."""
    book = CitationBook()
    rows = Rows()
    uncertain: list[str] = []
    wants_places = bool(lexicon.PLACES.search(fold(question.text), question.language))
    for match in found:
        document = match.reading.document
        line = match.reading.lines[match.index]
        subject = subject_of(question, match.reading, match.index, shelf)
        placeless = wants_places and not subject.is_place
        if placeless or match.probability < _SURE:
            uncertain.append(subject.name)
        if placeless:
            continue
        numbers = [book.cite(document, line.span, section_of(line.passage))]
        where = subject.where
        if where is not None and len(where) and not line.span.holds(where):
            numbers.append(book.cite(document, where))
        quote = inline(line.span.of(document.text), _QUOTED_WORDS)
        rows.add(subject.name, subject.country, quote, numbers)
    if not len(rows):
        return None
    coverage = Coverage(shelf.snapshot.document_count, len(found), tuple(dict.fromkeys(uncertain)))
    return rows.draft(question, coverage, book)
