"""Parts of a year that a question names: "the first half of 2017", "spring 2016".

Knows halves, quarters and seasons in the eight languages. A winter belongs to two years and is
refused: which one is meant is anybody's guess.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from assistant import lexicon
from assistant.bounds import YEAR
from corpus import Span
from corpus.words import fold

# Between the part and its year: "of", "de l'année", "des Jahres".
_GAP = re.compile(r"[^\d?!.;:]{0,16}")


def part_of_year(text: str, language: str) -> tuple[Span, date, date] | None:
    """The first part of a year in ``text``: where it stands, its first and its last day."""
    folded = fold(text)
    if len(folded) != len(text):
        return None  # places would shift
    for (first, last), cues in lexicon.PARTS_OF_YEAR.items():
        for match in cues.finditer(folded, language):
            gap = _GAP.match(folded, match.end())
            year = YEAR.match(folded, gap.end()) if gap else None
            if year is None:
                continue
            of = int(year.group())
            span = Span(match.start(), year.end())
            return span, date(of, first, 1), date(of, last, monthrange(of, last)[1])
    return None
