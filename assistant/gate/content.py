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

LEAST_COVERED = 0.5  # of a sentence's content words, or else it must be CLOSE in meaning
CLOSE = 0.9
LEAST_CLAUSE = 0.34  # of a clause's content words ...
LONGEST_STRANGE_RUN = 5  # ... and fewer in a row that no quote has, or else CLOSE_CLAUSE
CLOSE_CLAUSE = 0.91
NEARLY_COVERED = 0.8  # a clause with fewer of its words held may not be FAR in meaning
FAR = 0.84
CLOSE_FOREIGN = 0.84  # of a sentence in another language than its quotes, where words say little
CLOSE_FOREIGN_CLAUSE = 0.8
_FEW = 3  # a clause of fewer content words is not judged by itself


@dataclass(frozen=True, slots=True)
class Measure:
    """What the words of a sentence show."""

    covered: float  # share of its content words that the quotes hold
    clause: float  # the same of its weakest clause
    run: int  # the longest run of content words that no quote has
    weakest: str  # that clause


def measure(sentence: str, backing: Backing) -> Measure:
    """How far the words of ``sentence`` are those of its quotes."""
    held = vocabulary_of(backing)
    marks = [(c, _marks(c, held.holds)) for c in clauses(sentence, backing.language)]
    everything = [mark for _, found in marks for mark in found]
    covered = sum(everything) / len(everything) if everything else 1.0
    judged = [(sum(m) / len(m), c.text) for c, m in marks if len(m) >= _FEW]
    share, weakest = min(judged or [(covered, sentence)], key=lambda pair: pair[0])
    return Measure(covered, share, _run(everything), weakest)


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
    """What the quotes do not say, or None. Meaning is measured only where words leave a doubt."""
    found = measure(sentence, backing)
    if backing.foreign:
        strange = closeness is not None and _is_far(found, sentence, backing, closeness)
    elif closeness is None:
        strange = found.covered < LEAST_COVERED or _is_weak(found)
    else:
        quotes = [quote.text for quote in backing.quotes]
        strange = (
            (found.covered < LEAST_COVERED and closeness(sentence, quotes) < CLOSE)
            or (_is_weak(found) and closeness(found.weakest, _pieces(backing)) < CLOSE_CLAUSE)
            or (found.clause < NEARLY_COVERED and closeness(found.weakest, _pieces(backing)) < FAR)
        )
    if not strange:
        return None
    told = " ".join(found.weakest.split())
    share = f"{found.clause:.0%} of the words"
    return "unsupported-content", f"found {told!r}, of which {backing.shown} has {share}"


def _is_weak(found: Measure) -> bool:
    return found.clause < LEAST_CLAUSE or found.run >= LONGEST_STRANGE_RUN


def _is_far(found: Measure, sentence: str, backing: Backing, closeness: Closeness) -> bool:
    quotes = [quote.text for quote in backing.quotes]
    if closeness(sentence, quotes) < CLOSE_FOREIGN:
        return True
    return closeness(found.weakest, _pieces(backing)) < CLOSE_FOREIGN_CLAUSE


def _pieces(backing: Backing) -> list[str]:
    """The quotes and their clauses: a clause is near to a clause, a long quote to nothing."""
    found = [clause.text for q in backing.quotes for clause in clauses(q.text, q.language)]
    return [*(quote.text for quote in backing.quotes), *found]
