"""Answers quoted from prose: the smallest set of sentences that holds what was asked.

Of one document, and with them what another one says where the selector is not sure which it is.
Used for facts, numbers, dates and people when no record answers; also decides the refusal.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lexicon
from assistant.answering.chosen import MOST_WORDS, choose, further
from assistant.answering.draft import Draft, inline, marker
from assistant.answering.events import describe_event
from assistant.answering.places import line_at, place_of
from assistant.answering.refusal import refuse
from assistant.answering.valued import values_first
from assistant.citations import CitationBook, section_of
from assistant.evidence import Evidence, Gathered
from assistant.question import Question
from assistant.selecting import gather_read
from assistant.shelf import Shelf
from assistant.sufficiency import lies_elsewhere, shortfall
from corpus import Event, Network
from corpus.dates import find_dates
from corpus.words import fold
from index import Filters

# When the best document falls short, another is tried that scores nearly as well.
_TRIES = 6
_SECOND_BEST = 0.9
_NAMED = 0.6
_LOOKED_AT = 80


def answer_from_sentences(question: Question, shelf: Shelf, filters: Filters) -> Draft:
    """A cited answer from the best document's sentences, or a refusal that says what is missing."""
    gathered = gather_read(question, shelf, filters)
    reason: str | None = None
    enough = _SECOND_BEST
    tried: set[str] = set()
    for candidate in gathered.evidence[:_LOOKED_AT]:
        if candidate.document.id in tried:
            continue
        if candidate.score < enough * gathered.evidence[0].score:
            break
        tried.add(candidate.document.id)
        if len(tried) > _TRIES:
            break
        chosen = choose(question, candidate, gathered, shelf)
        lacking = _empty_field(question, candidate, shelf) or shortfall(question, chosen, gathered)
        if lacking is None:
            others = further(question, chosen, gathered)
            return _write(question, chosen, tuple(others), gathered, shelf)
        reason = reason or lacking
        if lies_elsewhere(question, chosen, gathered):
            enough = _NAMED  # another document may hold the names or the year, and fewer words
    return refuse(question, gathered, reason)


def _empty_field(question: Question, best: Evidence, shelf: Shelf) -> str | None:
    """The question's word for a field that the document's own record leaves empty."""
    records = shelf.records_of.get(best.document.id, ())
    networks = [record for record in records if isinstance(record, Network)]
    if question.attribute != "secretariat" or not networks:
        return None
    if any(network.secretariat for network in networks):
        return None
    cue = lexicon.ATTRIBUTES["secretariat"].search(fold(question.text), question.language)
    return cue.group() if cue else question.text


def _write(
    question: Question,
    chosen: Sequence[Evidence],
    others: Sequence[Evidence],
    gathered: Gathered,
    shelf: Shelf,
) -> Draft:
    """The chosen sentences, what they say in short before them, then the further ones."""
    book = CitationBook()
    best = max(chosen, key=lambda e: e.score)
    sentences = []
    numbers: dict[tuple[str, int], int] = {}
    for evidence in (*chosen, *others):
        passage = evidence.reading.lines[evidence.index].passage
        n = book.cite(evidence.document, evidence.span, section_of(passage))
        numbers[evidence.document.id, evidence.index] = n
        sentences.append(f"{_quoted(question, evidence)} {marker(n)}")
    lead = ""
    if question.kind == "event":
        lead = _event(best, shelf, book)
    lead = lead or _lead(question, best, shelf, book, " ".join(e.text for e in chosen))
    values = values_first(question, chosen, gathered, shelf)
    if values:
        told = " · ".join(
            f"**{inline(span.of(e.document.text))}** {marker(numbers[e.document.id, e.index])}"
            for e, span in values
        )
        lead = f"{told}\n\n{lead}"
    return Draft(
        kind=question.kind,
        answered=True,
        text=lead + " ".join(sentences),
        citations=book.citations,
    )


def _quoted(question: Question, evidence: Evidence) -> str:
    text = inline(evidence.text, MOST_WORDS)
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
