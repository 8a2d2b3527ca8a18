"""Lists that a concept decides: every document with its words or its meaning is looked at.

Words decide where they stand; a sentence that means what is asked is a row as well, and named
among the uncertain ones. What a place speaks of is in subjects.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant import Coverage, lexicon
from assistant.answering.chosen import complete
from assistant.answering.draft import Draft, inline
from assistant.answering.places import city_field
from assistant.answering.records import is_called_so
from assistant.answering.subjects import subject_of
from assistant.answering.table import Rows
from assistant.citations import CitationBook, section_of
from assistant.evidence import Evidence, Gathered, gather
from assistant.matching import NONE, Reading, cover, keys_for, phrase_stands, weights
from assistant.question import Question, Term
from assistant.shelf import Shelf
from assistant.sufficiency import shortfall
from corpus import Document, Network, Practice, Record
from corpus.places import find_places, same_city
from corpus.words import fold
from index import Filters

# A document belongs to a concept list when one place of it holds this share of the concept.
_HOLDS_CONCEPT = 0.74
_SURE = 0.9
# So few words are one notion ("repair café"): they must stand together.
PHRASE_TERMS = 2
# Every passage that holds one of the concept's words is looked at, up to so many; passages in
# other languages are reached by meaning.
# How close, between the corpus's median passage (0) and the closest one (1), a sentence must be
# to stand for the concept beside rows that have its words, and where no row has them.
_SAME_MEANING = 0.95
_NEAR_MEANING = 0.83
_FEWEST_ROWS = 2
_RECORDS: dict[str, type[Record]] = {"practice": Practice, "network": Network}
_SCAN_LEXICAL = 2_000
_SCAN_DENSE = 80
_QUOTED_WORDS = 36


@dataclass(frozen=True, slots=True)
class _Match:
    """The best place in one document for one concept."""

    reading: Reading
    index: int
    share: float  # of the concept's weighted words, held here
    prominence: float


def _alternatives(question: Question) -> list[tuple[Term, ...]]:
    """The concept's parts that "or" separates: any one of them suffices."""
    concept = question.concept
    joiner = lexicon.OR.search(fold(question.text), question.language)
    if not joiner or len(concept) < 2:
        return [concept]
    position = joiner.start()
    left = tuple(t for t in concept if t.span.end <= position + 1)
    right = tuple(t for t in concept if t.span.start >= position)
    return [part for part in (left, right) if part] or [concept]


