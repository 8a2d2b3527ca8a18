"""Canonical text: the one spelling of a document that every span points into.

Knows which code points may be stored and how a text is named by its hash. It refuses to know
formats, languages and meaning: apart from what could not be stored or shown safely, the
wording stays as written, so a quote cut from canonical text still stands in the raw file up
to white space and NFKC normalisation.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

# Control codes that separate words or lines become the plain separator of their kind;
# the others (C0, DEL, C1 -- terminal escapes among them) are removed. NEL stays: it is
# white space, and no store or terminal objects to it.
_REMOVED = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_BREAKS = re.compile(r"\r\n?|[\v\f\x1c-\x1e]")
# Neither UTF-8 nor XML can carry these: lone surrogates and the two non-characters.
_UNSTORABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
# All of the above in one class: one look is cheap, and most texts hold none.
_TROUBLE = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x84\\x86-\\x9f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def canonical(raw: str) -> str:
    """``raw`` as it is stored: NFC, ``\\n`` line ends, no BOM, no control codes but tab.

    What cannot be stored at all becomes U+FFFD. Applying it twice changes nothing.
    """
    text = raw
    if _TROUBLE.search(text):
        text = _UNSTORABLE.sub(REPLACEMENT, _REMOVED.sub("", text))
        text = _BREAKS.sub("\n", text).replace("\x1f", " ")
    return unicodedata.normalize("NFC", text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"))


def count_replacements(raw: str) -> int:
    """How many code points of ``raw`` ``canonical`` replaces by U+FFFD or removes."""
    if not _TROUBLE.search(raw):
        return 0
    return len(_REMOVED.findall(raw)) + len(_UNSTORABLE.findall(raw))


def text_sha256(text: str) -> str:
    """64 hex digits: SHA-256 of ``text`` as UTF-8."""
    return sha256(text.encode("utf-8")).hexdigest()


def document_id(source: str, text_sha256: str) -> str:
    """16 hex digits naming one version of one source: it changes when either changes."""
    return sha256(f"{source}\0{text_sha256}".encode()).hexdigest()[:16]
