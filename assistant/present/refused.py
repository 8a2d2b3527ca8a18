"""A refusal with what comes nearest, and what the library could be asked instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant import Answer, Nearest
from assistant.present.days import day
from assistant.present.escape import text
from assistant.present.marks import anchor
from assistant.present.rows import shortened
from assistant.present.speech import say

if TYPE_CHECKING:
    from assistant.facets import Facets

SNIPPET = 180  # code points of a nearest passage
TOPICS = 8


def nearest(answer: Answer) -> str:
    """The closest passages, each a link that opens it."""
    rows = "".join(_near(answer, n, near) for n, near in enumerate(answer.nearest, 1))
    title = text(say(answer.language, "ask.nearest"))
    return f'<p class="label">{title}</p><ol class="nearest">{rows}</ol>'


def covered(facets: Facets, language: str) -> str:
    """What the library holds, by number and by a few topics, in ``language``."""
    counts = (
        ("common.articles", facets.documents),
        ("ask.practices", facets.practices),
        ("ask.events", facets.events),
        ("common.languages", len(facets.languages)),
        ("ask.countries", len(facets.countries)),
    )
    told = " · ".join(text(say(language, key, count=count)) for key, count in counts if count)
    topics = ", ".join(theme.value for theme in facets.themes[:TOPICS])
    named = f"<br>{text(say(language, 'ask.topics', topics=topics))}" if topics else ""
    return (
        f'<p class="label">{text(say(language, "ask.covered"))}</p>'
        f'<p class="covered">{told}{named}</p>'
    )


def _near(answer: Answer, n: int, near: Nearest) -> str:
    return (
        f'<li><a class="cite near" href="#{anchor(answer.answer_id, n)}">'
        f"<bdi>{text(near.title or near.source)}</bdi></a>"
        f' <span class="when">{day(near.published, answer.language)}</span>'
        f'<span class="snippet" dir="auto">{text(shortened(near.text, SNIPPET))}</span></li>'
    )
