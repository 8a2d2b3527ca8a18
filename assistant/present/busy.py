"""The line that says all places are taken, empty until ``busy.js`` fills it."""

from __future__ import annotations

from assistant.present.escape import text
from assistant.present.speech import say


def busy(language: str) -> str:
    """The line in ``language``; a screen reader says it when it appears."""
    return f'<p class="busy" role="alert" data-sentence="{text(say(language, "common.busy"))}"></p>'
