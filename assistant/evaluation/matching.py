"""When two spellings mean the same: facts in a text, items, quotes and evidence, sources.

Pure rules on text, lenient where people differ (case, dashes, quotes, digit groups) and strict
where meaning does (whole words, accents).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

RUN = 8  # words in a row that two texts hardly share by chance
SHORT = 4  # fewer words than this prove nothing
SHARED = 0.8  # of the shorter text's words, where no run is shared

_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-"})
_DIGIT_GAP = re.compile("(?<=\\d)[ .,\u202f\u00a0](?=\\d{3}\\b)")


def normal(text: str) -> str:
    """NFKC, casefolded, plain dashes and quotes, digit groups joined, single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN)
    return " ".join(_DIGIT_GAP.sub("", folded).split())


def holds(text: str, forms: Iterable[str]) -> bool:
    """Whether ``text``, already normal, has one of ``forms`` as whole words."""
    return any(re.search(rf"(?<!\w){re.escape(normal(form))}(?!\w)", text) for form in forms)


def same_item(name: str, forms: Iterable[str]) -> bool:
    """Whether ``name`` holds one of ``forms``, or the other way round for more than 3 letters."""
    name = normal(name)
    return any(form in name or (len(name) > 3 and name in form) for form in map(normal, forms))


def overlaps(quote: str, evidence: str) -> bool:
    """Whether the two share eight words in a row, or most of the shorter one's words."""
    ours, theirs = normal(quote).split(), normal(evidence).split()
    if not ours or not theirs:
        return False
    if not _runs(ours).isdisjoint(_runs(theirs)):
        return True
    short, long = sorted((ours, theirs), key=len)  # stable: of equal ones the quote is short
    known = set(long)
    return len(short) >= SHORT and sum(w in known for w in short) / len(short) >= SHARED


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def file_name(source: str) -> str:
    """The file a source stands in: ``folder/table.csv#3`` is in ``table.csv``."""
    return PurePosixPath(source.split("#")[0]).name
