"""Intervals hold the mean, narrow with more questions, and are the same every time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evaluation.answers import Row
from assistant.evaluation.intervals import intervals


def row(facts: float | None, *, answered: bool = True) -> Row:
    return Row(
        id="q",
        type="fact",
        across=None,
        answered=answered,
        missing=False,
        facts=facts,
        complete=None,
        evidence=None,
        refused=None,
        recall=None,
        precision=None,
        lost=(),
        extra=(),
        bad_quotes=0,
        quotes=(),
        supported=(),
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
@settings(max_examples=30, deadline=None)
def test_bounds_lie_among_the_values(values: list[float]) -> None:
    rows = [row(value) for value in values]
    bounds = intervals(rows)["facts"]
    assert bounds is not None
    low, high = bounds
    assert min(values) - 1e-4 <= low <= high <= max(values) + 1e-4
    assert intervals(rows) == intervals(rows)


def test_more_questions_say_more() -> None:
    few = intervals([row(1.0), row(0.0)] * 10)["facts"]
    many = intervals([row(1.0), row(0.0)] * 200)["facts"]
    assert few is not None
    assert many is not None
    assert few[0] < many[0] < 0.5 < many[1] < few[1]
    # The normal approximation: .5 ± 1.96 √(.25 / 400).
    assert abs(many[0] - 0.451) < 0.01


def test_a_score_that_applies_to_nothing_has_none() -> None:
    found = intervals([row(None)])
    assert found["facts"] is None
    assert found["false_refusal"] is None
    assert intervals([row(1.0, answered=False)])["false_refusal"] == (1.0, 1.0)
