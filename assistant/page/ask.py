"""The room people ask in: which event of it does what."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.page.ask_parts import Shows, lay_out
from assistant.page.asking import sent
from assistant.page.conversation import Conversation, open_source
from assistant.page.replying import Replying
from assistant.page.revisiting import Revisiting
from assistant.page.room import ASKING, PRIVATE, Shared, Texts
from assistant.page.selecting import column, numbered, selection
from assistant.page.taking import judged, taken
from assistant.present import answer as view
from assistant.present import facets, sources, start
from assistant.present.speech import say
from corpus.errors import TownbookError, UsageError
from index import EVERYTHING, Filters

SHOWN_AT_ONCE = 20  # answers growing on pages; how many are found at once is for admission


def ask_room(shared: Shared) -> Texts:
    """Lays the room out, wires it, and gives the texts that follow the reader's language."""
    service, language = shared.service, shared.language
    parts = lay_out()
    replying, revisiting = Replying(shared, parts), Revisiting(service, parts)

    def choose(restricted: Filters, spoken: str, event: gr.EventData) -> Shows:
        choice = numbered(event)
        try:
            filters = selection(event)
        except UsageError as error:
            shown = column(service, restricted, spoken, choice)
            return {parts.hint: view.hint(str(error)), parts.column: shown}
        shown = column(service, filters, spoken, choice)
        return {parts.chosen: filters, parts.column: shown, parts.hint: ""}

    def take(past: Conversation, spoken: str, event: gr.EventData) -> str:
        return taken(sent(event), past, spoken)

    def judge(past: Conversation, spoken: str, event: gr.EventData) -> str:
        try:
            kept = judged(sent(event), past, service)
        except TownbookError as error:
            return view.hint(str(error))
        return view.thanks(spoken) if kept else ""

    def cite(past: Conversation, spoken: str, event: gr.EventData) -> str:
        told = sent(event)
        exchange, n = past.of(told.get("answer")), told.get("n")
        if exchange is None or exchange.answer is None or not isinstance(n, int):
            return sources.empty(spoken)
        return open_source(service, exchange.answer, n, spoken)

    box, before, panel = parts.box, parts.before, parts.panel
    conversation, hint, talk = parts.conversation, parts.hint, parts.talk
    asking: dict[str, Any] = {
        "inputs": [box, conversation, parts.editing, parts.chosen, parts.underway, language],
        "outputs": [
            *talk,
            box,
            parts.underway,
            parts.send,
            parts.stop,
            parts.chosen,
            parts.column,
        ],
        "concurrency_limit": SHOWN_AT_ONCE,
        "concurrency_id": ASKING,
        # A stopped answer may take its time to end; the next question must not wait for that, or
        # be dropped. talk.js takes two presses in a row for one.
        "trigger_mode": "multiple",
        **PRIVATE,
    }
    free: dict[str, Any] = {"concurrency_limit": None, **PRIVATE}
    # What a press says of itself is not kept for later: a second one is not dropped either.
    often: dict[str, Any] = {"trigger_mode": "multiple", **free}
    # Nor does the one before come after it: for what takes no time, one at a time for everybody.
    in_turn: dict[str, Any] = {**often, "concurrency_limit": 1}
    gr.on([box.submit, parts.send.click], replying.ask, **asking)
    before.ask(replying.ask, **asking)
    parts.stop.click(
        replying.stop,
        [parts.underway, conversation, language],
        [parts.now, box, conversation, parts.memory, parts.send, parts.stop, parts.underway],
        **free,
    )
    first = [before, parts.now, parts.after, panel, conversation, parts.column, box, parts.chosen]
    before.begin(revisiting.begin, language, first, **free)
    before.take(take, [conversation, language], parts.files, **often)
    before.judge(judge, [conversation, language], hint, **often)
    before.edit(revisiting.edit, [conversation, language], [box, parts.editing, hint], **in_turn)
    before.undo(revisiting.undo, [conversation, language], talk, **often)
    hint.keep(lambda: ("", "", ""), None, [box, parts.editing, hint], **free)
    parts.column.choose(
        choose,
        [parts.chosen, language],
        [parts.chosen, parts.column, hint],
        **often,  # facets.js asks for one at a time, and for the next when one has come
    )
    panel.cite(cite, [conversation, language], panel, **often)  # page.js: one at a time as well
    parts.again.click(revisiting.start_over, language, talk, **free)
    return {
        before: start.welcome,
        parts.column: lambda code: facets.panel(None, EVERYTHING, code),
        panel: sources.empty,
        box: lambda code: gr.update(
            label=say(code, "ask.question"), placeholder=say(code, "ask.placeholder")
        ),
        parts.send: lambda code: gr.update(value=say(code, "ask.send")),
        parts.stop: lambda code: gr.update(value=say(code, "ask.stop")),
        parts.again: lambda code: gr.update(value=say(code, "ask.again")),
        parts.notice: start.notice,
    }
