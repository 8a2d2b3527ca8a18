"""An event's acceptance and the end of its session's stream: which of them the page hears first."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import Message, Scope

from assistant.page_streams import HEARD_SECONDS, PageStreams

START: Message = {"type": "http.response.start", "status": 200, "headers": []}
COMPLETED: Message = {
    "type": "http.response.body",
    "body": b'data: {"msg":"process_completed"}\n\n',
}
CLOSED: Message = {"type": "http.response.body", "body": b'data: {"msg":"close_stream"}\n\n'}


class Told:
    """Everything the page is told, each with the time; time passes only in sleep."""

    def __init__(self) -> None:
        self.now = 100.0
        self.said: list[tuple[str, float]] = []
        self.streams = PageStreams(clock=lambda: self.now, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    def at(self, name: str) -> Any:
        async def send(message: Message) -> None:
            self.said.append((name, self.now))

        return send

    def stream(self, session: str, *messages: Message) -> None:
        scope: Scope = {"type": "http", "query_string": f"session_hash={session}".encode()}

        async def run() -> None:
            send = self.streams.watched(scope, self.at("stream"))
            for message in messages:
                await send(message)

        asyncio.run(run())

    def join(self, session: str) -> float:
        """How long the acceptance of an event of ``session`` waited."""
        began = self.now

        async def run() -> None:
            await self.streams.after_close(session, self.at("accepted"))(START)

        asyncio.run(run())
        return self.now - began


def test_an_event_accepted_while_the_stream_closes_is_told_so_after_the_page_has_heard() -> None:
    told = Told()
    told.stream("s1", COMPLETED, CLOSED)
    assert told.join("s1") >= HEARD_SECONDS * 0.99
    assert [name for name, _ in told.said] == ["stream", "stream", "accepted"]


def test_nobody_waits_for_a_stream_that_goes_on_or_closed_long_ago_or_is_another_ones() -> None:
    told = Told()
    told.stream("s1", COMPLETED)
    assert told.join("s1") == 0.0
    told.stream("s1", CLOSED)
    assert told.join("s2") == 0.0
    told.now += HEARD_SECONDS
    assert told.join("s1") == 0.0


def test_what_was_heard_is_forgotten() -> None:
    told = Told()
    for number in range(1_000):
        told.stream(f"s{number}", CLOSED)
        told.now += HEARD_SECONDS / 10
    assert len(told.streams._closed) < 20


def test_the_framework_still_writes_the_end_of_a_stream_as_it_is_looked_for() -> None:
    from gradio.server_messages import CloseStreamMessage

    told = Told()
    written = b"data: " + CloseStreamMessage().model_dump_json().encode() + b"\n\n"
    told.stream("s1", {"type": "http.response.body", "body": written})
    assert told.join("s1") > 0.0
