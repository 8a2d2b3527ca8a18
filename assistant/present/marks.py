"""The numbered marks that tie a statement to its source, and the names their links go by.

A mark's address is ``#s-{answer}-{n}``. Both parts are checked on the way back in, because
what the browser sends is anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant import Citation
from assistant.present.escape import text

_ADDRESS_PART = re.compile(r"[^A-Za-z0-9_-]")


def anchor(answer_id: str, n: int | str) -> str:
    """The fragment, without ``#``, that names one source (or passage) of one answer."""
    return f"s-{_ADDRESS_PART.sub('-', answer_id)}-{n}"


def chip(answer_id: str, citation: Citation) -> str:
    """The small numbered link that opens ``citation`` in the sources panel."""
    return (
        f'<a class="cite" href="#{anchor(answer_id, citation.n)}"'
        f' title="Source {citation.n}: {text(citation.title)}">'
        f'<span class="sr-only">source </span>{citation.n}</a>'
    )


def chips(answer_id: str, numbers: tuple[int, ...], issued: Mapping[int, Citation]) -> str:
    """The links of all ``numbers`` that were issued; others leave no trace."""
    return "".join(chip(answer_id, issued[n]) for n in numbers if n in issued)
