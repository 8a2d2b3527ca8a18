"""The room that shows what the library holds, and brings it up to date."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.api import log_fault, not_ready
from assistant.jobs import JobState
from assistant.page.changes import Changes, Wish
from assistant.page.room import PRIVATE, Service, Shared, Texts
from assistant.page.shelves import Shelves
from assistant.permission import NotAllowed, require_own
from assistant.present import (
    confirm,
    digest,
    handing_in,
    library,
    origins,
    purging,
    quarantine,
    refreshing,
    soundness,
)
from assistant.present.escape import text
from assistant.present.speech import say
from assistant.present.top import top_bar
from assistant.present.trouble import trouble
from assistant.present.words import told, words
from corpus.errors import Busy, TownbookError

PULSE_SECONDS = 1.0


def read_status(service: Service) -> tuple[library.Status | None, str]:
    """The library's figures, or None and why there are none."""
    reason = not_ready(service)
    return (None, reason) if reason else (library.Status.parse(service.status()), "")


def library_room(shared: Shared, tab: gr.Tab) -> Texts:
    """Lays the room out inside ``tab``, wires it, and gives the texts that follow the language."""
    service = shared.service
    shelves = Shelves(service)
    changes = Changes(service)

    def allow(request: gr.Request) -> None:
        """Raises NotAllowed for somebody who may only look."""
        client = request.client.host if request.client else ""
        require_own(client, request.headers, is_open=shared.is_open)

    def may(request: gr.Request) -> bool:
        try:
            allow(request)
        except NotAllowed:
            return False
        return True

    def open_room(
        shown: str, spoken: str, page: int, is_open: bool, request: gr.Request
    ) -> dict[Any, Any]:
        """All of the room, as it is when somebody comes in."""
        allowed = may(request)
        state = service.jobs.state
        changed = everything(state, spoken, page, allowed) | {
            opened: True,
            pulse: gr.Timer(active=True),
        }
        if not is_open:  # what somebody has begun to fill in stays when they come back
            changed[upload] = handing_in.place(spoken) if allowed else handing_in.look_only(spoken)
            changed[adding] = origins.adding(spoken) if allowed else ""
            changed[purging_part] = gr.update(visible=allowed)
            changed[finding] = purging.finding(spoken) if allowed else ""
        return changed

    def everything(state: JobState, spoken: str, page: int, allowed: bool) -> dict[Any, Any]:
        status, problem = read_status(service)
        return {
            shared.top: top_bar(status, problem, spoken),
            job_shown: refreshing.mark(state),
            outcome: refreshing.job(state, spoken),
            again_read: gr.update(interactive=not state.is_running, visible=allowed),
            stop: gr.update(visible=allowed and state.is_running),
            figures: shelves.figures(spoken),
            sources: shelves.sources(spoken, allowed),
            news: shelves.news(spoken),
            aside: shelves.quarantine(page, spoken, allowed),
            sound: shelves.soundness(spoken, allowed),
            past: shelves.publishes(spoken),
        }

    def follow(shown: str, spoken: str, page: int, request: gr.Request) -> dict[Any, Any]:
        """What changed in the Library since ``shown``; a page that is up to date gets nothing."""
        state = service.jobs.state
        mark = refreshing.mark(state)
        if mark == shown and not state.is_running:
            return {job_shown: gr.skip()}
        changed: dict[Any, Any] = {job_shown: mark, outcome: refreshing.job(state, spoken)}
        if mark != shown:
            allowed = may(request)
            changed[said] = refreshing.spoken(state, spoken)
            changed[again_read] = gr.update(interactive=not state.is_running, visible=allowed)
            changed[stop] = gr.update(visible=allowed and state.is_running)
        if not state.is_running:
            changed |= everything(state, spoken, page, may(request))
            changed |= dict.fromkeys((aside_said, sound_said, purging_said), "")
        return changed

    def refresh(shown: str, spoken: str, page: int, request: gr.Request) -> dict[Any, Any]:
        try:
            allow(request)
            service.jobs.start()
        except Busy:
            pass  # what runs is shown, whoever started it
        except TownbookError as error:
            return {outcome: trouble(error, spoken)}
        return follow(shown, spoken, page, request)

    def cancel(shown: str, spoken: str, page: int, request: gr.Request) -> dict[Any, Any]:
        try:
            allow(request)
        except NotAllowed as error:
            return {outcome: trouble(error, spoken)}
        service.jobs.cancel()
        return follow(shown, spoken, page, request)

    def act(
        shown: str, spoken: str, page: int, wanted: gr.EventData, request: gr.Request
    ) -> dict[Any, Any]:
        """One press of a button in the room."""
        wish = Wish.parse(wanted._data)
        try:
            match wish.do:
                case "read":
                    return {reading: changes.read(wish.name, spoken)}
                case "page":
                    table = shelves.quarantine(wish.page, spoken, may(request))
                    return {quarantine_page: wish.page, aside: table}
            try:
                allow(request)
            except NotAllowed as error:  # not where it was asked: that part is not shown to all
                return {outcome: trouble(error, spoken)}
            match wish.do:
                case "add":
                    done = changes.add(wish.name, request, spoken)
                    return {adding_said: done, sources: shelves.sources(spoken, True)}
                case "remove":
                    done = changes.remove(wish.name, spoken)
                    return {adding_said: done, sources: shelves.sources(spoken, True)}
                case "find":
                    return {purging_found: changes.find(wish.name, spoken), purging_said: ""}
                case "purge":
                    service.purge_beside(wish.name)
                    begun = {purging_said: purging.begun(wish.name, spoken), purging_found: ""}
                    return follow(shown, spoken, page, request) | begun
                case "check":
                    found = soundness.checked(service.check(), spoken)
                    status, problem = read_status(service)
                    return {
                        sound_said: found,
                        sound: shelves.soundness(spoken, True),
                        shared.top: top_bar(status, problem, spoken),
                    }
                case "retry":
                    service.read_again([wish.name] if wish.name else [])
                case "allow":
                    service.jobs.start(fetch=False, allow_removals=True)
                case "uploaded":
                    service.jobs.start(fetch=False)
                case _:
                    return {job_shown: gr.skip()}
        except Busy:
            return {said_at[wish.do]: told(words(spoken, "library.busy"))}
        except TownbookError as error:
            return {said_at.get(wish.do, outcome): trouble(error, spoken)}
        except Exception as fault:  # noqa: BLE001 - the last door before a person: recorded, then said
            shared.counters.add("townbook_faults_total")
            log_fault(fault)
            return {said_at.get(wish.do, outcome): told(text(say(spoken, "ask.fault")))}
        return follow(shown, spoken, page, request)

    # Kept by the page, which may hear two replies in another order than they were made in: what
    # it is taken to show is what it does show.
    job_shown = gr.Textbox(refreshing.mark(JobState()), elem_id="job-shown", visible="hidden")
    quarantine_page = gr.State(1)
    opened = gr.State(False)
    # Ticks once the Library was looked at: a refresh may be started by a changed file. Nothing
    # stops it when the first tab is opened again: that tab's event comes with every page's
    # first load too, and then the answer to one of the two was lost now and again.
    pulse = gr.Timer(PULSE_SECONDS, active=False)
    with gr.Row(elem_id="library-room"):
        desk = _html("library-desk", "library.js", confirm.dialog())
        said = _html("library-said", "said.js")
        reading = _html("library-reading", "reading.js")
        with gr.Column(elem_classes="shelf", min_width=320):
            with gr.Column(elem_classes="part"):
                figures = _html("figures")
                with gr.Row(elem_classes="line"):
                    again_read = gr.Button(
                        say("en", "library.refresh"), elem_id="refresh", variant="primary"
                    )
                    stop = gr.Button(say("en", "library.cancel"), elem_id="cancel", visible=False)
                outcome = _html("outcome")
            with gr.Column(elem_classes="part"):
                upload = _html("library-upload", "upload.js")
                upload_said = _html("upload-said")
            with gr.Column(elem_classes="part"):
                news_title = _html("news-heading", value=digest.heading())
                news = _html("library-news")
        with gr.Column(elem_classes="shelf", min_width=320):
            with gr.Column(elem_classes="part"):
                sources_title = _html("sources-heading", value=origins.heading())
                sources = _html("library-sources")
                adding = _html("library-adding")
                adding_said = _html("adding-said", "adding.js")
            with gr.Column(elem_classes="part"):
                aside_title = _html("quarantine-heading", value=quarantine.heading())
                aside = _html("library-quarantine")
                aside_said = _html("quarantine-said")
            with gr.Column(elem_classes="part", visible=False) as purging_part:
                purging_title = _html("purging-heading", value=purging.heading())
                finding = _html("library-finding")
                # Apart: what is said of a job goes when it ends, and what was found stays.
                purging_found = _html("purging-found")
                purging_said = _html("purging-said")
            with gr.Column(elem_classes="part"):
                sound_title = _html("sound-heading", value=soundness.heading())
                sound = _html("library-sound")
                sound_said = _html("sound-said")
                past = _html("library-past")
    said_at = {
        "add": adding_said,
        "remove": adding_said,
        "retry": aside_said,
        "check": sound_said,
        "allow": outcome,
        "uploaded": upload_said,
        "read": outcome,
        "page": aside_said,
        "find": purging_said,
        "purge": purging_said,
    }

    parts = [figures, outcome, again_read, stop, said, sources, news, aside, sound, past]
    places = [reading, adding_said, aside_said, sound_said, upload_said, upload, adding]
    places += [purging_part, finding, purging_found, purging_said]
    wired: dict[str, Any] = {
        "inputs": [job_shown, shared.language, quarantine_page],
        "outputs": [job_shown, quarantine_page, shared.top, *parts, *places],
        "concurrency_limit": None,
        **PRIVATE,
    }
    again_read.click(refresh, **wired)
    stop.click(cancel, **wired)
    pulse.tick(follow, **wired)
    # A check may take a while; what else is pressed meanwhile is done all the same.
    desk.act(act, trigger_mode="multiple", **wired)
    tab.select(
        open_room,
        [*wired["inputs"], opened],
        [*wired["outputs"], opened, pulse],
        concurrency_limit=None,
        **PRIVATE,
    )
    return {
        desk: confirm.dialog,
        news_title: digest.heading,
        sources_title: origins.heading,
        aside_title: quarantine.heading,
        purging_title: purging.heading,
        sound_title: soundness.heading,
        again_read: lambda code: gr.update(value=say(code, "library.refresh")),
        stop: lambda code: gr.update(value=say(code, "library.cancel")),
    }


def _html(name: str, script: str = "", value: str = "") -> gr.HTML:
    """A place for HTML that assistant.present made, with the script that ships beside it."""
    code = files("assistant.present").joinpath(script).read_text("utf-8") if script else None
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=code)
