"""Lists that a concept decides: every document is considered, one row per distinct thing.

Three ways, tried in this order: record filters (records.py), the members of an enumeration when
the question describes one thing that has them, and a scan for every place the concept holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import Coverage, Item, lexicon
from assistant.answering.draft import Draft, inline, marker
from assistant.answering.enumerations import members
from assistant.answering.events import list_events
from assistant.answering.places import city_field, is_town, line_at
from assistant.answering.records import answer_from_records
from assistant.citations import CitationBook, section_of
from assistant.evidence import Evidence, Gathered, gather
from assistant.matching import (
    NONE,
    Reading,
    cover,
    keys_for,
    names_missing,
    phrase_stands,
    weights,
)
from assistant.phrases import say
from assistant.question import Question, Term
from assistant.shelf import Shelf
from corpus import Document, Network, Practice, Span
from corpus.facets import facets
from corpus.places import find_places, same_city
from corpus.words import fold
from index import Filters

# A sentence that lists what was asked for must cover this much of the question itself.
_ENUMERATION = 0.4
_FEWEST_MEMBERS = 2
_A_MEMBER = 0.02
_NEAR_BEST = 0.7
_CLEARLY = 0.6
_LEADING_LINES = 12
_LEADING_DOCUMENTS = 3
# A document belongs to a concept list when one place of it holds this share of the concept.
_HOLDS_CONCEPT = 0.74
_SURE = 0.9
# So few words are one notion ("repair café"): they must stand together.
_PHRASE_TERMS = 2
_SCAN_LEXICAL = 200
_SCAN_DENSE = 80


def answer_list(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """The rows that answer a list question; None when nothing fits."""
    if question.collection == "event":
        events = list_events(question, shelf, filters)
        if events:
            return events
    return (
        answer_from_records(question, shelf, filters)
        or _from_enumeration(question, shelf, filters)
        or _from_scan(question, shelf, filters)
    )


def _from_enumeration(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """The members of the enumeration that the question describes, if one stands out."""
    gathered = gather(question, shelf, filters)
    if gathered.best is None:
        return None
    leading = list(dict.fromkeys(e.document.id for e in gathered.evidence[:_LEADING_LINES]))[
        :_LEADING_DOCUMENTS
    ]
    best: tuple[float, Evidence, tuple[Span, ...]] | None = None
    for evidence in gathered.evidence:
        if evidence.document.id not in leading or evidence.coverage.soft < _ENUMERATION:
            continue
        keys = gathered.keys[evidence.document.language]
        if names_missing(question, evidence.reading, keys):
            continue
        found = _asked_members(question, evidence)
        if len(found) < _FEWEST_MEMBERS:
            continue
        score = evidence.score + _A_MEMBER * min(len(found), 10)
        if best is None or score > best[0]:
            best = (score, evidence, found)
    if best is None or not _describes_one_thing(question, gathered, best[1]):
        return None
    return _write_members(question, best[1], best[2], shelf)


def _describes_one_thing(question: Question, gathered: Gathered, evidence: Evidence) -> bool:
    """An enumeration answers when the question names its subject or clearly describes it."""
    named = any(t.is_name and t.text in evidence.coverage.matched for t in question.terms)
    close = evidence.score >= _NEAR_BEST * gathered.evidence[0].score
    return close and (named or evidence.coverage.soft >= _CLEARLY)


def _asked_members(question: Question, evidence: Evidence) -> tuple[Span, ...]:
    """The members of a sentence's enumeration; only towns when towns are asked for."""
    text = evidence.document.text
    asked = fold(question.text)
    found = [
        s
        for s in members(text, evidence.span, fewest=_FEWEST_MEMBERS)
        if fold(s.of(text)) not in asked
    ]
    if lexicon.TOWNS.search(asked, question.language):
        towns = [s for s in found if is_town(s.of(text), evidence.document.language)]
        # A small town may be missing from the gazetteer; most members must be known ones.
        return tuple(found) if 2 * len(towns) >= len(found) else ()
    return tuple(found)


def _write_members(
    question: Question, evidence: Evidence, found: Sequence[Span], shelf: Shelf
) -> Draft:
    book = CitationBook()
    document = evidence.document
    passage = evidence.reading.lines[evidence.index].passage
    n = book.cite(document, evidence.span, section_of(passage))
    names = list(dict.fromkeys(" ".join(s.of(document.text).split()) for s in found))
    items = []
    for name in names:
        places = find_places(name, document.language)
        country = places[0].country if places else None
        items.append(Item(inline(name), country, (n,)))
    coverage = Coverage(shelf.snapshot.document_count, 1)
    text = [
        say("list", question.language, count=len(items)),
        *(f"- **{item.name}** {marker(n)}" for item in items),
        "",
        f"{inline(evidence.text, 80)} {marker(n)}",
    ]
    return Draft("list", True, "\n".join(text), book.citations, tuple(items), coverage)


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


