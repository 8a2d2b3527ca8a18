"""Lists that stand in one place: the members of the enumeration a question describes.

Knows which documents are looked at and how rows are written; which forms a list has is in
listings.py, and whether one is the one asked for is weighed in asked_listing.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant import Coverage, Item
from assistant.answering.asked_listing import asks_for_towns, features, likelihood
from assistant.answering.chosen import choose
from assistant.answering.draft import Draft, inline, marker
from assistant.answering.listings import Listing, Member, listings
from assistant.answering.places import is_town
from assistant.citations import CitationBook, section_of
from assistant.evidence import Evidence, Gathered
from assistant.matching import names_missing
from assistant.phrases import say
from assistant.question import Question
from assistant.selecting import gather_read
from assistant.shelf import Shelf
from assistant.sufficiency import shortfall
from corpus import Span
from corpus.places import find_places
from corpus.words import fold
from index import Filters

_LEADING_LINES = 12
_LEADING_DOCUMENTS = 3
_LOOKED_AT = 60  # lines
_FEWEST = 2  # members
# A listing is taken at this probability; at less where nothing else answers with rows.
_ASKED_FOR = 0.4
_PERHAPS = 0.2
_SURELY = 0.9
_QUOTED_WORDS = 80
_TOWN_WORDS = 3
_IN_RECORDS = frozenset({"network", "practice"})


def answer_from_enumeration(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """The members of the listing that the question describes, if one stands out.

    Members of a collection stand in articles of their own, unless the question names something.
    """
    if _asks_for_members(question):
        return None
    return _answer(question, shelf, filters, _ASKED_FOR)


def answer_from_likeliest(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """The same where no other rows were found: a less likely listing is better than none.

    Towns may then be those that one member names: "which towns founded the network of harbours".
    """
    if _asks_for_members(question) and not asks_for_towns(fold(question.text), question.language):
        return None
    return _answer(question, shelf, filters, _PERHAPS)


def _asks_for_members(question: Question) -> bool:
    """Whether members of a collection are asked for, and not those of something it names."""
    named = any(term.is_name and term.weight == 1.0 for term in question.terms)
    return question.collection in _IN_RECORDS and not named


def answer_fact_in_rows(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """Rows for a question whose answer turns out to be a list: "which sources", "who came".

    Where grammar does not ask for several things, only the best line's own list will do. What
    sentences would be refused for is no answer in rows either.
    """
    gathered = gather_read(question, shelf, filters)
    if gathered.best is None:
        return None
    least, lines = (_PERHAPS, _LOOKED_AT) if question.several else (_SURELY, 1)
    found = _likeliest(question, gathered, least, lines)
    if found is None or shortfall(
        question, choose(question, gathered.best, gathered, shelf), gathered
    ):
        return None
    return _write_members(question, *found, gathered, shelf)


def _answer(question: Question, shelf: Shelf, filters: Filters, least: float) -> Draft | None:
    gathered = gather_read(question, shelf, filters)
    found = _likeliest(question, gathered, least, _LOOKED_AT)
    return None if found is None else _write_members(question, *found, gathered, shelf)


def _likeliest(
    question: Question, gathered: Gathered, least: float, lines: int
) -> tuple[Evidence, Sequence[Member]] | None:
    """The likeliest listing of the first ``lines``, where one is at least so likely."""
    best: tuple[float, Evidence, Listing] | None = None
    for evidence, listing, values in candidates(question, gathered, lines):
        probability = round(likelihood(values), 6)
        if probability >= least and (best is None or probability > best[0]):
            best = probability, evidence, listing
    return None if best is None else (best[1], best[2].members)


def candidates(
    question: Question, gathered: Gathered, lines: int = _LOOKED_AT
) -> Iterator[tuple[Evidence, Listing, dict[str, float]]]:
    """Every listing of the leading documents, with the line it stands in and what is known of it.

    A listing is met at the likeliest of its lines.
    """
    leading = list(dict.fromkeys(e.document.id for e in gathered.evidence[:_LEADING_LINES]))[
        :_LEADING_DOCUMENTS
    ]
    missing: dict[str, bool] = {}
    seen: set[tuple[str, tuple[Span, ...]]] = set()
    for evidence in gathered.evidence[:lines]:
        id = evidence.document.id
        if id not in leading:
            continue
        if id not in missing:
            keys = gathered.keys[evidence.document.language]
            missing[id] = bool(names_missing(question, evidence.reading, keys))
        if missing[id]:
            continue
        for whole in listings(evidence.reading, evidence.index, question.members):
            if not may_be_towns(question, evidence, whole):
                continue
            listing = replace(whole, members=_asked_members(question, evidence, whole))
            key = id, tuple(member.name for member in listing.members)
            if key not in seen and len(listing.members) >= _FEWEST:
                seen.add(key)
                yield evidence, listing, features(question, gathered, evidence, listing)


def _asked_members(question: Question, evidence: Evidence, listing: Listing) -> tuple[Member, ...]:
    """The members that the question does not name itself; where towns are asked for, the towns."""
    text, language = evidence.document.text, evidence.document.language
    asked = fold(question.text)
    found = [m for m in listing.members if fold(m.name.of(text)) not in asked]
    if len(listing.members) == question.members:
        return listing.members
    if len(found) == question.members or not asks_for_towns(asked, question.language):
        return tuple(found or listing.members)
    towns = [m for m in found if is_town(m.name.of(text), language)]
    if 2 * len(towns) >= len(found) > 0:
        # A small town may be missing from the gazetteer; most members must be known ones.
        return tuple(found)
    named = [
        Member(place.span, evidence.span)
        for place in find_places(text, language, evidence.span)
        if place.kind == "city" and fold(place.surface) not in asked
    ]
    return tuple(named or listing.members)


def may_be_towns(question: Question, evidence: Evidence, listing: Listing) -> bool:
    """Whether ``listing`` can answer, where towns are asked for: known ones, or short names."""
    if not asks_for_towns(fold(question.text), question.language):
        return True
    text, language = evidence.document.text, evidence.document.language
    names = [member.name.of(text) for member in listing.members]
    short = sum(len(name.split()) <= _TOWN_WORDS and name[:1].isupper() for name in names)
    if 2 * short > len(names) or any(is_town(name, language) for name in names):
        return True
    return any(
        place.kind == "city"
        for m in listing.members
        for place in find_places(text, language, m.line)
    )


def _write_members(
    question: Question,
    evidence: Evidence,
    found: Sequence[Member],
    gathered: Gathered,
    shelf: Shelf,
) -> Draft:
    """A row a member, then the sentence it was found in with those that complete it."""
    book = CitationBook()
    document = evidence.document
    passage = evidence.reading.lines[evidence.index].passage
    quoted = []
    chosen: tuple[Evidence, ...] = (evidence,)
    best = gathered.evidence[0]
    if best.document.id == document.id:
        rest = choose(question, best, gathered, shelf)
        chosen = (evidence, *(e for e in rest if e.index != evidence.index))
    for e in chosen:
        own = book.cite(document, e.span, section_of(e.reading.lines[e.index].passage))
        quoted.append(f"{inline(e.text, _QUOTED_WORDS)} {marker(own)}")
    lines = {" ".join(m.name.of(document.text).split()): m.line for m in reversed(found)}
    items = []
    for name, line in reversed(lines.items()):
        places = find_places(name, document.language)
        country = places[0].country if places else None
        own = book.cite(document, line, section_of(passage))
        items.append(Item(inline(name), country, (own,)))
    coverage = Coverage(shelf.snapshot.document_count, 1)
    text = [
        say("list", question.language, count=len(items)),
        *(f"- **{item.name}** {marker(*item.citations)}" for item in items),
        "",
        " ".join(quoted),
    ]
    return Draft("list", True, "\n".join(text), book.citations, tuple(items), coverage)
