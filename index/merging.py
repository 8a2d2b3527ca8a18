"""Which segments a refresh carries over as they are, and which it writes anew as one.

Pure: it sees numbers of passages. Every segment costs each search a little, and dead passages
cost it as much as living ones; writing a segment anew costs the refresh. The rule is that of a
binary counter: a segment is merged into a newer one that has grown as large. So sizes fall by
half from the oldest on, every passage is rewritten at most about log2(all / one refresh)
times, and most refreshes write little more than what has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_SEGMENTS = 8
# Of a segment's passages; beyond it a search wastes too much time on them.
MOST_DEAD = 0.25


@dataclass(frozen=True, slots=True)
class Size:
    """The passages of one segment."""

    living: int
    dead: int


def carried_over(sizes: Sequence[Size], added: int) -> list[int]:
    """Positions of the segments to keep when a refresh adds ``added`` passages; ascending.

    ``sizes`` are those of the segments, oldest first. What lives in the others is written
    into the one new segment together with what is added.
    """
    kept = [
        position
        for position, size in enumerate(sizes)
        if size.living and size.dead <= MOST_DEAD * (size.living + size.dead)
    ]
    written = added + sum(
        size.living for position, size in enumerate(sizes) if position not in kept
    )
    while kept and written and (sizes[kept[-1]].living <= written or len(kept) >= MOST_SEGMENTS):
        written += sizes[kept.pop()].living
    return kept
