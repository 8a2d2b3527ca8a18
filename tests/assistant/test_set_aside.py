"""Long kept objects leave the garbage collector's rounds, and are let go of all the same."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from assistant.set_aside import set_aside


class Kept:
    """Something with a weak reference."""

    other: Kept | None = None


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_has_grown_old_is_looked_at_no_more() -> None:
    kept = [Kept() for _ in range(2_000)]
    gc.collect()  # now they are old
    assert set_aside(worth=1_000)
    assert gc.get_freeze_count() >= len(kept)
    assert not any(isinstance(one, Kept) for one in gc.get_objects())


def test_what_was_set_aside_is_freed_with_its_last_use() -> None:
    kept = Kept()
    gc.collect()
    assert set_aside(worth=1)
    gone = weakref.ref(kept)
    del kept
    assert gone() is None


def test_garbage_is_collected_before_and_not_kept_for_ever() -> None:
    one, two = Kept(), Kept()
    one.other, two.other = two, one
    gc.collect()
    gone = weakref.ref(one)
    del one, two
    assert set_aside(worth=1)
    assert gone() is None


def test_a_little_is_not_worth_it() -> None:
    set_aside(worth=1)
    assert not set_aside(worth=1_000_000)
