"""A large segment's index says who is looked at; what they score is exact."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import Filters, Vectors
from index.engines import approximate, local
from index.engines.local import LocalEngine, write_segment
from index.engines.segments import NEAR, file_of, write_tombstones
from index.rows import Entry, Stored
from tests.index.invented import document, row

ROWS, DIMENSION, K = 3000, 24, 10
DEAD = np.arange(0, ROWS, 7)
NO_SENTENCES = [np.empty((0, DIMENSION), np.float16)] * ROWS
HALF = Filters(countries=("BE", "FR"))  # more than a fifth of the rows
FEW = Filters(sources=("north/07.txt", "north/77.txt", "south/100.txt"))


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Sixty clusters of fifty."""
    chance = np.random.default_rng(4)
    centres = np.repeat(chance.standard_normal((60, DIMENSION)), ROWS // 60, axis=0)
    found = (centres + 0.4 * chance.standard_normal((ROWS, DIMENSION))).astype(np.float32)
    unit: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, vectors: Vectors) -> Path:
    """One segment, a seventh of it dead, written as if it were too large for exact search."""
    folder = tmp_path_factory.mktemp("large")
    documents = [document(number) for number in range(ROWS)]
    entries = [Stored(Entry(d, (), (row(d, n),)), "", "") for n, d in enumerate(documents)]
    entries.sort(key=lambda stored: stored.entry.document.id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "EXACT_PASSAGES", ROWS - 1)
        assert file_of("000001", NEAR) in write_segment(
            folder, "000001", entries, vectors, NO_SENTENCES
        )
    write_tombstones(folder, {"000001": DEAD.astype(np.uint32)})
    return folder


@pytest.fixture
def engine(folder: Path) -> LocalEngine:
    return LocalEngine(folder, ["000001"])


@pytest.mark.parametrize("filters", [Filters(), HALF, FEW], ids=["all", "half", "few"])
def test_what_is_found_has_its_exact_score_and_is_nearly_all_there_is(
    engine: LocalEngine, vectors: Vectors, filters: Filters
) -> None:
    rows = engine.select(filters)
    shares = []
    for query in vectors[::100]:
        scores = engine.similarities(query, None)
        kept = np.arange(len(engine)) if rows is None else rows
        order = sorted(kept.tolist(), key=lambda place: (-scores[place], place))[:K]
        found = engine.dense(query, K, rows)
        assert all(score == scores[place] for place, score in found)
        assert found == sorted(found, key=lambda hit: (-hit[1], hit[0]))
        assert {place for place, _score in found} <= set(kept.tolist())
        shares.append(len({place for place, _score in found} & set(order)) / len(order))
    assert np.mean(shares) == (1.0 if filters == FEW else pytest.approx(1.0, abs=0.05))


def test_only_candidates_are_compared_unless_a_filter_leaves_few(
    engine: LocalEngine, vectors: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approximate, "_LEAST_CANDIDATES", 20)
    monkeypatch.setattr(approximate, "_CANDIDATES", 1)
    compared: list[int] = []
    index = engine._vectors[0]
    real = type(index).scores

    def counted(self: object, vector: Vectors, rows: Vectors | None = None) -> object:
        compared.append(ROWS if rows is None else len(rows))
        return real(index, vector, rows)  # type: ignore[arg-type]  # whatever was given

    monkeypatch.setattr(type(index), "scores", counted)
    for filters in (Filters(), HALF, FEW):
        rows = engine.select(filters)
        engine.dense(vectors[3], K, rows)
    assert compared == [20, 20, len(engine.select(FEW))]  # type: ignore[arg-type]  # rows


def test_a_segment_that_is_searched_exactly_needs_no_index(tmp_path: Path) -> None:
    first = document(1)
    names = write_segment(
        tmp_path,
        "000001",
        [Stored(Entry(first, (), (row(first, 1),)), "", "")],
        np.ones((1, DIMENSION), np.float32),
        NO_SENTENCES[:1],
    )
    assert file_of("000001", NEAR) not in names
