"""What stands before every request: who may call, how much, which way, and with what headers.

An ASGI wrapper around the whole served application. It knows paths, hosts, sizes and counts; of
what is posted it reads the number of the page's event, never a question. The page framework opens
more routes than the page uses (uploads, file reads, proxying, run history): only those the page
needs are let through.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Collection
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.admission import Admission
from assistant.incoming import MAX_ARTICLE_BYTES
from assistant.page_events import event_in, stop_in
from assistant.page_streams import STREAM, PageStreams

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})

# A question is at most 2,000 characters and a conversation 40 turns: this holds both.
MAX_BODY_BYTES = 256 * 1024
# An article that is handed in may be as large as assistant.incoming takes, and a little more: the
# route then says what is too much.
MAX_FILE_BYTES = MAX_ARTICLE_BYTES + 64 * 1024

# 'unsafe-inline' and 'unsafe-eval' are the page framework's: without them it shows nothing.
# Escaping (assistant.present.escape) is the defence against foreign script; this one keeps
# the page from fetching or sending anything elsewhere.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "frame-ancestors 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
_RAW_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]

PAGE_ROUTES = frozenset({"/", "/config", "/config/", "/theme.css", "/robots.txt"})
PAGE_FOLDERS = (
    "/assets/",
    "/static/",
    "/svelte/",
    "/gradio_api/heartbeat/",
    "/gradio_api/queue/",
)
PAGE_CALLS = frozenset(
    {
        "/gradio_api/startup-events",
        "/gradio_api/theme.css",
        "/gradio_api/cancel",
    }
)
OWN_ROUTES = frozenset({"/live", "/ready", "/metrics", "/favicon.ico"})
OWN_FOLDER = "/api/v1/"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
COSTLY = ("/api/v1/ask", "/api/v1/search", "/api/v1/export/")
FILES = "/api/v1/articles/"  # what is put below it is a file
JOIN = "/gradio_api/queue/join"  # where the page hands in an event
CANCEL = "/gradio_api/cancel"  # where it stops one
_OF_BODY = (b"content-length", b"content-type", b"transfer-encoding")
RETRY_SECONDS = 1
# A refusal waits this long, or programs that ask again at once would take from those let in the
# time that answering them needs: at .3 their p95 was 2.4 times that of one alone, at .5 1.8 to 2.4.
# A person does not ask again so fast.
REFUSAL_SECONDS = {"program": 0.5, "person": 0.2}


class Doors:
    """Lets a request through to ``app``, or answers it with one plain line.

    ``hosts`` are the names the server may be called by (None: any). A page elsewhere whose
    name was pointed at this machine sends its own name, and is refused. Of the page's ``events``
    only well-formed ones are handed on: on others the framework fails, or reads a number where
    there is none. A question over HTTP, or one of those events that are ``asking``, gets 503 at
    once when ``admission`` has no room for it; ``refused`` is called each time.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: Collection[str] | None,
        admission: Admission,
        events: Collection[int] = (),
        asking: Collection[int] = (),
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._admission = admission
        self._events = events
        self._asking = asking
        self._refused = refused
        self._streams = PageStreams()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # "lifespan"; the page uses no websocket
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        send = _with_headers(send)
        path: str = scope["path"]
        if self._hosts is not None and _host(scope) not in self._hosts:
            await _refuse(send, 421, "this name does not lead here; use the address it serves on")
        elif scope["method"] not in READING and _header(scope, b"sec-fetch-site") == "cross-site":
            await _refuse(send, 403, "another site's page may not ask or refresh here")
        elif not _is_open(path):
            await _refuse(send, 404, "there is nothing at this address")
        elif _declared_bytes(scope) > _most_bytes(scope):
            await _refuse(send, 413, f"the request is longer than {_most_bytes(scope):,} bytes")
        elif path.startswith(COSTLY):
            await self._ask(_unforwarded(scope), _limited(receive, MAX_BODY_BYTES), send)
        elif path == JOIN:
            await self._join(_unforwarded(scope), _limited(receive, MAX_BODY_BYTES), send)
        elif path == CANCEL:
            await self._cancel(_unforwarded(scope), _limited(receive, MAX_BODY_BYTES), send)
        else:
            if path == STREAM:
                send = self._streams.watched(scope, send)
            await self._app(_unforwarded(scope), _limited(receive, _most_bytes(scope)), send)

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A question over HTTP holds its place from its last byte to the end of its answering."""
        body = await _whole(receive)
        if body is None:
            return
        entry = self._admission.enter()
        if entry is None:
            await self._refuse_for_now(send, "program")
            return

        async def leaving(message: Message) -> None:
            entry.leave()  # an export has no answering; its bytes may take their time
            await send(message)

        try:
            with self._admission.counted_in(entry):
                await self._app(scope, _again(body, receive), leaving)
        finally:
            entry.leave()

    async def _join(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _whole(receive)
        if body is None:
            return
        event = event_in(body)
        if event is None or event["fn_index"] not in self._events:
            await _refuse(send, 400, "this is no event of the page")
        elif event["fn_index"] in self._asking and not self._admission.expect():
            await self._refuse_for_now(send, "person")
        else:
            accepted = self._streams.after_close(event["session_hash"], send)
            await self._hand_on(event, scope, receive, accepted)

    async def _cancel(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _whole(receive)
        if body is None:
            return
        stop = stop_in(body)
        if stop is None:
            await _refuse(send, 400, "this names no event of the page")
        else:
            await self._hand_on(stop, scope, receive, send)

    async def _hand_on(
        self, said: dict[str, Any], scope: Scope, receive: Receive, send: Send
    ) -> None:
        """As it was understood here: what else it said, the framework does not hear."""
        written = json.dumps(said).encode()
        headers = [pair for pair in scope["headers"] if pair[0] not in _OF_BODY]
        headers += [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(written)),
        ]
        await self._app({**scope, "headers": headers}, _again(written, receive), send)

    async def _refuse_for_now(self, send: Send, whom: str) -> None:
        self._refused()
        await asyncio.sleep(REFUSAL_SECONDS[whom])
        error = "all places are taken; try again in a second"
        await _refuse(send, 503, error, retry=RETRY_SECONDS)


def _is_open(path: str) -> bool:
    return (
        path in PAGE_ROUTES
        or path in PAGE_CALLS
        or path in OWN_ROUTES
        or path.startswith(OWN_FOLDER)
        or path.startswith(PAGE_FOLDERS)
    )


def _header(scope: Scope, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), "")


def _host(scope: Scope) -> str:
    host = _header(scope, b"host").lower()
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _declared_bytes(scope: Scope) -> int:
    declared = _header(scope, b"content-length")
    return int(declared) if declared.isascii() and declared.isdigit() else 0


def _unforwarded(scope: Scope) -> Scope:
    """The scope without X-Forwarded-Host, which would let any caller rename the page's root."""
    headers = [pair for pair in scope["headers"] if pair[0] != b"x-forwarded-host"]
    return {**scope, "headers": headers}


def _most_bytes(scope: Scope) -> int:
    """How long the body of this request may be."""
    is_file = scope["method"] == "PUT" and scope["path"].startswith(FILES)
    return MAX_FILE_BYTES if is_file else MAX_BODY_BYTES


def _limited(receive: Receive, most_bytes: int) -> Receive:
    """``receive`` that hangs up on a body growing past its limit without having said so."""
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        return message if received <= most_bytes else {"type": "http.disconnect"}

    return limited


async def _whole(receive: Receive) -> bytes | None:
    """The body once it is all there: who sends slowly holds no place. None when they hung up."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """``receive`` as if ``body`` had not been read yet."""
    first: list[Message] = [{"type": "http.request", "body": body}]

    async def again() -> Message:
        return first.pop() if first else await receive()

    return again


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message["headers"] if pair[0].decode() not in HEADERS]
            message = {**message, "headers": [*kept, *_RAW_HEADERS]}
        await send(message)

    return with_headers


async def _refuse(send: Send, status: int, error: str, *, retry: int | None = None) -> None:
    body = json.dumps({"error": error}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    if retry is not None:
        headers.append((b"retry-after", b"%d" % retry))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
