"""When an endpoint is left alone, and when it is tried again."""

from __future__ import annotations

from assistant.llm.breaker import Breaker


class Clock:
    """Seconds that pass when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def opened() -> tuple[Breaker, Clock]:
    clock = Clock()
    breaker = Breaker(failures=3, rest_seconds=30, clock=clock)
    for _ in range(3):
        assert breaker.may_ask()
        breaker.failed()
    return breaker, clock


def test_it_opens_after_as_many_failures_in_a_row_and_says_for_how_long() -> None:
    breaker, clock = opened()
    assert not breaker.may_ask()
    clock.now = 10
    assert breaker.seconds_left == 20


def test_a_success_between_failures_keeps_it_closed() -> None:
    breaker = Breaker(failures=2, clock=Clock())
    for _ in range(5):
        breaker.failed()
        breaker.succeeded()
    assert breaker.may_ask()
    assert breaker.seconds_left == 0


def test_after_its_rest_one_may_try_and_the_others_wait_for_the_outcome() -> None:
    breaker, clock = opened()
    clock.now = 30
    assert [breaker.may_ask() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert [breaker.may_ask() for _ in range(3)] == [True, True, True]


def test_a_failed_try_begins_another_rest() -> None:
    breaker, clock = opened()
    clock.now = 30
    assert breaker.may_ask()
    breaker.failed()
    clock.now = 59
    assert not breaker.may_ask()
    clock.now = 60
    assert breaker.may_ask()


def test_a_try_that_nobody_waited_for_may_be_made_again() -> None:
    breaker, clock = opened()
    clock.now = 30
    assert breaker.may_ask()
    breaker.left()
    assert breaker.may_ask()
