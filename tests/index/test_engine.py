"""Search by value: every ranking against brute force, every filter against reading them all."""

from __future__ import annotations

import math
import string
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document
from corpus.words import stem
from index import EVERYTHING, Filters
from index.engines import Engine
from index.engines.local import LocalEngine, write_segment
from index.engines.segments import write_tombstones
from index.engines.vectors import best
from index.fusion import reciprocal_ranks
from index.rows import Entry, PassageRow, Stored, hash_of
from index.terms import names, stems
from tests.index.fakes import HashingEncoder
from tests.index.invented import CITIES, COUNTRIES, KINDS, LANGUAGES, WORDS, document, row

DOCUMENTS = [document(number) for number in range(40)]
# In the order of ids, as an engine numbers them.
PAIRS = sorted(((d, row(d, n)) for n, d in enumerate(DOCUMENTS)), key=lambda p: p[0].id)
ENCODER = HashingEncoder(dimension=32)
VECTORS = ENCODER.encode_passages([d.text for d, _row in PAIRS])


STORED = [Stored(Entry(d, (), (r,)), hash_of(d.text), "recipe") for d, r in PAIRS]
# Dead in a segment: another text under an id that lives in another one, and texts of their own.
DEAD = [Stored(Entry(d, (), (row(d, 1),)), "", "") for d in map(document, range(40, 49))]

# Which of the living documents lie in which segment, and how many dead ones beside them.
SEGMENTATIONS: dict[str, list[tuple[list[int], int]]] = {
    "one segment": [([*range(40)], 0)],
    "one segment with dead": [([*range(40)], 9)],
    "two segments": [([n for n in range(40) if n % 3], 0), ([*range(0, 40, 3)], 0)],
    "many segments with dead": [
        ([*range(0, 20, 2)], 4),
        ([*range(1, 20, 2)], 0),
        ([*range(20, 39)], 2),
        ([], 3),
        ([39], 0),
    ],
}


def write_engine(folder: Path, parts: list[tuple[list[int], int]]) -> LocalEngine:
    """The same living documents, spread over segments as ``parts`` says."""
    spare = iter(DEAD)
    dead = {}
    for number, (living, dying) in enumerate(parts):
        stored = [STORED[place] for place in living] + [next(spare) for _ in range(dying)]
        stored.sort(key=lambda one: one.entry.document.id)
        texts = [one.entry.document.text for one in stored]
        name = f"{number + 1:06d}"
        matrices = ENCODER.embed(texts, [()] * len(texts))
        vectors = ENCODER.encode_passages(texts)
        sentences = [matrix[1:].astype(np.float16) for matrix in matrices]
        write_segment(folder, name, stored, vectors, sentences)
        ends = [place for place, one in enumerate(stored) if not one.digest]
        dead[name] = np.array(ends, np.uint32)
    write_tombstones(folder, dead)
    return LocalEngine(folder, list(dead))


@pytest.fixture(scope="module", params=list(SEGMENTATIONS.values()), ids=list(SEGMENTATIONS))
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    engine = write_engine(tmp_path_factory.mktemp("engine"), request.param)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """All documents in one segment, as a clean build writes them."""
    engine = write_engine(tmp_path_factory.mktemp("whole"), SEGMENTATIONS["one segment"])
    yield engine
    engine.close()


def passes(filters: Filters, document: Document, row: PassageRow) -> bool:
    """The definition of a filter, one passage at a time."""
    spellings = {"Gent": "Ghent", "Gand": "Ghent", "München": "Munich", "Lione": "Lyon"}
    cities = {spellings.get(city, city) for city in filters.cities}
    first, last = filters.since or date.min, filters.until or date.max
    begins = row.facets.since or row.facets.until
    ends = row.facets.until or row.facets.since
    days = (document.published is not None and first <= document.published <= last) or (
        begins is not None and ends is not None and begins <= last and ends >= first
    )
    return all(
        (
            not filters.countries or set(filters.countries) & set(row.facets.countries),
            not filters.cities or cities & set(row.facets.cities),
            not filters.kinds or set(filters.kinds) & set(row.facets.kinds),
            not filters.languages or document.language in filters.languages,
            not filters.sources
            or any(
                document.source.startswith(s) if s.endswith("/") else document.source == s
                for s in filters.sources
            ),
            not (filters.since or filters.until) or days,
        )
    )


