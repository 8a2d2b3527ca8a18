"""A question put, its answer shown while it grows, and both stopped.

Knows in which order the page is told what; refuses to know how an answer comes about, and how it
looks.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import gradio as gr

from assistant import Answer
from assistant.page.ask_parts import Parts, Shows
from assistant.page.asking import (
    NotAsked,
    Request,
    Stops,
    answered,
    requested,
    sent,
    suggestions,
)
from assistant.page.conversation import Conversation, first_source, latest, said
from assistant.page.room import Shared
from assistant.page.selecting import column
from assistant.present import actions
from assistant.present import answer as view
from assistant.present.speech import say
from index import Filters

STAGE_SECONDS = 0.08  # at most 7 stages: an answer that is there already is whole in 0.6 s


class Replying:
    """The events that put a question, and the one that stops it."""

    def __init__(self, shared: Shared, parts: Parts) -> None:
        self._shared, self._parts = shared, parts
        self._stops = Stops()

    def ask(
        self,
        typed: str,
        past: Conversation,
        edited: str,
        restricted: Filters,
        under_way: Request | None,
        spoken: str,
        event: gr.EventData,
    ) -> Iterator[Shows]:
        """The question of the box or of a button, its answer growing, and what to ask next."""
        parts, service = self._parts, self._shared.service
        try:
            asked = requested(typed, past, edited, restricted, spoken, event)
        except NotAsked as reason:
            yield {parts.hint: view.hint(str(reason)) if str(reason) else ""}
            return
        if under_way is not None:
            # What is still to come of it would be shown for this one's.
            self._stops.add(under_way.token)
        waiting = view.notice(say(spoken, "ask.waiting"))
        moved = asked.filters != restricted
        yield {
            parts.before: said(asked.past, service, spoken),
            parts.now: view.exchange(asked.question, waiting, spoken),
            parts.after: "",
            parts.hint: "",
            parts.editing: "",
            parts.underway: asked,
            **parts.working(),
            # What somebody is writing stays when a button asks.
            **({} if sent(event).get("act") and not edited else {parts.box: ""}),
            **({parts.chosen: asked.filters} if moved else {}),
            **({parts.column: column(service, asked.filters, spoken)} if moved else {}),
        }
        reply = answered(self._shared, asked, spoken)
        if self._stops.take(asked.token):
            yield parts.unchanged()
            return
        if isinstance(reply, str):
            yield {
                parts.now: view.exchange(asked.question, view.notice(reply), spoken),
                parts.box: asked.question,
                parts.conversation: asked.past,
                parts.underway: None,
                **parts.idle(),
            }
            yield parts.idle()  # what is sent last is sent once more: not the box, typed in by then
            return
        for stage in view.stages(reply):
            if self._stops.take(asked.token):
                yield parts.unchanged()
                return
            yield {parts.now: view.exchange(asked.question, stage, spoken)}
            time.sleep(STAGE_SECONDS)
        talk = asked.past.followed_by(asked.question, asked.filters, reply)
        yield {
            parts.now: latest(talk, service, spoken),
            parts.panel: first_source(talk, service, spoken),
            parts.hint: view.announcement(reply),
            **parts.keep(talk),
            **parts.idle(),
        }
        following = suggestions(self._shared, reply, talk, asked.filters)
        if self._stops.take(asked.token):
            yield parts.unchanged()
            return
        # Said once more: of two steps that a browser reads at once, the framework keeps of such
        # updates only what the later one says.
        yield {
            parts.after: actions.suggested(following, spoken) + actions.take_all(spoken),
            **parts.idle(),
        }
        yield from self._phrase(reply, talk, asked.token, spoken)

    def _phrase(
        self, answer: Answer, talk: Conversation, token: str, spoken: str
    ) -> Iterator[Shows]:
        """The same answer in a language model's words, sentence by sentence, where there is one."""
        parts, service = self._parts, self._shared.service
        shown = service.llm
        if shown is None:
            return
        writing = say(spoken, "ask.phrasing", model=shown.model, host=shown.host)
        question = talk.exchanges[-1].question
        working = False
        for step in service.phrasing(answer):
            if self._stops.take(token):
                yield parts.unchanged()
                return
            if not step.final:
                working = True
                words = view.phrasing(answer, step.shown, writing)
                yield {parts.now: view.exchange(question, words, spoken), **parts.working()}
            elif step.reason == "nothing-to-phrase":
                return
            else:
                count = f'townbook_phrasings_total{{outcome="{step.reason or "phrased"}"}}'
                self._shared.counters.add(count)
                told = talk.in_place_of_last(step.answer)
                unsaid = say(spoken, "ask.not_phrased", why=step.told) if step.reason else ""
                yield {
                    parts.now: latest(told, service, spoken, note=unsaid, shown_as=step),
                    parts.hint: view.announcement(step.answer),
                    **parts.keep(told),
                    **parts.idle(),
                }
                return
        if working:  # it ended without a last word
            yield {parts.now: latest(talk, service, spoken), **parts.idle()}

    def stop(self, asked: Request | None, past: Conversation, spoken: str) -> Shows:
        """An answer that was whole stays; of one that was not, the question goes back."""
        parts = self._parts
        idle = {**parts.idle(), parts.underway: None}
        if asked is None:
            return idle
        self._stops.add(asked.token)
        if len(past) > len(asked.past) and past.exchanges[-1].question == asked.question:
            return {parts.now: latest(past, self._shared.service, spoken), **idle}
        told = view.notice(say(spoken, "ask.stopped"))
        return {
            parts.now: view.exchange(asked.question, told, spoken),
            parts.box: asked.question,
            **parts.keep(asked.past),
            **idle,
        }
