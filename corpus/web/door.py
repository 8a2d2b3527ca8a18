"""The one door to the web: every request of the project goes through here.

Knows manners and patience: robots.txt, a pause between two requests to one host, retries,
redirects that are checked as if somebody had typed them. Everything that can go wrong becomes
a value, so that one page cannot stop an update. It refuses to read what it fetched.

Proxies named by the environment are used, and do the connecting; see ``exchange``.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from corpus.errors import TownbookError
from corpus.web.addresses import (
    Address,
    AddressRefused,
    Resolver,
    parse_address,
    pin,
    resolve,
    within,
)
from corpus.web.exchange import ExchangeFailed, Reply, environment_proxy, exchange
from corpus.web.outcomes import (
    ACCEPT,
    Fetched,
    Gone,
    Missing,
    Outcome,
    Trouble,
    Unmodified,
    suffix_for,
)
from corpus.web.reach import NOTHING_ELSE, Allowed
from corpus.web.robots import EVERYTHING, PRODUCT, Robots, RobotsOfSites, read_robots

if TYPE_CHECKING:
    import httpx

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_MAY_PASS = frozenset((408, 429, 500, 502, 503, 504))
_VALIDATOR = re.compile(r"[\x20-\x7e\x80-\xff]{1,300}")  # what may be sent back in a header


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost. Pauses for politeness are not counted in ``seconds``."""

    bytes: int = 10 * 2**20  # of content, decompressed
    seconds: float = 20.0  # of asking and waiting for replies, redirects and retries included
    redirects: int = 3
    retries: int = 2
    pause_seconds: float = 1.0  # between two requests to one host
    retry_after_seconds: float = 30.0  # the longest pause a server may ask for before a retry


