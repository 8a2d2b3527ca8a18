"""One mention of a place, and the words of a text as names are made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import Span
from corpus.gazetteer import place_key

# A word of a name; digits stand in none. An apostrophe parts words ("L'Hospitalet").
_TOKEN = re.compile(r"[^\W\d_]+\.?(?=[^\w]|$)|[^\W_]+")
LONGEST_NAME = 6  # words: "Stratford upon Avon", "United Kingdom of Great Britain …"
# What may stand between two words of one name.
_GLUE = re.compile(r"[ \t\u00a0]{1,2}|[-‐‑'’]|\. ?|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """One mention: ``name`` as the gazetteer has it in English, ``surface`` as the text does."""

    name: str
    country: str | None  # ISO 3166-1 alpha-2
    kind: str  # "city" | "region" | "country"
    span: Span
    surface: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word at its place; ``key`` is what the gazetteer knows it by."""

    text: str
    start: int
    end: int
    key: str

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital."""
        return self.text[0].isupper()


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The words of ``text[start:end]``; a full stop belongs to none but "St." and "Ste."."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        stop = match.end()
        if word.endswith(".") and word not in {"St.", "Ste."}:
            word, stop = word[:-1], stop - 1
        found.append(Token(word, match.start(), stop, place_key(word)))
    return found


def glued(text: str, left: Token, right: Token) -> bool:
    """Whether two tokens may belong to one name (no comma, no line of its own between)."""
    between = text[left.end : right.start]
    return between != "\n" and (
        between == "" or (len(between) <= 2 and _GLUE.fullmatch(between) is not None)
    )


def grams(text: str, tokens: list[Token], at: int) -> Iterator[tuple[int, str]]:
    """(length, key) of the names that could begin at token ``at``, the longest first."""
    reach = 1
    limit = min(LONGEST_NAME, len(tokens) - at)
    while reach < limit and glued(text, tokens[at + reach - 1], tokens[at + reach]):
        reach += 1
    for length in range(reach, 0, -1):
        last = tokens[at + length - 1]
        if last.capital or length == 1:
            yield length, " ".join(token.key for token in tokens[at : at + length])


def mention(
    text: str, tokens: list[Token], at: int, length: int, name: str, code: str | None, kind: str
) -> Place:
    """The place that ``length`` tokens from ``at`` on name."""
    span = Span(tokens[at].start, tokens[at + length - 1].end)
    return Place(name, code, kind, span, span.of(text))
