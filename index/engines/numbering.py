"""Which number a passage has: its row in its segment, and its row among all that live.

Rows count from 0 in the order of passage ids, in a segment and in the whole, so that equal
scores are settled alike however the passages are spread over segments. Within a segment a
document's passages stand together; documents die whole, and the dead have no row in the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.vectors import Rows

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Extent:
    """One segment's documents in the order of their ids, and where their rows lie in it."""

    ids: NDArray[np.bytes_]  # of the documents, ascending
    starts: NDArray[Any]  # first row of each document, and one more: the number of rows
    dead: NDArray[Any]  # numbers of the documents that are no longer there, ascending

    @property
    def rows(self) -> int:
        """How many passages the segment's files hold, dead ones included."""
        return int(self.starts[-1])

    @cached_property
    def lives(self) -> Mask | None:
        """Whether each document lives; None when all do."""
        if not len(self.dead):
            return None
        lives = np.ones(len(self.ids), np.bool_)
        lives[self.dead] = False
        return lives

    @cached_property
    def alive(self) -> Mask | None:
        """Whether each row lives; None when all do."""
        if self.lives is None:
            return None
        return np.repeat(self.lives, self.lengths)

    @property
    def lengths(self) -> Rows:
        """How many rows each document has."""
        starts = self.starts.astype(np.int64)
        return starts[1:] - starts[:-1]

    @cached_property
    def living(self) -> Rows | None:
        """The rows that live, ascending; None when all do."""
        return None if self.alive is None else np.flatnonzero(self.alive)

    @cached_property
    def ended(self) -> Rows:
        """The rows that do not live, ascending."""
        return np.flatnonzero(~self.alive) if self.alive is not None else np.empty(0, np.int64)

    def number_of(self, document_id: str) -> int | None:
        """The number of a living document here."""
        wanted = document_id.encode("utf-8", "replace")
        number = int(np.searchsorted(self.ids, np.bytes_(wanted)))
        if number == len(self.ids) or self.ids[number] != wanted:
            return None
        return number if self.lives is None or self.lives[number] else None

    def rows_of(self, number: int) -> range:
        """The rows of one document in this segment."""
        return range(int(self.starts[number]), int(self.starts[number + 1]))


class Numbering:
    """The rows of several segments as one range."""

    def __init__(self, extents: Sequence[Extent]) -> None:
        self.extents = tuple(extents)
        # One segment with nothing dead is numbered as it is, and no table is made for it.
        self._plain = len(self.extents) == 1 and self.extents[0].alive is None

    def __len__(self) -> int:
        return self._count

    def in_all(self, segment: int, rows: Rows) -> Rows:
        """The rows among all of living ``rows`` of one segment."""
        return rows if self._plain else self._whole[segment][rows]

    def in_segments(self, rows: Rows) -> list[tuple[Rows, NDArray[np.intp] | None]]:
        """For each segment its rows among ``rows``, and where in ``rows`` they stood.

        None instead of places when they are all there, in order.
        """
        if self._plain:
            return [(rows, None)]
        owners, locals_ = self._parts
        owner, local = owners[rows], locals_[rows]
        found: list[tuple[Rows, NDArray[np.intp] | None]] = []
        for segment in range(len(self.extents)):
            places = np.flatnonzero(owner == segment)
            found.append((local[places], places))
        return found

    def locate(self, document_id: str) -> tuple[int, int] | None:
        """Segment and number of a living document."""
        for segment, extent in enumerate(self.extents):
            number = extent.number_of(document_id)
            if number is not None:
                return segment, number
        return None

    def rows_of(self, segment: int, number: int) -> range:
        """The rows among all of one living document."""
        rows = self.extents[segment].rows_of(number)
        if self._plain or not rows:
            return rows
        first = int(self._whole[segment][rows.start])
        return range(first, first + len(rows))

    @cached_property
    def _count(self) -> int:
        return sum(
            extent.rows if extent.living is None else len(extent.living) for extent in self.extents
        )

    @cached_property
    def _whole(self) -> list[Rows]:
        """For each segment: each row's row among all; -1 for the dead."""
        if not self.extents:
            return []
        ids, sizes, firsts, owners, numbers = [], [], [], [], []
        for segment, extent in enumerate(self.extents):
            living = np.arange(len(extent.ids))
            if extent.lives is not None:
                living = np.flatnonzero(extent.lives)
            starts = extent.starts.astype(np.int64)
            ids.append(extent.ids[living])
            sizes.append(extent.lengths[living])
            firsts.append(starts[living])
            owners.append(np.full(len(living), segment))
            numbers.append(living)
        order = np.argsort(np.concatenate(ids), kind="stable")
        size = np.concatenate(sizes)
        begins = np.empty(len(order), np.int64)
        begins[order] = np.cumsum(size[order]) - size[order]
        owner, first = np.concatenate(owners), np.concatenate(firsts)
        whole = []
        for segment, extent in enumerate(self.extents):
            mine = owner == segment
            shift = np.repeat((begins - first)[mine], size[mine])
            rows = np.full(extent.rows, -1, np.int64)
            alive = np.arange(extent.rows) if extent.living is None else extent.living
            rows[alive] = alive + shift
            whole.append(rows)
        return whole

    @cached_property
    def _parts(self) -> tuple[NDArray[Any], Rows]:
        """Each row's segment, and its row there."""
        owners = np.empty(len(self), np.uint8)
        locals_ = np.empty(len(self), np.int64)
        for segment, rows in enumerate(self._whole):
            living = np.flatnonzero(rows >= 0)
            owners[rows[living]] = segment
            locals_[rows[living]] = living
        return owners, locals_
