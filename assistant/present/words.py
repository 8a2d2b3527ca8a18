"""The page's own sentences as HTML: looked up, filled in and escaped in one step."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.present.escape import text
from assistant.present.speech import say

_FIRST = 0xE000  # private use: no sentence has these, and escaping leaves them alone


def words(
    language: str, key: str, /, html: Mapping[str, str] | None = None, **values: str | int
) -> str:
    """The sentence of ``key`` as HTML. ``html``: values that are HTML already, such as a time."""
    made = html or {}
    marks = {name: chr(_FIRST + place) for place, name in enumerate(made)}
    sentence = text(say(language, key, **{**values, **marks}))
    for name, mark in marks.items():
        sentence = sentence.replace(mark, made[name], 1)
    return sentence


def told(sentence: str) -> str:
    """A sentence, escaped already, that something was done: said aloud where it appears."""
    return f'<p class="told" role="status">{sentence}</p>'
