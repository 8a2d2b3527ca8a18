"""One request and its reply over httpx: to a checked IP address, within a size and a time.

Knows how to send a request for a name to a fixed IP address, with the name in the Host header
and in the TLS handshake, whose certificate is checked against the name. It refuses to follow a
redirect, to keep a cookie, and to hold more of a reply than it may: a body is decompressed
piece by piece, so that a bomb is cut off where it crosses the limit.

A proxy connects by name, so there the address that was checked is not the one that is used:
which networks it reaches is for whoever runs it.
"""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

from corpus.errors import UsageError
from corpus.web.addresses import Address, Pinned
from corpus.web.reach import parse_ip

if TYPE_CHECKING:
    import ssl

    import httpx

_PIECE = 64 * 2**10  # bytes of a decompressed body at a time
_LONGEST_CONNECT_SECONDS = 8.0  # so that one dead IP address leaves time for another


class ExchangeFailed(Exception):
    """No reply that could be used; ``may_pass`` when asking again may help."""

    def __init__(self, reason: str, *, may_pass: bool, is_out_of_reach: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_pass = may_pass
        self.is_out_of_reach = is_out_of_reach


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, its headers in lower case, and the body, decompressed, of a 200."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        found = re.search(
            r"charset\s*=\s*[\"']?([\w.:-]{2,40})", self.headers.get("content-type", "")
        )
        return found[1].lower() if found else None


