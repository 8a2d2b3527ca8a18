"""Passages that match by their own words before those that match by boilerplate.

A footer that twenty articles share matches a question twenty times over. So in each ranking
the passages that match by it are taken out; the others are fused as if those were not there,
and of what was taken out each footer comes back once, at half its worth: a question that only
a footer answers still finds it. Knows sets of words and rankings, not where they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from index.fusion import reciprocal_ranks

# Of the query's words that a passage holds, the least share in its own sentences.
_LEAST_OWN = 1 / 3
_FIRST_COPY = 0.5
_OTHER_COPIES = 0.001  # behind everything else, in their order


@dataclass(frozen=True, slots=True)
class Matching:
    """How one passage with boilerplate in it matches a query."""

    own: int  # the query's words in its own sentences
    held: int  # ... in any of its sentences
    has_own: bool  # whether any of its sentences is its own
    boilerplate: Hashable  # equal for passages with the same boilerplate

    @property
    def by_boilerplate(self) -> bool:
        """Whether it is not the passage's own words that match."""
        if not self.held:
            return not self.has_own
        return self.own < _LEAST_OWN * self.held


def fused(
    rankings: Sequence[Sequence[int]],
    weights: Sequence[float],
    k: int,
    with_boilerplate: frozenset[int],
    matching: Callable[[int], Matching],
) -> list[tuple[int, float]]:
    """The k best (row, score) by reciprocal ranks; ``matching`` is asked for few rows.

    Without boilerplate exactly what index.fusion gives.
    """
    repeated: dict[int, Matching] = {}
    for row in {row for ranking in rankings for row in ranking} & with_boilerplate:
        match = matching(row)
        if match.by_boilerplate:
            repeated[row] = match
    if not repeated:
        return reciprocal_ranks(rankings, weights, k)
    every = sum(map(len, rankings))
    own = [[row for row in ranking if row not in repeated] for ranking in rankings]
    found = reciprocal_ranks(own, weights, every)
    told: set[Hashable] = set()
    shared = [[row for row in ranking if row in repeated] for ranking in rankings]
    for row, score in reciprocal_ranks(shared, weights, every):
        text = repeated[row].boilerplate
        found.append((row, score * (_OTHER_COPIES if text in told else _FIRST_COPY)))
        told.add(text)
    return sorted(found, key=lambda hit: (-hit[1], hit[0]))[: max(k, 0)]
