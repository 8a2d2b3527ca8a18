"""The HTTP side: health, metrics and ``/api/v1``, over any service with the right methods.

Requests are parsed and bounded here, answers are the published forms. Nothing asked is logged
or counted by its words. The page is not known here; ``ui.app`` mounts it on this application.
"""

from __future__ import annotations

import logging
import traceback
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Protocol

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant import Answer, Turn
from assistant.counters import Counters
from assistant.exploring.shelves import Shelves
from assistant.facets import Facets
from assistant.filters import WORDS, parse_filters
from assistant.keeping import Keeping
from assistant.permission import NotAllowed
from assistant.refused import Refused, told
from assistant.takeaway_routes import Exporting, add_routes
from assistant.unrouted import add_unrouted
from assistant.upkeep_routes import add_upkeep_routes, private
from corpus.errors import TownbookError, UsageError
from index import Filters, Hit

if TYPE_CHECKING:
    from assistant.llm.phrasing import Phrasing

MAX_QUESTION = 2_000  # code points; a longer one is an article, not a question
MAX_TURNS = 40
MAX_FILTERS = 100  # values in one address

_log = logging.getLogger(__name__)


class Answering(Keeping, Exporting, Protocol):
    """What these routes need of the service: answers, hits and figures from one snapshot."""

    def ask(
        self,
        question: str,
        *,
        id: str | None = None,
        history: Sequence[Turn] = (),
        filters: Filters = ...,
        llm: bool = True,
    ) -> Answer:
        """One answer. Raises TownbookError when that is not possible now."""

    def phrasing(self, answer: Answer) -> Iterator[Phrasing]:
        """The answer in a language model's words, the last one final; nothing without a model."""

    def search(self, query: str, k: int = 10, filters: Filters = ...) -> list[Hit]:
        """The best ``k`` passages, best first."""

    def status(self) -> dict[str, Any]:
        """The published figures, with ``snapshot`` and ``sound``. Raises NotReady when empty."""

    def show(self, source: str) -> dict[str, Any]:
        """One document in its published form. Raises TownbookError when there is none."""

    def documents(self) -> list[dict[str, Any]]:
        """Every document without its text, by source."""

    def facets(self, filters: Filters = ...) -> Facets:
        """What the filters leave, with the values that would restrict it further."""

    def records(self, kind: str) -> list[dict[str, Any]]:
        """Every record of a kind, by source, with the source it was read from."""


class _Parsed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PastTurn(_Parsed):
    """One earlier message of the conversation."""

    role: str = Field(pattern="^(user|assistant)$")
    content: str = Field(max_length=20_000)


class Question(_Parsed):
    """A question with what it follows and what it is restricted to."""

    question: str = Field(min_length=1, max_length=MAX_QUESTION)
    id: str | None = Field(default=None, max_length=200)
    history: tuple[PastTurn, ...] = Field(default=(), max_length=MAX_TURNS)
    # Named as on the command line and in a batch: see assistant.filters.
    filters: dict[str, str | list[str] | None] = Field(default={}, max_length=16)
    llm: bool = True  # False: no language model is asked, even where one is configured


def sendable(value: str) -> str:
    """``value`` with lone surrogates, which no byte form has, replaced by ``?``."""
    return value.encode("utf-8", "replace").decode("utf-8")


def checked_question(asked: str) -> str:
    """``asked`` as the service takes it. Raises UsageError when empty or too long."""
    question = sendable(asked).replace("\0", "").strip()
    if not question:
        raise UsageError("got an empty question", "a few words", "type what you want to know")
    if len(question) > MAX_QUESTION:
        raise UsageError(
            f"got a question of {len(question):,} characters",
            f"at most {MAX_QUESTION:,}",
            "ask in a sentence or two",
        )
    return question


def log_fault(fault: BaseException) -> None:
    """Record where ``fault`` arose and its kind, but not its message: it may hold a question."""
    where = "".join(traceback.format_tb(fault.__traceback__))
    _log.error("unexpected %s\n%s", type(fault).__name__, where)


