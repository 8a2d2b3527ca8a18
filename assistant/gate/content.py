"""Whether what a sentence says, apart from its values and names, is borne out by its quotes.

Words first: how many of the sentence's content words the quotes hold, in all and in its weakest
clause. Where meaning is measured too (``closeness``), a nearer meaning makes up for other words.
Thresholds were fixed by ``benchmarks/planted.py`` on one half of the articles and are reported on
the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.gate.backing import Backing
from assistant.gate.clauses import Clause, clauses
from assistant.gate.numbers import Fault
from assistant.gate.wording import vocabulary_of
from corpus.dates import names_a_day
from corpus.numbers import is_number_word
from corpus.places import find_places
from corpus.words import content_words, fold

Closeness = Callable[[str, Sequence[str]], float]
"""How near the first text is in meaning to the nearest of the others: a cosine, 1 for the same."""

LEAST_COVERED = 0.5  # of a sentence's content words
LEAST_CLAUSE = 0.34  # of its weakest clause's
LONGEST_FOREIGN_RUN = 5  # content words in a row that no quote has
CLOSE = 0.86
CLOSE_CLAUSE = 0.84
CLOSE_FOREIGN = 0.84
_FEW = 3  # a clause of fewer content words is not judged by itself


@dataclass(frozen=True, slots=True)
class Measure:
    """What the decision rests on."""

    covered: float  # share of content words that the quotes hold
    clause: float  # the same of the weakest clause
    run: int  # the longest run of content words that no quote has
    close: float | None  # closeness of the whole sentence
    close_clause: float | None  # of the weakest clause
    weakest: str  # that clause


def measure(sentence: str, backing: Backing, closeness: Closeness | None) -> Measure:
    """How far the sentence is borne out by words, and by meaning where it is measured."""
    held = vocabulary_of(backing)
    parts = clauses(sentence, backing.language)
    marks = [(c, _marks(c, held.holds)) for c in parts]
    everything = [m for _, found in marks for m in found]
    covered = sum(everything) / len(everything) if everything else 1.0
    judged = [(sum(m) / len(m), c.text) for c, m in marks if len(m) >= _FEW] or [
        (covered, sentence)
    ]
    weakest = min(judged, key=lambda pair: pair[0])
    targets = [quote.text for quote in backing.quotes]
    close = close_clause = None
    if closeness is not None and targets:
        close = closeness(sentence, targets)
        # A clause is held against clauses: a long quote is near to nothing in particular.
        pieces = [c.text for q in backing.quotes for c in clauses(q.text, q.language)]
        close_clause = closeness(weakest[1], [*targets, *pieces]) if len(judged) > 1 else close
    return Measure(covered, weakest[0], _run(everything), close, close_clause, weakest[1])


def _marks(clause: Clause, holds: Callable[[str, str], float]) -> list[float]:
    """For each content word whether it is held.

    Places, days and numbers count as held: they were checked before, each by its own rule.
    """
    language = clause.language
    checked = [place.span for place in find_places(clause.text, language)]
    marks = []
    for word in content_words(clause.text, language):
        folded = fold(word.text)
        known = (
            word.text[0].isdigit()
            or any(span.holds(word.span) for span in checked)
            or names_a_day(folded, language)
            or is_number_word(folded, language)
        )
        marks.append(1.0 if known else holds(word.text, language))
    return marks


def _run(marks: Sequence[float]) -> int:
    longest = current = 0
    for mark in marks:
        current = 0 if mark else current + 1
        longest = max(longest, current)
    return longest


def unsupported(sentence: str, backing: Backing, closeness: Closeness | None) -> Fault | None:
    """What the quotes do not say, or None."""
    found = measure(sentence, backing, closeness)
    if backing.foreign:
        if found.close is not None and found.close < CLOSE_FOREIGN:
            return _fault(found, backing)
        return None
    if found.covered < LEAST_COVERED and (found.close is None or found.close < CLOSE):
        return _fault(found, backing)
    weak = found.clause < LEAST_CLAUSE or found.run >= LONGEST_FOREIGN_RUN
    if weak and (found.close_clause is None or found.close_clause < CLOSE_CLAUSE):
        return _fault(found, backing)
    return None


def _fault(found: Measure, backing: Backing) -> Fault:
    words_ = " ".join(found.weakest.split())
    return (
        "unsupported-content",
        f"found {words_!r}, of which {backing.shown} holds {found.clause:.0%} of the words",
    )
