"""Whether a sentence denies what its quotes affirm, or affirms what they deny.

Knows words of negation in eight languages and their clause. In one language a clause is held
against the quotes' clause that it restates; across languages only whether anything is denied at
all can be compared.
"""

from __future__ import annotations

from assistant.gate.backing import Backing
from assistant.gate.clauses import Clause, clauses, clauses_of, restated
from assistant.gate.numbers import Fault
from assistant.gate.wording import content, vocabulary
from assistant.lexicon.claims import FREE, NEGATION, NOR, NOT_ONLY
from corpus.words import fold

# A clause restates another when it has this share of its content words, and nearly the most.
_RESTATES = 0.6
_NEARLY = 0.85
_SCOPE = 2  # content words right after a word of negation that it surely denies
_SHORT = 3  # content words; a longer clause that denies denies what it says itself


def denied(text: str, language: str) -> str | None:
    """The word of negation in ``text``, folded; None where nothing is denied."""
    return next(iter(_denials(text, language)), None)


def _denials(text: str, language: str) -> list[str]:
    """Every word of negation, "not only" and the second half of "neither … nor" left out."""
    folded = fold(text)
    for match in reversed(NOT_ONLY.finditer(folded, language)):
        folded = folded[: match.start()] + folded[match.end() :]
    found = [match[0] for match in NEGATION.finditer(folded, language)]
    return found[:1] + [word for word in found[1:] if word not in NOR]


def wrong_negation(sentence: str, backing: Backing) -> Fault | None:
    """What the sentence denies or affirms against its quotes, or None."""
    if not backing.quotes:
        return None
    said = denied(sentence, backing.language)
    known = clauses_of(backing)
    told = [clause for clause in known if denied(clause.text, clause.language)]
    # "Free of charge" and "without a fare" are one, so what is free is denied a price.
    free = _is_free(sentence, backing.language)
    if said and not told and any(_is_free(q.text, q.language) for q in backing.quotes):
        return None
    if said and not told:
        return "negation", f"found {said!r}, but {backing.shown} denies nothing"
    more = _denials(sentence, backing.language)
    less = sum(
        len(_denials(q.text, q.language)) + _is_free(q.text, q.language) for q in backing.quotes
    )
    if len(more) > less:
        return "negation", f"found {more!r}, but {backing.shown} denies less"
    if free and not said:
        return None
    if backing.foreign:
        if not said and told and len(told) == len(known):
            return "negation", f"found no negation, but {backing.shown} has one"
        return None
    parts = clauses(sentence, backing.language)
    used = [_nearest(part, known) for part in parts if denied(part.text, part.language)]
    for part in parts:
        if _nearest(part, known) in used and not denied(part.text, part.language):
            continue  # the quotes' denial is told in another clause of the sentence
        if fault := _against(part, known, backing):
            return fault
    return _affirmed(sentence, known, backing)


def _is_free(text: str, language: str) -> bool:
    return FREE.search(fold(text), language) is not None


def _nearest(clause: Clause, known: list[Clause]) -> Clause | None:
    scored = restated(clause, known)
    return scored[0][1] if scored and scored[0][0] else None


def _against(clause: Clause, known: list[Clause], backing: Backing) -> Fault | None:
    """Whether the clauses that this one restates are all of the other polarity."""
    length = len(clause.content)
    scored = restated(clause, known)
    if not length or not scored or scored[0][0] < _RESTATES * length:
        return None
    nearest = [c for score, c in scored if score >= _NEARLY * scored[0][0]]
    said = denied(clause.text, clause.language)
    told = [denied(c.text, c.language) for c in nearest]
    if said and not any(told):
        # The denial may be told in the sentence around it.
        if any(denied(c.sentence, c.language) for c in nearest):
            return None
        return "negation", f"found {said!r}, but {backing.shown} says so without it"
    if not said and all(told) and not _denied_beside(clause):
        return "negation", f"found no {told[0]!r}, which {backing.shown} has"
    return None


def _denied_beside(clause: Clause) -> bool:
    """Whether a short piece of the same sentence denies, and so may deny this clause."""
    return any(
        len(other.content) < _SHORT and denied(other.text, other.language)
        for other in clauses(clause.sentence, clause.language)
    )


def _affirmed(sentence: str, known: list[Clause], backing: Backing) -> Fault | None:
    """What the quotes deny right after the word of negation, told without one; or None."""
    parts = clauses(sentence, backing.language)
    for clause in known:
        denies = denied(clause.text, clause.language)
        scope = _scope(clause) if denies else []
        if not scope or any(_has_all(c, scope) for c in known if c is not clause):
            continue
        for part in parts:
            says_so = _has_all(part, scope) and not denied(part.text, part.language)
            if says_so and not _denied_beside(part):
                return "negation", f"found no {denies!r}, which {backing.shown} has"
    return None


def _scope(clause: Clause) -> list[str]:
    """The first content words after the word of negation."""
    folded = fold(clause.text)
    match = NEGATION.search(folded, clause.language)
    after = folded[match.end() :] if match else ""
    return content(after, clause.language)[:_SCOPE]


def _has_all(clause: Clause, scope: list[str]) -> bool:
    held = vocabulary(clause.text, (clause.language,))
    return all(held.holds(word, clause.language) == 1.0 for word in scope)
