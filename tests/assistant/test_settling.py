"""When a changed file is read: once it stands still, and never much later than others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.settling import Pace, Settling, Stamp

PACE = Pace(settle=2, longest=60)
A, B = (10, 1), (20, 2)


def settling(**read: Stamp) -> Settling:
    return Settling(read, PACE)


def test_what_is_as_it_was_read_is_never_due() -> None:
    watched = settling(a=A)
    watched.look({"a": A}, 0)
    assert not watched.is_due(1000)
    assert watched.next_look(1000) is None


@pytest.mark.parametrize(
    ("read", "now"),
    [({}, {"a": A}), ({"a": A}, {"a": B}), ({"a": A}, {})],
    ids=["new", "changed", "gone"],
)
def test_a_change_is_due_once_it_has_stood_for_the_settle_time(
    read: dict[str, Stamp], now: dict[str, Stamp]
) -> None:
    watched = Settling(read, PACE)
    watched.look(now, 10)
    assert not watched.is_due(11.9)
    assert watched.next_look(10) == 12
    watched.look(now, 12)
    assert watched.is_due(12)
    watched.take(12)
    watched.look(now, 13)
    assert not watched.is_due(100)


def test_a_growing_file_waits_until_it_stands() -> None:
    watched = settling()
    for second in range(100):
        watched.look({"a": (second, second)}, second)
        assert not watched.is_due(second)
    watched.look({"a": (99, 99)}, 101)
    assert watched.is_due(101)


def test_many_changes_in_a_burst_are_one_refresh() -> None:
    watched = settling()
    files: dict[str, Stamp] = {}
    for number in range(20):
        files[f"{number}"] = A
        watched.look(files, number)
        assert not watched.is_due(number)
    watched.look(files, 21)
    assert watched.is_due(21)
    watched.take(21)
    watched.look(files, 22)
    assert not watched.is_due(1000)


def test_a_file_that_never_stands_holds_others_back_for_a_minute_only() -> None:
    watched = settling()
    due = []
    for second in range(200):
        files: dict[str, Stamp] = {"log": (second, second)}
        if second >= 5:
            files["article"] = A
        watched.look(files, second)
        if watched.is_due(second):
            due.append(second)
            watched.take(second)
    assert due == [65]


def test_a_file_that_moved_during_a_refresh_is_read_again_when_it_stands() -> None:
    watched = settling()
    for second in range(66):
        watched.look({"log": (second, second), "article": A}, second)
    assert watched.is_due(65)
    watched.take(65)
    files = {"log": (65, 65), "article": A}
    watched.look(files, 66)
    watched.look(files, 68)
    assert watched.is_due(68)


def test_what_was_put_back_is_due_again() -> None:
    watched = settling(gone=A)
    watched.look({"a": A}, 0)
    watched.look({"a": A}, 2)
    before = watched.take(2)
    watched.put_back(before)
    watched.look({"a": A}, 3)
    assert not watched.is_due(3)
    watched.look({"a": A}, 5)
    assert watched.is_due(5)


def test_a_change_that_was_taken_back_is_forgotten() -> None:
    watched = settling(a=A)
    watched.look({"a": B}, 0)
    watched.look({"a": A}, 1)
    assert not watched.is_due(100)


def test_no_time_of_pace_is_negative() -> None:
    with pytest.raises(ValueError, match="settle=-1"):
        Pace(settle=-1)


@given(
    st.lists(
        st.tuples(
            st.floats(0.01, 30), st.dictionaries(st.sampled_from("abc"), st.sampled_from([A, B]))
        ),
        max_size=30,
    )
)
def test_whatever_happens_all_is_read_soon_after_it_stands_still(
    looks: list[tuple[float, dict[str, Stamp]]],
) -> None:
    watched, at, files, read = settling(), 0.0, dict[str, Stamp](), dict[str, Stamp]()
    # As the loop does it: a look when something happens, and when one is asked for.
    for pause, then in [*looks, (1000.0, {})]:
        until = at + pause
        while (again := watched.next_look(at)) is not None and again <= until:
            at = again
            watched.look(files, at)
            if watched.is_due(at):
                watched.take(at)
                read = dict(files)
        if pause > PACE.settle:
            assert read == files
        at, files = until, then
        watched.look(files, at)
