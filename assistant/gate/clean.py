"""Text as the gate compares it: nothing invisible, full-width forms plain.

What a reader cannot see must not be able to hide a digit or to break a word in two. Knows code
points only.
"""

from __future__ import annotations

import unicodedata

_VARIATION = range(0xFE00, 0xFE10)
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_OFFSET = 0xFEE0


def clean(text: str) -> str:
    """``text`` without format characters, NFC, its full-width letters and digits ASCII."""
    if text.isascii():
        return text
    kept = []
    for c in unicodedata.normalize("NFC", text):
        point = ord(c)
        if unicodedata.category(c) == "Cf" or point in _VARIATION:
            continue
        kept.append(chr(point - _FULL_WIDTH_OFFSET) if point in _FULL_WIDTH else c)
    return "".join(kept)
