"""Readers beside a writer: no error, no step back, no text from one snapshot beside another's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from index import Filters
from index.engines import catalogue
from index.snapshot import SnapshotReader
from tests.index.workshop import Workshop

READERS = 4
REFRESHES = 12


def test_readers_see_whole_snapshots_in_order_while_the_writer_publishes(
    indexed: Workshop,
) -> None:
    reader = SnapshotReader(indexed.home)
    reader.current()
    done = threading.Event()
    problems: list[str] = []
    seen: list[int] = []

    def ask() -> None:
        last = 0
        try:
            while not done.is_set():
                snapshot = reader.current()
                number = int(snapshot.id)
                if number < last:
                    problems.append(f"went back from {last} to {number}")
                last = number
                seen.append(number)
                text = f"Bridges\n\nKaunas opened bridge {number}."
                vector = indexed.encoder.encode_queries([text])[0]
                hits = snapshot.hybrid("Kaunas bridge", "en", vector, 1)
                if number > 1 and f"bridge {number}." not in hits[0].text:
                    problems.append(f"snapshot {number} answered {hits[0].text!r}")
        except Exception as error:  # noqa: BLE001 - a thread's error would be lost otherwise
            problems.append(repr(error))

    threads = [threading.Thread(target=ask) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for number in range(2, 2 + REFRESHES):
        indexed.write("bridges.txt", f"Bridges\n\nKaunas opened bridge {number}.\n")
        assert indexed.refresh().snapshot == f"{number:06d}"
    done.set()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(set(seen)) > 2
    assert reader.current().id == f"{1 + REFRESHES:06d}"


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
