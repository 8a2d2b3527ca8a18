"""Text that others wrote, told to a model as data: on one line, between tags of this request alone.

No document can close a tag made anew for each request. What a reader cannot see is taken out, and
brackets and markup that could pass for a marker are made plain. Refuses to know what is asked of
the model.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence

from babel import Locale, UnknownLocaleError

from assistant.answering.draft import inline
from assistant.llm.plain import seen

Message = Mapping[str, str]  # {"role": "system" | "user", "content": …}
Complete = Callable[[Sequence[Message]], Iterator[str]]
"""A model's words as they come; raises Unavailable."""

_LONGEST_WORDS = 120


def new_tag() -> str:
    """A tag's name that nobody can have known before."""
    return f"q{secrets.token_hex(4)}"


def marked(text: str, tag: str, longest_words: int = _LONGEST_WORDS) -> str:
    """``text`` as data between two tags."""
    return f"<{tag}>{as_data(text, longest_words)}</{tag}>"


def as_data(text: str, longest_words: int = _LONGEST_WORDS) -> str:
    """``text`` on one line: nothing invisible, no markup, no bracket that passes for a marker."""
    return inline(seen(text), longest_words)


def messages(rules: str, told: str) -> tuple[Message, ...]:
    """The two messages of a request, as chat completions take them."""
    return ({"role": "system", "content": rules}, {"role": "user", "content": told})


def language_name(code: str) -> str:
    """English name of a language, for an instruction in English."""
    try:
        return Locale.parse(code).get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        return "English"
