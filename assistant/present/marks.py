"""The numbered marks that tie a statement to its source, and the names their links go by.

A mark's address is ``#s-{answer}-{n}``. Both parts are checked on the way back in, because
what the browser sends is anybody's.
"""

from __future__ import annotations

import re

from assistant import Citation
from assistant.present.escape import text
from assistant.present.speech import say

_ADDRESS_PART = re.compile(r"[^A-Za-z0-9_-]")


def anchor(answer_id: str, n: int | str) -> str:
    """The fragment, without ``#``, that names one source (or passage) of one answer."""
    return f"s-{_ADDRESS_PART.sub('-', answer_id)}-{n}"


def chip(answer_id: str, citation: Citation, language: str = "en") -> str:
    """The small numbered link that opens ``citation`` in the sources panel."""
    title = say(language, "ask.chip", n=citation.n, title=citation.title)
    return (
        f'<a class="cite" href="#{anchor(answer_id, citation.n)}" title="{text(title)}">'
        f'<span class="sr-only">{text(say(language, "ask.chip_word"))} </span>{citation.n}</a>'
    )
