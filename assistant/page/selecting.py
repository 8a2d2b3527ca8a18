"""The filters of the Ask room: which were set, and the column they are set in."""

from __future__ import annotations

import gradio as gr

from assistant.api import sendable
from assistant.filters import parse_filters
from assistant.page.asking import sent
from assistant.page.conversation import everything
from assistant.page.room import Service
from assistant.present import facets
from corpus.errors import TownbookError, UsageError
from index import Filters

_MOST_WORDS = 10
_MOST_VALUES = 200


def selection(event: gr.EventData) -> Filters:
    """The filters that the facets were set to. Raises UsageError for what is no filter."""
    given = sent(event).get("filters")
    if not isinstance(given, dict) or len(given) > _MOST_WORDS:
        raise UsageError("got no filters", "a set of them", "choose again")
    words: dict[str, list[str]] = {}
    for word, values in given.items():
        if isinstance(values, list):
            words[str(word)] = [sendable(str(value)) for value in values[:_MOST_VALUES]]
    return parse_filters(words)


def numbered(event: gr.EventData) -> int | None:
    """Which of the reader's choices this is, as the page counts them."""
    choice = sent(event).get("choice")
    return choice if isinstance(choice, int) else None


def column(service: Service, filters: Filters, language: str, choice: int | None = None) -> str:
    """The column of choices with ``filters`` ticked; without counts where there are none now."""
    try:
        found = service.facets(filters) if filters else everything(service)
    except TownbookError:
        found = None
    return facets.panel(found, filters, language, choice)
