"""What a press of a button in the Library asks for, and doing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import gradio as gr

from assistant.page.room import Service
from assistant.permission import require_path_allowed
from assistant.present import origins, purging, reading
from assistant.present.words import told, words
from assistant.upkeep import named_source
from corpus.errors import UsageError
from corpus.web.addresses import is_address


@dataclass(frozen=True, slots=True)
class Wish:
    """One press, as the browser tells it; nothing in it is believed."""

    do: str
    name: str
    page: int

    @classmethod
    def parse(cls, data: Any) -> Wish:
        """From an event's data; what is missing or of another type is empty."""
        told = data if isinstance(data, Mapping) else {}
        do, name, page = told.get("do"), told.get("name"), told.get("page")
        return cls(
            do if isinstance(do, str) else "",
            name if isinstance(name, str) else "",
            page if isinstance(page, int) else 1,
        )


class Changes:
    """Single changes, each with the HTML that says it is done. They raise TownbookErrors."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._openings = count(1)

    def add(self, typed: str, request: gr.Request, language: str) -> str:
        """Remember what was typed as a source."""
        source = named_source(typed)
        if not is_address(source):
            client = request.client.host if request.client else ""
            require_path_allowed(client, request.headers)
        return origins.added(source, self._service.add_source(source), language)

    def remove(self, source: str, language: str) -> str:
        """Forget a source as it is listed."""
        if not self._service.remove_source(source):
            raise UsageError(
                f"got {source!r}, which is no source", "one of those listed", "open the room again"
            )
        return told(words(language, "library.remove_done", source=source))

    def find(self, typed: str, language: str) -> str:
        """The articles that may be meant, to be deleted."""
        return purging.found(self._service.documents(), typed, language)

    def read(self, source: str, language: str) -> str:
        """An article, opened to be read."""
        return reading.reading(self._service.document(source), language, next(self._openings))
