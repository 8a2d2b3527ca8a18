"""Answers quoted from prose: the smallest set of sentences that holds what was asked.

Used for facts, numbers, dates and people when no record answers; also decides the refusal.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lexicon
from assistant.answering.draft import Draft, inline, marker
from assistant.answering.events import describe_event
from assistant.answering.places import line_at, place_of
from assistant.answering.refusal import refuse
from assistant.answering.valued import values_first
from assistant.citations import CitationBook, section_of
from assistant.evidence import Evidence, Gathered, gather, within
from assistant.question import Question, part_questions
from assistant.shelf import Shelf
from assistant.sufficiency import lies_elsewhere, shortfall
from corpus import Event, Network
from corpus.dates import find_dates
from corpus.words import fold
from index import Filters

_MOST_SENTENCES = 4
_MOST_WORDS = 105
# Further sentences must come near the best one: for two questions in ten it is the second or
# third that answers. At .8 the development set scored .82 of the facts, at .6 .835, with half as
# many words again.
_KEEP = 0.7
# A word of the question weighing at least this share is worth a sentence of its own.
_WORTH_ADDING = 0.12
_NEAR_LINES = 3
# When the best document falls short, another is tried that scores nearly as well.
_TRIES = 6
_SECOND_BEST = 0.9
_NAMED = 0.6
_LOOKED_AT = 80


def answer_from_sentences(question: Question, shelf: Shelf, filters: Filters) -> Draft:
    """A cited answer from the best document's sentences, or a refusal that says what is missing."""
    gathered = gather(question, shelf, filters)
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
            return _write(question, chosen, gathered, shelf)
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


def choose(
    question: Question, best: Evidence, gathered: Gathered, shelf: Shelf
) -> tuple[Evidence, ...]:
    """``best`` and the sentences of its document that complete it, in the order of the text.

    With the best one for each part of a double question.
    """
    chosen = complete(best, gathered)
    if not question.parts:
        return chosen
    taken = {e.index: e for e in chosen}
    of_whole = {e.index: e for e in gathered.evidence if e.document.id == best.document.id}
    for part in part_questions(question):
        found = within(best.reading, part, gathered, shelf).best
        if found is not None:
            taken.setdefault(found.index, of_whole[found.index])
    return tuple(taken[index] for index in sorted(taken))


def complete(best: Evidence, gathered: Gathered) -> tuple[Evidence, ...]:
    """``best`` and the sentences of its document that complete it, in the order of the text."""
    total = sum(gathered.weight.values()) or 1.0
    chosen = [best]
    if best.reading.lines[best.index].heading:
        # What a heading announces stands below it.
        below = (e for e in gathered.evidence if e.document.id == best.document.id)
        chosen += [e for e in below if e.index == best.index + 1]
    word_count = sum(len(e.text.split()) for e in chosen)
    covered = _strictly(best, gathered)
    others = [e for e in gathered.evidence if e.document.id == best.document.id and e not in chosen]
    for other in others[:40]:
        if len(chosen) == _MOST_SENTENCES:
            break
        length = len(other.text.split())
        heading = other.reading.lines[other.index].heading
        if word_count + length > _MOST_WORDS or heading or other.beside:
            continue
        new = _strictly(other, gathered) - covered
        gain = sum(gathered.weight[t] for t in new) / total
        near = min(abs(other.index - c.index) for c in chosen) <= _NEAR_LINES
        good = other.score >= _KEEP * best.score
        if good or (near and gain >= _WORTH_ADDING):
            chosen.append(other)
            covered |= new
            word_count += length
    return tuple(sorted(chosen, key=lambda e: e.index))


def _strictly(evidence: Evidence, gathered: Gathered) -> frozenset[str]:
    line = evidence.reading.lines[evidence.index]
    keys = gathered.keys[evidence.document.language]
    return frozenset(k.term.text for k in keys if line.holds(k))


def _write(
    question: Question, chosen: Sequence[Evidence], gathered: Gathered, shelf: Shelf
) -> Draft:
    book = CitationBook()
    best = max(chosen, key=lambda e: e.score)
    sentences = []
    numbers: dict[int, int] = {}
    for evidence in chosen:
        passage = evidence.reading.lines[evidence.index].passage
        n = book.cite(evidence.document, evidence.span, section_of(passage))
        numbers[evidence.index] = n
        sentences.append(f"{_quoted(question, evidence)} {marker(n)}")
    lead = ""
    if question.kind == "event":
        lead = _event(best, shelf, book)
    lead = lead or _lead(question, best, shelf, book, " ".join(e.text for e in chosen))
    values = values_first(question, chosen, gathered, shelf)
    if values:
        told = " · ".join(
            f"**{inline(span.of(e.document.text))}** {marker(numbers[e.index])}"
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