def exchange(
    pinned: Pinned,
    attempt: int,
    headers: Mapping[str, str],
    *,
    seconds: float,
    most_bytes: int,
    takes: Callable[[str], bool] = lambda media_type: True,
    proxy: str | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Reply:
    """The reply to one GET, or ExchangeFailed. ``seconds`` hold for all of it together.

    A body whose media type ``takes`` refuses is left unread. ``transport`` replaces the
    network; it is asked exactly what the network would be.
    """
    import httpx

    async def ask() -> Reply:
        async with asyncio.timeout(seconds):
            request = _request(pinned, attempt, headers, seconds, by_name=proxy is not None)
            return await _ask(request, most_bytes, takes, proxy, transport)

    try:
        return asyncio.run(ask())
    except TimeoutError as error:
        reason = f"took longer than {seconds:.3g} seconds"
        raise ExchangeFailed(reason, may_pass=False, is_out_of_reach=True) from error
    except httpx.TransportError as error:
        # A reply that breaks off, or is none, says that the host is there.
        answered = isinstance(error, httpx.ProtocolError | httpx.DecodingError | httpx.ReadError)
        told = " ".join(str(error).split()) or type(error).__name__
        raise ExchangeFailed(
            f"no connection ({told})" if not answered else f"a broken reply ({told})",
            may_pass=True,
            is_out_of_reach=not answered,
        ) from error


async def _ask(
    request: httpx.Request,
    most_bytes: int,
    takes: Callable[[str], bool],
    proxy: str | None,
    transport: httpx.AsyncBaseTransport | None,
) -> Reply:
    import httpx

    async with httpx.AsyncClient(
        # One transport an exchange: a connection is kept by its IP address, and another name
        # on the same one must not be answered over it.
        transport=transport or httpx.AsyncHTTPTransport(verify=_tls(), proxy=proxy),
        trust_env=False,
        follow_redirects=False,
    ) as client:
        response = await client.send(request, stream=True)
        try:
            told = {name.lower(): value for name, value in response.headers.items()}
            reply = Reply(response.status_code, told, b"")
            if reply.status != 200 or not takes(reply.media_type):
                return reply
            return replace(reply, body=await _body(response, told, most_bytes))
        finally:
            await response.aclose()


def _request(
    pinned: Pinned, attempt: int, headers: Mapping[str, str], seconds: float, *, by_name: bool
) -> httpx.Request:
    import httpx

    address = pinned.address
    extensions: dict[str, object] = {
        "timeout": {
            "connect": min(seconds, _LONGEST_CONNECT_SECONDS),
            "read": seconds,
            "write": seconds,
            "pool": seconds,
        }
    }
    host = address.host if by_name else pinned.ip(attempt)
    if not by_name and parse_ip(address.host) is None:
        # What the handshake asks for, and what the certificate has to be for.
        extensions["sni_hostname"] = address.host
    url = httpx.URL(
        scheme=address.scheme, host=host, port=address.port, raw_path=address.path.encode("ascii")
    )
    return httpx.Request(
        "GET", url, headers={"Host": address.authority, **headers}, extensions=extensions
    )


async def _body(response: httpx.Response, headers: Mapping[str, str], most_bytes: int) -> bytes:
    """The body, decompressed here: httpx would inflate each piece to whatever it becomes."""
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most_bytes:
        raise _too_much(most_bytes)
    inflate = _Inflating(headers.get("content-encoding", "identity"))
    pieces: list[bytes] = []
    size = 0
    async for raw in response.aiter_raw():
        for piece in inflate(raw):
            size += len(piece)
            if size > most_bytes:
                raise _too_much(most_bytes)
            pieces.append(piece)
    if not inflate.is_finished:
        raise ExchangeFailed("a broken reply (its compressed body ends early)", may_pass=True)
    return b"".join(pieces)


class _Inflating:
    """A compressed body's pieces as they come; the request asks for gzip, and others may send
    deflate. Called with raw bytes, gives decompressed ones, never many at once."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding.strip().lower().removeprefix("x-") or "identity"
        if self._encoding not in ("identity", "gzip", "deflate"):
            shown = encoding[:40]
            raise ExchangeFailed(
                f"compressed as {shown!r}, which was not asked for", may_pass=False
            )
        # 32: finds out by itself whether it is gzip or zlib.
        self._zlib = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        self._has_begun = False

    @property
    def is_finished(self) -> bool:
        return self._encoding == "identity" or not self._has_begun or self._zlib.eof

    def __call__(self, raw: bytes) -> Iterable[bytes]:
        if self._encoding == "identity":
            yield raw
            return
        while True:
            if self._zlib.eof:  # gzip may have several members, one after the other
                if not raw.startswith(b"\x1f\x8b"):
                    return  # padding
                self._zlib = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
            try:
                piece = self._zlib.decompress(raw, _PIECE)
            except zlib.error as error:
                if self._has_begun or self._encoding != "deflate":
                    raise ExchangeFailed(f"a broken reply ({error})", may_pass=True) from error
                # Some servers send deflate without zlib's header.
                self._zlib = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
                self._has_begun = True
                continue
            self._has_begun = True
            yield piece
            raw = self._zlib.unused_data if self._zlib.eof else self._zlib.unconsumed_tail
            # A full piece may have left more inside, though all input is taken.
            if not raw and (self._zlib.eof or len(piece) < _PIECE):
                return


def environment_proxy(address: Address) -> str | None:
    """The proxy that HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY name for ``address``.

    UsageError when it is of a kind that is not spoken.
    """
    if proxy_bypass(address.host):
        return None
    proxies = getproxies()
    proxy = proxies.get(address.scheme) or proxies.get("all")
    if not proxy:
        return None
    scheme, separator, _ = proxy.partition("://")
    if separator and scheme.lower() not in ("http", "https"):
        raise UsageError(
            f"got a proxy that begins with {scheme}://",
            "one that begins with http:// or https://",
            "correct HTTP_PROXY and HTTPS_PROXY",
        )
    return proxy if separator else f"http://{proxy}"


@cache
def _tls() -> ssl.SSLContext:
    """Certificates are checked against the authorities certifi lists, or SSL_CERT_FILE's."""
    import httpx

    return httpx.create_ssl_context()


def _too_much(most_bytes: int) -> ExchangeFailed:
    return ExchangeFailed(f"more than {most_bytes:,} bytes", may_pass=False)