def application(
    service: Answering,
    counters: Counters,
    shelves: Shelves | None = None,
    *,
    allow_changes: bool = False,
) -> FastAPI:
    """The routes over ``service``. Faults become one JSON line ``{"error": …}``, never a trace.

    ``shelves``: the service's rows, where the page reads them, too. The library is changed from
    this machine only, unless ``allow_changes``.
    """
    api = FastAPI(
        title="Townbook",
        docs_url=None,  # the interactive pages load their scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        responses={
            "4XX": {"model": Refused, "description": "The request cannot be used as it is."},
            "5XX": {"model": Refused, "description": "Not possible now."},
        },
    )

    @api.exception_handler(TownbookError)
    async def not_possible(_request: Request, error: TownbookError) -> Response:
        status = 400 if isinstance(error, UsageError) else 503
        retry = {} if status == 400 else {"Retry-After": "5"}
        return JSONResponse({"error": str(error)}, status, headers=retry)

    @api.exception_handler(NotAllowed)
    async def not_allowed(_request: Request, error: NotAllowed) -> Response:
        return JSONResponse({"error": str(error)}, 403)

    @api.exception_handler(RequestValidationError)
    async def not_understood(_request: Request, error: RequestValidationError) -> Response:
        return JSONResponse({"error": sendable(told(error.errors()[0]))}, 422)

    @api.exception_handler(Exception)
    async def fault(_request: Request, error: Exception) -> Response:
        counters.add("townbook_faults_total")
        log_fault(error)
        return JSONResponse({"error": "something went wrong here; it was recorded"}, 500)

    def answer(asked: Question) -> Response:
        given = service.ask(
            checked_question(asked.question),
            id=None if asked.id is None else sendable(asked.id),
            history=tuple(Turn(turn.role, sendable(turn.content)) for turn in asked.history),
            filters=parse_filters(asked.filters),
            llm=asked.llm,
        )
        counters.count_answer(given)
        steps = deque(service.phrasing(given) if asked.llm else (), maxlen=1)
        if not steps:
            return private(given.to_json())
        last = steps[0]
        counters.add(f'townbook_phrasings_total{{outcome="{last.reason or "phrased"}"}}')
        return private(last.answer.to_json() | {"phrasing": last.to_json()})

    @api.post("/api/v1/ask")
    def ask(asked: Question) -> Response:
        return answer(asked)

    @api.get("/api/v1/ask")
    def ask_by_address(question: Annotated[str, Query(max_length=MAX_QUESTION)]) -> Response:
        return answer(Question(question=question or " "))

    @api.get("/api/v1/search")
    def search(
        q: Annotated[str, Query(max_length=MAX_QUESTION)],
        k: Annotated[int, Query(ge=1, le=100)] = 10,
    ) -> Response:
        hits = service.search(checked_question(q), k)
        counters.add("townbook_searches_total")
        return private({"hits": [hit_json(hit) for hit in hits]})

    @api.get("/api/v1/status")
    def status() -> dict[str, Any]:
        return service.status()

    @api.get("/api/v1/documents")
    def documents() -> Response:
        return private({"documents": service.documents()})

    values = {"type": "array", "items": {"type": "string"}}
    by_word = [{"name": word, "in": "query", "schema": values} for word in WORDS]

    @api.get("/api/v1/facets", openapi_extra={"parameters": by_word})
    def facets(request: Request) -> Response:
        """What the filters leave, with the values that would restrict it further."""
        chosen: dict[str, list[str]] = {}
        for word, value in request.query_params.multi_items()[:MAX_FILTERS]:
            chosen.setdefault(word, []).append(sendable(value))
        return private(service.facets(parse_filters(chosen)).to_json())

    @api.get("/api/v1/practices")
    def practices() -> Response:
        return private({"practices": service.records("practice")})

    @api.get("/api/v1/events")
    def events() -> Response:
        return private({"events": service.records("event")})

    add_upkeep_routes(api, service, allow_changes)

    @api.get("/api/v1/documents/{source:path}")
    def document(source: str) -> Response:
        return private(service.show(source))

    @api.get("/live")
    def live() -> dict[str, bool]:
        return {"live": True}

    @api.get("/ready")
    def ready() -> Response:
        reason = not_ready(service)
        if reason:
            return JSONResponse({"ready": False, "reason": reason}, 503)
        return JSONResponse({"ready": True, "snapshot": service.status()["snapshot"]})

    counted: dict[int | str, dict[str, Any]] = {
        200: {"content": {"text/plain": {"schema": {"type": "string"}}}}
    }

    # A response class of plain text would say the same of refusals, which are JSON.
    @api.get("/metrics", response_class=Response, responses=counted)
    def metrics() -> Response:
        gauge = {"townbook_ready": 0 if not_ready(service) else 1}
        return PlainTextResponse(counters.exposition(gauge), media_type=Counters.MEDIA_TYPE)

    add_routes(api, service, shelves or Shelves(service))
    add_unrouted(api)
    return api


def not_ready(service: Answering) -> str:
    """Why no question can be answered now; empty when one can."""
    try:
        status: Mapping[str, Any] = service.status()
    except TownbookError as error:
        return str(error)
    if not status.get("snapshot"):
        return "no snapshot has been published yet"
    return "" if status.get("sound") else "the published snapshot failed its checks"


def hit_json(hit: Hit) -> dict[str, Any]:
    """One ranked passage in its published form."""
    return {
        "rank": hit.rank,
        "score": hit.score,
        "source": hit.document.source,
        "document": hit.document.id,
        "start": hit.passage.span.start,
        "end": hit.passage.span.end,
        "text": hit.text,
    }
