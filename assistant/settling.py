"""Which files changed since they were last read, and whether they stand still by now.

Pure: it is told what files look like and what time it is, and says whether to refresh. A file
that somebody is still writing waits until its size and time have stood for a while; one that
never stands still holds the others back for a bounded time only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Stamp = tuple[int, int]  # size in bytes, time of change in nanoseconds
Stamps = Mapping[str, Stamp]  # by path


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient watching is, all in seconds."""

    # A copy over a slow line pauses for less; a person who saved a file waits no longer.
    settle: float = 2.0
    longest: float = 60.0  # that a file which stands still waits for others that do not
    sweep: float = 600.0  # between looks nobody asked for: an event can be lost
    poll: float = 60.0  # the same where no events come, as from a network drive
    addresses: float = 3600.0  # between refreshes for the sake of web addresses
    apart: float = 1.0  # between two looks, however many events come

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) < 0:
                raise ValueError(f"got {name}={getattr(self, name)}, expected seconds from 0")


@dataclass(frozen=True, slots=True)
class _Change:
    """One path that is not as it was read; times by the caller's clock."""

    stamp: Stamp | None  # None: it is gone
    stands_since: float
    waits_since: float


class Settling:
    """Changed files and how long each has stood still. For one thread."""

    def __init__(self, read: Stamps, pace: Pace) -> None:
        """``read`` is what files looked like when they were last read."""
        self._read = dict(read)
        self._pace = pace
        self._changes: dict[str, _Change] = {}

    def look(self, stamps: Stamps, at: float) -> None:
        """Take in what all files look like at the time ``at``."""
        changes = {}
        for path in stamps.keys() | self._read.keys():
            stamp = stamps.get(path)
            if stamp == self._read.get(path):
                continue
            known = self._changes.get(path)
            waits_since = known.waits_since if known else at
            stands_since = known.stands_since if known and known.stamp == stamp else at
            changes[path] = _Change(stamp, stands_since, waits_since)
        self._changes = changes

    def is_due(self, at: float) -> bool:
        """Whether there is something to read that has stood still, and nothing to wait for."""
        standing = self._standing(at)
        if not standing:
            return False
        waited = at - min(change.waits_since for change in standing.values())
        return len(standing) == len(self._changes) or waited >= self._pace.longest

    def next_look(self, at: float) -> float | None:
        """When to look again, by the same clock; None: not before something happens."""
        moving = [c.stands_since + self._pace.settle for c in self._changes.values()]
        return min((moment for moment in moving if moment > at), default=None)

    def take(self, at: float) -> dict[str, Stamp]:
        """A refresh begins: what stands still counts as read. Returns what ``put_back`` takes.

        What still moves is left for the next one, whatever this one makes of it.
        """
        before = dict(self._read)
        standing = self._standing(at)
        for path, change in standing.items():
            if change.stamp is None:
                self._read.pop(path, None)
            else:
                self._read[path] = change.stamp
        self._changes = {p: c for p, c in self._changes.items() if p not in standing}
        return before

    def put_back(self, before: Stamps) -> None:
        """The refresh that began with ``take`` came to nothing: all is to be read still."""
        self._read = dict(before)

    def _standing(self, at: float) -> dict[str, _Change]:
        settle = self._pace.settle
        return {p: c for p, c in self._changes.items() if at >= c.stands_since + settle}
