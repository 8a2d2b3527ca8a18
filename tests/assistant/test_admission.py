"""Who may put a question now: counted in, kept room for, waiting for a place, told at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from assistant.admission import EXPECTED_SECONDS, Admission, admitting
from corpus.errors import Busy


class Clock:
    """Stands still unless it is told to move."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_program_waits_for_nobody_and_a_person_behind_so_many() -> None:
    admission = Admission(at_once=2, waiting=1)
    first, second, third = (admission.enter() for _ in range(3))
    assert first
    assert second
    assert third is None
    assert [admission.expect() for _ in range(2)] == [True, False]
    first.leave()
    first.leave()  # counts once
    assert not admission.enter()  # the person is next


def test_room_kept_for_a_page_counts_until_its_question_comes_or_the_time_is_over(
    clock: Clock,
) -> None:
    admission = Admission(at_once=1, waiting=1, clock=clock)
    assert admission.expect()
    assert admission.expect()
    assert not admission.expect()
    with admission.place():  # one of the expected
        assert not admission.enter()
    assert not admission.enter()
    clock.now = EXPECTED_SECONDS  # the other never came
    assert admission.enter()
    assert not admission.enter()


def test_a_question_that_nobody_expected_is_told_when_there_is_no_room() -> None:
    admission = Admission(at_once=1, waiting=0)
    with admission.place(), pytest.raises(Busy), admission.place():
        pass
    with admission.place():
        pass


def test_who_was_counted_in_is_not_counted_twice_and_leaves_with_its_place() -> None:
    admission = Admission(at_once=1, waiting=0)
    entry = admission.enter()
    assert entry
    with admission.counted_in(entry):
        with admission.place():
            assert not admission.enter()
        other = admission.enter()  # what comes after the answer keeps nobody waiting
        assert other
    entry.leave()
    assert not admission.enter()
    other.leave()
    with admission.place():
        pass


def test_a_place_is_free_again_after_a_fault() -> None:
    admission = Admission(at_once=1, waiting=0)
    with pytest.raises(RuntimeError), admission.place():
        raise RuntimeError
    with admission.place():
        pass


class Counting:
    """A service that knows how many were in it at once."""

    def __init__(self) -> None:
        self.inside = self.most = 0
        self.entered, self.leave = threading.Semaphore(0), threading.Semaphore(0)
        self._lock = threading.Lock()

    def ask(self, question: str, *, history: Any = ()) -> str:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.entered.release()
        assert self.leave.acquire(timeout=10)
        with self._lock:
            self.inside -= 1
        return f"{question}{history}"

    def sources(self) -> list[str]:
        return ["articles"]


def test_as_many_are_answered_at_once_as_there_are_places_and_none_is_lost() -> None:
    service = Counting()
    admitted = admitting(service, Admission(at_once=2, waiting=6))
    given: list[str] = []
    asking = [
        threading.Thread(target=lambda n=n: given.append(admitted.ask(str(n), history="h")))
        for n in range(8)
    ]
    for thread in asking:
        thread.start()
    for _ in asking:
        assert service.entered.acquire(timeout=10)
        service.leave.release()
    for thread in asking:
        thread.join(10)
    assert sorted(given) == [f"{n}h" for n in range(8)]
    assert service.most <= 2
    assert admitted.sources() == ["articles"]
