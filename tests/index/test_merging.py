"""Which segments are merged: few are left, and little is written."""

from __future__ import annotations

import math
import random

from hypothesis import given
from hypothesis import strategies as st

from index.merging import MOST_DEAD, MOST_SEGMENTS, Size, carried_over

sizes = st.lists(
    st.builds(Size, st.integers(0, 2000), st.integers(0, 2000)), max_size=MOST_SEGMENTS
)


@given(sizes=sizes, added=st.integers(0, 500))
def test_what_is_kept_is_few_and_mostly_alive(sizes: list[Size], added: int) -> None:
    kept = carried_over(sizes, added)
    assert kept == sorted(set(kept))
    written = added + sum(s.living for place, s in enumerate(sizes) if place not in kept)
    assert len(kept) + (written > 0) <= MOST_SEGMENTS
    for place in kept:
        assert sizes[place].living > 0
        assert sizes[place].dead <= MOST_DEAD * (sizes[place].living + sizes[place].dead)
    assert not kept or written == added or sizes[kept[-1]].living > written


def test_a_small_change_beside_a_large_segment_writes_only_itself() -> None:
    assert carried_over([Size(100_000, 1000)], 1000) == [0]


def test_nothing_added_and_little_dead_keeps_every_segment() -> None:
    assert carried_over([Size(900, 100), Size(500, 20), Size(3, 1)], 0) == [0, 1, 2]


def test_changes_gather_until_they_are_too_many_and_then_become_one() -> None:
    small = [Size(1000, 0)] * (MOST_SEGMENTS - 2)
    assert carried_over([Size(100_000, 0), *small], 1000) == [*range(MOST_SEGMENTS - 1)]
    assert carried_over([Size(100_000, 0), *small, Size(1000, 0)], 1000) == [0]


def test_when_a_large_segment_is_written_anew_the_small_ones_go_with_it() -> None:
    assert carried_over([Size(500_000, 0), Size(70_000, 30_000), Size(900, 0)], 9) == [0]


def test_a_segment_with_nothing_alive_is_left_out_and_costs_no_writing() -> None:
    assert carried_over([Size(900, 0), Size(0, 10)], 0) == [0]


def test_over_many_refreshes_each_passage_is_rewritten_a_few_times_only() -> None:
    chance = random.Random(3)  # noqa: S311 - a repeatable course, not a secret
    segments: list[Size] = []
    written = total = 0
    for _ in range(2000):
        added = chance.randint(1, 20)
        total += added
        kept = carried_over(segments, added)
        new = added + sum(s.living for place, s in enumerate(segments) if place not in kept)
        segments = [*(segments[place] for place in kept), Size(new, 0)]
        written += new
        assert len(segments) <= MOST_SEGMENTS
    assert sum(s.living for s in segments) == total
    assert written < total * 2 * math.log2(2000)
