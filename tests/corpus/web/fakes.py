"""A web that is asked exactly what the real one would be, and a clock that nobody waits for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import httpx

from corpus.web.addresses import Address
from corpus.web.door import Door, Limits
from corpus.web.outcomes import Fetched, Gone, Missing, Outcome, Trouble, Unmodified
from corpus.web.reach import NOTHING_ELSE, Allowed

PUBLIC = "93.184.216.34"


@dataclass(frozen=True)
class Answer:
    """One reply; ``body`` is sent in these pieces."""

    status: int = 200
    headers: Mapping[str, str | bytes] = field(default_factory=dict)
    body: bytes | Sequence[bytes] = b""


class _Pieces(httpx.AsyncByteStream):
    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece


Reply = Answer | Exception
Replies = (
    Reply | list[Reply] | Callable[[httpx.Request], Reply]
)  # one, one after the other, or worked out


@dataclass
class Web(httpx.AsyncBaseTransport):
    """Replies by ``host/path``; a list is used up one by one. Unknown paths are 404."""

    replies: dict[str, Replies] = field(default_factory=dict)
    asked: list[httpx.Request] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        reply = self.replies.get(request.headers["host"] + request.url.raw_path.decode())
        if isinstance(reply, list):
            reply = reply.pop(0) if len(reply) > 1 else reply[0]
        elif callable(reply):
            reply = reply(request)
        if isinstance(reply, Exception):
            raise reply
        answer = reply or Answer(404)
        headers = [(name.encode(), _bytes(value)) for name, value in answer.headers.items()]
        body = [answer.body] if isinstance(answer.body, bytes) else answer.body
        return httpx.Response(answer.status, headers=headers, stream=_Pieces(body))

    @property
    def ips(self) -> list[str]:
        """Where connections went, in order."""
        return [request.url.host for request in self.asked]

    @property
    def pages(self) -> list[httpx.Request]:
        """Requests for anything but robots.txt."""
        return [request for request in self.asked if request.url.path != "/robots.txt"]


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


class Clock:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Names:
    """A name server: each name's answers in turn, the last one for ever."""

    def __init__(self, **names: list[list[str]]) -> None:
        self.names = names
        self.default = [PUBLIC]
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        answers = self.names.get(host)
        if answers is None:
            return self.default
        return answers.pop(0) if len(answers) > 1 else answers[0]


def no_proxy(address: Address) -> None:
    """The environment of a machine without a proxy."""


def door(
    web: Web,
    names: Names | None = None,
    clock: Clock | None = None,
    *,
    allowed: Allowed = NOTHING_ELSE,
    limits: Limits | None = None,
    proxy_for: Callable[[Address], str | None] = no_proxy,
) -> Door:
    """A door to ``web``, without jitter."""
    clock = clock or Clock()
    return Door(
        allowed=allowed,
        resolver=names or Names(),
        limits=limits,
        transport=web,
        proxy_for=proxy_for,
        clock=clock,
        sleep=clock.sleep,
        jitter=lambda: 0.5,
    )


@dataclass
class Shelf:
    """What a door would give for each address: bytes with an etag, or another outcome."""

    held: dict[str, Outcome | bytes | str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Outcome:
        self.asked.append(url)
        held = self.held.get(url, Missing(url))
        if isinstance(held, str):
            held = held.encode()
        if not isinstance(held, bytes):
            return held
        tag = f'"{hash(held)}"'
        if etag == tag:
            return Unmodified(url)
        is_xml = held.startswith(b"<?xml")
        return Fetched(url, held, ".xml" if is_xml else ".html", etag=tag)

    def gone(self, url: str) -> None:
        self.held[url] = Gone(url)

    def silent(self, url: str) -> None:
        self.held[url] = Trouble(url, "no connection", is_out_of_reach=True)


def feed(*urls: str, dates: Sequence[str] = ()) -> str:
    """RSS 2.0 of these articles; ``dates`` as ISO days."""
    items = "".join(
        f"<item><link>{url}</link>"
        + (f"<dc:date>{dates[place]}</dc:date>" if place < len(dates) else "")
        + "</item>"
        for place, url in enumerate(urls)
    )
    dc = "http://purl.org/dc/elements/1.1/"
    return (
        f'<?xml version="1.0"?><rss xmlns:dc="{dc}" version="2.0"><channel>{items}</channel></rss>'
    )


def article(title: str, text: str = "") -> str:
    """A page with words enough to be read."""
    words = text or f"{title} is about a town that mends lamps and bicycles every Thursday."
    head = f"<html lang=en><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1><p>{words}</p></article></body></html>"


HTML = {"content-type": "text/html; charset=utf-8"}
PAGE = Answer(200, HTML, b"<p>Words</p>")
