"""Lists that stand in one place: the members of the enumeration a question describes.

Knows when an enumeration is the one asked for; how members are found is in enumerations.py for
sentences and in bulleted.py for lists set out line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import Coverage, Item, lexicon
from assistant.answering.bulleted import items_after
from assistant.answering.draft import Draft, inline, marker
from assistant.answering.enumerations import members
from assistant.answering.places import is_town
from assistant.answering.series import series
from assistant.citations import CitationBook, section_of
from assistant.evidence import Evidence, Gathered
from assistant.matching import names_missing
from assistant.phrases import say
from assistant.question import Question
from assistant.selecting import gather_read
from assistant.shelf import Shelf
from corpus import Span
from corpus.places import find_places
from corpus.words import fold
from index import Filters

# A sentence that lists what was asked for must cover this much of the question itself, or, in
# another language, stand this close to it in meaning.
_COVERS = 0.4
_CLOSE = 0.75
# It must do nearly as well as the best sentence, and either hold a name of the question or
# cover this much of it.
_NEAR_BEST = 0.7
_CLEARLY = 0.6
_FEWEST_MEMBERS = 3
_A_MEMBER = 0.02  # what each member adds to a sentence's score, ten at most
_AS_MANY = 0.6  # and what it adds that there are just so many as the question says
_LIKELY = 0.2  # a selector's chance that needs no other sign of relevance
_LEADING_LINES = 12
_LEADING_DOCUMENTS = 3


@dataclass(frozen=True, slots=True)
class _Member:
    """One member: its name, and the sentence or list item that a row cites for it."""

    name: Span
    line: Span


def answer_from_enumeration(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """The members of the enumeration that the question describes, if one stands out."""
    gathered = gather_read(question, shelf, filters)
    if gathered.best is None:
        return None
    leading = list(dict.fromkeys(e.document.id for e in gathered.evidence[:_LEADING_LINES]))[
        :_LEADING_DOCUMENTS
    ]
    best: tuple[float, Evidence, tuple[_Member, ...]] | None = None
    for evidence in gathered.evidence:
        if evidence.document.id not in leading or not _is_relevant(question, evidence):
            continue
        keys = gathered.keys[evidence.document.language]
        if names_missing(question, evidence.reading, keys):
            continue
        found = _asked_members(question, evidence)
        if len(found) < min(_FEWEST_MEMBERS, question.members or _FEWEST_MEMBERS):
            continue
        score = evidence.score + _A_MEMBER * min(len(found), 10)
        if len(found) == question.members:
            score += _AS_MANY
        if best is None or score > best[0]:
            best = (score, evidence, found)
    if best is None or not _describes_one_thing(question, gathered, best[1]):
        return None
    return _write_members(question, best[1], best[2], shelf)


def _is_relevant(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence has enough of the question; across languages, meaning stands in.

    So it does for the line above a list, which often says no more than "Thanks go to:".
    """
    if (evidence.chance or 0.0) >= _LIKELY:
        return True
    close = max(evidence.closeness, evidence.meaning) >= _CLOSE
    if evidence.document.language != question.language:
        return close
    announced = close and bool(items_after(evidence.reading, evidence.index))
    return announced or evidence.coverage.soft >= _COVERS


def _describes_one_thing(question: Question, gathered: Gathered, evidence: Evidence) -> bool:
    """An enumeration answers when the question names its subject or clearly describes it."""
    named = any(t.is_name and t.text in evidence.coverage.matched for t in question.terms)
    close = evidence.score >= _NEAR_BEST * gathered.evidence[0].score
    foreign = evidence.document.language != question.language
    announced = bool(items_after(evidence.reading, evidence.index))
    likely = (evidence.chance or 0.0) >= _LIKELY
    return close and (named or foreign or announced or likely or evidence.coverage.soft >= _CLEARLY)


def _asked_members(question: Question, evidence: Evidence) -> tuple[_Member, ...]:
    """The members a sentence holds or announces; when towns are asked for, the towns it names."""
    text, language = evidence.document.text, evidence.document.language
    asked = fold(question.text)
    found = [m for m in _members(question, evidence) if fold(m.name.of(text)) not in asked]
    if len(found) == question.members or not _asks_for_towns(asked, question.language):
        return tuple(found)
    towns = [m for m in found if is_town(m.name.of(text), language)]
    if 2 * len(towns) >= len(found) > 0:
        # A small town may be missing from the gazetteer; most members must be known ones.
        return tuple(found)
    named = [
        _Member(place.span, evidence.span)
        for place in find_places(text, language, evidence.span)
        if place.kind == "city" and fold(place.surface) not in asked
    ]
    return tuple(named)


def _members(question: Question, evidence: Evidence) -> list[_Member]:
    """What is set out below the sentence or stands in it; just so many as asked for, if possible.

    Names make the surest series; other words do where their number is known, or where the
    sentence was read as the likeliest answer.
    """
    text, language, wanted = evidence.document.text, evidence.document.language, question.members
    listed = [_Member(*item) for item in items_after(evidence.reading, evidence.index, wanted)]
    named = [_Member(name, evidence.span) for name in members(text, evidence.span)]
    for found in (listed, named):
        if len(found) == wanted:
            return found
    worded = () if wanted is None else series(text, evidence.span, language, wanted)
    if not worded and wanted is None and (evidence.chance or 0.0) >= _LIKELY and not named:
        worded = series(text, evidence.span, language)
    if worded:
        return [_Member(name, evidence.span) for name in worded]
    return listed or named


def _asks_for_towns(folded: str, language: str) -> bool:
    """Whether the first set a question names is one of towns: not "countries of the cities"."""
    named = lexicon.PLURAL_SETS.search(folded, language)
    if named is None:
        return bool(lexicon.TOWNS.search(folded, language))
    return bool(lexicon.TOWNS.opens(folded[named.start() :], language))


def _write_members(
    question: Question, evidence: Evidence, found: Sequence[_Member], shelf: Shelf
) -> Draft:
    book = CitationBook()
    document = evidence.document
    passage = evidence.reading.lines[evidence.index].passage
    n = book.cite(document, evidence.span, section_of(passage))
    lines = {" ".join(m.name.of(document.text).split()): m.line for m in reversed(found)}
    items = []
    for name, line in reversed(lines.items()):
        places = find_places(name, document.language)
        country = places[0].country if places else None
        own = n if line == evidence.span else book.cite(document, line, section_of(passage))
        items.append(Item(inline(name), country, (own,)))
    coverage = Coverage(shelf.snapshot.document_count, 1)
    text = [
        say("list", question.language, count=len(items)),
        *(f"- **{item.name}** {marker(*item.citations)}" for item in items),
        "",
        f"{inline(evidence.text, 80)} {marker(n)}",
    ]
    return Draft("list", True, "\n".join(text), book.citations, tuple(items), coverage)
