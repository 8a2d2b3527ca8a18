"""Whether two things of the quotes have changed places in the sentence.

"IKEA donates it and the city gives it away" must not become its mirror image. Two clauses of a
sentence are held against the two that they restate: where each has, in place of a word of its own,
a word of the other's, they were exchanged. So are the words on both sides of a verb, and a name
that the quotes give to another of two things. Knows words and order; refuses to know grammar.
"""

from __future__ import annotations

from assistant.gate.backing import Backing
from assistant.gate.clauses import Clause, clauses, restated
from assistant.gate.names import GENERIC, names_in
from assistant.gate.numbers import Fault
from assistant.gate.wording import content, vocabulary
from corpus.words import fold

_RESTATES = 0.5
_MOST_CLAUSES = 40
_LEAST_SAID = 4  # content words of a sentence whose subject can be told from the rest
_LONGEST_SUBJECT = 5
_VERBATIM = 0.75  # of the rest stands in one sentence of the quotes


def exchanged(sentence: str, backing: Backing) -> Fault | None:
    """Two things that changed places, or None. Only within one language."""
    known = [
        clause
        for quote in backing.quotes
        if quote.language == backing.language
        for clause in clauses(quote.text, quote.language)
    ]
    if not known:
        return None
    said = clauses(sentence, backing.language)
    found = (
        _mirrored(said[:_MOST_CLAUSES], known)
        or _turned(sentence, backing)
        or _other(said, known)
        or _borrowed(sentence, known, backing)
    )
    if found is None:
        return None
    one, two = found
    return "unsupported-content", f"found {one!r} where {backing.shown} has {two!r}"


def _mirrored(said: tuple[Clause, ...], known: list[Clause]) -> tuple[str, str] | None:
    """A word of each of two clauses that the quotes have in the other one."""
    matched = []
    for clause in said:
        scored = restated(clause, known)
        if scored and scored[0][0] >= _RESTATES * max(1, len(clause.content)):
            second = scored[1][0] if len(scored) > 1 else 0.0
            if scored[0][0] > second:
                matched.append((clause, scored[0][1]))
    for at, (one, its) in enumerate(matched):
        for two, other in matched[at + 1 :]:
            if its is other:
                continue
            strange, stranger = _moved(one, its, other), _moved(two, other, its)
            if strange and stranger:
                return strange, stranger
    return None


def _moved(clause: Clause, own: Clause, other: Clause) -> str | None:
    """A word of ``clause`` that its own original lacks and the other one has."""
    held = vocabulary(own.text, (own.language,))
    elsewhere = vocabulary(other.text, (other.language,))
    for word in clause.content:
        if not held.holds(word, clause.language) and elsewhere.holds(word, clause.language) == 1.0:
            return word
    return None


def _turned(sentence: str, backing: Backing) -> tuple[str, str] | None:
    """The words on both sides of a word that the quotes have the other way round."""
    said = [fold(word) for word in content(sentence, backing.language)]
    around = {
        (left, middle, right) for left, middle, right in zip(said, said[1:], said[2:], strict=False)
    }
    for quote in backing.quotes:
        if quote.language != backing.language:
            continue
        told = [fold(word) for word in content(quote.text, quote.language)]
        for left, middle, right in zip(told, told[1:], told[2:], strict=False):
            if left != right and (right, middle, left) in around:
                return f"{right} {middle} {left}", f"{left} {middle} {right}"
    return None


def _other(said: tuple[Clause, ...], known: list[Clause]) -> tuple[str, str] | None:
    """A name that the quotes have only beside other words, where they name another for these."""
    for clause in said:
        names = {w for w in clause.content if w[0].isupper()}
        rest = [w for w in clause.content if w not in names]
        if len(rest) < 3 or not names:
            continue
        bare = Clause(" ".join(rest), clause.language, clause.sentence)
        scored = restated(bare, known)
        best, origin = scored[0]
        if best < 0.75 * len(rest):
            continue
        whole = vocabulary(origin.sentence, (origin.language,))
        for name in sorted(names):
            if whole.holds_name(name, clause.language):
                continue
            having = [
                (score, c)
                for score, c in scored
                if vocabulary(c.sentence, (c.language,)).holds(name, clause.language) == 1.0
            ]
            rivals = names_in(origin.sentence) - {fold(n) for n in clause.content}
            first = origin.sentence.split(" ", 1)[0].strip("-,.:*")
            if first and _is_name(first):
                rivals |= {fold(first)}
            if having and having[0][0] < 0.5 * best and rivals:
                return name, min(rivals)
    return None


def _is_name(word: str) -> bool:
    """Whether a word has a capital inside, as no first word of a sentence has."""
    return any(c.isupper() for c in word[1:])


def _borrowed(sentence: str, known: list[Clause], backing: Backing) -> tuple[str, str] | None:
    """A subject of another cited sentence before what the quotes say of their own subject.

    Unless that other sentence speaks of both, or this one's subject is a pronoun or a word such as
    "the project", which may stand for anything.
    """
    language = backing.language
    said = content(sentence, language)
    told = list(dict.fromkeys(clause.sentence for clause in known))
    if len(told) < 2 or len(said) < _LEAST_SAID:
        return None
    marks = {t: [vocabulary(t, (language,)).holds(w, language) for w in said] for t in told}
    origin = max(told, key=lambda t: sum(marks[t]))
    lead = next((n for n, mark in enumerate(marks[origin]) if mark), len(said))
    rest = marks[origin][lead:]
    if not 0 < lead <= _LONGEST_SUBJECT or sum(rest) < _VERBATIM * len(rest) or len(rest) < 3:
        return None
    held = vocabulary(sentence, (language,))
    own: list[str] = []
    for word in content(origin, language):
        if held.holds(word, language):
            break
        own.append(word)
    if not 0 < len(own) <= _LONGEST_SUBJECT or all(fold(word) in GENERIC for word in own):
        return None
    for other in told:
        if other == origin:
            continue
        speaks = vocabulary(other, (language,))
        borrowed = all(speaks.holds(word, language) == 1.0 for word in said[:lead])
        if borrowed and not any(speaks.holds(word, language) for word in own):
            return " ".join(said[:lead]), " ".join(own)
    return None
