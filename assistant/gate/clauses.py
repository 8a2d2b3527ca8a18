"""A text cut into clauses, and which clause of the quotes one of the sentence restates.

Knows punctuation and conjunctions in eight languages, and shared words; refuses to know grammar.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.gate.backing import Backing
from assistant.gate.wording import Vocabulary, content, vocabulary
from assistant.lexicon.claims import JOINS
from corpus import Span
from corpus.sentences import sentences
from corpus.words import fold, words

_MARKS = ",;:—–()·\n"
_FEWEST_WORDS = 2  # of content: a shorter piece stays with its neighbour


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence: its words, and the whole sentence it is of."""

    text: str
    language: str
    sentence: str

    @property
    def content(self) -> list[str]:
        """Its words that carry content."""
        return content(self.text, self.language)


@lru_cache(maxsize=256)
def clauses(text: str, language: str) -> tuple[Clause, ...]:
    """The clauses of ``text``, in order; together they are all of it."""
    found: list[Clause] = []
    for span in sentences(text, language):
        sentence = span.of(text)
        found += [Clause(p.of(sentence), language, sentence) for p in _pieces(sentence, language)]
    return tuple(found)


def _pieces(sentence: str, language: str) -> list[Span]:
    cuts = {0, len(sentence)}
    for at, c in enumerate(sentence):
        inside = 0 < at < len(sentence) - 1
        if (
            c in _MARKS
            and inside
            and not (sentence[at - 1].isdigit() and sentence[at + 1].isdigit())
        ):
            cuts.add(at + 1)
    for word in words(sentence):
        if JOINS.opens(fold(word.text), language):
            cuts.add(word.span.start)
    ends = sorted(cuts)
    pieces = [Span(first, last) for first, last in pairwise(ends)]
    return _merged(sentence, pieces, language)


def _merged(sentence: str, pieces: Sequence[Span], language: str) -> list[Span]:
    """Pieces too short to say anything joined to the one before them, the first to the next."""
    done: list[Span] = []
    for piece in pieces:
        short = len(content(piece.of(sentence), language)) < _FEWEST_WORDS
        if done and (short or len(content(done[-1].of(sentence), language)) < _FEWEST_WORDS):
            done[-1] = Span(done[-1].start, piece.end)
        else:
            done.append(piece)
    return done


def clauses_of(backing: Backing) -> list[Clause]:
    """The clauses of all quotes."""
    return [c for quote in backing.quotes for c in clauses(quote.text, quote.language)]


def shared(clause: Clause, other: Vocabulary) -> float:
    """The share of a clause's content words that ``other`` holds, 0 to 1."""
    said = clause.content
    return sum(other.holds(w, clause.language) for w in said) / len(said) if said else 0.0


def restated(clause: Clause, known: Iterable[Clause]) -> list[tuple[float, Clause]]:
    """Every known clause and how many of the clause's content words it has, best first."""
    said = clause.content
    scored = []
    for other in known:
        held = vocabulary(other.text, (other.language, clause.language))
        scored.append((sum(held.holds(w, clause.language) for w in said), other))
    return sorted(scored, key=lambda pair: -pair[0])
