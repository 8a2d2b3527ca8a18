"""Bytes to characters: which encoding a text file is in, and what could not be read.

Knows byte order marks, UTF-8, UTF-16 and the single-byte encodings of Europe. It refuses to
fail: what no encoding explains becomes U+FFFD, and is counted.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from corpus.text import REPLACEMENT, count_replacements

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The single-byte encodings European text is found in, in the order that settles ties; a wider
# choice lets a short text with three accents pass as Korean. cp1252 is a superset of Latin-1.
_SINGLE_BYTE = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257")
# Codecs of Python that no file is in; a page may still declare them.
_NOT_OF_FILES = frozenset(("idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined"))
_SAMPLE_BYTES = 16_384
_ODD_SHARE = 0.01  # of bytes: more invalid UTF-8 than this means another encoding


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, not yet canonical."""

    text: str
    encoding: str  # as Python names it
    replacements: int  # code points that are, or will be, lost to U+FFFD or removed

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """What a reader should be told: an unusual encoding, and losses, if any."""
        notes: list[tuple[str, str]] = []
        if not self.encoding.startswith("utf-8"):
            notes.append(("encoding", self.encoding))
        if self.replacements:
            notes.append(("replacements", str(self.replacements)))
        return tuple(notes)


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """The text of ``raw`` in the encoding it most plausibly has.

    ``declared`` is what the file says of itself; it is believed where the bytes allow it.
    """
    encoding = _encoding(raw, declared)
    text = raw.decode(encoding, errors="replace")
    if encoding.startswith("utf-8"):
        lost = text.count(REPLACEMENT) - raw.count(REPLACEMENT.encode())
    else:
        lost = text.count(REPLACEMENT)
    return Decoded(text, encoding, lost + count_replacements(text))


def _encoding(raw: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    sample = raw[:_SAMPLE_BYTES]
    # UTF-16 without a mark: in European text every other byte is zero.
    if len(sample) >= 4 and sample[1::2].count(0) > 0.4 * len(sample[1::2]):
        return "utf-16-le"
    if len(sample) >= 4 and sample[0::2].count(0) > 0.4 * len(sample[0::2]):
        return "utf-16-be"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        if declared and _explains(declared, raw):
            return declared
        return _damaged_utf8_or_single_byte(raw)
    return "utf-8"


def _explains(encoding: str, raw: bytes) -> bool:
    try:
        # Only encodings of text: Python also knows "rot13", "zip" and their like.
        return encoding.lower() not in _NOT_OF_FILES and isinstance(raw.decode(encoding), str)
    except (LookupError, UnicodeError):
        return False


def _damaged_utf8_or_single_byte(raw: bytes) -> str:
    text = raw.decode("utf-8", errors="replace")
    invalid = text.count(REPLACEMENT)
    accented = sum(1 for character in text if character > "\x7f") - invalid
    if accented > invalid and invalid <= _ODD_SHARE * len(raw):
        return "utf-8"

    # Imported here: all but a few files are UTF-8.
    from charset_normalizer import from_bytes

    telling = b"\n".join(line for line in raw.split(b"\n") if not line.isascii())[:_SAMPLE_BYTES]
    ranked: list[tuple[float, float, int]] = []
    for order, encoding in enumerate(_SINGLE_BYTE):
        match = from_bytes(
            telling, cp_isolation=[encoding], preemptive_behaviour=False, threshold=1.0
        ).best()
        if match:
            # Rounded: smaller differences than these are noise, and the usual encoding wins.
            ranked.append((round(match.chaos, 1), -round(match.coherence, 2), order))
    return _SINGLE_BYTE[min(ranked)[2]] if ranked else _SINGLE_BYTE[0]
