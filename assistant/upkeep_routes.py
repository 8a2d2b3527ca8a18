"""The HTTP routes that tell of the library's upkeep, and those that change the library.

Reading is open to whoever may ask; a change is for those whom assistant.permission lets. Nothing
is parsed here: what is handed in or marked is read by a refresh, in a process of its own.
"""

from __future__ import annotations

import asyncio
import threading
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from assistant import incoming
from assistant.incoming import MAX_ARTICLE_BYTES, article_name
from assistant.jobs import JobState
from assistant.keeping import Keeping
from assistant.permission import NotAllowed, require_own, require_path_allowed
from assistant.upkeep import named_source
from corpus.errors import Busy, HomeError, TownbookError, UsageError
from corpus.web.addresses import is_address

FILES_AT_ONCE = 4  # each is held in memory while it arrives
FILE_SECONDS = 120.0  # for one to arrive

# What became of a file that was not taken: a status, and a word that programs can rely on.
REFUSALS: tuple[tuple[type[TownbookError], int, str], ...] = (
    (incoming.NameRefused, 400, "name"),
    (incoming.KindRefused, 415, "kind"),
    (incoming.TooLarge, 413, "large"),
    (incoming.Taken, 409, "taken"),
    (incoming.NoRoom, 507, "room"),
    (HomeError, 503, "disk"),
    (UsageError, 400, "empty"),
)


class Source(BaseModel):
    """A source to remember."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(min_length=1, max_length=4_000)


class Retry(BaseModel):
    """Which quarantined files to read again; none named: all."""

    model_config = ConfigDict(extra="forbid")

    sources: tuple[str, ...] = Field(default=(), max_length=10_000)


def add_upkeep_routes(api: FastAPI, service: Keeping, allow_changes: bool) -> None:
    """The routes over ``service``; without ``allow_changes`` only this machine changes anything."""
    places = threading.BoundedSemaphore(FILES_AT_ONCE)

    def require_allowed(request: Request) -> None:
        require_own(_client(request), request.headers, is_open=allow_changes)

    def started(start: Any) -> Response:
        try:
            state: JobState = start()
        except Busy as busy:
            told = {"error": str(busy), "refresh": service.jobs.state.to_json()}
            return JSONResponse(told, 409, headers={"Retry-After": "5"})
        return private(state.to_json(), 202)

    @api.get("/api/v1/sources")
    def sources() -> Response:
        """What refresh looks at, and what was read of each."""
        return private({"sources": list(service.sources()), "states": service.source_states()})

    @api.post("/api/v1/sources", status_code=201, responses={200: {"description": "It was known."}})
    def add_source(request: Request, given: Source) -> Response:
        """Remember a folder, a file or an address: 201, or 200 when it was known.

        The next refresh reads it. Other machines may name addresses only.
        """
        require_allowed(request)
        source = named_source(given.source)
        if not is_address(source):
            require_path_allowed(_client(request), request.headers)
        is_new = service.add_source(source)
        return private({"source": source, "added": is_new}, 201 if is_new else 200)

    @api.delete("/api/v1/sources")
    def remove_source(
        request: Request, source: Annotated[str, Query(min_length=1, max_length=4_000)]
    ) -> Response:
        """Forget a source, named as listed; its articles go with the next refresh."""
        require_allowed(request)
        if not service.remove_source(source):
            told = f"got {source!r}, which is no source"
            return JSONResponse({"error": f"{told}; expected one that GET lists; look it up"}, 404)
        return private({"source": source, "removed": True})

    @api.put(
        "/api/v1/articles/{name:path}",
        status_code=201,
        responses={200: {"description": "The same bytes were there."}},
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {
                    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
                },
            }
        },
    )
    async def put_article(request: Request, name: str, replace: bool = False) -> Response:
        """Hand in one file, its bytes as the body; the next refresh reads it.

        201 when it is new or replaced another, 200 when the same bytes were there. Refused with
        ``{"error", "code"}``: 400 ``name`` or ``empty``, 409 ``taken`` unless ``replace``, 413
        ``large`` (over 10 MB), 415 ``kind``, 503 ``busy`` or ``disk``, 507 ``room``.
        """
        try:
            require_allowed(request)
            kept_as = article_name(name)  # before any of the body is waited for
            if not places.acquire(blocking=False):
                return _refused("too many files at once; try again in a second", 503, "busy", 1)
            try:
                async with asyncio.timeout(FILE_SECONDS):
                    content = await _body(request, kept_as)
                outcome = await run_in_threadpool(
                    service.put_article, kept_as, content, replace=replace
                )
            finally:
                places.release()
        except (TimeoutError, ClientDisconnect):
            return _refused("the file did not arrive whole", 408, "cut")
        except NotAllowed as error:
            return _refused(str(error), 403, "not_allowed")
        except TownbookError as error:
            for kind, status, code in REFUSALS:
                if isinstance(error, kind):
                    return _refused(str(error), status, code)
            raise
        return private({"name": kept_as, "outcome": outcome}, 200 if outcome == "same" else 201)

    @api.get("/api/v1/quarantine")
    def quarantine() -> Response:
        """Every file that could not be read: where, since when, and why."""
        return private({"quarantined": service.quarantine()})

    @api.post("/api/v1/quarantine/retry", status_code=202)
    def retry(request: Request, wanted: Retry) -> Response:
        """Start a refresh that reads quarantined files again, all or those named."""
        require_allowed(request)
        return started(lambda: service.read_again(wanted.sources))

    @api.get("/api/v1/digest")
    def digest(since: Annotated[str, Query(min_length=1, max_length=40)]) -> Response:
        """What is new since a day, a moment or a snapshot's number."""
        return private(service.digest(since))

    @api.get("/api/v1/snapshots")
    def snapshots() -> Response:
        """What each publish changed, newest first."""
        return private({"snapshots": service.publishes()})

    @api.post("/api/v1/check")
    def check(request: Request) -> Response:
        """Hash every published file anew."""
        require_allowed(request)
        return private(service.check())

    @api.get("/api/v1/refresh")
    def refresh_state() -> Response:
        """How the refresh that runs goes, or how the last one ended."""
        return private(service.jobs.state.to_json())

    @api.post("/api/v1/refresh", status_code=202)
    def refresh(request: Request, allow_removals: bool = False) -> Response:
        """Start a refresh; with ``allow_removals`` a source may lose any number of its files."""
        require_allowed(request)
        return started(lambda: service.jobs.start(allow_removals=allow_removals))

    @api.delete("/api/v1/refresh")
    def cancel_refresh(request: Request) -> Response:
        """End the refresh that runs, if one does."""
        require_allowed(request)
        return private(service.jobs.cancel().to_json())


async def _body(request: Request, name: str) -> bytes:
    """The whole body. Raises TooLarge as soon as it is longer than a file may be."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > MAX_ARTICLE_BYTES:
            raise incoming.TooLarge(
                f"got {name!r} of more than {MAX_ARTICLE_BYTES / 1e6:,.0f} MB",
                "no more than that",
                "split it, or put it into a folder that is a source",
            )
    return bytes(content)


def private(content: dict[str, Any], status: int = 200) -> Response:
    """A reply that no cache keeps."""
    return JSONResponse(content, status, headers={"Cache-Control": "no-store"})


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _refused(error: str, status: int, code: str, retry: int | None = None) -> Response:
    headers = {} if retry is None else {"Retry-After": str(retry)}
    return JSONResponse({"error": error, "code": code}, status, headers=headers)
