"""Links, images and markup that a model's sentence may not hold.

A model has nothing to link to: citations are linked by the page, from issued numbers. So whatever
could make a browser, a Markdown renderer or a reader go elsewhere is refused, unless the cited
quotes themselves spell the address.
"""

from __future__ import annotations

import re

_MARKDOWN = re.compile(
    r"!\[|\]\s?\(|\]\s?\[(?!\d{1,4}\])|(?<!\])\[(?!\d)[^\]\n]{0,200}\]\s?\[|^\s{0,3}\[[^\]\n]{1,80}\]:",
    re.MULTILINE,
)
_HTML = re.compile(r"<[a-z/!?][^>\n]{0,2000}>?|&(?:#\w{1,8}|[a-z]{2,12});", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b(?:[a-z][a-z0-9+.-]{1,15}://|www\.|(?:javascript|data|mailto|file|vbscript|tel):)[^\s<>)\]]+"
    r"|(?<![\w@.])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,4}"
    r"(?:com|org|net|eu|info|io|app|dev|city|de|fr|es|it|nl|pt|pl|be|at|ch|uk|ie|xyz|ru|cn|co|me|tv)"
    r"\b(?:/[^\s<>)\]]*)?",
    re.IGNORECASE,
)


def forbidden_link(sentence: str, quoted: str) -> str | None:
    """The first link, image, tag or address in ``sentence`` that ``quoted`` does not hold."""
    for pattern in (_MARKDOWN, _HTML):
        if found := pattern.search(sentence):
            return found[0].strip()
    told = quoted.casefold()
    for match in _ADDRESS.finditer(sentence):
        address = match[0].rstrip(".,;:!?")
        if address.casefold() not in told:
            return address
    return None
