"""The one way a foreign string reaches the page: as words, never as markup.

A string may pass through HTML, a JavaScript template and a Markdown renderer before it is
seen, and each has its own dangerous characters. So the rule is not a list of bad characters
but a short list of harmless ones: whatever else ASCII holds becomes a character reference,
which all three hand on untouched. Invisible characters that reorder or hide text are made
visible instead of being dropped, so that what is shown is still everything that was there.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# C0 and C1 controls but tab and newline, line separators, zero-width and bidirectional controls,
# interlinear marks, noncharacters of the first plane (no XML file holds them) and tag characters.
# U+200C and U+200D stay: Persian and emoji are spelled with them. A text that holds such a
# spelling itself gets its first mark spelled too, so that no two texts look the same.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
    "\ud800-\udfff]|‹(?=U\\+)"
)
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ,\u0080-\U0010ffff]")


def visible(value: str) -> str:
    """``value`` with each hiding or reordering character spelled out, like ``‹U+202E›``."""
    return _INVISIBLE.sub(lambda found: f"‹U+{ord(found[0]):04X}›", value)


def text(value: str) -> str:
    """``value`` as words in HTML text, a quoted attribute, a template or Markdown.

    The result is one line: newlines become references too, and still break lines when shown.
    """
    return _NOT_PLAIN.sub(lambda found: f"&#{ord(found[0])};", visible(value))


def web_address(url: str | None) -> str | None:
    """``url`` when it is a plain http(s) address a link may lead to, else None."""
    if not url or url != url.strip() or _INVISIBLE.search(url):
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    # "https://city.example@evil.example" leads to evil.example while reading like the city.
    return url if usable and parts.username is None else None
