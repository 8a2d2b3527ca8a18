"""Lists that a concept decides: every document is considered, one row per distinct thing.

Three ways, tried in this order: record filters (records.py), the members of an enumeration when
the question describes one thing that has them, and a scan for every place the concept holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import Coverage, Item, lexicon
from assistant.answering.draft import Draft, inline, marker
from assistant.answering.enumerations import members
from assistant.answering.events import list_events
from assistant.answering.places import city_field, implied_town, is_town, line_at
from assistant.answering.records import answer_from_records, is_called_so
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
_FEWEST_MEMBERS = 3
_CLOSE = 0.75
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
# Every passage that holds one of the concept's words is looked at, up to so many; passages in
# other languages are reached by meaning.
_SCAN_LEXICAL = 2_000
_SCAN_DENSE = 80


def answer_list(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """The rows that answer a list question; None when nothing fits."""
    if question.collection == "event":
        events = list_events(question, shelf, filters)
        if events:
            return events
    # One notion ("repair café") may be anywhere; a longer description points at one sentence.
    ways = [_from_enumeration, _from_scan]
    if len(question.concept) <= _PHRASE_TERMS:
        ways.reverse()
    found = answer_from_records(question, shelf, filters)
    for way in ways:
        found = found or way(question, shelf, filters)
    return found


def _from_enumeration(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """The members of the enumeration that the question describes, if one stands out."""
    gathered = gather(question, shelf, filters, one_by_one=False)
    if gathered.best is None:
        return None
    leading = list(dict.fromkeys(e.document.id for e in gathered.evidence[:_LEADING_LINES]))[
        :_LEADING_DOCUMENTS
    ]
    best: tuple[float, Evidence, tuple[Span, ...]] | None = None
    for evidence in gathered.evidence:
        if evidence.document.id not in leading or not _is_relevant(question, evidence):
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


def _is_relevant(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence has enough of the question; across languages, meaning stands in."""
    if evidence.document.language != question.language:
        return max(evidence.closeness, evidence.meaning) >= _CLOSE
    return evidence.coverage.soft >= _ENUMERATION


def _describes_one_thing(question: Question, gathered: Gathered, evidence: Evidence) -> bool:
    """An enumeration answers when the question names its subject or clearly describes it."""
    named = any(t.is_name and t.text in evidence.coverage.matched for t in question.terms)
    close = evidence.score >= _NEAR_BEST * gathered.evidence[0].score
    foreign = evidence.document.language != question.language
    return close and (named or foreign or evidence.coverage.soft >= _CLEARLY)


def _asked_members(question: Question, evidence: Evidence) -> tuple[Span, ...]:
    """The members of a sentence's enumeration; when towns are asked for, the towns it names."""
    text, language = evidence.document.text, evidence.document.language
    asked = fold(question.text)
    found = [s for s in members(text, evidence.span) if fold(s.of(text)) not in asked]
    if not lexicon.TOWNS.search(asked, question.language):
        return tuple(found)
    towns = [s for s in found if is_town(s.of(text), language)]
    if 2 * len(towns) >= len(found) > 0:
        # A small town may be missing from the gazetteer; most members must be known ones.
        return tuple(found)
    named = [
        place.span
        for place in find_places(text, language, evidence.span)
        if place.kind == "city" and fold(place.surface) not in asked
    ]
    return tuple(named)


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


@dataclass(slots=True)
class _Row:
    """One row while its documents are gathered."""

    name: str
    country: str | None
    quote: str
    share: float
    numbers: list[int]


def _write_matches(question: Question, matches: list[_Match], shelf: Shelf) -> Draft | None:
    """One row a distinct thing. Where places are asked for, what has none is only mentioned."""
    book = CitationBook()
    rows: dict[str, _Row] = {}
    placeless: list[str] = []
    wants_places = bool(lexicon.PLACES.search(fold(question.text), question.language))
    ordered = sorted(matches, key=lambda m: (-m.share, -m.prominence, m.reading.document.source))
    for match in ordered:
        document = match.reading.document
        line = match.reading.lines[match.index]
        subject = _subject(question, match, shelf)
        if wants_places and not subject.is_place:
            placeless.append(subject.name)
            continue
        numbers = [book.cite(document, line.span, section_of(line.passage))]
        where = subject.where
        if where is not None and len(where) and not line.span.holds(where):
            numbers.append(book.cite(document, where))
        known = _same_row(subject.name, rows)
        if known:
            rows[known].numbers.extend(numbers)
            continue
        quote = inline(line.span.of(document.text), 36)
        rows[fold(subject.name)] = _Row(subject.name, subject.country, quote, match.share, numbers)
    if not rows:
        return None
    items = tuple(
        Item(row.name, row.country, tuple(dict.fromkeys(row.numbers))) for row in rows.values()
    )
    doubtful = [row.name for row in rows.values() if row.share < _SURE]
    coverage = Coverage(
        shelf.snapshot.document_count, len(matches), tuple(dict.fromkeys(doubtful + placeless))
    )
    lines = [
        f"- **{row.name}**{f' ({row.country})' if row.country else ''} — {row.quote}"
        f" {marker(*row.numbers)}"
        for row in rows.values()
    ]
    tail = say(
        "coverage", question.language, documents=coverage.documents, matched=coverage.matched
    )
    if coverage.uncertain:
        names = ", ".join(coverage.uncertain)
        tail += " " + say("uncertain", question.language, names=names)
    head = say("list", question.language, count=len(items))
    text = "\n".join([head, *lines, "", tail])
    return Draft("list", True, text, book.citations, items, coverage)


def _same_row(name: str, rows: dict[str, _Row]) -> str | None:
    for key, row in rows.items():
        if key == fold(name) or same_city(row.name, name):
            return key
    return None


@dataclass(frozen=True, slots=True)
class _Subject:
    """The thing a row is about, and the words that say so where the quote does not."""

    name: str
    country: str | None
    where: Span | None
    is_place: bool


def _subject(question: Question, match: _Match, shelf: Shelf) -> _Subject:
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
            where = line_at(match.reading, record.name.span.start)
            return _Subject(full, seat, where, is_place=False)
    city = city_field(match.reading, span, shelf)
    if city is not None:
        places = find_places(city.value, document.language)
        country = next((p.country for p in places if p.country), None)
        for record in records:
            if isinstance(record, Practice) and record.city == city and record.country:
                country = record.country.value
        where = line_at(match.reading, city.span.start)
        return _Subject(city.value, country, where, is_place=True)
    for place in find_places(document.text, document.language, span):
        if place.kind == "city":
            return _Subject(place.surface, place.country, None, is_place=True)
    around = facets(document, match.reading.lines[match.index].passage, records)
    if around.cities:
        country = around.countries[0] if len(around.countries) == 1 else None
        return _Subject(around.cities[0], country, None, is_place=True)
    implied = implied_town(match.reading, match.index)
    if implied is not None:
        return _Subject(*implied, is_place=True)
    start = document.text.find(document.title)
    title_line = line_at(match.reading, start) if start >= 0 else None
    return _Subject(inline(document.title), None, title_line, is_place=False)
