"""The page's streams of answers: an event is not told accepted while its session's stream closes.

The page framework sends what becomes of a session's events through one stream, closes it after the
last, and the page opens another one for its next event, unless one is open. An event handed in
while "closed" is on its way finds the old one open in the page, and nobody reads what becomes of
it: its answer never shows, or only with that of the event after it. So its acceptance is told a
moment after "closed" was sent. Knows sessions and times; refuses to know what an event does.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs

from starlette.types import Message, Scope, Send

STREAM = "/gradio_api/queue/data"
# By then the page has heard it: both come from here, over connections that are open already.
HEARD_SECONDS = 0.2
_CLOSES = b'"close_stream"'  # in an answer's words the quotes would be escaped


class PageStreams:
    """When each session's stream was last told to close. For one event loop."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._closed: OrderedDict[str, float] = OrderedDict()  # oldest first

    def watched(self, scope: Scope, send: Send) -> Send:
        """``send`` for a stream's response, of which the end is noted."""
        session = "".join(parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", ()))

        async def watched(message: Message) -> None:
            closes = _CLOSES in message.get("body", b"")
            if closes:
                self._note(session)
            await send(message)
            if closes:  # sending may have had to wait
                self._note(session)

        return watched

    def after_close(self, session: str, send: Send) -> Send:
        """``send`` for the response to an event, which waits until the page has heard of an end."""

        async def after_close(message: Message) -> None:
            if message["type"] == "http.response.start":
                heard = self._closed.get(session, float("-inf")) + HEARD_SECONDS
                if (left := heard - self._clock()) > 0:
                    await self._sleep(left)
            await send(message)

        return after_close

    def _note(self, session: str) -> None:
        now = self._clock()
        self._closed[session] = now
        self._closed.move_to_end(session)
        while self._closed and next(iter(self._closed.values())) + HEARD_SECONDS < now:
            self._closed.popitem(last=False)
