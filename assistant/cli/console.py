"""What a command gets: settings, streams, and a way to open the service when it needs one.

Knows nothing of any single command. Streams and the service are handed in, so that a test
runs a command exactly as a person does, on streams and a service of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, TextIO

from assistant import Answer, Turn
from assistant.jsonlines import written
from assistant.keeping import Keeping
from assistant.settings import Settings
from assistant.verify import Texts
from corpus import Document, Record
from index import Filters, Hit

if TYPE_CHECKING:
    from assistant.facets import Facets
    from assistant.jobs import JobState
    from assistant.llm.endpoint import EndpointShown
    from assistant.llm.phrasing import Phrasing
    from assistant.takeaway.rows import Kind


class Report(Protocol):
    """What a refresh did; ``to_json`` is its published form."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sources that were left as they are, one line each."""

    def to_json(self) -> dict[str, Any]:
        """Keys as printed by ``refresh --json``."""


class Step(Protocol):
    """How far a refresh has come. ``total`` is 0 while it is unknown."""

    @property
    def stage(self) -> str:
        """One word for what is being done."""

    @property
    def done(self) -> int:
        """Units finished in this stage."""

    @property
    def total(self) -> int:
        """Units in this stage."""


class Jobs(Protocol):
    """Refreshes in processes of their own, see assistant.jobs."""

    @property
    def state(self) -> JobState:
        """How it stands now."""

    def start(
        self, sources: Sequence[str] = (), *, fetch: bool = True, allow_removals: bool = False
    ) -> JobState:
        """Starts one, which asks web addresses or not. Raises Busy while one runs."""

    def wait(self, timeout: float | None = None) -> JobState:
        """How it stands once none runs, or after ``timeout`` seconds."""

    def cancel(self) -> JobState:
        """Ends the one that runs, if one does."""


class Explained(Protocol):
    """How a question was answered; ``to_json`` has the keys of ``assistant.explaining``."""

    def to_json(self) -> dict[str, Any]:
        """Ready for json.dumps."""


class Service(Keeping, Protocol):
    """What the commands ask of ``assistant.service.Townbook``; errors are TownbookErrors."""

    def ask(
        self,
        question: str,
        *,
        id: str | None = None,
        history: Sequence[Turn] = (),
        filters: Filters = ...,
        today: date | None = None,
        llm: bool = True,
    ) -> Answer:
        """One answer, without a language model even where one is configured unless ``llm``."""

    def phrasing(self, answer: Answer) -> Iterator[Phrasing]:
        """The answer in a language model's words, the last one final; nothing without a model."""

    def today(self) -> date:
        """The day that counts as today."""

    def explain(
        self, question: str, *, history: Sequence[Turn] = (), today: date | None = None
    ) -> Explained:
        """How a question is read and answered."""

    def search(self, query: str, k: int = 10, filters: Filters = ...) -> list[Hit]:
        """At most ``k`` passages, best first."""

    def refresh(
        self,
        sources: Sequence[str] = (),
        dry_run: bool = False,
        progress: Callable[[Step], None] | None = None,
        compact: bool = False,
        allow_removals: bool = False,
        fetch: bool = True,
    ) -> Report:
        """Brings the index up to date with ``sources`` and all remembered ones."""

    @property
    def jobs(self) -> Jobs:
        """Refreshes that others need not wait for."""

    @property
    def llm(self) -> EndpointShown | None:
        """The language model that may rephrase answers; None without one."""

    def facets(self, filters: Filters = ...) -> Facets:
        """What the filters leave, by number."""

    def follow_ups(
        self, answer: Answer, asked: Sequence[str] = (), filters: Filters = ...
    ) -> list[str]:
        """Questions near an answer that the corpus answers."""

    def first_questions(self, language: str) -> list[str]:
        """Questions to start with that the corpus answers."""

    def retry(
        self, sources: Sequence[str] = (), progress: Callable[[Step], None] | None = None
    ) -> Report:
        """Reads quarantined files again, all or those named, and refreshes."""

    def purge(self, source: str, progress: Callable[[Step], None] | None = None) -> dict[str, Any]:
        """Removes a source or an article with every byte made of it."""

    def readmit(self, article: str) -> None:
        """Lets the next refresh read a purged article again."""

    def status(self) -> dict[str, Any]:
        """Keys as printed by ``status --json``."""

    def records_by_source(self) -> Mapping[str, Sequence[Record]]:
        """The source of every document, with the records read out of it."""

    def document(self, source: str) -> Document | None:
        """The document of that source or id, as stored."""

    def documents(self) -> list[dict[str, Any]]:
        """Every document without its text, by source."""

    def records(self, kind: str) -> list[dict[str, Any]]:
        """Every record of a kind, by source."""

    def rows(self, kind: Kind) -> list[dict[str, Any]]:
        """Every "event" or "practice" as a flat row, see assistant.takeaway.rows."""

    def give_feedback(
        self, answer: Answer, useful: bool, reason: str = "", comment: str = ""
    ) -> str:
        """Keeps what a person says of an answer; its id."""

    def feedback(self) -> list[dict[str, Any]]:
        """Everything people said of answers, oldest first."""

    def remove_feedback(self, ids: Collection[str] | None = None) -> int:
        """Removes what has these ids, or everything; how many it was."""

    def show(self, source: str) -> dict[str, Any]:
        """Keys as printed by ``show --json``; raises UsageError for what is not stored."""

    def warm(self) -> None:
        """Loads what the first question would wait for."""

    def close(self) -> None:
        """Lets go of the snapshot."""


class StoredTexts(Texts, Protocol):
    """Stored texts that are let go of at the end."""

    def find_document(self, source_or_id: str, /) -> Document | None:
        """The stored document of that id or source, or None."""

    def close(self) -> None:
        """Lets go of them."""


OpenService = Callable[[Settings], Service]
OpenTexts = Callable[[Path], StoredTexts]  # from a home


@dataclass(frozen=True, slots=True)
class Console:
    """One run of one command: results go to ``out``, progress to ``err``."""

    settings: Settings
    environ: Mapping[str, str]
    open_service: OpenService
    open_texts: OpenTexts
    stdin: BinaryIO
    out: TextIO
    err: TextIO

    def service(self) -> AbstractContextManager[Service]:
        """The service, closed at the end of the ``with`` block."""
        return closing(self.open_service(self.settings))

    def say(self, text: str) -> None:
        """One result for a person."""
        print(text, file=self.out)

    def say_json(self, value: object) -> None:
        """One result for a program: a line, flushed at once."""
        print(written(value), file=self.out, flush=True)

    def note(self, text: str) -> None:
        """One line about how it goes, beside the results."""
        print(text, file=self.err, flush=True)
