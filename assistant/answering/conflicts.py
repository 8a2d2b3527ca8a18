"""Two sources that differ on a number or a day are shown side by side, never averaged.

After an answer was written: its one value of the asked type is held against the sentences of other
documents about the same subject. What counts as the same subject is narrow, for a difference shown
where none is costs more trust than one left out: the question names it, both documents speak of
it, what is counted is the same noun, and neither names a place or a year that the other does not
share. Refuses to say which source is right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import Citation
from assistant.answering.draft import Draft, inline, marker
from assistant.answering.places import city_field
from assistant.citations import CitationBook, section_of
from assistant.evidence import Evidence, Gathered
from assistant.matching import names_missing
from assistant.phrases import say
from assistant.question import Question
from assistant.selecting import gather_read
from assistant.shelf import Shelf
from assistant.typed import AMOUNTS, amounts_asked, noun_counted
from corpus import Document, Span
from corpus.dates import DateMention, find_dates
from corpus.numbers import Number, qualified
from corpus.places import find_places, same_city
from corpus.words import fold
from index import Filters

_KINDS = frozenset({"fact", "number", "event"})
_LOOKED_AT = 60  # sentences, the likeliest first
_MOST_VALUES = 4  # shown side by side; further ones would be a list
_NEAR = 0.8  # of the weight of the question's words that the answer's sentence has
_CHANCE = 0.05  # of the likeliest sentence's chance, where a selector has read them
_ABOUT = 0.05  # an approximate number this near to another does not differ from it


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the asked type, as a sentence tells it."""

    told: Number | DateMention
    span: Span  # into the document's text, with "more than" and the noun counted


@dataclass(frozen=True, slots=True)
class Told:
    """A value and the sentence that tells it."""

    value: Value
    document: Document
    sentence: Span
    section: str | None


def with_conflicts(question: Question, draft: Draft, shelf: Shelf, filters: Filters) -> Draft:
    """``draft``, and after it what other sources say otherwise, with the days they are of."""
    if not draft.answered or draft.kind not in _KINDS or not _names(question):
        return draft
    own = _own_values(question, draft, shelf)
    if not own:  # nothing can differ, and an answer from records has searched nothing yet
        return draft
    gathered = gather_read(question, shelf, filters)
    base = next((e for e in gathered.evidence if (e.document.id, e.span) in own), None)
    if base is None:
        return draft
    told = [_told(base, own[base.document.id, base.span])]
    for evidence, value in _others(question, base, gathered, shelf):
        if len(told) == _MOST_VALUES:
            break
        if evidence.document.id in {t.document.id for t in told}:
            continue
        if all(differ(value, t.value) for t in told):
            told.append(_told(evidence, value))
    return _shown(question, draft, told) if len(told) > 1 else draft


def _names(question: Question) -> bool:
    """Whether the question says of what: by a name, a town or a quoted title."""
    return bool(question.places) or any(t.is_name for t in question.terms)


def _own_values(question: Question, draft: Draft, shelf: Shelf) -> dict[tuple[str, Span], Value]:
    """The values of the cited sentences, by document id and sentence."""
    found: dict[tuple[str, Span], Value] = {}
    if not question.asked & (AMOUNTS | {"date"}):
        return found
    for citation in draft.citations:
        document = shelf.snapshot.find_document(citation.document)
        if document is None:
            continue
        for line in shelf.reading(document).lines:
            is_cited = line.span.start < citation.end and citation.start < line.span.end
            if is_cited and (value := value_in(question, document, line.span)) is not None:
                found[document.id, line.span] = value
    return found


def _told(evidence: Evidence, value: Value) -> Told:
    passage = evidence.reading.lines[evidence.index].passage
    return Told(value, evidence.document, evidence.span, section_of(passage))


# ---------------------------------------------------------------- values


def value_in(question: Question, document: Document, sentence: Span) -> Value | None:
    """The only value of the asked type in the sentence; None where there are several, or none."""
    text = sentence.of(document.text)
    found: list[Value] = []
    if question.asked & AMOUNTS:
        for number in amounts_asked(question, text, document.language):
            span = qualified(text, number)
            if number.unit is None:
                noun = noun_counted(question, number, text, document.language)
                if noun is None:
                    continue
                span = Span(span.start, noun.end)
            found.append(Value(number, span.shifted(sentence.start)))
    elif "date" in question.asked:
        known = fold(question.text)
        found = [
            Value(day, day.span.shifted(sentence.start))
            for day in find_dates(text, document.language, reference=document.published)
            if fold(day.span.of(text)) not in known
        ]
    return found[0] if len(found) == 1 else None


