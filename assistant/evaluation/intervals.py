"""How far a mean may be off: 95 % intervals by the bootstrap.

Questions are drawn anew with replacement (Efron 1979, percentile method), so that a score over
few questions shows how little it says. The draws are seeded: equal rows give equal intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from assistant.evaluation.answers import Row

_DRAWS = 2_000
_SEED = 20_170_601

Marks = Callable[[Row], Iterable[float | bool | None]]

# What each row adds to a mean; None where the score does not apply to it.
_MARKS: Mapping[str, Marks] = {
    "facts": lambda row: [row.facts],
    "complete": lambda row: [row.complete],
    "evidence": lambda row: [row.evidence],
    "precision": lambda row: row.supported,
    "refused": lambda row: [row.refused],
    "false_refusal": lambda row: [None if row.facts is None else not row.answered],
}


def intervals(rows: Sequence[Row]) -> dict[str, tuple[float, float] | None]:
    """For each score the bounds of its 95 % interval; None where no row counts towards it."""
    drawn = np.random.default_rng(_SEED).integers(0, len(rows), (_DRAWS, len(rows)))
    return {name: _interval(rows, marks, drawn) for name, marks in _MARKS.items()}


def _interval(
    rows: Sequence[Row], marks: Marks, drawn: np.ndarray[tuple[int, int], np.dtype[np.int64]]
) -> tuple[float, float] | None:
    counted = [[float(m) for m in marks(row) if m is not None] for row in rows]
    sums = np.array([sum(values) for values in counted])[drawn].sum(axis=1)
    sizes = np.array([len(values) for values in counted])[drawn].sum(axis=1)
    if not sizes.any():
        return None
    means = sums[sizes > 0] / sizes[sizes > 0]
    low, high = np.percentile(means, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)
