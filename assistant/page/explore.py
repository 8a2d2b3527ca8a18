"""The room to look through practices and events: fields to choose, a map or a timeline, a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.exploring.choice import Choice
from assistant.exploring.points import places
from assistant.exploring.shelves import Shelves
from assistant.exploring.view import Catalogue, countries, themes, view
from assistant.page.room import PRIVATE, Service, Shared, Texts
from assistant.present import choosing
from assistant.present.escape import text
from assistant.present.events import events
from assistant.present.map import where
from assistant.present.practices import practices
from assistant.present.saving import saving
from assistant.present.speech import say
from assistant.present.table import found
from assistant.present.timeline import timeline
from corpus.countries import country_name
from corpus.errors import TownbookError

LOOKS_AT_ONCE = 2  # a look over a large library keeps a core busy for a moment


@dataclass(frozen=True, slots=True)
class Drawn:
    """The parts of the room as HTML."""

    fields: str
    found: str
    picture: str
    table: str


def draw(
    service: Service, catalogue: Catalogue, choice: Choice, language: str, *, anew: bool = False
) -> Drawn:
    """The room as ``choice`` has it; ``anew`` for one that the browser does not know yet."""
    rows = catalogue.rows(choice.kind)
    if not rows and not catalogue.rows("events" if choice.kind == "practices" else "practices"):
        return Drawn("", "", "", notice(say(language, "explore.empty")))
    seen = view(catalogue, choice, language)
    by_country = countries(rows, language)
    if choice.kind == "practices":
        picture = where(seen, by_country, language)
        table = practices(seen, service.document, language)
    else:
        picture = timeline(seen, language)
        table = events(seen, service.document, language)
    return Drawn(
        choosing.form(choice, by_country, themes(catalogue.practices), language, anew=anew),
        found(seen, language) + choosing.chosen_point(seen, language),
        picture,
        table + (saving(choice, language) if seen.rows else ""),
    )


def parsed(chosen: str) -> dict[str, Any]:
    """What the browser chose, from its JSON; nothing when that is none."""
    try:
        sent = json.loads(chosen)
    except (ValueError, RecursionError):
        return {}
    return sent if isinstance(sent, dict) else {}


def notice(words: str) -> str:
    """One line in place of the room."""
    return f'<p class="notice" role="status">{text(words)}</p>'


def question(catalogue: Catalogue, kind: str, id: str, language: str) -> str:
    """What to ask about the thing a person chose, in their language; empty when it is gone."""
    if kind == "place":
        towns = places(catalogue.practices)
        town = next((town for town in towns if town.key == id), None)
        if town is None:
            return ""
        country = country_name(town.country, language)
        return say(language, "explore.question_place", place=town.name, country=country)
    row = catalogue.find("events" if kind == "event" else "practices", id)
    if row is None:
        return ""
    if not row.place:
        return say(language, "explore.question", name=row.name)
    return say(language, "explore.question_in", name=row.name, place=row.place)


def explore_room(shared: Shared, shelves: Shelves, tab: gr.Tab, rooms: gr.Tabs) -> Texts:
    """Lays the room out inside ``tab``, wires it, and gives the texts that follow the language.

    ``shelves`` hold what is looked through. What to ask about a thing is handed to the first of
    ``rooms``.
    """
    service = shared.service

    def enter(shown: str, spoken: str) -> dict[Any, Any]:
        """The room as it is first seen; what is there already stays as its reader left it."""
        try:
            snapshot, catalogue = shelves.read()
        except TownbookError as error:
            return refused(error, spoken)
        if shown == f"{snapshot} {spoken}":
            return {drawn: gr.skip()}
        room = draw(service, catalogue, Choice.parse({}, service.today()), spoken, anew=True)
        return {
            drawn: f"{snapshot} {spoken}",
            fields: room.fields,
            count: room.found,
            picture: room.picture,
            table: room.table,
        }

    def show(chosen: str, spoken: str) -> dict[Any, Any]:
        sent = parsed(chosen)
        choice = Choice.parse(sent, service.today())
        try:
            room = draw(service, shelves.read()[1], choice, spoken)
        except TownbookError as error:
            return refused(error, spoken)
        again = {fields: room.fields} if sent.get("drawn") != choice.kind else {}
        return {count: room.found, picture: room.picture, table: room.table, **again}

    def refused(error: TownbookError, spoken: str) -> dict[Any, Any]:
        why = notice(say(spoken, "explore.impossible", why=str(error)))
        return {drawn: "", fields: "", count: "", picture: "", table: why}

    def ask(sent: gr.EventData, spoken: str) -> dict[Any, Any]:
        kind, id = str(sent._data.get("kind")), str(sent._data.get("id"))
        try:
            asked = question(shelves.read()[1], kind, id, spoken)
        except TownbookError:
            asked = ""
        if not asked:
            # Raised, so that nothing is handed over.
            raise gr.Error(say(spoken, "explore.nothing"), print_exception=False)
        return {handed: asked, rooms: gr.Tabs(selected="ask")}

    drawn = gr.State("")
    with gr.Column(elem_id="explore-room"):
        # The script speaks for the whole room, so it is loaded with the part that comes first.
        fields = gr.HTML(
            elem_id="explore-fields",
            apply_default_css=False,
            js_on_load=files("assistant.present").joinpath("explore.js").read_text("utf-8"),
        )
        count = gr.HTML(elem_id="explore-found", apply_default_css=False)
        picture = gr.HTML(elem_id="explore-picture", apply_default_css=False)
        table = gr.HTML(elem_id="explore-table", apply_default_css=False)
        line = gr.Textbox(elem_id="explore-choice", visible="hidden")
        handed = gr.Textbox(visible=False)

    parts = [drawn, fields, count, picture, table]
    wired: dict[str, Any] = {"concurrency_limit": LOOKS_AT_ONCE, "concurrency_id": "explore"}
    tab.select(enter, [drawn, shared.language], parts, **wired, **PRIVATE)
    # While one change is under way, the latest one waits: it carries all before it.
    line.change(
        show, [line, shared.language], parts, trigger_mode="always_last", **wired, **PRIVATE
    )
    asking = fields.ask(ask, shared.language, [handed, rooms], **wired, **PRIVATE)
    asking.success(None, handed, None, js=HAND_OVER, **PRIVATE)
    return {}


# talk.js asks what it is handed.
HAND_OVER = """(question) => {
  document.dispatchEvent(new CustomEvent('ask:handed', { detail: { question } }));
}"""