def some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2).map(tuple)


days = st.none() | st.dates(date(2019, 6, 1), date(2024, 6, 1))
filters_strategy = st.builds(
    Filters,
    countries=some(COUNTRIES),
    cities=some([*CITIES, "Gent", "Gand", "München", "Lione", "Nowhere"]),
    languages=some([*LANGUAGES, "xx"]),
    sources=some(["north/", "south/", "south/04.txt", "elsewhere/"]),
    kinds=some([*KINDS, "network"]),
    since=days,
    until=days,
)
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


def expected_rows(filters: Filters) -> list[int]:
    return [number for number, (d, r) in enumerate(PAIRS) if passes(filters, d, r)]


@settings(max_examples=200, deadline=None)
@given(filters=filters_strategy)
def test_filters_keep_what_their_definition_keeps(engine: Engine, filters: Filters) -> None:
    rows = engine.select(filters)
    if rows is None:
        assert filters == EVERYTHING
    else:
        assert rows.tolist() == expected_rows(filters)


@settings(max_examples=100, deadline=None)
@given(filters=filters_strategy, text=texts, k=st.integers(1, 50))
def test_dense_search_is_exact_over_what_the_filters_keep(
    engine: Engine, filters: Filters, text: str, k: int
) -> None:
    vector = ENCODER.encode_queries([text])[0]
    everything = engine.similarities(vector, None)
    np.testing.assert_allclose(everything, VECTORS @ vector, atol=1e-6)
    kept = expected_rows(filters)
    order = sorted(kept, key=lambda number: (-everything[number], number))[:k]
    found = engine.dense(vector, k, engine.select(filters))
    assert found == [(number, float(everything[number])) for number in order]


def bm25(query: list[str], passages: list[list[str]]) -> list[float]:
    """BM25 as Lucene has it (k1 = 1.2, b = 0.75), one passage and one word at a time."""
    average = sum(map(len, passages)) / len(passages)
    scores = [0.0] * len(passages)
    for term in dict.fromkeys(query):
        holding = sum(term in passage for passage in passages)
        idf = math.log(1 + (len(passages) - holding + 0.5) / (holding + 0.5))
        for number, passage in enumerate(passages):
            count = Counter(passage)[term]
            norm = 1.2 * (0.25 + 0.75 * len(passage) / average)
            scores[number] += idf * count / (count + norm)
    return scores


@settings(max_examples=100, deadline=None)
@given(filters=filters_strategy, text=texts, k=st.integers(1, 50))
def test_lexical_search_is_bm25_over_what_the_filters_keep(
    engine: Engine, filters: Filters, text: str, k: int
) -> None:
    by_stem = bm25(stems(text, "en"), [r.terms.split() for _d, r in PAIRS])
    by_name = bm25(names(text, "en"), [r.names.split() for _d, r in PAIRS])
    scores = [stemmed + named for stemmed, named in zip(by_stem, by_name, strict=True)]
    kept = [number for number in expected_rows(filters) if scores[number] > 0]
    found = engine.lexical(stems(text, "en"), names(text, "en"), k, engine.select(filters))
    assert len(found) == min(k, len(kept))
    assert {number for number, _score in found} <= set(kept)
    for number, score in found:
        assert score == pytest.approx(scores[number], rel=1e-12)
    assert found == sorted(found, key=lambda hit: (-hit[1], hit[0]))
    left_out = [scores[number] for number in kept if number not in dict(found)]
    assert all(score <= found[-1][1] * (1 + 1e-12) for score in left_out)


@settings(max_examples=50, deadline=None)
@given(text=texts, filters=filters_strategy)
def test_filtered_and_unfiltered_scores_are_the_same_bits(
    engine: Engine, text: str, filters: Filters
) -> None:
    vector = ENCODER.encode_queries([text])[0]
    rows = engine.select(filters)
    dense = dict(engine.dense(vector, 99, None))
    lexical = dict(engine.lexical(stems(text, "en"), names(text, "en"), 99, None))
    for number, score in engine.dense(vector, 99, rows):
        assert score == dense[number]
    for number, score in engine.lexical(stems(text, "en"), names(text, "en"), 99, rows):
        assert score == lexical[number]