class Door:
    """Fetches addresses. For one thread at a time, and not from within an event loop."""

    def __init__(
        self,
        *,
        allowed: Allowed = NOTHING_ELSE,
        resolver: Resolver = resolve,
        limits: Limits | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        proxy_for: Callable[[Address], str | None] = environment_proxy,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """``allowed`` hosts and networks are reached although they are not public.

        The rest replaces the network, the environment and the clock; ``jitter`` gives numbers
        in [0, 1).
        """
        self._allowed = allowed
        self._resolver = resolver
        self._limits = limits or Limits()
        self._transport = transport
        self._proxy_for = proxy_for
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._robots = RobotsOfSites(self._fetch_robots, clock)
        self._last_asked: dict[str, float] = {}  # host → when

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Outcome:
        """What ``url`` holds now; with ``etag`` or ``last_modified`` only if it has changed."""
        headers = {"Accept": ACCEPT}
        if etag and _VALIDATOR.fullmatch(etag):
            headers["If-None-Match"] = etag
        if last_modified and _VALIDATOR.fullmatch(last_modified):
            headers["If-Modified-Since"] = last_modified
        try:
            address = parse_address(url)
            reached, reply = self._ask(address, headers)
        except ExchangeFailed as error:
            return Trouble(url, error.reason, is_out_of_reach=error.is_out_of_reach)
        except AddressRefused as error:
            return Trouble(url, error.found)
        except TownbookError as error:
            return Trouble(url, error.found, is_out_of_reach=True)
        return _outcome(url, reached, reply)

    def _ask(
        self, address: Address, headers: dict[str, str], *, is_robots: bool = False
    ) -> tuple[Address, Reply]:
        """The last reply of a chain of redirects, and where it came from."""
        budget = _Budget(self._limits.seconds)
        for _ in range(self._limits.redirects + 1):
            if not is_robots:
                robots = self._robots.of(address)
                if not robots.allows(address):
                    reason = robots.trouble or f"robots.txt of {address.host} does not allow it"
                    raise ExchangeFailed(
                        reason, may_pass=False, is_out_of_reach=bool(robots.trouble)
                    )
                pause = max(self._limits.pause_seconds, robots.delay_seconds)
            else:
                pause = self._limits.pause_seconds
            reply = self._patiently(address, headers, budget, pause, is_robots)
            target = reply.headers.get("location", "")
            if reply.status not in _REDIRECTS or not target:
                return address, reply
            address = parse_address(_absolute(address, target))
        raise ExchangeFailed(f"redirected more than {self._limits.redirects} times", may_pass=False)

    def _patiently(
        self,
        address: Address,
        headers: dict[str, str],
        budget: _Budget,
        pause: float,
        is_robots: bool,
    ) -> Reply:
        """One hop's reply, asked for again where that may help."""
        pinned = None
        proxy = self._proxy_for(address)
        attempt = 0
        while True:
            self._wait_for_turn(address.host, pause)
            began = self._clock()
            failure: ExchangeFailed | None = None
            reply: Reply | None = None
            try:
                if pinned is None:  # once a hop: what is connected to is what was checked
                    resolver = within(self._resolver, budget.left())
                    pinned = pin(address, resolver, self._allowed, is_proxied=bool(proxy))
                reply = exchange(
                    pinned,
                    attempt,
                    {"User-Agent": user_agent(), "Accept-Encoding": "gzip", **headers},
                    seconds=budget.left(self._clock() - began),
                    most_bytes=self._limits.bytes,
                    # A film is not downloaded to find out that nothing reads it.
                    takes=lambda kind: is_robots or suffix_for(kind, address.url) is not None,
                    proxy=proxy,
                    transport=self._transport,
                )
            except ExchangeFailed as error:
                failure = error
            finally:
                budget.spend(self._clock() - began)
            if reply is not None and reply.status not in _MAY_PASS:
                return reply
            wait = self._backoff(attempt, reply)
            is_over = attempt >= self._limits.retries or wait is None
            if failure and (is_over or not failure.may_pass):
                raise failure
            if reply and is_over:
                return reply
            self._sleep(wait or 0.0)
            attempt += 1

    def _backoff(self, attempt: int, reply: Reply | None) -> float | None:
        """Seconds until the next attempt; None when the server asks for too long a wait."""
        asked = _retry_after(reply) if reply else None
        if asked is not None and asked > self._limits.retry_after_seconds:
            return None
        # Jitter: clients that failed together must not come back together.
        return max(asked or 0.0, 2.0**attempt * (0.5 + self._jitter()))

    def _wait_for_turn(self, host: str, pause: float) -> None:
        last = self._last_asked.get(host)
        if last is not None and (wait := last + pause - self._clock()) > 0:
            self._sleep(wait)
        self._last_asked[host] = self._clock()

    def _fetch_robots(self, address: Address) -> Robots:
        robots = Address(address.scheme, address.host, address.port, "/robots.txt")
        try:
            _, reply = self._ask(robots, {"Accept": "text/plain, */*;q=0.1"}, is_robots=True)
        except AddressRefused:
            raise  # the page's own address is refused for the same reason
        except ExchangeFailed as error:
            return Robots(trouble=f"robots.txt of {address.host}: {error.reason}")
        except TownbookError as error:
            return Robots(trouble=f"robots.txt of {address.host}: {error.found}")
        if reply.status == 200:
            return read_robots(reply.body)
        if reply.status == 429 or reply.status >= 500:
            # RFC 9309: a site that cannot say what it allows allows nothing.
            return Robots(trouble=f"robots.txt of {address.host} answered {reply.status}")
        return EVERYTHING


class _Budget:
    """Seconds one fetch may still spend on the network."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._spent = 0.0

    def spend(self, seconds: float) -> None:
        self._spent += seconds

    def left(self, besides: float = 0.0) -> float:
        """ExchangeFailed when there is nothing left; ``besides``: spent, not yet counted."""
        left = self._seconds - self._spent - besides
        if left <= 0:
            reason = f"took longer than {self._seconds:.3g} seconds"
            raise ExchangeFailed(reason, may_pass=False, is_out_of_reach=True)
        return left


def user_agent() -> str:
    """How we name ourselves to servers."""
    try:
        return f"{PRODUCT}/{version(PRODUCT)}"
    except PackageNotFoundError:  # run from a source folder
        return PRODUCT


def _absolute(address: Address, target: str) -> str:
    try:
        return urljoin(address.url, target.strip())
    except ValueError as error:
        raise ExchangeFailed(
            f"redirected to {target[:80]!r}, which is no address", may_pass=False
        ) from error


def _outcome(url: str, reached: Address, reply: Reply) -> Outcome:
    if reply.status == 304:
        return Unmodified(url)
    if reply.status == 410:
        return Gone(url)
    if reply.status == 404:
        return Missing(url)
    if reply.status != 200:
        return Trouble(url, f"answered {reply.status}", is_out_of_reach=reply.status in _MAY_PASS)
    suffix = suffix_for(reply.media_type, reached.url)
    if suffix is None:
        return Trouble(url, f"content of type {reply.media_type or 'unknown'!r}, which is not read")
    return Fetched(
        url=reached.url,
        body=reply.body,
        suffix=suffix,
        charset=reply.charset,
        etag=reply.headers.get("etag"),
        last_modified=reply.headers.get("last-modified"),
    )


def _retry_after(reply: Reply) -> float | None:
    """What a Retry-After header asks for, in seconds; a date counts from the reply's own."""
    asked = reply.headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
        return (until - parsedate_to_datetime(reply.headers.get("date", ""))).total_seconds()
    except (ValueError, TypeError):  # neither, or one of two without a time zone
        return None
