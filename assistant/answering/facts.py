"""Answers quoted from prose: the smallest set of sentences that holds what was asked.

Used for facts, numbers, dates and people when no record answers; also decides the refusal.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.draft import Draft, inline, marker
from assistant.answering.events import describe_event
from assistant.answering.places import line_at, place_of
from assistant.answering.refusal import refuse
from assistant.citations import CitationBook, section_of
from assistant.evidence import Evidence, Gathered, gather
from assistant.question import Question
from assistant.shelf import Shelf
from assistant.sufficiency import shortfall
from corpus import Event
from corpus.dates import find_dates
from corpus.words import fold
from index import Filters

_MOST_SENTENCES = 4
_MOST_WORDS = 105
# Further sentences must score nearly as well as the best one.
_KEEP = 0.8
# A word of the question weighing at least this share is worth a sentence of its own.
_WORTH_ADDING = 0.12
_NEAR_LINES = 3
# When the best document falls short, another is tried that scores nearly as well.
_TRIES = 6
_SECOND_BEST = 0.9


def answer_from_sentences(question: Question, shelf: Shelf, filters: Filters) -> Draft:
    """A cited answer from the best document's sentences, or a refusal that says what is missing."""
    gathered = gather(question, shelf, filters)
    reason: str | None = None
    tried: set[str] = set()
    for candidate in gathered.evidence[:_TRIES]:
        if candidate.document.id in tried:
            continue
        if candidate.score < _SECOND_BEST * gathered.evidence[0].score:
            break
        tried.add(candidate.document.id)
        chosen = choose(candidate, gathered)
        lacking = shortfall(question, chosen, gathered)
        if lacking is None:
            return _write(question, chosen, shelf)
        reason = reason or lacking
    return refuse(question, gathered, reason)


def choose(best: Evidence, gathered: Gathered) -> tuple[Evidence, ...]:
    """``best`` and the sentences of its document that complete it, in the order of the text."""
    total = sum(gathered.weight.values()) or 1.0
    chosen = [best]
    word_count = len(best.text.split())
    covered = _strictly(best, gathered)
    others = [e for e in gathered.evidence if e.document.id == best.document.id and e is not best]
    for other in others[:40]:
        if len(chosen) == _MOST_SENTENCES:
            break
        length = len(other.text.split())
        if word_count + length > _MOST_WORDS or other.reading.lines[other.index].heading:
            continue
        new = _strictly(other, gathered) - covered
        gain = sum(gathered.weight[t] for t in new) / total
        near = min(abs(other.index - c.index) for c in chosen) <= _NEAR_LINES
        good = other.score >= _KEEP * best.score
        if gain > 0 and (good or (near and gain >= _WORTH_ADDING)):
            chosen.append(other)
            covered |= new
            word_count += length
    return tuple(sorted(chosen, key=lambda e: e.index))


def _strictly(evidence: Evidence, gathered: Gathered) -> frozenset[str]:
    line = evidence.reading.lines[evidence.index]
    keys = gathered.keys[evidence.document.language]
    return frozenset(k.term.text for k in keys if line.holds(k))


def _write(question: Question, chosen: Sequence[Evidence], shelf: Shelf) -> Draft:
    book = CitationBook()
    best = max(chosen, key=lambda e: e.score)
    sentences = []
    for evidence in chosen:
        passage = evidence.reading.lines[evidence.index].passage
        n = book.cite(evidence.document, evidence.span, section_of(passage))
        sentences.append(f"{_quoted(question, evidence)} {marker(n)}")
    lead = ""
    if question.kind == "event":
        lead = _event(best, shelf, book)
    lead = lead or _lead(question, best, shelf, book, " ".join(e.text for e in chosen))
    return Draft(
        kind=question.kind,
        answered=True,
        text=lead + " ".join(sentences),
        citations=book.citations,
    )


def _quoted(question: Question, evidence: Evidence) -> str:
    text = inline(evidence.text, _MOST_WORDS)
    if "date" not in question.asked:
        return text
    published = evidence.document.published
    days = [
        d
        for d in find_dates(evidence.text, evidence.document.language, reference=published)
        if d.precision == "day"
    ]
    if not days or all(d.start.isoformat() in text for d in days):
        return text
    spelled = [
        d.start.isoformat() if d.start == d.end else f"{d.start.isoformat()} – {d.end.isoformat()}"
        for d in days[:2]
    ]
    return f"{text} ({', '.join(dict.fromkeys(spelled))})"


def _event(best: Evidence, shelf: Shelf, book: CitationBook) -> str:
    """Days and place of the event that the sentence belongs to, from its record."""
    for record in shelf.records_of.get(best.document.id, ()):
        if isinstance(record, Event) and record.span.overlaps(best.span):
            return describe_event(record, best.reading, book) + "\n\n"
    return ""


def _lead(question: Question, best: Evidence, shelf: Shelf, book: CitationBook, quoted: str) -> str:
    """The place the sentences speak of, cited, when neither they nor the question name it."""
    place = place_of(best, shelf)
    if place is None:
        return ""
    name, span = place
    if fold(name) in fold(quoted) or fold(name) in fold(question.text):
        return ""
    n = book.cite(best.document, line_at(best.reading, span.start))
    return f"**{name}** {marker(n)}: "
