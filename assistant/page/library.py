"""The room that shows what the library holds, and brings it up to date."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.api import not_ready
from assistant.jobs import JobState
from assistant.page.room import PRIVATE, Service, Shared, Texts
from assistant.present import library
from assistant.present.speech import say
from assistant.present.top import top_bar
from corpus.errors import Busy, TownbookError

PULSE_SECONDS = 1.0


def read_status(service: Service) -> tuple[library.Status | None, str]:
    """The library's figures, or None and why there are none."""
    reason = not_ready(service)
    return (None, reason) if reason else (library.Status.parse(service.status()), "")


def library_room(shared: Shared, tab: gr.Tab) -> Texts:
    """Lays the room out inside ``tab``, wires it, and gives the texts that follow the language."""
    service = shared.service

    def refresh(shown: JobState, spoken: str) -> dict[Any, Any]:
        try:
            service.jobs.start()
        except Busy:
            return follow(shown, spoken)  # what runs is shown, whoever started it
        except TownbookError as error:
            return {outcome: library.failure(str(error))}
        return follow(shown, spoken)

    def cancel(shown: JobState, spoken: str) -> dict[Any, Any]:
        service.jobs.cancel()
        return follow(shown, spoken)

    def follow(shown: JobState, spoken: str) -> dict[Any, Any]:
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
            status, problem = read_status(service)
            changed[shared.top] = top_bar(status, problem, spoken)
            changed[figures] = library.overview(status)
        return changed

    job_shown = gr.State(JobState())
    # Ticks once the Library was looked at: a refresh may be started by a changed file. Nothing
    # stops it when the first tab is opened again: that tab's event comes with every page's
    # first load too, and then the answer to one of the two was lost now and again.
    pulse = gr.Timer(PULSE_SECONDS, active=False)
    with gr.Column(elem_id="library-room"):
        figures = gr.HTML(elem_id="figures", apply_default_css=False)
        again_read = gr.Button(say("en", "library.refresh"), elem_id="refresh", variant="primary")
        stop = gr.Button(say("en", "library.cancel"), elem_id="cancel", visible=False)
        outcome = gr.HTML(elem_id="outcome", apply_default_css=False)

    wired: dict[str, Any] = {
        "inputs": [job_shown, shared.language],
        "outputs": [job_shown, outcome, again_read, stop, shared.top, figures],
        "concurrency_limit": None,
        **PRIVATE,
    }
    again_read.click(refresh, **wired)
    stop.click(cancel, **wired)
    pulse.tick(follow, **wired)
    tab.select(follow, **wired)
    gr.on(tab.select, lambda: gr.Timer(active=True), None, pulse, **PRIVATE)
    return {
        figures: lambda _code: library.overview(read_status(service)[0]),
        again_read: lambda code: gr.update(value=say(code, "library.refresh")),
        stop: lambda code: gr.update(value=say(code, "library.cancel")),
    }
