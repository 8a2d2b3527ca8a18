"""The page people ask on, and the server it stands on. It formats and wires, decides nothing.

Answers come from a service, their looks from ``assistant.present``, their HTTP form from
``assistant.api``. This is the only module that imports the page framework, which takes
seconds: only ``serve`` imports this one.
"""

from __future__ import annotations

import os

# Read by the framework while it is imported: without these it calls home on start.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Protocol

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import Response

from assistant import Answer, Turn
from assistant.api import Answering, application, checked_question, log_fault, not_ready
from assistant.counters import Counters
from assistant.doors import LOOPBACK_HOSTS, Doors
from assistant.jobs import JobState
from assistant.present import answer as answer_view
from assistant.present import library, sources
from assistant.present.examples import EXAMPLES
from assistant.serving import is_loopback, listen, run
from corpus import Document
from corpus.errors import Busy, TownbookError, UsageError

STAGE_SECONDS = 0.08  # at most 8 stages: an answer that is there already is whole in 0.6 s
PULSE_SECONDS = 1.0
HISTORY_TURNS = 20
ANSWERS_KEPT = 50  # of one conversation; each is sent again with the next question
ANSWERS_AT_ONCE = max(2, os.cpu_count() or 2)  # an answer keeps one core busy
WAITING_AT_MOST = 64  # page events; beyond, the page says at once that it is busy

NOTICE = (
    '<p class="privacy"><strong>You are talking to an automated system.</strong> It quotes'
    " articles; it can miss some. Please don’t enter personal data. Questions are not stored.</p>"
)
WELCOME = (
    "<div class='welcome'><h2>What do you want to know about what cities do?</h2>"
    "<p>Answers are put together from the articles in this library, word for word. Each"
    " statement has a number that opens its source at the exact passage. If the articles do not"
    " say, you are told so.</p></div>"
)


class Service(Answering, Protocol):
    """What the page needs beyond the HTTP routes."""

    def document(self, source: str) -> Document | None:
        """The article stored under ``source`` now, if any."""


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


def read_status(service: Service) -> tuple[library.Status | None, str]:
    """The library's figures, or None and why there are none."""
    reason = not_ready(service)
    return (None, reason) if reason else (library.Status.parse(service.status()), "")


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


def reply(service: Service, counters: Counters, asked: str, past: Conversation) -> Answer | str:
    """The answer, or one line for the person who asked when there is none."""
    try:
        answer = service.ask(asked, history=past.turns())
    except TownbookError as error:
        return f"No answer is possible just now: {error}"
    except Exception as fault:  # noqa: BLE001 - the last door before a person: recorded, then said
        counters.add("townbook_faults_total")
        log_fault(fault)
        return "Something went wrong here and was recorded. Please try again."
    counters.count_answer(answer)
    return answer


