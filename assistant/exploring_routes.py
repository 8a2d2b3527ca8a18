"""The HTTP side of looking through: what a choice shows, as a file, below ``/api/v1/explore``.

The same words, filters and order as in the room, so that what is saved is what was seen. Files are
written by ``assistant.takeaway``; each line has its quote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Protocol

from fastapi import FastAPI, Query
from fastapi.responses import Response

from assistant.exploring.choice import LONGEST_SEARCH, Choice, Grain, Kind, When
from assistant.exploring.rows import id_of
from assistant.exploring.shelves import Holding, Shelves
from assistant.exploring.view import view
from assistant.takeaway.formats import KINDS, MEDIA_TYPES, Published, written_rows
from assistant.takeaway.rows import Kind as RowKind

FILES: Mapping[Kind, tuple[str, ...]] = {"practices": ("csv",), "events": ("csv", "ics")}

Language = Literal["en", "fr", "de", "es", "it", "nl", "pt", "pl"]
Words = Annotated[str, Query(max_length=LONGEST_SEARCH)]


class Showing(Holding, Protocol):
    """What these routes need of the service."""

    def today(self) -> date:
        """The day that counts as today."""

    def rows(self, kind: RowKind) -> list[dict[str, Any]]:
        """Every record of a kind as a flat row, see assistant.takeaway.rows."""


def add_exploring_routes(api: FastAPI, service: Showing, shelves: Shelves) -> None:
    """Adds the routes over ``service`` and its rows to ``api``."""

    def file(kind: Kind, format: str, choice: Choice, language: str) -> Response:
        shown = view(shelves.read()[1], choice, language)
        rows = shown_rows(service.rows(KINDS[kind]), [row.id for row in shown.rows], format)
        status = service.status()
        content = written_rows(kind, format, rows, Published(status["snapshot"], status["created"]))
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{kind}.{format}"',
        }
        return Response(content, media_type=MEDIA_TYPES[format], headers=headers)

    def add(kind: Kind, format: str) -> None:
        @api.get(
            f"/api/v1/explore/{kind}.{format}",
            response_class=Response,
            summary=f"The {kind} that the Explore room shows, as .{format}",
        )
        def shown(
            search: Words = "",
            country: Words = "",
            theme: Words = "",
            point: Words = "",
            grain: Grain = "fine",
            when: When = "all",
            today: date | None = None,
            sort: Words = "",
            descending: bool = False,
            language: Language = "en",
        ) -> Response:
            sent = {
                "kind": kind,
                "search": search,
                "country": country,
                "theme": theme,
                "point": point,
                "grain": grain,
                "when": when,
                "sort": sort,
                "descending": descending,
            }
            return file(kind, format, Choice.parse(sent, today or service.today()), language)

    for kind, formats in FILES.items():
        for format in formats:
            add(kind, format)


def shown_rows(
    rows: Iterable[Mapping[str, Any]], ids: list[str], format: str
) -> list[Mapping[str, Any]]:
    """The flat rows of the things with these ids, in the order of the ids.

    A thing that several articles tell of has a line for each, with its quote, but stands in a
    calendar once.
    """
    found: dict[str, list[Mapping[str, Any]]] = {id: [] for id in ids}
    for row in rows:
        there = found.get(id_of(row))
        if there is not None and not (there and format == "ics"):
            there.append(row)
    return [row for told in found.values() for row in told]
