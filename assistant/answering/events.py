"""Answers about events from records: when, where, and which ones fall in a period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant import Coverage, Item
from assistant.answering.draft import Draft, inline, marker
from assistant.answering.places import line_at
from assistant.answering.refusal import none_found
from assistant.answering.table import framed
from assistant.citations import CitationBook
from assistant.matching import Reading, keys_for, weights
from assistant.question import Question
from assistant.shelf import Shelf
from corpus import Event
from corpus.words import fold, stem, words
from index import Filters

# Share of the question's weighted words that an event's own record must hold to be the one.
_SAME_EVENT = 0.72
# What an event's record tells of it.
_OF_RECORDS = frozenset({"date", "time", "place"})


def answer_when_or_where(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """Days and place of the one event the question describes; None when no record fits."""
    if question.asked - _OF_RECORDS:
        return None  # "who hosted it, and on which dates" asks for more than a record holds
    best = _best_event(question, shelf, filters)
    if best is None:
        return None
    event, reading = best
    book = CitationBook()
    return Draft(
        kind="event",
        answered=True,
        text=describe_event(event, reading, book),
        citations=book.citations,
    )


def events_in(question: Question, shelf: Shelf, filters: Filters) -> list[tuple[Event, Reading]]:
    """The events that the question's period, country and place leave, by first day."""
    found: dict[tuple[str, date], tuple[Event, Reading]] = {}
    for record in shelf.records(filters):
        if not isinstance(record, Event):
            continue
        if not _fits(record, question):
            continue
        key = (fold(record.name.value), record.start.value)
        if key not in found:
            document = shelf.snapshot.document(record.document)
            found[key] = (record, shelf.reading(document))
    return sorted(found.values(), key=lambda e: (e[0].start.value, e[0].name.value))


def list_events(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """Every event the question's filters leave, one row each; None when it names no filter."""
    if not (question.period or question.years or question.countries or question.places):
        return None
    found = events_in(question, shelf, filters)
    if not found:
        return None if question.concept else none_found(question, Event, shelf, filters)
    book = CitationBook()
    items, lines = [], []
    for event, reading in found:
        text = describe_event(event, reading, book)
        numbers = _numbers(event, reading, book)
        place = event.place.value if event.place else None
        name = f"{inline(event.name.value)}, {place}" if place else inline(event.name.value)
        items.append(Item(name, event.country.value if event.country else None, numbers))
        lines.append(f"- {text}")
    coverage = Coverage(shelf.snapshot.document_count, len({e.document for e, _ in found}))
    return Draft(
        kind="list",
        answered=True,
        text=framed(question, lines, coverage),
        citations=book.citations,
        items=tuple(items),
        coverage=coverage,
    )


def _fits(event: Event, question: Question) -> bool:
    last = event.end.value if event.end else event.start.value
    if question.period:
        first_day, last_day = question.period
        if event.start.value > last_day or last < first_day:
            return False
    elif question.years and event.start.value.year not in question.years:
        return False
    if question.countries:
        return bool(event.country and event.country.value in question.countries)
    if question.places:
        place = fold(event.place.value) if event.place else ""
        return any(fold(p.surface) in place or fold(p.name) in place for p in question.places)
    return True


def _best_event(question: Question, shelf: Shelf, filters: Filters) -> tuple[Event, Reading] | None:
    weight = weights(question, shelf.frequency(question), shelf.snapshot.passage_count)
    asking = {t.text for t in question.terms if fold(t.text) in _ASKING}
    total = sum(w for t, w in weight.items() if t not in asking) or 1.0
    best: tuple[float, Event, Reading] | None = None
    for record in shelf.records(filters):
        if not isinstance(record, Event):
            continue
        document = shelf.snapshot.document(record.document)
        if question.years and record.start.value.year not in question.years:
            continue
        own = _event_keys(record, document.language)
        score = 0.0
        for key in keys_for(question, document.language):
            if key.term.text in asking:
                continue
            if not own.isdisjoint(key.exact) or str(record.start.value.year) == key.term.text:
                score += weight[key.term.text] / total
        if score >= _SAME_EVENT and (best is None or score > best[0]):
            best = (score, record, shelf.reading(document))
    return (best[1], best[2]) if best else None


# Words that ask for days and places; an event's record need not hold them.
_ASKING = frozenset(
    [
        "date", "dates", "day", "days", "city", "place", "year", "town", "held", "take", "takes",
        "took", "jour", "jours", "date", "ville", "tag", "tagen", "stadt", "dias", "dia", "ciudad",
        "fecha", "celebra", "giorno", "giorni", "citta", "dag", "dagen", "stad", "cidade", "dzien",
        "dniach", "miescie", "events", "event", "venue", "conference",
    ]
)  # fmt: skip


_HOURS = re.compile(
    r"[,;]? (?:at |ab |um |à |a las |alle |om )?\d{1,2}(?:[:.]\d{2}|h\d{0,2})?"
    r"(?: ?[-–] ?\d{1,2}(?:[:.]\d{2}|h\d{0,2})?)?(?: ?(?:Uhr|uur|[ap]\.?m\b\.?|h\b)|(?<=[:.]\d\d))"
)


def _event_keys(event: Event, language: str) -> frozenset[str]:
    text = event.name.value + (f" {event.place.value}" if event.place else "")
    found = {fold(w.text) for w in words(text)} | {stem(w.text, language) for w in words(text)}
    if event.country:
        found.add(event.country.value.lower())
    return frozenset(found)


def describe_event(event: Event, reading: Reading, book: CitationBook) -> str:
    """One event on one line: name, days as ISO and as written, place, citations."""
    days = event.start.value.isoformat()
    if event.end and event.end.value != event.start.value:
        days = f"{days} – {event.end.value.isoformat()}"
    where = f", {inline(event.place.value)}" if event.place else ""
    numbers = _numbers(event, reading, book)
    text = reading.document.text
    verbatim = " ".join(
        dict.fromkeys(
            inline(text[s.start : s.end] + _hours_after(text, s.end))
            for s in (event.start.span, event.end.span if event.end else event.start.span)
        )
    )
    return f"**{inline(event.name.value)}**: {days} ({verbatim}){where} {marker(*numbers)}"


def _hours_after(text: str, end: int) -> str:
    """What of ``text`` tells the time right after a day: ", 18.00 Uhr"."""
    hours = _HOURS.match(text, end)
    return hours.group() if hours else ""


def _numbers(event: Event, reading: Reading, book: CitationBook) -> tuple[int, ...]:
    fields: Sequence[int] = [
        f.span.start for f in (event.name, event.start, event.end, event.place) if f is not None
    ]
    spans = dict.fromkeys(line_at(reading, position) for position in fields)
    return tuple(dict.fromkeys(book.cite(reading.document, s) for s in spans if len(s)))
