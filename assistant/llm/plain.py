"""One sentence of a model as it may be shown: plain prose with markers, or the reason it may not.

Runs before the gate, which judges what is left: links, images, markup and anything in brackets
that is not an issued kind of marker are refused outright, harmless emphasis is taken off. Knows
characters; refuses to know what quotes mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.answering.draft import inline
from assistant.gate.clean import clean
from corpus.text import canonical

MARKERS = re.compile(r"\[\d{1,3}\]", re.ASCII)
_SEVERAL = re.compile(r"\[(\d{1,3}(?:\s?[,;]\s?\d{1,3})+)\]", re.ASCII)
_LINK = re.compile(
    r"!\[|\]\s?\(|\b(?:javascript|data|mailto|file|vbscript|tel):|<\s*[a-z/!?]"
    r"|&(?:#\w{1,8}|[a-z]{2,12});",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S*://[^\s\[\]]*|\bwww\.[^\s\[\]]*", re.IGNORECASE)
_TAGS = re.compile(r"</?q[0-9a-f]{8}>")  # of the prompt, which small models copy
_BRACKETS = re.compile(r"[\[\]【】〔〕†‡]")
_MARKUP = re.compile(r"```|^\s*(?:#{1,6}\s|\||>{1,3}\s)|\$\$|\\[a-z(\[]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
# A day or a "Yes." with a marker may be borne out and says nothing by itself.
_FEWEST_WORDS, _LONGEST_WORDS = 2, 100


def seen(text: str) -> str:
    """``text`` without what a reader cannot see: controls, zero-width, bidirectional, tags."""
    return clean(canonical(text))


def plain(sentence: str, quotes: Mapping[int, str] | None = None) -> tuple[str, str | None]:
    """``sentence`` as it would be shown, and why it must not be, or None.

    The reasons are "link", "markup" and "no-sentence". An address, which is shown as words and
    leads nowhere, may stand in it when a quote that it cites spells it; ``quotes`` are by number.
    """
    whole = _SEVERAL.sub(_apart, _TAGS.sub("", seen(sentence)))
    prose, markers = MARKERS.split(whole), MARKERS.findall(whole)
    reason = None
    held = " ".join((quotes or {}).get(int(mark[1:-1]), "") for mark in markers)
    addresses = [found[0].strip("()<>\"'“”.,;:!?") for found in _ADDRESS.finditer(whole)]
    foreign = any(address not in held for address in addresses)
    if foreign or any(_LINK.search(part) for part in [whole, *prose]):
        reason = "link"
    elif any(_BRACKETS.search(part) for part in prose) or _MARKUP.search(whole):
        reason = "markup"
    elif not _FEWEST_WORDS <= sum(len(_WORD.findall(part)) for part in prose) <= _LONGEST_WORDS:
        reason = "no-sentence"
    shown = [_flat(part, is_first=n == 0) for n, part in enumerate(prose)]
    text = "".join(f"{part}{mark}" for part, mark in zip(shown, [*markers, ""], strict=True))
    return " ".join(text.split()), reason


def unmarked(sentence: str) -> str:
    """``sentence`` with its markers made plain, so that it cannot look like a cited one."""
    return inline(seen(sentence))


def _apart(found: re.Match[str]) -> str:
    """ "[1, 2]" as "[1][2]"."""
    return "".join(f"[{n}]" for n in re.findall(r"\d+", found[1]))


def _flat(part: str, *, is_first: bool) -> str:
    """``part`` without emphasis; line marks go at the start of the sentence only."""
    words = inline(part) if is_first else inline(f"x{part}")[1:]
    edge = " " if part[-1:].isspace() else ""
    return f"{words}{edge}"
