"""An error as people can act on it: what was found, what was expected, what to do."""

from __future__ import annotations

from assistant.present.escape import text
from assistant.present.words import words
from corpus.errors import TownbookError


def trouble(error: TownbookError, language: str = "en") -> str:
    """``error`` in its three parts. They are English, as on the command line."""
    parts = (
        (words(language, "library.found"), error.found),
        (words(language, "library.expected"), error.expected),
        (words(language, "library.remedy"), error.remedy),
    )
    rows = "".join(
        f'<div><dt>{name}</dt><dd lang="en">{text(part)}</dd></div>' for name, part in parts
    )
    return f'<div class="trouble" role="alert"><dl>{rows}</dl></div>'
