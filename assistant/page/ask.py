"""The room people ask in: the conversation, the line they write on, and the sources beside it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant import Answer, Turn
from assistant.api import checked_question, log_fault
from assistant.page.room import ASKING, PRIVATE, Service, Shared, Texts
from assistant.present import answer as answer_view
from assistant.present import sources, start
from assistant.present.examples import EXAMPLES
from assistant.present.speech import say
from corpus.errors import Busy, TownbookError, UsageError

STAGE_SECONDS = 0.08  # at most 8 stages: an answer that is there already is whole in 0.6 s
HISTORY_TURNS = 20
ANSWERS_KEPT = 50  # of one conversation; each is sent again with the next question
SHOWN_AT_ONCE = 20  # answers growing on pages; how many are found at once is for admission


@dataclass(frozen=True)
class Conversation:
    """The answers one browser tab has been given, oldest first. Lives as long as the tab."""

    answers: tuple[Answer, ...] = ()

    def turns(self) -> tuple[Turn, ...]:
        """What was said, as the service takes it."""
        said = (
            (Turn("user", answer.question), Turn("assistant", answer.text))
            for answer in self.answers
        )
        return tuple(turn for pair in said for turn in pair)[-HISTORY_TURNS:]

    def messages(self) -> list[dict[str, str]]:
        """What was said, as the page shows it."""
        shown: list[dict[str, str]] = []
        for answer in self.answers:
            shown += exchange(answer.question, answer_view.whole(answer))
        return shown


def exchange(asked: str, reply: str) -> list[dict[str, str]]:
    """One question and the HTML that stands under it."""
    return [
        {"role": "user", "content": answer_view.question(asked)},
        {"role": "assistant", "content": reply},
    ]


def open_source(service: Service, answer: Answer, n: int) -> str:
    """The sources panel for ``answer`` with source ``n`` open."""
    source = sources.chosen(answer, n)
    if source is None:
        return sources.EMPTY
    try:
        document = service.document(source.source)
    except TownbookError:
        document = None  # the panel then shows the quote and says what happened
    return sources.panel(answer, n, document)


def reply(shared: Shared, asked: str, past: Conversation, language: str) -> Answer | str:
    """The answer, or one line for the person who asked when there is none."""
    try:
        answer = shared.service.ask(asked, history=past.turns())
    except Busy:
        return say(language, "common.busy")
    except TownbookError as error:
        return say(language, "ask.impossible", why=str(error))
    except Exception as fault:  # noqa: BLE001 - the last door before a person: recorded, then said
        shared.counters.add("townbook_faults_total")
        log_fault(fault)
        return say(language, "ask.fault")
    shared.counters.count_answer(answer)
    return answer


def ask_room(shared: Shared) -> Texts:
    """Lays the room out, wires it, and gives the texts that follow the reader's language."""
    service, language = shared.service, shared.language

    def ask(asked: str, past: Conversation, spoken: str) -> Iterator[dict[Any, Any]]:
        before = past.messages()
        try:
            question = checked_question(asked)
        except UsageError as error:
            yield {hint: answer_view.hint(str(error))}
            return
        waiting = answer_view.notice(say(spoken, "ask.waiting"))
        yield {
            chat: before + exchange(question, waiting),
            box: "",
            hint: "",
            starters: gr.update(visible=False),
        }
        said = reply(shared, question, past, spoken)
        if isinstance(said, str):
            yield {chat: before + exchange(question, answer_view.notice(said)), box: question}
            return
        for stage in answer_view.stages(said)[:-1]:
            yield {chat: before + exchange(question, stage)}
            time.sleep(STAGE_SECONDS)
        first = said.citations[0].n if said.citations else 1
        yield {
            chat: before + exchange(question, answer_view.whole(said)),
            panel: open_source(service, said, first),
            conversation: Conversation((*past.answers, said)[-ANSWERS_KEPT:]),
            hint: answer_view.announcement(said),
        }

    def cite(past: Conversation, wanted: gr.EventData) -> str:
        named, n = str(wanted._data.get("answer")), wanted._data.get("n")
        answer = next((a for a in past.answers if answer_view.named(a, named)), None)
        return open_source(service, answer, n) if answer and isinstance(n, int) else sources.EMPTY

    def start_over() -> tuple[Any, ...]:
        return [], sources.EMPTY, Conversation(), gr.update(visible=True), ""

    conversation = gr.State(Conversation())
    with gr.Row(elem_id="ask-room"):
        with gr.Column(elem_id="talk", scale=3, min_width=320):
            chat = gr.Chatbot(
                elem_id="conversation",
                label=say("en", "ask.conversation"),
                show_label=False,
                container=False,
                height="auto",
                layout="panel",
                placeholder=start.welcome("en"),
                buttons=[],
                feedback_options=None,
                autoscroll=False,  # page.js shows a new question's top instead
                allow_tags=False,
                latex_delimiters=[],
                group_consecutive_messages=False,
            )
            with gr.Column(elem_id="starters") as starters:
                examples = [
                    gr.Button(example, elem_classes="starter", size="sm") for example in EXAMPLES
                ]
            hint = gr.HTML(elem_id="hint", apply_default_css=False)
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
                again = gr.Button(say("en", "ask.again"), elem_id="again", scale=0)
            notice = gr.HTML(start.notice("en"), elem_id="notice", apply_default_css=False)
        with gr.Column(elem_id="sources", scale=2, min_width=300):
            panel = gr.HTML(
                sources.EMPTY,
                elem_id="panel",
                apply_default_css=False,
                js_on_load=files("assistant.present").joinpath("page.js").read_text("utf-8"),
            )

    asking: dict[str, Any] = {
        "outputs": [chat, box, hint, starters, panel, conversation],
        "concurrency_limit": SHOWN_AT_ONCE,
        "concurrency_id": ASKING,
        **PRIVATE,
    }
    gr.on([box.submit, send.click], ask, [box, conversation, language], **asking)
    for example in examples:
        example.click(ask, [example, conversation, language], **asking)
    panel.cite(cite, conversation, panel, concurrency_limit=None, **PRIVATE)
    gr.on(
        [again.click, chat.clear],
        start_over,
        None,
        [chat, panel, conversation, starters, hint],
        concurrency_limit=None,
        **PRIVATE,
    )
    return {
        chat: lambda code: gr.update(
            label=say(code, "ask.conversation"), placeholder=start.welcome(code)
        ),
        box: lambda code: gr.update(
            label=say(code, "ask.question"), placeholder=say(code, "ask.placeholder")
        ),
        send: lambda code: gr.update(value=say(code, "ask.send")),
        again: lambda code: gr.update(value=say(code, "ask.again")),
        notice: start.notice,
    }
