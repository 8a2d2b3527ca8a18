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

from importlib.resources import files
from typing import Any

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import Response

from assistant.admission import Admission, admitting
from assistant.api import application
from assistant.counters import Counters
from assistant.doors import LOOPBACK_HOSTS, Doors
from assistant.exploring.shelves import Shelves
from assistant.page.ask import ask_room
from assistant.page.explore import explore_room
from assistant.page.library import library_room, read_status
from assistant.page.room import ASKING, PRIVATE, Service, Shared, Texts
from assistant.present.busy import busy
from assistant.present.speech import DEFAULT, say
from assistant.present.speech.reader import reader_language
from assistant.present.top import top_bar
from assistant.serving import is_loopback, listen, run
from corpus.errors import UsageError

STYLES = ("page", "ask", "explore", "library")
EVENTS_WAITING = 64  # of the page, other than questions, which admission counts


def build(
    service: Service,
    counters: Counters | None = None,
    shelves: Shelves | None = None,
    *,
    allow_changes: bool = False,
) -> gr.Blocks:
    """The page over ``service``, not yet served."""
    page = gr.Blocks(title="Townbook", fill_width=True, analytics_enabled=False)
    with page:
        top = gr.HTML(elem_id="top", apply_default_css=False, js_on_load=packaged("top.js"))
        language = gr.State(DEFAULT)
        shared = Shared(service, counters or Counters(), language, top, allow_changes)
        texts: Texts = {}
        with gr.Tabs(elem_id="rooms") as rooms:
            with _tab("ask", texts):
                texts |= ask_room(shared)
            with _tab("explore", texts) as explore_tab:
                held = shelves or Shelves(service)
                texts |= explore_room(shared, held, explore_tab, rooms)
            with _tab("library", texts) as library_tab:
                texts |= library_room(shared, library_tab)
        full = gr.HTML(busy(DEFAULT), apply_default_css=False, js_on_load=packaged("busy.js"))
        texts[full] = busy
        heard = gr.HTML(elem_id="heard", apply_default_css=False, js_on_load=packaged("heard.js"))
        heard.wake(lambda: None, concurrency_limit=None, trigger_mode="multiple", **PRIVATE)

        def arrive(request: gr.Request) -> dict[Any, Any]:
            """The page in the reader's language, with the library's figures."""
            code = reader_language(
                request.query_params.get("lang"), request.headers.get("accept-language")
            )
            shown: dict[Any, Any] = {
                shared.language: code,
                top: top_bar(*read_status(service), code),
            }
            return shown | {component: word(code) for component, word in texts.items()}

        page.load(arrive, None, [shared.language, top, *texts], concurrency_limit=None, **PRIVATE)
    page.queue(max_size=EVENTS_WAITING)
    return page


def _tab(room: str, texts: Texts) -> gr.Tab:
    """A room's tab, whose name follows the reader's language."""
    tab = gr.Tab(say(DEFAULT, f"common.room_{room}"), id=room)
    texts[tab] = lambda code: gr.update(label=say(code, f"common.room_{room}"))
    return tab


def app(
    service: Service,
    *,
    hosts: frozenset[str] | None = LOOPBACK_HOSTS,
    allow_changes: bool = False,
) -> FastAPI:
    """The page and the HTTP routes as one application, behind its doors.

    ``hosts``: names it may be called by; None takes any. ``allow_changes``: other machines may
    change the library, too; see assistant.permission.
    """
    counters, admission = Counters(), Admission()
    service = admitting(service, admission)
    shelves = Shelves(service)
    routes = application(service, counters, shelves, allow_changes=allow_changes)

    @routes.get("/favicon.ico", include_in_schema=False)
    def favicon() -> Response:
        return Response(packaged("icon.svg"), media_type="image/svg+xml")

    page = build(service, counters, shelves, allow_changes=allow_changes)
    gr.mount_gradio_app(
        routes,
        page,
        path="/",
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        theme=theme(),
        css="\n".join(packaged(f"{name}.css") for name in STYLES),
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
    routes.add_middleware(
        Doors,
        hosts=hosts,
        admission=admission,
        events=frozenset(page.fns),
        asking=frozenset(n for n, event in page.fns.items() if event.concurrency_id == ASKING),
        refused=lambda: counters.add("townbook_refused_total"),
    )
    return routes


def theme() -> gr.themes.Base:
    """The framework's plain theme on the reader's own fonts: nothing is fetched for looks."""
    sans = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
    return gr.themes.Base(font=sans, font_mono=["ui-monospace", "monospace"])


def packaged(name: str) -> str:
    """A text file that ships beside the presentation code."""
    return files("assistant.present").joinpath(name).read_text(encoding="utf-8")


def serve(
    service: Service,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    insecure: bool = False,
    allow_changes: bool = False,
) -> None:
    """Serve until SIGTERM or Ctrl-C; one line on stderr tells the address once it answers.

    ``port`` 0 takes a free one; ``allow_changes`` is as for ``app``. Raises UsageError for an
    address others can reach, unless ``insecure``, and TownbookError when the address cannot be
    taken.
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
    served = app(service, hosts=hosts, allow_changes=allow_changes)
    run(served, listener, f"Townbook is ready on {address} (Ctrl-C stops it)")
