"""Which segments a refresh carries over as they are, and which it writes anew as one.

Pure: it sees numbers of passages. Every segment costs each search a little, and dead passages
cost it as much as living ones; writing a segment anew costs the refresh. So most refreshes
write what has changed and nothing else. Only when there would be more than eight segments, or
one is too much dead, are some written anew as one: the newest, up to the first that is larger
than all of these together. Large ones are left alone until as much has been added again.
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
    while kept and (
        (written and len(kept) >= MOST_SEGMENTS)
        or (written > added and sizes[kept[-1]].living <= written)
    ):
        written += sizes[kept.pop()].living
    return kept