def differ(one: Value, other: Value) -> bool:
    """Whether both cannot be meant: neither a rounder nor a coarser way to say the other."""
    a, b = one.told, other.told
    if isinstance(a, Number) and isinstance(b, Number):
        if a.unit != b.unit or a.value == b.value:
            return False
        near = abs(a.value - b.value) <= _ABOUT * max(abs(a.value), abs(b.value))
        return not (near and (a.approximate or b.approximate))
    if isinstance(a, DateMention) and isinstance(b, DateMention):
        return a.end < b.start or b.end < a.start
    return False


# ---------------------------------------------------------------- the same subject


def _others(
    question: Question, base: Evidence, gathered: Gathered, shelf: Shelf
) -> Iterator[tuple[Evidence, Value]]:
    """Sentences of other documents that answer the same of the same, with their value."""
    likeliest = max((e.chance or 0.0) for e in gathered.evidence[:_LOOKED_AT])
    least = _NEAR * _weight(base, gathered)
    for evidence in gathered.evidence[:_LOOKED_AT]:
        if evidence.document.id == base.document.id:
            continue
        if evidence.beside or evidence.reading.lines[evidence.index].heading:
            continue
        if likeliest and (evidence.chance or 0.0) < _CHANCE * likeliest:
            continue
        if _weight(evidence, gathered) < least or not _same_subject(
            question, base, evidence, gathered, shelf
        ):
            continue
        if (value := value_in(question, evidence.document, evidence.span)) is not None:
            yield evidence, value


def _weight(evidence: Evidence, gathered: Gathered) -> float:
    """What the question's words weigh that the sentence has, or its title says of it."""
    reading = evidence.reading
    line = reading.lines[evidence.index]
    return sum(
        gathered.weight.get(key.term.text, 0.0)
        for key in gathered.keys[evidence.document.language]
        if line.holds(key) or not reading.title_keys.isdisjoint(key.exact)
    )


def _same_subject(
    question: Question, base: Evidence, other: Evidence, gathered: Gathered, shelf: Shelf
) -> bool:
    """Whether nothing sets the other sentence's subject apart from the answer's."""
    if names_missing(question, other.reading, gathered.keys[other.document.language]):
        return False
    if not _named_near(question, other, gathered):
        return False
    cities = [city_field(e.reading, e.span, shelf) for e in (base, other)]
    if cities[0] and cities[1] and not same_city(cities[0].value, cities[1].value):
        return False
    if not _agree(_towns(base), _towns(other)):
        return False
    return "date" in question.asked or _agree(_years(base), _years(other))


def _named_near(question: Question, evidence: Evidence, gathered: Gathered) -> bool:
    """Whether every name of the question stands in the sentence, its heading or its title."""
    reading, line = evidence.reading, evidence.reading.lines[evidence.index]
    near = line.keys | reading.title_keys | reading.sections[line.passage.id]
    keys = gathered.keys[evidence.document.language]
    named = [key for key in keys if key.term.is_name and key.term.weight == 1.0]
    return all(not near.isdisjoint(key.exact) for key in named)


def _agree(one: Collection[object], other: Collection[object]) -> bool:
    """Whether two sets share a member, or one of them is empty."""
    return not one or not other or not set(one).isdisjoint(set(other))


def _towns(evidence: Evidence) -> set[str]:
    found = find_places(evidence.text, evidence.document.language)
    return {fold(place.name) for place in found if place.kind == "city"}


def _years(evidence: Evidence) -> set[int]:
    found = find_dates(evidence.text, evidence.document.language)
    return {year for d in found for year in range(d.start.year, d.end.year + 1)}


# ---------------------------------------------------------------- shown


def _shown(question: Question, draft: Draft, told: Sequence[Told]) -> Draft:
    book = CitationBook(draft.citations)
    parts = []
    for one in told:
        n = _number_of(one, draft.citations) or book.cite(one.document, one.sentence, one.section)
        published = one.document.published
        day = f" ({published.isoformat()})" if published else ""
        parts.append(f"**{inline(one.value.span.of(one.document.text))}** {marker(n)}{day}")
    line = say("conflict", question.language, values=" · ".join(parts))
    return replace(draft, text=f"{draft.text}\n\n{line}", citations=book.citations)


def _number_of(told: Told, citations: Sequence[Citation]) -> int | None:
    """The citation that has the value already, if any."""
    return next(
        (
            c.n
            for c in citations
            if c.document == told.document.id
            and c.start <= told.value.span.start
            and told.value.span.end <= c.end
        ),
        None,
    )
