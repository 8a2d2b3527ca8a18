"""What a site's robots.txt lets us ask for, asked once an hour (RFC 9309).

Knows when a missing file means "everything" and when it means "nothing for now". Matching is
protego's. It refuses to fetch by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.web.addresses import Address

if TYPE_CHECKING:
    from protego import Protego

PRODUCT = "townbook"  # the name robots.txt calls us by
_KEPT_SECONDS = 3600.0
_LONGEST_DELAY_SECONDS = 10.0  # of a Crawl-delay: some ask for minutes, meant for search engines
_MOST_BYTES = 500 * 2**10  # RFC 9309: at least this much is read


@dataclass(frozen=True, slots=True)
class Robots:
    """One origin's rules. ``trouble`` when they could not be had, which forbids everything."""

    rules: Protego | None = None
    trouble: str = ""

    def allows(self, address: Address) -> bool:
        if self.trouble:
            return False
        return self.rules is None or bool(self.rules.can_fetch(address.url, PRODUCT))

    @property
    def delay_seconds(self) -> float:
        """What the site asks to be left between two requests, within reason; 0 for nothing."""
        asked = self.rules.crawl_delay(PRODUCT) if self.rules else None
        return min(max(asked or 0.0, 0.0), _LONGEST_DELAY_SECONDS)


EVERYTHING = Robots()


def read_robots(body: bytes) -> Robots:
    """The rules of a robots.txt file."""
    from protego import Protego  # only who fetches needs it

    return Robots(Protego.parse(body[:_MOST_BYTES].decode("utf-8", errors="replace")))


class RobotsOfSites:
    """Each origin's rules, kept for an hour."""

    def __init__(self, fetch: Callable[[Address], Robots], clock: Callable[[], float]) -> None:
        self._fetch = fetch
        self._clock = clock
        self._kept: dict[str, tuple[float, Robots]] = {}

    def of(self, address: Address) -> Robots:
        kept = self._kept.get(address.origin)
        if kept is None or self._clock() - kept[0] > _KEPT_SECONDS:
            kept = (self._clock(), self._fetch(address))
            self._kept[address.origin] = kept
        return kept[1]
