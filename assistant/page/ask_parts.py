"""The Ask room's components: what stands where, and the updates that several of its events share.

Knows no question and no answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.kept import pack
from assistant.page.conversation import Conversation
from assistant.present import start
from assistant.present.speech import say
from index import EVERYTHING

FORGET = "-"  # what the browser is told to keep when it shall keep nothing

Shows = dict[Any, Any]  # components, each with what it shows now


@dataclass(frozen=True, slots=True)
class Parts:
    """The room's components by what they are for; the last four are states, seen by nobody."""

    column: gr.HTML  # the facets
    before: gr.HTML  # all exchanges but the latest
    now: gr.HTML  # the latest one
    after: gr.HTML  # what can be asked next
    hint: gr.HTML
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    again: gr.Button
    notice: gr.HTML
    panel: gr.HTML  # the sources
    memory: gr.HTML  # hidden: what the browser keeps over a reload
    files: gr.HTML  # hidden: what the browser saves as a file
    conversation: gr.State
    chosen: gr.State  # filters
    editing: gr.State  # the answer whose question is in the box to be changed
    underway: gr.State  # the request that is being answered, or was last

    @property
    def talk(self) -> list[Any]:
        """What changes when the conversation does."""
        shown = [self.before, self.now, self.after, self.panel, self.conversation, self.memory]
        return [*shown, self.hint, self.editing]

    def working(self) -> Shows:
        """An answer is under way, and can be stopped."""
        return {self.send: gr.update(visible="hidden"), self.stop: gr.update(visible=True)}

    def idle(self) -> Shows:
        """The next question can be asked."""
        return {self.send: gr.update(visible=True), self.stop: gr.update(visible="hidden")}

    def keep(self, talk: Conversation) -> Shows:
        """``talk`` is the conversation from now on, over a reload as well."""
        return {self.conversation: talk, self.memory: pack(talk.exchanges) or FORGET}

    def unchanged(self) -> Shows:
        """Nothing changes. A step of an event must say so: no values at all are a fault, and what
        was sent last is sent once more at its end.
        """
        return {self.now: gr.skip()}


def lay_out() -> Parts:
    """The room, empty. Its texts are English until the reader's language is known."""
    states: dict[str, gr.State] = {
        "conversation": gr.State(Conversation()),
        "chosen": gr.State(EVERYTHING),
        "editing": gr.State(""),
        "underway": gr.State(None),
    }
    with gr.Row(elem_id="ask-room"):
        column = _html("facets", script="facets.js")
        with gr.Column(elem_id="talk", scale=3, min_width=320):
            with gr.Column(elem_id="conversation"):
                before = _html("before", script="talk.js")
                now = _html("now")
                after = _html("after")
            hint = _html("hint", script="hint.js")
            with gr.Row(elem_id="ask-line"):
                box = gr.Textbox(
                    elem_id="question",
                    label=say("en", "ask.question"),
                    placeholder=say("en", "ask.placeholder"),
                    lines=1,
                    max_lines=5,
                    max_length=2000,
                    scale=8,
                    container=False,
                )
                send = gr.Button(say("en", "ask.send"), elem_id="send", variant="primary", scale=0)
                stop = gr.Button(say("en", "ask.stop"), elem_id="stop", scale=0, visible="hidden")
                again = gr.Button(say("en", "ask.again"), elem_id="again", scale=0)
            notice = _html("notice", start.notice("en"))
        with gr.Column(elem_id="sources", scale=2, min_width=300):
            panel = _html("panel", script="page.js")
        memory = _html("memory", script="memory.js")
        taken = _html("files", script="download.js")
    return Parts(
        column=column,
        before=before,
        now=now,
        after=after,
        hint=hint,
        box=box,
        send=send,
        stop=stop,
        again=again,
        notice=notice,
        panel=panel,
        memory=memory,
        files=taken,
        **states,
    )


def _html(name: str, value: str = "", script: str = "") -> gr.HTML:
    """An element of the room; ``script`` is run once it stands."""
    code = files("assistant.present").joinpath(script).read_text("utf-8") if script else None
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=code)
