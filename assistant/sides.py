"""The two things that a comparing question sets side by side.

By name where both have one ("Cittaslow or the Climate Alliance"), else by the words that describe
them ("the network of port cities or the one of textile towns"). Knows comparing words and what
joins two sides; refuses to look anything up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant import lexicon
from corpus import Span
from corpus.dates import find_dates
from corpus.places import Place
from corpus.words import STOPWORDS, fold, words

# Marks that end a phrase when a space or nothing follows.
_MARKS = ",;:?!."
# A side is told in so many words, and two names of one pair have no more between them.
LONGEST_SIDE = 14
_LONGEST_GAP = 4
_PARTICLES = frozenset(
    ["de", "del", "dei", "degli", "della", "delle", "di", "da", "do", "dos", "das", "du", "des",
     "of", "van", "van der", "van den", "am", "an der", "sur", "upon", "aan", "aan den", "de la",
     "de los"]
)  # fmt: skip


def sides_of(text: str, language: str, places: Sequence[Place]) -> tuple[Span, ...]:
    """The two sides as spans of ``text``; () when it compares nothing."""
    folded = fold(text)
    against = _found(lexicon.AGAINST, text, language)
    either = _found(lexicon.BEFORE_OR_AFTER, text, language)
    contrast = lexicon.CONTRAST.search(folded, language) or against
    ordered = lexicon.LOWEST.search(folded, language) or lexicon.HIGHEST.search(folded, language)
    if not (contrast or ordered or either):
        return ()
    if either:
        return _described(text, language, either)
    joiner = against or _joiner(text, language)
    days = [d.span for d in find_dates(text, language)]
    named = [s for s in _whole_names(text) if not any(s.overlaps(d) for d in days)]
    cities = [_whole(p.span, named, text) for p in places if p.kind == "city"]
    if contrast and not joiner and len(named) > 2:
        pairs = [(a, b) for a, b in pairwise(named) if _and_joins(text, a, b, language)]
        if len(pairs) == 1:
            return pairs[0]
    if len(cities) == 2 and (contrast or joiner):
        return (cities[0], cities[1])
    if joiner:
        left = [s for s in named if s.end <= joiner.start]
        right = [s for s in named if s.start >= joiner.end]
        described = _described(text, language, joiner)
        # German writes every noun with a capital; elsewhere a name tells more than its phrase.
        if left and right and not (language == "de" and described):
            both = (left[-1], right[0])
            if not described or all(
                side.holds(name) for side, name in zip(described, both, strict=True)
            ):
                return both
        if ordered and described:
            return described
    if len(named) == 2 and contrast and _set_side_by_side(text, named[0], named[1], language):
        return (named[0], named[1])
    return (cities[0], cities[1]) if len(cities) == 2 else ()


def capitalised_runs(text: str, *, first_too: bool = False) -> list[Span]:
    """Runs of capitalised words (a name each), the first word of a sentence aside."""
    runs: list[Span] = []
    for i, word in enumerate(words(text)):
        opens = i == 0 or text[: word.span.start].rstrip(" ¿¡\"'“„«").endswith(
            (". ", "?", "!", ".")
        )
        if (opens and not first_too) or not word.text[0].isupper():
            continue
        if runs and text[runs[-1].end : word.span.start].strip(" -'’") == "":
            runs[-1] = Span(runs[-1].start, word.span.end)
        else:
            runs.append(word.span)
    return runs


def _whole_names(text: str) -> list[Span]:
    """Names with the particles inside them: "Forte dei Marmi" is one."""
    whole: list[Span] = []
    for run in capitalised_runs(text):
        gap = text[whole[-1].end : run.start] if whole else ""
        if whole and gap.isascii() and gap.strip() in _PARTICLES and gap != gap.strip():
            whole[-1] = Span(whole[-1].start, run.end)
        else:
            whole.append(run)
    return whole


def _whole(city: Span, named: Sequence[Span], text: str) -> Span:
    """The name that begins with ``city`` and goes on after a particle; else the city."""
    for name in named:
        following = words(text[city.end : name.end])
        if name.start == city.start and following and fold(following[0].text) in _PARTICLES:
            return name
    return city


def _set_side_by_side(text: str, first: Span, second: Span, language: str) -> bool:
    """Whether an "and" or a contrasting word stands between two names: "how does A differ from B".

    "The comparison of tools that Madrid made with CONSUL" contrasts neither.
    """
    gap = fold(text[first.end : second.start])
    cues = (lexicon.AND, lexicon.CONTRAST)
    return any(c.search(gap, language) for c in cues)


def _joiner(text: str, language: str) -> Span | None:
    return next((w.span for w in words(text) if lexicon.OR.opens(fold(w.text), language)), None)


def _found(cues: lexicon.Cues, text: str, language: str) -> Span | None:
    """Where ``text`` has one of ``cues``, word by word: folding may change lengths."""
    for word in words(text):
        match = cues.opens(fold(text[word.span.start :]), language)
        if match is None:
            continue
        count = len(words(match.group()))
        spoken = [w for w in words(text) if w.span.start >= word.span.start][:count]
        return Span(word.span.start, spoken[-1].span.end)
    return None


def _and_joins(text: str, first: Span, second: Span, language: str) -> bool:
    """Whether an "and" and few words more stand between two names, and no end of a sentence."""
    gap = text[first.end : second.start]
    between = [fold(w.text) for w in words(gap)]
    if len(between) > _LONGEST_GAP or any(mark in gap for mark in ".?!;:"):
        return False
    return any(lexicon.AND.opens(word, language) for word in between)


def _described(text: str, language: str, joiner: Span) -> tuple[Span, ...]:
    """The phrases on both sides of ``joiner``, each up to the next mark; () where one is no name.

    A question's own words are cut off: "was the ... founded before or after the ...".
    """
    found = sorted(edges(text))
    start = max(e for e in found if e <= joiner.start)
    end = min(e for e in found if e >= joiner.end)
    left = _trimmed(text, Span(start, joiner.start), language)
    right = _trimmed(text, Span(joiner.end, end), language)
    if lexicon.ASKS.opens(fold(left.of(text)), language):
        return ()  # "how many came before or after lunch" asks of one thing
    stops = STOPWORDS.get(language, frozenset())
    for side in (left, right):
        told = [w for w in words(side.of(text)) if fold(w.text) not in stops]
        if not told or len(words(side.of(text))) > LONGEST_SIDE:
            return ()
    return (left, right)


def edges(text: str) -> Iterator[int]:
    """Where phrases begin and end: at the text's ends and around its marks."""
    yield 0
    yield len(text)
    for at, char in enumerate(text):
        follows = text[at + 1 : at + 2]
        # A mark within a name ends nothing: "mehr demokratie! in Österreich" has a small letter.
        if char in _MARKS and not follows.isalnum() and not _goes_on(text, at):
            yield at
            yield at + 1


def _goes_on(text: str, at: int) -> bool:
    following = text[at + 1 :].lstrip()
    return text[at] in "!?." and following[:1].islower()


def _trimmed(text: str, side: Span, language: str) -> Span:
    """``side`` without the verb that opens the question, the one that ends it, and articles."""
    found = [w for w in words(text) if side.holds(w.span)]
    while found and lexicon.OPENS_QUESTION.opens(fold(found[0].text), language):
        found = found[1:]
    while found and _is_predicate(fold(found[-1].text), language):
        found = found[:-1]
    return Span(found[0].span.start, found[-1].span.end) if found else Span(side.start, side.start)


def _is_predicate(word: str, language: str) -> bool:
    if lexicon.ATTRIBUTES["started"].opens(word, language):
        return True
    return bool(lexicon.OPENS_QUESTION.opens(word, language))
