"""A model's text cut into claims: a sentence, and the citation numbers that vouch for it.

A marker belongs to the sentence it stands in or right after ("It opened in 2016. [1]"). A line that
only introduces what follows ("Two towns run one:") leans on the markers of what follows. Knows
Markdown's line marks; refuses to judge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.gate.clean import clean
from assistant.lexicon.claims import ATTRIBUTION
from corpus import Span
from corpus.sentences import sentences
from corpus.words import fold

MARKER = re.compile(r"\[\s?\d{1,4}(?:\s?[,;–-]\s?\d{1,4}){0,20}\s?\]", re.ASCII)
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_RANGE = re.compile(r"(\d{1,4})\s?[–-]\s?(\d{1,4})", re.ASCII)
_LONGEST_RANGE = 50
_LINE_MARKS = re.compile(r"^[\s>#*•\-–|]+(?=\S)|^\s*\d{1,3}[.)]\s+")
_EMPHASIS = re.compile(r"\*{1,3}|_{2,3}|`+|~~")
_ROW = re.compile(r"^\s*(?:[*•\-–+|]|\d{1,3}[.)])\s*(?=\S)")
_LABEL = re.compile(r"^\s*(?:#{1,6}\s.*|\*\*[^*\n]+\*\*)\s*$")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of the text."""

    written: str  # as it stands in the text
    plain: str  # without markers, Markdown's marks and invisible characters
    markers: tuple[int, ...]
    row: bool = False  # an item of a list or a row of a table
    opens: bool = False  # only introduces what follows
    borrowed: tuple[int, ...] = ()  # the markers of what it introduces


def claims(text: str, language: str) -> tuple[Claim, ...]:
    """The sentences of ``text`` that say something, in order."""
    marks = [Span(*match.span()) for match in MARKER.finditer(text)]
    bare = _blanked(text, marks)
    bodies = [span for span in sentences(bare, language) if _says(span.of(bare))]
    cut = [_claim(text, bare, span, language) for span in _with_markers(text, bodies, marks)]
    return tuple(_lent(cut))


def _blanked(text: str, marks: Sequence[Span]) -> str:
    """``text`` with spaces for markers, so that they neither end nor join sentences."""
    pieces, at = [], 0
    for mark in marks:
        pieces += [text[at : mark.start], " " * len(mark)]
        at = mark.end
    return "".join([*pieces, text[at:]])


def _says(words: str) -> bool:
    return any(c.isalnum() for c in words)


def _with_markers(text: str, bodies: Sequence[Span], marks: Sequence[Span]) -> list[Span]:
    """Each sentence with the markers right before or after it on the same line."""
    spans = list(bodies)
    for mark in marks:
        before = [n for n, span in enumerate(spans) if span.start < mark.end]
        last = before[-1] if before else None
        if last is not None and spans[last].holds(mark):
            continue
        on_line = last is not None and "\n" not in text[spans[last].end : mark.start]
        if last is not None and (on_line or last + 1 == len(spans)):
            spans[last] = Span(spans[last].start, mark.end)
        elif spans:
            after = 0 if last is None else last + 1
            spans[after] = Span(mark.start, spans[after].end)
    return spans


def _claim(text: str, bare: str, span: Span, language: str) -> Claim:
    written = span.of(text)
    line = text[text.rfind("\n", 0, span.start) + 1 : span.end]
    plain = _unattributed(plain_words(span.of(bare)), language)
    label = _LABEL.match(span.of(bare).rstrip()) is not None
    return Claim(
        written=written,
        plain=plain,
        markers=_numbers(written),
        row=_ROW.match(line) is not None and not label,
        opens=plain.endswith(":") or label,
    )


def plain_words(words: str) -> str:
    """``words`` on one line, without markers, Markdown's marks and what cannot be seen."""
    flat = _EMPHASIS.sub("", clean(MARKER.sub(" ", words)))
    flat = _LINE_MARKS.sub("", flat).replace("|", " · ")
    return re.sub(r"\s+([.,;:!?)])", r"\1", " ".join(flat.split()))


def _unattributed(plain: str, language: str) -> str:
    """``plain`` without an opening "According to the article,"."""
    found = ATTRIBUTION.opens(fold(plain), language)
    if found is None or fold(plain[: found.end()]) != found[0] or len(plain) <= found.end() + 1:
        return plain
    return plain[found.end() :].lstrip(" ,:")


def _numbers(written: str) -> tuple[int, ...]:
    found: list[int] = []
    for match in MARKER.finditer(written):
        for first, last in _RANGE.findall(match[0]):
            if 0 < int(last) - int(first) <= _LONGEST_RANGE:
                found.extend(range(int(first), int(last) + 1))
        found.extend(int(n) for n in _NUMBER.findall(match[0]))
    return tuple(dict.fromkeys(found))


def _lent(cut: Sequence[Claim]) -> list[Claim]:
    """Introductions with the markers of the claims they introduce."""
    done: list[Claim] = []
    following: tuple[int, ...] = ()
    for claim in reversed(cut):
        if claim.opens and not claim.markers:
            done.append(replace(claim, borrowed=following))
            following = following if claim.row else ()
        else:
            done.append(claim)
            following = (*claim.markers, *following)
    return [replace(claim, borrowed=tuple(dict.fromkeys(claim.borrowed))) for claim in done[::-1]]