def _from_scan(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    matches: dict[str, _Match] = {}
    for concept in _alternatives(question):
        if not concept:
            continue
        for match in _scan(question, concept, shelf, filters):
            known = matches.get(match.reading.document.id)
            if known is None or match.share > known.share:
                matches[match.reading.document.id] = match
    kept = [m for m in matches.values() if m.share >= _HOLDS_CONCEPT]
    if not kept:
        return None
    return _write_matches(question, kept, shelf)


def _scan(
    question: Question, concept: tuple[Term, ...], shelf: Shelf, filters: Filters
) -> list[_Match]:
    """The best line of every document that may hold ``concept``, within the question's places."""
    narrowed = replace(question, terms=concept, text=" ".join(t.text for t in concept))
    weight = weights(narrowed, shelf.frequency(narrowed), shelf.snapshot.passage_count)
    total = sum(weight.values()) or 1.0
    found: list[_Match] = []
    for document in _candidates(narrowed, question, shelf, filters):
        reading = shelf.reading(document)
        keys = keys_for(narrowed, document.language)
        coverages = cover(reading, keys, weight)
        if len(concept) <= _PHRASE_TERMS:
            coverages = [
                c if phrase_stands(line.span.of(document.text), document.language, keys) else NONE
                for c, line in zip(coverages, reading.lines, strict=True)
            ]
        best: tuple[float, int] | None = None
        for i, coverage in enumerate(coverages):
            if reading.lines[i].heading or not _in_asked_place(question, reading, i, shelf):
                continue
            share = sum(weight[t] for t in coverage.matched) / total
            score = 0.6 * share + 0.4 * coverage.strict
            if best is None or score > best[0] + 1e-9:
                best = (score, i)
        if best is None:
            continue
        i = best[1]
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
        documents = with_records or documents
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


def _write_matches(question: Question, matches: list[_Match], shelf: Shelf) -> Draft:
    book = CitationBook()
    rows: dict[str, tuple[str, str | None, list[int], str, float]] = {}
    for match in sorted(
        matches, key=lambda m: (-m.share, -m.prominence, m.reading.document.source)
    ):
        document = match.reading.document
        line = match.reading.lines[match.index]
        name, country, where = _subject(question, match, shelf)
        numbers = [book.cite(document, line.span, section_of(line.passage))]
        if where is not None and len(where) and not line.span.holds(where):
            numbers.append(book.cite(document, where))
        known = _same_row(name, rows)
        if known:
            rows[known][2].extend(numbers)
        else:
            quote = inline(line.span.of(document.text), 36)
            rows[fold(name)] = (name, country, numbers, quote, match.share)
    items = tuple(
        Item(name, country, tuple(dict.fromkeys(numbers)))
        for name, country, numbers, _, _ in rows.values()
    )
    uncertain = tuple(name for name, _, _, _, share in rows.values() if share < _SURE)
    coverage = Coverage(shelf.snapshot.document_count, len(matches), uncertain)
    lines = [
        f"- **{name}**{f' ({country})' if country else ''} — {quote} {marker(*numbers)}"
        for name, country, numbers, quote, _ in rows.values()
    ]
    tail = say(
        "coverage", question.language, documents=coverage.documents, matched=coverage.matched
    )
    if uncertain:
        tail += " " + say("uncertain", question.language, names=", ".join(uncertain))
    head = say("list", question.language, count=len(items))
    text = "\n".join([head, *lines, "", tail])
    return Draft("list", True, text, book.citations, items, coverage)


def _same_row(
    name: str, rows: dict[str, tuple[str, str | None, list[int], str, float]]
) -> str | None:
    for key, row in rows.items():
        if key == fold(name) or same_city(row[0], name):
            return key
    return None


def _subject(
    question: Question, match: _Match, shelf: Shelf
) -> tuple[str, str | None, Span | None]:
    """The thing a matching line speaks of: its city, else a place it names, else its title."""
    document = match.reading.document
    span = match.reading.lines[match.index].span
    records = shelf.records_of.get(document.id, ())
    for record in records:
        if isinstance(record, Network) and question.collection == "network":
            acronym = record.acronym.value if record.acronym else None
            name = inline(record.name.value)
            full = f"{name} ({acronym})" if acronym and acronym not in name else name
            seat = record.secretariat.value if record.secretariat else None
            return full, seat, line_at(match.reading, record.name.span.start)
    city = city_field(match.reading, span, shelf)
    if city is not None:
        places = find_places(city.value, document.language)
        country = next((p.country for p in places if p.country), None)
        for record in records:
            if isinstance(record, Practice) and record.city == city and record.country:
                country = record.country.value
        return city.value, country, line_at(match.reading, city.span.start)
    for place in find_places(document.text, document.language, span):
        if place.kind == "city":
            return place.surface, place.country, None
    around = facets(document, match.reading.lines[match.index].passage, records)
    if around.cities:
        country = around.countries[0] if len(around.countries) == 1 else None
        return around.cities[0], country, None
    start = document.text.find(document.title)
    title_line = line_at(match.reading, start) if start >= 0 else None
    return re.sub(r"\s+", " ", inline(document.title)), None, title_line
