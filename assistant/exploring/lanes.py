"""Where things that take room on a line stand without touching: in the first lane that is free."""

from __future__ import annotations

from collections.abc import Sequence


def lanes(intervals: Sequence[tuple[float, float]], gap: float = 0.0) -> list[int]:
    """The lane of each interval, from 0; two in one lane are more than ``gap`` apart.

    As few lanes as there are intervals at the most crowded place, when they come by their start.
    """
    ends: list[float] = []
    chosen = [0] * len(intervals)
    for at in sorted(range(len(intervals)), key=lambda at: intervals[at]):
        start, end = intervals[at]
        lane = next((n for n, taken in enumerate(ends) if taken + gap < start), len(ends))
        if lane == len(ends):
            ends.append(end)
        ends[lane] = end
        chosen[at] = lane
    return chosen
