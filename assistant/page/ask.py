"""The room people ask in: facets, the conversation, the line they write on, and the sources."""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant import Answer
from assistant.kept import pack, unpack
from assistant.page.asking import (
    NotAsked,
    Request,
    Stops,
    answered,
    linked,
    requested,
    selection,
    sent,
    suggestions,
)
from assistant.page.conversation import (
    Conversation,
    beginning,
    earlier,
    everything,
    latest,
    open_source,
)
from assistant.page.conversation import (
    said as said_so_far,
)
from assistant.page.room import ASKING, PRIVATE, Shared, Texts
from assistant.page.taking import judged, taken
from assistant.present import actions, facets, sources, start
from assistant.present import answer as view
from assistant.present.speech import say
from corpus.errors import TownbookError, UsageError
from index import EVERYTHING, Filters

STAGE_SECONDS = 0.08  # at most 7 stages: an answer that is there already is whole in 0.6 s
SHOWN_AT_ONCE = 20  # answers growing on pages; how many are found at once is for admission
FORGET = "-"  # what the browser is told to keep when it shall keep nothing


def ask_room(shared: Shared) -> Texts:
    """Lays the room out, wires it, and gives the texts that follow the reader's language."""
    service, language = shared.service, shared.language

    def ask(
        typed: str,
        past: Conversation,
        edited: str,
        restricted: Filters,
        under_way: Request | None,
        spoken: str,
        event: gr.EventData,
    ) -> Iterator[dict[Any, Any]]:
        try:
            asked = requested(typed, past, edited, restricted, spoken, event)
        except NotAsked as reason:
            yield {hint: view.hint(str(reason)) if str(reason) else ""}
            return
        if under_way is not None:
            stops.add(under_way.token)  # what is still to come of it would be shown for this one's
        waiting = view.notice(say(spoken, "ask.waiting"))
        moved = asked.filters != restricted
        yield {
            before: said_so_far(asked.past, service, spoken),
            now: view.exchange(asked.question, waiting, spoken),
            after: "",
            hint: "",
            editing: "",
            underway: asked,
            send: gr.update(visible="hidden"),
            stop: gr.update(visible=True),
            # What somebody is writing stays when a button asks.
            **({} if sent(event).get("act") and not edited else {box: ""}),
            **({chosen: asked.filters, column: _column(asked.filters, spoken)} if moved else {}),
        }
        said = answered(shared, asked, spoken)
        if stops.take(asked.token):
            yield unchanged
            return
        idle = {send: gr.update(visible=True), stop: gr.update(visible="hidden"), underway: None}
        if isinstance(said, str):
            told = view.exchange(asked.question, view.notice(said), spoken)
            yield {now: told, box: asked.question, conversation: asked.past, **idle}
            return
        for stage in view.stages(said):
            if stops.take(asked.token):
                yield unchanged
                return
            yield {now: view.exchange(asked.question, stage, spoken)}
            time.sleep(STAGE_SECONDS)
        talk = asked.past.followed_by(asked.question, asked.filters, said)
        first = said.citations[0].n if said.citations else 1
        yield {
            now: latest(talk, service, spoken),
            panel: open_source(service, said, first, spoken),
            conversation: talk,
            memory: pack(talk.exchanges) or FORGET,
            hint: view.announcement(said),
            **idle,
            underway: asked,
        }
        following = suggestions(shared, said, talk, asked.filters)
        if stops.take(asked.token):
            yield unchanged
            return
        yield {after: actions.suggested(following, spoken) + actions.take_all(spoken)}
        yield from phrase(said, talk, asked.token, spoken)

    def phrase(
        said: Answer, talk: Conversation, token: str, spoken: str
    ) -> Iterator[dict[Any, Any]]:
        """The same answer in a language model's words, sentence by sentence, where there is one."""
        shown = service.llm
        if shown is None:
            return
        writing = say(spoken, "ask.phrasing", model=shown.model, host=shown.host)
        question = talk.exchanges[-1].question
        busy = {send: gr.update(visible="hidden"), stop: gr.update(visible=True)}
        idle = {send: gr.update(visible=True), stop: gr.update(visible="hidden")}
        working = False
        for step in service.phrasing(said):
            if stops.take(token):
                yield unchanged
                return
            if not step.final:
                working = True
                words = view.phrasing(said, step.shown, writing)
                yield {now: view.exchange(question, words, spoken), **busy}
            elif step.reason == "nothing-to-phrase":
                return
            else:
                count = f'townbook_phrasings_total{{outcome="{step.reason or "phrased"}"}}'
                shared.counters.add(count)
                told = talk.in_place_of_last(step.answer)
                unsaid = say(spoken, "ask.not_phrased", why=step.told) if step.reason else ""
                yield {
                    now: latest(told, service, spoken, note=unsaid, shown_as=step),
                    conversation: told,
                    memory: pack(told.exchanges) or FORGET,
                    hint: view.announcement(step.answer),
                    **idle,
                }
                return
        if working:  # it ended without a last word
            yield {now: latest(talk, service, spoken), **idle}

    def stopped(asked: Request | None, past: Conversation, spoken: str) -> dict[Any, Any]:
        """An answer that was whole stays; of one that was not, the question goes back."""
        idle = {send: gr.update(visible=True), stop: gr.update(visible="hidden"), underway: None}
        if asked is None:
            return idle
        stops.add(asked.token)
        if len(past) > len(asked.past) and past.exchanges[-1].question == asked.question:
            return {now: latest(past, service, spoken), **idle}
        told = view.exchange(asked.question, view.notice(say(spoken, "ask.stopped")), spoken)
        kept = asked.past
        return {
            now: told,
            box: asked.question,
            conversation: kept,
            memory: pack(kept.exchanges) or FORGET,
            **idle,
        }

    def begin(spoken: str, event: gr.EventData) -> dict[Any, Any]:
        """What the browser kept over a reload, or questions to start with."""
        told = sent(event)
        try:
            found = Conversation(unpack(told.get("kept"), service.document))
        except TownbookError:
            found = Conversation()
        # A link fills in what it carries; else what was asked last was asked of these.
        filters = found.exchanges[-1].filters if len(found) else EVERYTHING
        shows: dict[Any, Any] = {}
        shared_link = linked(told.get("search"))
        if shared_link is not None:
            shows[box], filters = shared_link
        shows |= {chosen: filters, column: _column(filters, spoken)}
        if not len(found):
            return shows | {before: beginning(service, spoken)}
        opened = sources.empty(spoken)
        if found.last is not None:
            opened = open_source(service, found.last, 1, spoken)
        return shows | {
            before: earlier(found, service, spoken),
            now: latest(found, service, spoken),
            after: actions.take_all(spoken),
            conversation: found,
            panel: opened,
        }

    def edit(past: Conversation, spoken: str, event: gr.EventData) -> dict[Any, Any]:
        told = sent(event)
        exchange = past.of(told.get("answer"))
        if exchange is None or exchange.answer is None:
            return {hint: ""}
        asked = exchange.answer.standalone
        words = told.get("words")
        named = exchange.answer.answer_id if past.is_last(exchange) else ""
        told_words = words if isinstance(words, str) else ""
        return {box: asked, editing: named, hint: view.editing(asked, told_words, spoken)}

    def undo(past: Conversation, spoken: str, event: gr.EventData) -> dict[Any, Any]:
        told = sent(event)
        if not past.is_last(past.of(told.get("answer"))):
            return {hint: ""}
        left = past.without_last()
        if not len(left):
            return start_over(spoken)
        opened = open_source(service, left.last, 1, spoken) if left.last else sources.empty(spoken)
        return {
            before: earlier(left, service, spoken),
            now: latest(left, service, spoken),
            after: "",
            panel: opened,
            conversation: left,
            editing: "",
            hint: "",
            memory: pack(left.exchanges) or FORGET,
        }

    def start_over(spoken: str) -> dict[Any, Any]:
        return {
            before: beginning(service, spoken),
            now: "",
            after: "",
            panel: sources.empty(spoken),
            conversation: Conversation(),
            editing: "",
            hint: "",
            memory: FORGET,
        }

    def choose(restricted: Filters, spoken: str, event: gr.EventData) -> dict[Any, Any]:
        try:
            filters = selection(event)
        except UsageError as error:
            return {hint: view.hint(str(error)), column: _column(restricted, spoken)}
        return {chosen: filters, column: _column(filters, spoken), hint: ""}

    def take(past: Conversation, spoken: str, event: gr.EventData) -> str:
        return taken(sent(event), past, spoken)

    def judge(past: Conversation, spoken: str, event: gr.EventData) -> str:
        told = sent(event)
        try:
            kept = judged(told, past, service)
        except TownbookError as error:
            return view.hint(str(error))
        return view.thanks(spoken) if kept else ""

    def cite(past: Conversation, spoken: str, wanted: gr.EventData) -> str:
        told = sent(wanted)
        exchange, n = past.of(told.get("answer")), told.get("n")
        if exchange is None or exchange.answer is None or not isinstance(n, int):
            return sources.empty(spoken)
        return open_source(service, exchange.answer, n, spoken)

    def _column(filters: Filters, spoken: str) -> str:
        try:
            found = service.facets(filters) if filters else everything(service)
        except TownbookError:
            found = None
        return facets.panel(found, filters, spoken)

    stops = Stops()
    conversation = gr.State(Conversation())
    chosen = gr.State(EVERYTHING)
    editing = gr.State("")  # the answer whose question is in the box to be changed
    underway = gr.State(None)  # the request that is being answered
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
            notice = gr.HTML(start.notice("en"), elem_id="notice", apply_default_css=False)
        with gr.Column(elem_id="sources", scale=2, min_width=300):
            panel = _html("panel", script="page.js")
        memory = _html("memory", script="memory.js")
        files_taken = _html("files", script="download.js")

    # What an event sent last is sent again at its end; it is told apart from nothing by this.
    unchanged = {now: gr.skip()}
    talk = [before, now, after, panel, conversation, memory, hint, editing]
    asking: dict[str, Any] = {
        "inputs": [box, conversation, editing, chosen, underway, language],
        "outputs": [*talk, box, underway, send, stop, chosen, column],
        "concurrency_limit": SHOWN_AT_ONCE,
        "concurrency_id": ASKING,
        # A stopped answer may take its time to end; the next question must not wait for that, or
        # be dropped. talk.js takes two presses in a row for one.
        "trigger_mode": "multiple",
        **PRIVATE,
    }
    free: dict[str, Any] = {"concurrency_limit": None, **PRIVATE}
    gr.on([box.submit, send.click], ask, **asking)
    before.ask(ask, **asking)
    stop.click(
        stopped,
        [underway, conversation, language],
        [now, box, conversation, memory, send, stop, underway],
        **free,
    )
    shown_first = [before, now, after, panel, conversation, column, box, chosen]
    before.begin(begin, language, shown_first, **free)
    before.take(take, [conversation, language], files_taken, **free)
    before.judge(judge, [conversation, language], hint, **free)
    before.edit(edit, [conversation, language], [box, editing, hint], **free)
    before.undo(undo, [conversation, language], talk, **free)
    hint.keep(lambda: ("", "", ""), None, [box, editing, hint], **free)
    column.choose(choose, [chosen, language], [chosen, column, hint], **free)
    panel.cite(cite, [conversation, language], panel, **free)
    again.click(start_over, language, talk, **free)
    return {
        before: start.welcome,
        column: lambda code: facets.panel(None, EVERYTHING, code),
        panel: sources.empty,
        box: lambda code: gr.update(
            label=say(code, "ask.question"), placeholder=say(code, "ask.placeholder")
        ),
        send: lambda code: gr.update(value=say(code, "ask.send")),
        stop: lambda code: gr.update(value=say(code, "ask.stop")),
        again: lambda code: gr.update(value=say(code, "ask.again")),
        notice: start.notice,
    }


def _html(name: str, script: str = "") -> gr.HTML:
    """An element of the room, empty; ``script`` is run once it stands."""
    code = files("assistant.present").joinpath(script).read_text("utf-8") if script else None
    return gr.HTML(elem_id=name, apply_default_css=False, js_on_load=code)
