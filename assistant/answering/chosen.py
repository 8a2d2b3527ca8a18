"""Which sentences are quoted: the best one, what completes it in its document, and what may too.

Knows when a sentence leans on the one before it, and which type of value is still missing; refuses
to judge whether the sentences answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant import lexicon
from assistant.evidence import Evidence, Gathered, within
from assistant.question import Question, part_questions
from assistant.shelf import Shelf
from assistant.sufficiency import lies_elsewhere
from assistant.typed import HELD_BY, holds_type
from corpus.words import fold

_MOST_SENTENCES = 4
MOST_WORDS = 105
# Further sentences must come near the best one: for two questions in ten it is the second or
# third that answers. At .8 the development set scored .82 of the facts, at .6 .835, with half as
# many words again.
_KEEP = 0.7
# A selector that read them gives a further sentence at least this share of the best one's chance.
# At .05 the development set scored .886 of the facts, at .01 .891.
_LIKELY = 0.01
# A word of the question weighing at least this share is worth a sentence of its own.
_WORTH_ADDING = 0.12
_NEAR_LINES = 3
_OTHERS = 40

# Sentences are added, of any document, until the quoted ones have this share of what a selector
# gives to all that it read: a sure selector adds none. Less likely ones than the least add nothing.
# Of .9, .95, .98 and .99, with 110, 120 and 150 words: .01 more of the check set's facts than with
# two sentences of other documents at most, for .05 of the citations' precision.
_ENOUGH = 0.98
_LEAST_LIKELY = 0.003
_MOST_QUOTED = 8
MOST_WORDS_IN_ALL = 120


@dataclass(slots=True)
class _Quote:
    """The sentences taken so far, and the room they leave."""

    chosen: list[Evidence] = field(default_factory=list)
    word_count: int = 0

    def fits(self, evidence: Evidence) -> bool:
        """Whether there is room for ``evidence``, which is not there yet."""
        if len(self.chosen) == _MOST_SENTENCES or evidence.index in self.places():
            return False
        return self.word_count + len(evidence.text.split()) <= MOST_WORDS

    def take(self, evidence: Evidence) -> None:
        """Add it to the quote."""
        self.chosen.append(evidence)
        self.word_count += len(evidence.text.split())

    def places(self) -> set[int]:
        """The lines taken."""
        return {e.index for e in self.chosen}

    def near(self, evidence: Evidence) -> bool:
        """Whether it stands within a few lines of one taken."""
        return min(abs(evidence.index - place) for place in self.places()) <= _NEAR_LINES


def choose(
    question: Question, best: Evidence, gathered: Gathered, shelf: Shelf
) -> tuple[Evidence, ...]:
    """``best`` and the sentences of its document that complete it, in the order of the text.

    With the best one for each part of a double question.
    """
    quote = _completed(question, best, gathered)
    if question.parts:
        of_whole = {e.index: e for e in gathered.evidence if e.document.id == best.document.id}
        for part in part_questions(question):
            found = within(best.reading, part, gathered, shelf).best
            if found is not None and found.index not in quote.places():
                quote.take(of_whole[found.index])
    return tuple(sorted(quote.chosen, key=lambda e: e.index))


def complete(question: Question, best: Evidence, gathered: Gathered) -> tuple[Evidence, ...]:
    """``best`` and the sentences of its document that complete it, in the order of the text."""
    quote = _completed(question, best, gathered)
    return tuple(sorted(quote.chosen, key=lambda e: e.index))


def further(
    question: Question, chosen: Sequence[Evidence], gathered: Gathered
) -> Iterator[Evidence]:
    """Sentences that may answer as well, of any document, likeliest first, while there is room.

    None where a selector is sure of those in ``chosen``, or where none has read any.
    """
    total = sum(e.chance or 0.0 for e in gathered.evidence)
    if total == 0.0:
        return
    quoted = {(e.document.id, e.index) for e in chosen}
    held = sum(e.chance or 0.0 for e in chosen) / total
    room = MOST_WORDS_IN_ALL - sum(len(e.text.split()) for e in chosen)
    left = _MOST_QUOTED - len(chosen)
    read = (e for e in gathered.evidence if (e.chance or 0.0) >= _LEAST_LIKELY * total)
    for e in sorted(read, key=lambda e: -(e.chance or 0.0)):
        if held >= _ENOUGH or left <= 0:
            return
        if (e.document.id, e.index) in quoted or e.beside or e.reading.lines[e.index].heading:
            continue
        elsewhere = e.document.id != chosen[0].document.id
        if elsewhere and lies_elsewhere(question, (e,), gathered):
            continue
        if (length := len(e.text.split())) <= room:
            room -= length
            left -= 1
            held += (e.chance or 0.0) / total
            yield e


def _completed(question: Question, best: Evidence, gathered: Gathered) -> _Quote:
    quote = _Quote()
    quote.take(best)
    others = [e for e in gathered.evidence if e.document.id == best.document.id and e is not best]
    by_place = {e.index: e for e in others}
    if best.reading.lines[best.index].heading and (below := by_place.get(best.index + 1)):
        quote.take(below)  # what a heading announces stands below it
    plain = [e for e in others if not _is_heading(e) and not e.beside]
    _add_likely(quote, best, plain, gathered)
    _add_types(question, quote, plain)
    before = by_place.get(best.index - 1)
    if before is not None and _leans(best) and not _is_heading(before) and quote.fits(before):
        quote.take(before)
    return quote


def _add_types(question: Question, quote: _Quote, others: Sequence[Evidence]) -> None:
    """For each type of value asked for and not yet held, the nearest good sentence that has it."""
    for kind in sorted(question.asked & HELD_BY.keys()):
        if len(question.asked & HELD_BY.keys()) == 1:
            return  # what has no single asked value is refused, not completed
        if any(holds_type(kind, e.text, question, e.document.language) for e in quote.chosen):
            continue
        near = [e for e in others if quote.fits(e) and quote.near(e)]
        found = next(
            (e for e in near if holds_type(kind, e.text, question, e.document.language)), None
        )
        if found is not None:
            quote.take(found)


def _add_likely(
    quote: _Quote, best: Evidence, others: Iterable[Evidence], gathered: Gathered
) -> None:
    """Sentences that come near the best one, or bring a word of the question from nearby."""
    total = sum(gathered.weight.values()) or 1.0
    covered = frozenset().union(*(_strictly(e, gathered) for e in quote.chosen))
    for other in list(others)[:_OTHERS]:
        if not quote.fits(other):
            continue
        new = _strictly(other, gathered) - covered
        gain = sum(gathered.weight[t] for t in new) / total
        if _is_good(other, best) or (quote.near(other) and gain >= _WORTH_ADDING):
            quote.take(other)
            covered |= new


def _is_good(other: Evidence, best: Evidence) -> bool:
    if best.chance is not None and other.chance is not None:
        return other.chance >= _LIKELY * best.chance
    return other.score >= _KEEP * best.score


def _leans(evidence: Evidence) -> bool:
    """Whether a sentence opens with a word for what the sentence before it named."""
    opening = fold(evidence.text).lstrip(" \"'“„«*-–(")
    return bool(lexicon.LEANING.opens(opening, evidence.document.language))


def _is_heading(evidence: Evidence) -> bool:
    return evidence.reading.lines[evidence.index].heading


def _strictly(evidence: Evidence, gathered: Gathered) -> frozenset[str]:
    line = evidence.reading.lines[evidence.index]
    keys = gathered.keys[evidence.document.language]
    return frozenset(k.term.text for k in keys if line.holds(k))
