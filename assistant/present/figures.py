"""The values in a text that a question asked for, set so that the eye finds them first.

Knows numbers by their form and days by ``corpus.dates``; refuses to say which of them is right.
"""

from __future__ import annotations

import re

from assistant.present.escape import text
from corpus.dates import find_dates

_GROUPED = r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:[€£$]\s?)?(?:{_GROUPED}|\d+(?:[.,]\d+)?)(?:\s?(?:%|€|£|EUR\b))?(?![\w])"
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def figured(words: str, kind: str, language: str) -> str:
    """``words`` as HTML, the values of ``kind`` ("number" or "event") inside ``<strong>``."""
    if kind == "number":
        spans = [m.span() for m in _NUMBER.finditer(words) if not _YEAR.fullmatch(m.group())]
    elif kind == "event":
        spans = [(day.span.start, day.span.end) for day in find_dates(words, language)]
    else:
        spans = []
    parts, at = [], 0
    for start, end in sorted(spans):
        if start < at:
            continue
        value = f'<strong class="figure">{text(words[start:end])}</strong>'
        parts += [text(words[at:start]), value]
        at = end
    return "".join(parts) + text(words[at:])
