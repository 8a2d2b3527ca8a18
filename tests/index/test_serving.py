"""Readers beside a writer: no error, no step back, no text from one snapshot beside another's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest

from corpus.passages import passage_text
from index import Filters
from index.engines import catalogue
from index.snapshot import Snapshot, SnapshotReader
from tests.index.fakes import HashingEncoder
from tests.index.workshop import Workshop

READERS = 8
# What a process may grow by once all it needs is loaded; a snapshot leaked at each refresh, or a
# document, would be far more.
MOST_GROWTH = 40e6  # bytes


@pytest.mark.parametrize("refreshes", [60, pytest.param(500, marks=pytest.mark.long)])
def test_readers_see_whole_snapshots_in_order_while_the_writer_publishes(
    indexed: Workshop, refreshes: int
) -> None:
    reader = SnapshotReader(indexed.home)
    reader.current()
    done = threading.Event()
    problems: list[str] = []
    seen: set[int] = set()
    answers = 0

    def ask() -> None:
        nonlocal answers
        last = 0
        try:
            while not done.wait(0.01):  # or eight readers leave the writer no time
                snapshot = reader.current()
                number = int(snapshot.id)
                if number < last:
                    problems.append(f"went back from {last} to {number}")
                last = number
                seen.add(number)
                if problem := mismatch(snapshot, number, indexed.encoder):
                    problems.append(problem)
                answers += 1
        except Exception as error:  # noqa: BLE001 - a thread's error would be lost otherwise
            problems.append(repr(error))

    threads = [threading.Thread(target=ask) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    process, sizes = psutil.Process(), []
    try:
        for number in range(2, 2 + refreshes):
            indexed.write("bridges.txt", f"Bridges\n\nKaunas opened bridge {number}.\n")
            assert indexed.refresh().snapshot == f"{number:06d}"
            indexed.encoder.encoded.clear()  # the fake's own list, which grows
            sizes.append(process.memory_info().rss)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert problems == []
    assert len(seen) > 2
    assert answers > refreshes
    assert reader.current().id == f"{1 + refreshes:06d}"
    half = len(sizes) // 2
    assert max(sizes[half:]) - max(sizes[:half]) < MOST_GROWTH
    assert len(indexed.home.snapshot_ids()) <= 3  # nothing is kept for a reader that moved on


def mismatch(snapshot: Snapshot, number: int, encoder: HashingEncoder) -> str | None:
    """What does not belong together in one snapshot: its number, its text and its vectors."""
    text = f"Bridges\n\nKaunas opened bridge {number}."
    hits = snapshot.hybrid("Kaunas bridge", "en", encoder.encode_queries([text])[0], 1)
    if number > 1 and f"bridge {number}." not in hits[0].text:
        return f"snapshot {number} answered {hits[0].text!r}"
    for hit in hits:
        cited = passage_text(hit.document, hit.passage)
        score = snapshot.similarities(encoder.encode_queries([cited])[0])[hit.passage.id]
        if not np.isclose(score, 1.0, atol=1e-3):
            return f"snapshot {number} has another vector ({score}) than its text {cited!r}"
    return None


def test_the_check_finds_a_text_beside_anothers_vector(indexed: Workshop) -> None:
    """The control: a snapshot whose texts and vectors are of two different moments."""
    indexed.write("bridges.txt", "Bridges\n\nKaunas opened bridge 2.\n")
    indexed.refresh()
    snapshot = indexed.open()
    assert mismatch(snapshot, 2, indexed.encoder) is None
    assert mismatch(snapshot, 3, indexed.encoder) is not None
    real = encoder_of_yesterday()
    assert "another vector" in (mismatch(snapshot, 2, real) or "")


def encoder_of_yesterday() -> HashingEncoder:
    """Gives other vectors under the same name, as a damaged file of vectors would."""
    other = HashingEncoder("yesterday")
    other.id = HashingEncoder().id
    other._encode = HashingEncoder("yesterday")._encode  # type: ignore[method-assign]  # on purpose
    return other


@pytest.mark.parametrize(
    "filters", [Filters(), Filters(languages=("de", "fr"))], ids=["all", "some"]
)
def test_hybrid_search_is_the_fusion_of_both_rankings(indexed: Workshop, filters: Filters) -> None:
    snapshot = indexed.open()
    vector = indexed.encoder.encode_queries(["Gärten in Leipzig"])[0]
    lexical = snapshot.lexical("Gärten in Leipzig", "de", 99, filters)
    dense = snapshot.dense(vector, 99, filters)
    scores: dict[str, float] = {}
    for weight, hits in ((1.0, dense), (0.5, lexical)):
        for hit in hits:
            scores[hit.passage.id] = scores.get(hit.passage.id, 0.0) + weight / (10 + hit.rank)
    expected = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    found = snapshot.hybrid("Gärten in Leipzig", "de", vector, 99, filters)
    assert [(hit.passage.id, hit.score) for hit in found] == expected
    assert [hit.rank for hit in found] == list(range(1, len(found) + 1))
    assert found[0].document.source == "garten/dach.txt"


def test_similarities_are_the_cosines_of_all_that_passes(indexed: Workshop) -> None:
    snapshot = indexed.open()
    vector = indexed.encoder.encode_queries(["Bäume gießen"])[0]
    everything = snapshot.similarities(vector)
    assert set(everything) == {passage.id for passage in snapshot.passages()}
    german = Filters(languages=("de",))
    some = snapshot.similarities(vector, german)
    assert some == {passage.id: everything[passage.id] for passage in snapshot.passages(german)}
    top = snapshot.dense(vector, 1)[0]
    assert top.score == max(everything.values())
    assert np.isclose(everything[top.passage.id], top.score)


def test_a_search_parses_what_it_finds_once_and_nothing_else(
    indexed: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    for name in ("document_from_json", "passage_from_json", "record_from_json"):
        real: Callable[[object], Any] = getattr(catalogue, name)

        def counted(value: object, name: str = name, real: Callable[[object], Any] = real) -> Any:
            parsed.append(name)
            return real(value)

        monkeypatch.setattr(catalogue, name, counted)
    snapshot = indexed.open()
    assert snapshot.document_count == 5
    snapshot.similarities(indexed.encoder.encode_queries(["Gärten"])[0])
    assert parsed == []
    hits = snapshot.lexical("volunteers mend lamps", "en", 1)
    assert sorted(parsed) == ["document_from_json", "passage_from_json"]
    assert snapshot.lexical("volunteers mend lamps", "en", 1) == hits
    assert snapshot.passage(hits[0].passage.id) is hits[0].passage
    assert len(parsed) == 2
    documents = snapshot.documents()
    assert hits[0].document in documents
    assert any(document is hits[0].document for document in documents)
    before = len(parsed)
    assert snapshot.documents() is documents
    assert [snapshot.document(document.id) for document in documents] == list(documents)
    assert len(parsed) == before
