"""Small words that change how much is said: all, most, only; may, plans to; more, less.

A sentence may say less than its quotes, never more: "some" does not become "all", what is planned
does not become done, and nothing becomes its opposite. Knows the tables of
:mod:`assistant.lexicon.claims` and :mod:`assistant.lexicon.opposites`; refuses to know what the
words are said of, beyond the clause.
"""

from __future__ import annotations

from collections import Counter

from assistant.gate.backing import Backing
from assistant.gate.clauses import clauses, clauses_of, restated
from assistant.gate.numbers import Fault
from assistant.gate.wording import content, vocabulary
from assistant.lexicon.claims import QUANTIFIERS, UNSURE
from assistant.lexicon.opposites import OPPOSITES
from corpus.words import fold, written

# Classes that a sentence may not bring in.
_STRONG = ("all", "most", "few", "only", "half", "double", "triple")
# Classes that stand for one another in the quotes.
_ALSO = {"some": ("many", "few"), "many": ()}
_RESTATES = 0.6
_NEARLY = 0.85
_AROUND = 60  # code points on each side of a pole that must share words


def wrong_measure(sentence: str, backing: Backing) -> Fault | None:
    """A quantifier that the quotes do not have, or have less often; or None."""
    said = _classes(sentence, backing.language)
    told: Counter[str] = Counter()
    for quote in backing.quotes:
        told += _classes(quote.text, quote.language)
    for name in _STRONG:
        if said[name] > told[name]:
            found = _found(name, sentence, backing.language)
            return "unsupported-content", f"found {found!r}, which {backing.shown} does not say"
    for name, near in _ALSO.items():
        others = set(told) - {name, *near, "only", "half", "double", "triple"}
        if said[name] and not told[name] and not any(told[n] for n in near) and others:
            found = _found(name, sentence, backing.language)
            expected = " or ".join(sorted(others))
            return "unsupported-content", f"found {found!r}, expected {expected!r}"
    return None


def _classes(text: str, language: str) -> Counter[str]:
    """How often each class of quantifier stands in ``text``."""
    folded = fold(text)
    found = {name: len(cues.finditer(folded, language)) for name, cues in QUANTIFIERS.items()}
    return Counter({name: count for name, count in found.items() if count})


def _found(name: str, text: str, language: str) -> str:
    matches = QUANTIFIERS[name].finditer(fold(text), language)
    return matches[-1][0] if matches else name


def wrong_certainty(sentence: str, backing: Backing) -> Fault | None:
    """What the quotes tell as planned, hoped or possible, told as a fact; or None."""
    if backing.foreign or UNSURE.search(fold(sentence), backing.language):
        return None
    known = clauses_of(backing)
    for clause in clauses(sentence, backing.language):
        length = len(clause.content)
        scored = restated(clause, known)
        if not length or not scored or scored[0][0] < _RESTATES * length:
            continue
        nearest = [c for score, c in scored if score >= _NEARLY * scored[0][0]]
        hedges = [UNSURE.search(fold(c.text), c.language) for c in nearest]
        if all(hedges) and hedges[0] is not None:
            told = hedges[0][0]
            return "unsupported-content", f"found a fact, but {backing.shown} says {told!r}"
    return None


def turned_round(sentence: str, backing: Backing) -> Fault | None:
    """A word for the opposite of what the quotes say of the same, or None."""
    said = fold(sentence)
    for pair in OPPOSITES:
        for pole, other in (pair, pair[::-1]):
            found = pole.search(said, backing.language)
            if found is None or other.search(said, backing.language):
                continue
            if any(pole.search(fold(q.text), q.language) for q in backing.quotes):
                continue
            for quote in backing.quotes:
                text = fold(quote.text)
                for match in other.finditer(text, quote.language):
                    around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
                    near = said[max(0, found.start() - _AROUND) : found.end() + _AROUND]
                    if _same_matter(near, around, backing, quote.language):
                        return (
                            "unsupported-content",
                            f"found {found[0]!r}, but {backing.shown} says {match[0]!r}",
                        )
    return None


def _same_matter(near: str, around: str, backing: Backing, language: str) -> bool:
    """Whether two stretches of text share enough words to be of the same thing."""
    held = vocabulary(around, (language, backing.language))
    said = content(near, backing.language)
    common = sum(held.holds(word, backing.language) for word in said)
    if language != backing.language:
        digits = {w for w in written(near) if w.isdigit()} & set(written(around))
        return common + len(digits) >= 1.0
    return common >= max(1.0, 0.5 * (len(said) - 1))
