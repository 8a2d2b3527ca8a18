"""Whether the names in a sentence stand in what it cites: people, organisations, projects.

A name is a run of capitalised words inside a sentence, an acronym, or a word that the answer's
other material writes as a name. Refuses to tell a German noun from a name by its capital: those are
left to :mod:`assistant.gate.content`, unless several stand in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.gate.backing import Backing
from assistant.gate.numbers import Fault
from assistant.gate.wording import Vocabulary, vocabulary_of
from corpus import Span
from corpus.dates import names_a_day
from corpus.numbers import is_number_word
from corpus.places import find_places
from corpus.words import fold, stop_words, words, written

_ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,7}s?|[A-Z]+\d+\w*")
_INNER_CAPITAL = re.compile(r"[^\W\d_][a-zß-ÿ]+[A-ZÀ-Þ]\w*|[a-z]+[A-Z]\w*")
_GLUE = re.compile(r"[ \u00a0]|[-–'’&.]|\. | & ")
_CITED_BEFORE = re.compile(r"[.!?:;]\s*[\"“„«(]?\s*$|^[\"“„«(\s]*$|[:·]\s*$")


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Nouns that a name may be given or spared without becoming another one.
GENERIC = _set(
    "city town village municipality council mayor mayors project projects programme program "
    "initiative network association festival office department region university museum library "
    "district centre center europe european union state county house street square park school "
    "good practice award article source campaign scheme partnership platform fund week day "
    "ville mairie commune maire projet programme reseau association conseil region universite "
    "stadt gemeinde rat burgermeister burgermeisterin projekt programm netzwerk verein "
    "ciudad ayuntamiento alcalde alcaldesa proyecto programa red asociacion consejo "
    "citta comune sindaco sindaca progetto programma rete associazione consiglio "
    "stad gemeente burgemeester project netwerk vereniging raad "
    "cidade camara municipal presidente projeto rede associacao conselho "
    "miasto gmina burmistrz prezydent projekt program siec stowarzyszenie rada "
    "mr mrs ms dr prof"
)


def wrong_name(sentence: str, backing: Backing, others: frozenset[str]) -> Fault | None:
    """The first name that is not borne out, or None.

    ``others`` are folded words that the answer's other quotes and its question write as names.
    """
    held = vocabulary_of(backing)
    initials = frozenset(_initials(backing.everything))
    places = [place.span for place in find_places(sentence, backing.language)]
    for run in _runs(sentence, backing.language):
        name = run.of(sentence)
        parts = [
            part
            for part in written(name)
            if len(part) > 1
            and not names_a_day(fold(part), "en")
            and not is_number_word(fold(part), backing.language)
        ]
        if len(parts) < len(written(name)) and backing.language == "de" and len(parts) < 2:
            continue  # "Fünfzig Kästen": a German noun after a number
        if not parts or any(place.holds(run) for place in places):
            continue
        if _letters(name) in initials or fold(name) in initials:
            continue
        missing = [part for part in parts if not _stands(part, held, initials, backing, places)]
        if not missing:
            continue
        return "name", f"found {name!r}, but {', '.join(missing)} is not in {backing.shown}"
    for word in words(sentence):
        folded = fold(word.text)
        if (
            folded in others
            and word.text[0].isupper()
            and not held.holds_name(word.text, backing.language)
        ):
            return "name", f"found {word.text!r}, which only other quotes or the question name"
    return None


def _stands(
    part: str, held: Vocabulary, initials: frozenset[str], backing: Backing, places: list[Span]
) -> bool:
    folded = fold(part)
    if folded in GENERIC or folded in stop_words(backing.language):
        return True
    if held.holds_name(part, backing.language):
        return True
    if _ACRONYM.fullmatch(part):
        letters = "".join(sorted(folded.removesuffix("s")))
        # "ONG" is NGO elsewhere; short ones only, where it is hardly chance.
        short = len(letters) <= 4 and any(
            key.isalpha() and len(key) == len(letters) and "".join(sorted(key)) == letters
            for key in held.keys
        )
        return folded.removesuffix("s") in initials or short
    return folded.endswith("s") and folded[:-1] in held.keys


def _runs(sentence: str, language: str) -> Iterator[Span]:
    """Capitalised runs that are names by their form."""
    found = words(sentence)
    at = 0
    while at < len(found):
        if not found[at].text[0].isupper() and not _INNER_CAPITAL.fullmatch(found[at].text):
            at += 1
            continue
        last = at
        while last + 1 < len(found) and _joined(sentence, found[last].span, found[last + 1].span):
            if not found[last + 1].text[0].isupper():
                break
            last += 1
        span = Span(found[at].span.start, found[last].span.end)
        first = _CITED_BEFORE.search(sentence, 0, span.start) is not None
        marked = any(
            _ACRONYM.fullmatch(w.text) or _INNER_CAPITAL.fullmatch(w.text)
            for w in found[at : last + 1]
        )
        length = last - at + 1
        if first and length > 1 and fold(found[at].text) in stop_words(language):
            span, length = Span(found[at + 1].span.start, span.end), length - 1
            first = False
        if marked or (length > 1 if first or language == "de" else True):
            yield span
        at = last + 1


def _joined(sentence: str, left: Span, right: Span) -> bool:
    between = sentence[left.end : right.start]
    return between == "" or _GLUE.fullmatch(between) is not None


def _letters(name: str) -> str:
    return "".join(w[0] for w in written(fold(name)))


def _initials(text: str) -> Iterator[str]:
    """The first letters of every run of capitalised words, with and without particles."""
    for line in text.split("\n"):
        found = words(line)
        for at, word in enumerate(found):
            if not word.text[0].isupper():
                continue
            if _ACRONYM.fullmatch(word.text):
                yield fold(word.text).removesuffix("s")
            letters = fold(word.text[0])
            for left, right in zip(found[at:], found[at + 1 : at + 9], strict=False):
                between = line[left.span.end : right.span.start]
                if len(between) > 3 or any(c in between for c in ",;:()"):
                    break
                if right.text[0].isupper() or len(right.text) > 4:
                    letters += fold(right.text[0])
                    if len(letters) > 2:
                        yield letters


def names_in(text: str) -> frozenset[str]:
    """Folded words that ``text`` writes with a capital where no sentence begins."""
    return frozenset(
        fold(word.text)
        for word in words(text)
        if word.text[0].isupper()
        and len(word.text) > 2
        and not _CITED_BEFORE.search(text, 0, word.span.start)
    )
