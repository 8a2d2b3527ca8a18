"""What an HTTP request to an endpoint carries, and how much may come back.

The openai package adds headers about this machine and takes more from its environment (another
provider's key, an organisation, headers of any name). Here only named headers leave, no redirect
is followed, nothing is unpacked, and an answer is cut off at a size no note has. Proxies and
certificates are those of the environment, as the administrator set them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx2

_LEAVING = ("accept", "accept-encoding", "content-length", "content-type", "host", "connection")
# A streamed note is about 300 bytes a token: 400 tokens in 120 kB.
MOST_BYTES = 2_000_000


class TooLong(Exception):
    """More came back than any note has."""


class Packed(Exception):
    """The answer is compressed, though that was not asked for."""


class _Bounded(httpx2.SyncByteStream):
    """A response's bytes, cut off at ``MOST_BYTES``."""

    def __init__(self, stream: httpx2.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        room = MOST_BYTES
        for chunk in self._stream:
            room -= len(chunk)
            if room < 0:
                raise TooLong
            yield chunk

    def close(self) -> None:
        self._stream.close()


def open_wire(key: str | None, connect_seconds: float, silence_seconds: float) -> httpx2.Client:
    """A client for one endpoint; ``key`` is sent as a bearer token, nothing where there is none."""
    return httpx2.Client(
        timeout=httpx2.Timeout(silence_seconds, connect=connect_seconds),
        follow_redirects=False,
        event_hooks={"request": [_sparing(key)], "response": [_bounded]},
    )


def _sparing(key: str | None) -> Callable[[httpx2.Request], None]:
    def keep_what_is_needed(request: httpx2.Request) -> None:
        kept = {name: request.headers[name] for name in _LEAVING if name in request.headers}
        kept |= {"accept-encoding": "identity", "user-agent": "townbook"}
        if key:
            kept["authorization"] = f"Bearer {key}"
        request.headers = httpx2.Headers(kept)

    return keep_what_is_needed


def _bounded(response: httpx2.Response) -> None:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise Packed
    if isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _Bounded(response.stream)
