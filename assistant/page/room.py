"""What the rooms of the page share: whom they ask, how their events are wired, whose language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import gradio as gr
from gradio.blocks import Block

from assistant import Answer
from assistant.api import Answering
from assistant.counters import Counters
from assistant.llm.endpoint import EndpointShown
from corpus import Document
from index import Filters

# Events of the page are no API: /api/v1 is. Nothing flickers while one runs.
PRIVATE: Mapping[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}

# The concurrency id of every event that puts a question: those that admission counts.
ASKING = "ask"

# A component, and the update that gives it its words in a language.
Texts = dict[Block, Callable[[str], Any]]


class Service(Answering, Protocol):
    """What the page needs beyond the HTTP routes."""

    def today(self) -> date:
        """The day that counts as today."""

    def document(self, source: str) -> Document | None:
        """The article stored under ``source`` now, if any."""

    @property
    def llm(self) -> EndpointShown | None:
        """The language model that may rephrase answers, as people may see it; None without one."""

    def follow_ups(
        self, answer: Answer, asked: Sequence[str] = (), filters: Filters = ...
    ) -> list[str]:
        """Questions near ``answer`` that the library answers, in its language."""

    def first_questions(self, language: str) -> list[str]:
        """Questions to start with that the library answers."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What every room is built with."""

    service: Service
    counters: Counters
    language: gr.State  # a code of speech.LANGUAGES, set when the page is opened
    top: gr.HTML  # the bar above the rooms
    is_open: bool = False  # other machines may change the library: see assistant.permission