def answer_from_scan(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    matches: dict[str, _Match] = {}
    for concept in _alternatives(question):
        if not concept:
            continue
        for match in _scan(question, concept, shelf, filters):
            known = matches.get(match.reading.document.id)
            if known is None or match.share > known.share:
                matches[match.reading.document.id] = match
    if not matches:
        return None
    gathered = gather(question, shelf, filters)
    for match in _by_meaning(question, gathered, shelf, _SAME_MEANING):
        matches.setdefault(match.reading.document.id, match)
    return _write_matches(question, list(matches.values()), shelf)


def answer_from_meaning(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """Rows for the sentences closest in meaning, where no words decide; all are uncertain."""
    if question.bounds:
        return None  # nearness in meaning says nothing about a bound
    gathered = gather(question, shelf, filters)
    best = gathered.best
    if best is None or shortfall(question, complete(question, best, gathered), gathered):
        return None
    matches = _by_meaning(question, gathered, shelf, _NEAR_MEANING)
    return _write_matches(question, matches, shelf) if len(matches) >= _FEWEST_ROWS else None


def _by_meaning(question: Question, gathered: Gathered, shelf: Shelf, least: float) -> list[_Match]:
    """For each document its best line, where a sentence of it means what is asked."""
    best: dict[str, Evidence] = {}
    closest: dict[str, float] = {}
    for evidence in gathered.evidence:
        id = evidence.document.id
        closest[id] = max(closest.get(id, 0.0), evidence.meaning)
        line = evidence.reading.lines[evidence.index]
        if id in best or line.heading or evidence.beside:
            continue
        if _in_asked_place(question, evidence.reading, evidence.index, shelf):
            best[id] = evidence  # evidence comes best first
    kind = _RECORDS.get(question.collection or "")
    return [
        _Match(evidence.reading, evidence.index, _HOLDS_CONCEPT, closest[id])
        for id, evidence in best.items()
        if closest[id] >= least
        and (kind is None or any(isinstance(r, kind) for r in shelf.records_of.get(id, ())))
    ]


def _scan(
    question: Question, concept: tuple[Term, ...], shelf: Shelf, filters: Filters
) -> list[_Match]:
    """The best line of every document that may hold ``concept``, within the question's places."""
    narrowed = replace(question, terms=concept, text=" ".join(t.text for t in concept))
    weight = weights(narrowed, shelf.frequency(narrowed), shelf.snapshot.passage_count)
    total = sum(weight.values()) or 1.0
    allowed = {p.id for p in shelf.snapshot.passages(filters)} if filters else None
    found: list[_Match] = []
    for document in _candidates(narrowed, question, shelf, filters):
        reading = shelf.reading(document)
        keys = keys_for(narrowed, document.language)
        coverages = cover(reading, keys, weight)
        if len(concept) <= PHRASE_TERMS:
            coverages = [
                c if phrase_stands(line.span.of(document.text), document.language, keys) else NONE
                for c, line in zip(coverages, reading.lines, strict=True)
            ]
        scores: list[tuple[float, int]] = []
        for i, coverage in enumerate(coverages):
            line = reading.lines[i]
            if line.heading or (allowed is not None and line.passage.id not in allowed):
                continue
            share = sum(weight[t] for t in coverage.matched) / total
            if share >= _HOLDS_CONCEPT:
                scores.append((-round(0.6 * share + 0.4 * coverage.strict, 9), i))
        # Places are looked up for the best lines only, until one lies where it should.
        inside = (i for _, i in sorted(scores) if _in_asked_place(question, reading, i, shelf))
        i = next(inside, -1)
        if i < 0:
            continue
        share = sum(weight[t] for t in coverages[i].matched) / total
        often = sum(c.strict >= 0.6 for c in coverages)
        found.append(_Match(reading, i, share, min(1.0, often / 3)))
    return found


def _candidates(
    narrowed: Question, question: Question, shelf: Shelf, filters: Filters
) -> list[Document]:
    lexical = shelf.snapshot.lexical(narrowed.text, question.language, _SCAN_LEXICAL, filters)
    dense = shelf.snapshot.dense(shelf.query_vector(question.text), _SCAN_DENSE, filters)
    unique = {hit.document.id: hit.document for hit in [*lexical, *dense]}
    documents = list(unique.values())
    if question.collection == "practice":
        with_records = [
            d
            for d in documents
            if any(isinstance(r, Practice) for r in shelf.records_of.get(d.id, ()))
        ]
        documents = [d for d in with_records or documents if is_called_so(question, d.text)]
    if question.collection == "network":
        networks = [
            d
            for d in documents
            if any(isinstance(r, Network) for r in shelf.records_of.get(d.id, ()))
        ]
        documents = networks or documents
    return documents


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


def _write_matches(question: Question, matches: list[_Match], shelf: Shelf) -> Draft | None:
    """One row a distinct thing. Where places are asked for, what has none is only mentioned."""
    book = CitationBook()
    rows = Rows()
    uncertain: list[str] = []
    wants_places = bool(lexicon.PLACES.search(fold(question.text), question.language))
    ordered = sorted(matches, key=lambda m: (-m.share, -m.prominence, m.reading.document.source))
    for match in ordered:
        document = match.reading.document
        line = match.reading.lines[match.index]
        subject = subject_of(question, match.reading, match.index, shelf)
        placeless = wants_places and not subject.is_place
        if placeless or match.share < _SURE:
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
    coverage = Coverage(
        shelf.snapshot.document_count, len(matches), tuple(dict.fromkeys(uncertain))
    )
    return rows.draft(question, coverage, book)
