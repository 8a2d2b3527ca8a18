"""What one way of answering hands back, and how quoted words appear inside an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant import Citation, Coverage, Item, Nearest

# Marks of Markdown and of our own citation markers; quoted text must not be able to form either.
_LEADING_MARKS = re.compile(r"^(?:[#>*•\-–|\s]|\d+[.)]\s)+(?=\S)")
_INLINE_MARKS = re.compile(r"[*`<>\\]+|__+|~~+")
# The cells of a table's row.
_CELL_MARKS = re.compile(r"\s*\|[\s|]*")
_LONGEST_INLINE_WORDS = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is numbered and timed. Not answered means refused."""

    kind: str
    answered: bool
    text: str
    citations: tuple[Citation, ...] = ()
    items: tuple[Item, ...] = ()
    coverage: Coverage | None = None
    nearest: tuple[Nearest, ...] = field(default=())


def inline(quote: str, longest_words: int = _LONGEST_INLINE_WORDS) -> str:
    """``quote`` on one line, plain: no Markdown, and brackets that cannot pass for a marker.

    The verbatim words are in the citation; this is how they read inside a sentence.
    """
    flat = " ".join(quote.split())
    flat = _LEADING_MARKS.sub("", flat)
    flat = _CELL_MARKS.sub(" · ", flat.strip(" |"))
    flat = _INLINE_MARKS.sub("", flat).replace("[", "(").replace("]", ")").strip()
    parts = flat.split(" ")
    if len(parts) > longest_words:
        return " ".join(parts[:longest_words]) + " …"
    return flat


def marker(*numbers: int) -> str:
    """The citation markers as they stand in a text: ``[1][3]``."""
    return "".join(f"[{n}]" for n in dict.fromkeys(numbers))
