"""The conversation brought back, corrected, taken back and begun anew.

Knows what the page shows of a conversation; refuses to ask anything.
"""

from __future__ import annotations

import gradio as gr

from assistant.kept import unpack
from assistant.page.ask_parts import Parts, Shows
from assistant.page.asking import linked, sent
from assistant.page.conversation import (
    Conversation,
    beginning,
    earlier,
    first_source,
    latest,
)
from assistant.page.room import Service
from assistant.page.selecting import column
from assistant.present import actions
from assistant.present import answer as view
from corpus.errors import TownbookError
from index import EVERYTHING

# Stands where the conversation does once it has been begun; talk.js waits for it.
_BEGUN = "<span data-begun hidden></span>"


class Revisiting:
    """The events that change the conversation without a question."""

    def __init__(self, service: Service, parts: Parts) -> None:
        self._service, self._parts = service, parts

    def begin(self, spoken: str, event: gr.EventData) -> Shows:
        """What the browser kept over a reload, or questions to start with."""
        parts, told = self._parts, sent(event)
        try:
            found = Conversation(unpack(told.get("kept"), self._service.document))
        except TownbookError:
            found = Conversation()
        # A link fills in what it carries; else what was asked last was asked of these.
        filters = found.exchanges[-1].filters if len(found) else EVERYTHING
        shows: Shows = {}
        link = linked(told.get("search"))
        if link is not None:
            shows[parts.box], filters = link
        shows |= {parts.chosen: filters, parts.column: column(self._service, filters, spoken)}
        if not len(found):
            return {**shows, parts.before: beginning(self._service, spoken) + _BEGUN}
        shows |= self._whole(found, spoken) | {parts.after: actions.take_all(spoken)}
        return shows | {parts.before: shows[parts.before] + _BEGUN}

    def edit(self, past: Conversation, spoken: str, event: gr.EventData) -> Shows:
        """A question goes back into the box; the latest one is asked in its own place."""
        parts, told = self._parts, sent(event)
        exchange = past.of(told.get("answer"))
        if exchange is None or exchange.answer is None:
            return {parts.hint: ""}
        asked, words = exchange.answer.standalone, told.get("words")
        return {
            parts.box: asked,
            parts.editing: exchange.answer.answer_id if past.is_last(exchange) else "",
            parts.hint: view.editing(asked, words if isinstance(words, str) else "", spoken),
        }

    def undo(self, past: Conversation, spoken: str, event: gr.EventData) -> Shows:
        """The latest exchange goes."""
        parts = self._parts
        if not past.is_last(past.of(sent(event).get("answer"))):
            return {parts.hint: ""}
        left = past.without_last()
        if not len(left):
            return self.start_over(spoken)
        cleared = {parts.after: "", parts.editing: "", parts.hint: ""}
        return self._whole(left, spoken) | cleared | parts.keep(left)

    def start_over(self, spoken: str) -> Shows:
        """A new conversation; the old one is forgotten."""
        parts, nothing = self._parts, Conversation()
        return {
            parts.before: beginning(self._service, spoken),
            parts.now: "",
            parts.after: "",
            parts.panel: first_source(nothing, self._service, spoken),
            parts.editing: "",
            parts.hint: "",
            **parts.keep(nothing),
        }

    def _whole(self, talk: Conversation, spoken: str) -> Shows:
        parts = self._parts
        return {
            parts.before: earlier(talk, self._service, spoken),
            parts.now: latest(talk, self._service, spoken),
            parts.panel: first_source(talk, self._service, spoken),
            parts.conversation: talk,
        }
