"""Finds the members of an enumeration inside one sentence: "representatives from A, B and C".

Knows commas, "and" in eight languages and capital letters; refuses to judge relevance.
"""

from __future__ import annotations

import re

from corpus import Span

_SEPARATOR = re.compile(
    r"\s*[,;•]\s*(?:(?:and|und|et|y|e|en|i|oraz|as well as)\s+)?"
    r"|\s+(?:and|und|et|y|e|en|i|oraz|&)\s+"
)
_WORD = re.compile(r"\S+")
# Small words that stand inside names: "Vilafranca del Penedès", "Isle of Man".
_INNER = frozenset(
    ["de", "di", "da", "do", "dos", "du", "des", "del", "della", "of", "the", "le", "la", "les",
     "van", "von", "der", "den", "am", "an", "sur", "na", "aan", "nad"]
)  # fmt: skip
_LONGEST_MEMBER_WORDS = 7
_FEWEST_MEMBERS = 3
# How a last member may be led in: "Graz, Linz, Wels and the Italian city of Udine".
_INTRODUCED = re.compile(r"(?:the|la|le|les|die|der|das|el|los|il|lo|de|het|o|a)\s(?=\S)")
# What may follow a member inside its own part: "Tours in France, Pécs in Hungary".
_LOCATED = re.compile(r"\s+(?:in|en|à|au|em|w|we)\s+\S+(?:\s\S+){0,2}")


def members(text: str, span: Span, fewest: int = _FEWEST_MEMBERS) -> tuple[Span, ...]:
    """The members of the longest enumeration of names within ``span``, as spans of ``text``.

    A member starts with a capital, a digit or a # and is short. Empty when there are fewer
    than ``fewest`` of them.
    """
    return max((run for run in runs(text, span, fewest)), key=len, default=())


def runs(text: str, span: Span, fewest: int = _FEWEST_MEMBERS) -> list[tuple[Span, ...]]:
    """Every enumeration of names within ``span`` with at least ``fewest`` members, in order."""
    found: list[list[Span]] = []
    run: list[Span] = []
    for piece in _pieces(text, span):
        names = _names(text, piece)
        leading = names[0] if names and names[0].start == piece.start else None
        trailing = names[-1] if names and names[-1].end == piece.end else None
        located = leading is not None and _LOCATED.fullmatch(text, leading.end, piece.end)
        if len(names) > 1 and _LOCATED.fullmatch(text, names[-2].end, piece.end):
            trailing = names[-2]
        goes_on = bool(run and leading)
        if run and leading:
            run.append(leading)
        elif len(run) >= _FEWEST_MEMBERS and trailing and _INTRODUCED.match(text, piece.start):
            run.append(trailing)
        if not (goes_on and leading and (located or leading.end == piece.end)):
            # Other words follow: this enumeration is over, the next may begin with what is last.
            found.append(run)
            run = [trailing] if trailing else []
    return [tuple(run) for run in [*found, run] if len(run) >= fewest]


def _pieces(text: str, span: Span) -> list[Span]:
    """What separators leave of ``span``, without the marks and spaces around each piece."""
    pieces: list[Span] = []
    start = span.start
    ends = [(m.start(), m.end()) for m in _SEPARATOR.finditer(text, span.start, span.end)]
    for end, following in [*ends, (span.end, span.end)]:
        first, last = start, max(start, end)
        while first < last and not (text[first].isalnum() or text[first] in "#@"):
            first += 1
        while last > first and not (text[last - 1].isalnum() or text[last - 1] in ")%"):
            last -= 1
        if first < last:
            pieces.append(Span(first, last))
        start = following
    return pieces


def _names(text: str, piece: Span) -> list[Span]:
    """Runs of capitalised words in ``piece``, small words inside a run included."""
    runs: list[list[Span]] = [[]]
    for match in _WORD.finditer(text, piece.start, piece.end):
        word = Span(match.start(), match.end())
        first = next((c for c in match.group() if c.isalnum() or c in "#@"), "")
        if first.isupper() or first.isdigit() or first in {"#", "@"}:
            runs[-1].append(word)
        elif not (runs[-1] and match.group().lower() in _INNER):
            runs.append([])
        else:
            runs[-1].append(word)
        if match.group()[-1] in ".:;!?" and len(match.group()) > 3:
            runs.append([])
    names = []
    for run in runs:
        while run and run[-1].of(text).lower() in _INNER:
            run = run[:-1]
        if 0 < len(run) <= _LONGEST_MEMBER_WORDS:
            names.append(Span(run[0].start, run[-1].end))
    return names