def build(service: Service, counters: Counters | None = None) -> gr.Blocks:
    """The page over ``service``, not yet served."""
    counts = counters or Counters()

    def ask(asked: str, past: Conversation) -> Iterator[dict[Any, Any]]:
        before = past.messages()
        try:
            question = checked_question(asked)
        except UsageError as error:
            yield {hint: answer_view.hint(str(error))}
            return
        waiting = answer_view.notice("Looking through the articles …")
        yield {
            chat: before + exchange(question, waiting),
            box: "",
            hint: "",
            starters: gr.update(visible=False),
        }
        said = reply(service, counts, question, past)
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

    def look() -> tuple[str, str]:
        status, problem = read_status(service)
        return library.top_bar(status, problem), library.overview(status)

    def refresh(shown: JobState) -> dict[Any, Any]:
        try:
            service.jobs.start()
        except Busy:
            return follow(shown)  # what runs is shown, whoever started it
        except TownbookError as error:
            return {outcome: library.failure(str(error))}
        return follow(shown)

    def cancel(shown: JobState) -> dict[Any, Any]:
        service.jobs.cancel()
        return follow(shown)

    def follow(shown: JobState) -> dict[Any, Any]:
        """What changed in the Library since ``shown``; a page that is up to date gets nothing."""
        state = service.jobs.state
        if state == shown:
            return {job_shown: gr.skip()}
        changed: dict[Any, Any] = {
            job_shown: state,
            outcome: library.job(state),
            again_read: gr.update(interactive=not state.is_running),
            stop: gr.update(visible=state.is_running),
        }
        if not state.is_running:
            changed[top], changed[figures] = look()
        return changed

    page = gr.Blocks(title="Townbook", fill_width=True, analytics_enabled=False)
    with page:
        conversation = gr.State(Conversation())
        job_shown = gr.State(JobState())
        # Ticks once the Library was looked at: a refresh may be started by a changed file. Nothing
        # stops it when the first tab is opened again: that tab's event comes with every page's
        # first load too, and then the answer to one of the two was lost now and again.
        pulse = gr.Timer(PULSE_SECONDS, active=False)
        top = gr.HTML(elem_id="top", apply_default_css=False)
        with gr.Tabs(elem_id="rooms"):
            with gr.Tab("Ask", id="ask"), gr.Row(elem_id="ask-room"):
                with gr.Column(elem_id="talk", scale=3, min_width=320):
                    chat = gr.Chatbot(
                        elem_id="conversation",
                        label="Conversation",
                        show_label=False,
                        container=False,
                        height="auto",
                        layout="panel",
                        placeholder=WELCOME,
                        buttons=[],
                        feedback_options=None,
                        autoscroll=False,  # page.js shows a new question's top instead
                        allow_tags=False,
                        latex_delimiters=[],
                        group_consecutive_messages=False,
                    )
                    with gr.Column(elem_id="starters") as starters:
                        examples = [
                            gr.Button(example, elem_classes="starter", size="sm")
                            for example in EXAMPLES
                        ]
                    hint = gr.HTML(elem_id="hint", apply_default_css=False)
                    with gr.Row(elem_id="ask-line"):
                        box = gr.Textbox(
                            elem_id="question",
                            label="Your question",
                            placeholder="Ask in any of the library’s languages",
                            lines=1,
                            max_lines=5,
                            max_length=2000,
                            scale=8,
                            container=False,
                        )
                        send = gr.Button("Ask", elem_id="send", variant="primary", scale=0)
                        again = gr.Button("New conversation", elem_id="again", scale=0)
                    gr.HTML(NOTICE, elem_id="notice", apply_default_css=False)
                with gr.Column(elem_id="sources", scale=2, min_width=300):
                    panel = gr.HTML(
                        sources.EMPTY,
                        elem_id="panel",
                        apply_default_css=False,
                        js_on_load=packaged("page.js"),
                    )
            with (
                gr.Tab("Library", id="library") as library_tab,
                gr.Column(elem_id="library-room"),
            ):
                figures = gr.HTML(elem_id="figures", apply_default_css=False)
                again_read = gr.Button("Refresh the library", elem_id="refresh", variant="primary")
                stop = gr.Button("Cancel the refresh", elem_id="cancel", visible=False)
                outcome = gr.HTML(elem_id="outcome", apply_default_css=False)

        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        asking: dict[str, Any] = {
            "outputs": [chat, box, hint, starters, panel, conversation],
            "concurrency_limit": ANSWERS_AT_ONCE,
            "concurrency_id": "ask",
            **private,
        }
        gr.on([box.submit, send.click], ask, [box, conversation], **asking)
        for example in examples:
            example.click(ask, [example, conversation], **asking)
        panel.cite(cite, conversation, panel, concurrency_limit=None, **private)
        gr.on(
            [again.click, chat.clear],
            start_over,
            None,
            [chat, panel, conversation, starters, hint],
            concurrency_limit=None,
            **private,
        )
        library_room: dict[str, Any] = {
            "inputs": job_shown,
            "outputs": [job_shown, outcome, again_read, stop, top, figures],
            "concurrency_limit": None,
            **private,
        }
        again_read.click(refresh, **library_room)
        stop.click(cancel, **library_room)
        pulse.tick(follow, **library_room)
        library_tab.select(follow, **library_room)
        gr.on(library_tab.select, lambda: gr.Timer(active=True), None, pulse, **private)
        page.load(look, None, [top, figures], concurrency_limit=None, **private)
    page.queue(max_size=WAITING_AT_MOST)
    return page


def app(service: Service, *, hosts: frozenset[str] | None = LOOPBACK_HOSTS) -> FastAPI:
    """The page and the HTTP routes as one application, behind its doors.

    ``hosts``: names it may be called by; None takes any.
    """
    counters = Counters()
    routes = application(service, counters)

    @routes.get("/favicon.ico", include_in_schema=False)
    def favicon() -> Response:
        return Response(packaged("icon.svg"), media_type="image/svg+xml")

    page = build(service, counters)
    gr.mount_gradio_app(
        routes,
        page,
        path="/",
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        theme=theme(),
        css=packaged("page.css"),
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )
    # Mounting leaves this unset, and until it is set the framework checks no file path at all.
    page.has_launched = True
    routes.add_middleware(Doors, hosts=hosts, costly_at_once=ANSWERS_AT_ONCE)
    return routes


def theme() -> gr.themes.Base:
    """The framework's plain theme on the reader's own fonts: nothing is fetched for looks."""
    sans = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
    return gr.themes.Base(font=sans, font_mono=["ui-monospace", "monospace"])


def packaged(name: str) -> str:
    """A text file that ships beside the presentation code."""
    return files("assistant.present").joinpath(name).read_text(encoding="utf-8")


def serve(
    service: Service, host: str = "127.0.0.1", port: int = 7860, *, insecure: bool = False
) -> None:
    """Serve until SIGTERM or Ctrl-C; one line on stderr tells the address once it answers.

    ``port`` 0 takes a free one. Raises UsageError for an address others can reach, unless
    ``insecure``, and TownbookError when the address cannot be taken.
    """
    if not insecure and not is_loopback(host):
        raise UsageError(
            f"got --host {host}, which other machines can reach, and there is no sign-in",
            "a loopback address such as 127.0.0.1",
            "put a proxy with a sign-in in front, or add --insecure on a network you trust",
        )
    listener = listen(host, port)
    shown = f"[{host.strip('[]')}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    hosts = None if insecure else LOOPBACK_HOSTS | {shown.lower()}
    run(app(service, hosts=hosts), listener, f"Townbook is ready on {address} (Ctrl-C stops it)")
