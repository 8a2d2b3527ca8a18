"""What a line of text is by its shape: prose, list item, field, table row or markup.

Knows one line at a time, and punctuation only. Refuses to know what stands around the line and
what it means: ``start date: 2019`` is a field here, not a date.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["plain", "item", "field", "row", "marked"]

BULLETS = "•●▪■◦‣∙"
MARKS = ".!?…‽؟。！？।"  # those that end a sentence

_ITEM = re.compile(rf"(?:[-*+–·{BULLETS}]|\(?\d{{1,3}}[.)]|\(?[a-zA-Z]\))(?=\s|$)")
_MARKED = re.compile(r"#++\d*+\s|={3}|-{3}|\*{3}|_{3}")
# A key is up to four words, perhaps with a remark in brackets.
_FIELD = re.compile(r"[^\W\d_]\w*+(?:[ /_-]\w++){0,3}+(?: \([^()\n]{1,20}\))?:[ \t]+\S")
_LONGEST_TITLE = 100


def kind(line: str) -> Kind:
    """The shape of ``line``, which has no white space at its ends and is not empty."""
    if _ITEM.match(line):
        return "item"
    if line[0] == "|" or line.count("|", 0, 400) > 1 or line.count("\t", 0, 400) > 1:
        return "row"
    if _MARKED.match(line):
        return "marked"
    if _FIELD.match(line):
        return "field"
    return "plain"


def is_bare_bullet(line: str) -> bool:
    """Whether the line is a bullet or number that lost its words to the next line."""
    return len(line) <= 4 and _ITEM.fullmatch(line) is not None


def looks_like_title(line: str) -> bool:
    """Whether a line of its own could be the heading of what follows it."""
    return (
        len(line) <= _LONGEST_TITLE
        and line[-1] not in MARKS + ",;:"
        and not line[0].islower()
        and kind(line) == "plain"
        and any(character.isalpha() for character in line)
    )