@settings(max_examples=50, deadline=None)
@given(text=texts, filters=filters_strategy, k=st.integers(1, 50))
def test_how_documents_lie_in_segments_changes_no_bit_of_an_answer(
    engine: Engine, whole: Engine, text: str, filters: Filters, k: int
) -> None:
    vector = ENCODER.encode_queries([text])[0]
    rows, same = engine.select(filters), whole.select(filters)
    assert (rows is None) == (same is None)
    assert rows is None or same is None or rows.tolist() == same.tolist()
    assert engine.dense(vector, k, rows) == whole.dense(vector, k, same)
    assert engine.similarities(vector, rows).tolist() == whole.similarities(vector, same).tolist()
    words = stems(text, "en"), names(text, "en")
    assert engine.lexical(*words, k, rows) == whole.lexical(*words, k, same)
    assert engine.document_frequency(words[0][0]) == whole.document_frequency(words[0][0])


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=300) | st.text(string.punctuation, max_size=50))
def test_no_characters_in_a_query_can_fail(engine: Engine, text: str) -> None:
    engine.lexical(stems(text, "en"), names(text, "und"), 5, None)
    engine.document_frequency(text)
    engine.select(Filters(cities=(text,), sources=(text,), kinds=(text,)))


def test_a_pasted_book_and_a_lone_surrogate_are_ordinary_queries(engine: Engine) -> None:
    book = " ".join(f"word{number}" for number in range(20_000)) + " tram"
    assert engine.lexical(stems(book, "en"), names(book, "en"), 5, None) == []
    surrogate = "tram \ud800"
    assert engine.lexical(stems(surrogate, "en"), names(surrogate, "en"), 5, None)
    assert engine.document_frequency("\ud800") == 0
    rows = engine.select(Filters(sources=("\ud800",)))
    assert rows is not None
    assert rows.tolist() == []


def test_document_frequency_counts_passages_that_hold_the_stem(engine: Engine) -> None:
    wanted = stem("libraries", "en")
    count = sum(wanted in r.terms.split() for _d, r in PAIRS)
    assert engine.document_frequency(wanted) == count > 0
    assert engine.document_frequency("unheard") == 0
    assert engine.document_frequency(wanted + "\0") == engine.document_frequency(wanted[:3]) == 0


@given(
    scores=st.lists(st.sampled_from([0.1, 0.5, 0.5000001, 0.9]), max_size=30), k=st.integers(-1, 35)
)
def test_the_best_are_those_of_a_full_sort(scores: list[float], k: int) -> None:
    values = np.array(scores, np.float32)
    rows = list(range(100, 100 + len(scores)))
    everything = sorted(zip(rows, values.tolist(), strict=True), key=lambda p: (-p[1], p[0]))
    assert best(rows, values, k) == everything[: max(k, 0)]


@given(
    rankings=st.lists(st.permutations(range(8)).map(lambda p: p[:5]), max_size=3),
    k=st.integers(0, 9),
)
def test_fusion_adds_weighted_reciprocal_ranks(rankings: list[list[int]], k: int) -> None:
    weights = [1.0, 0.5, 0.25][: len(rankings)]
    scores = {
        row: sum(
            weight / (11 + ranking.index(row))
            for weight, ranking in zip(weights, rankings, strict=True)
            if row in ranking
        )
        for ranking in rankings
        for row in ranking
    }
    found = reciprocal_ranks(rankings, weights, k)
    assert found == sorted(scores.items(), key=lambda p: (-p[1], p[0]))[:k]


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    segmentations: list[list[tuple[list[int], int]]] = [[], [([], 0)], [([], 3)]]
    for parts in segmentations:
        (folder := tmp_path / str(len(list(tmp_path.iterdir())))).mkdir()
        finds_nothing(write_engine(folder, parts))


def finds_nothing(engine: LocalEngine) -> None:
    vector = ENCODER.encode_queries(["tram"])[0]
    assert len(engine) == 0
    assert engine.dense(vector, 5, None) == []
    assert engine.lexical(["tram"], ["tram"], 5, None) == []
    assert engine.similarities(vector, None).tolist() == []
    assert engine.document_frequency("tram") == 0
    rows = engine.select(Filters(languages=("en",)))
    assert rows is not None
    assert rows.tolist() == []
    assert engine.dense(vector, 5, rows) == []
    assert engine.holdings.documents() == ()
    assert engine.holdings.records() == ()
    engine.close()
