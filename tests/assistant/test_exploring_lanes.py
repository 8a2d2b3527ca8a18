"""Things on a line never touch, and take no more lanes than they must."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.exploring.lanes import lanes

starts = st.floats(0, 1000, allow_nan=False)
intervals = st.lists(
    st.tuples(starts, st.floats(0, 300)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=40,
)


@given(intervals, st.floats(0, 20))
def test_no_two_in_one_lane_are_nearer_than_the_gap(
    placed: list[tuple[float, float]], gap: float
) -> None:
    chosen = lanes(placed, gap)
    assert len(chosen) == len(placed)
    for at, (start, end) in enumerate(placed):
        for other in range(at):
            if chosen[other] == chosen[at]:
                other_start, other_end = placed[other]
                assert end + gap < other_start or other_end + gap < start


@given(intervals)
def test_lanes_are_as_many_as_lie_over_each_other_at_one_place(
    placed: list[tuple[float, float]],
) -> None:
    crowd = max((sum(start <= at <= end for start, end in placed) for at, _ in placed), default=0)
    assert max(lanes(placed), default=-1) + 1 == crowd
