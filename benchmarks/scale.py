"""How cost grows with the corpus: building, refreshing, opening and searching, by size.

Everything after embedding is measured through the code that publishes and answers; texts and
vectors are invented, so that no model and no corpus is needed. Vectors are made like those of
multilingual-e5-small over 664 articles: a direction common to all (cosine .79 between any two
passages), clusters (.91 between neighbours), and for the rest a spectrum that falls with the
power .84. A question has cosine .85 with the common direction and leans towards one passage.
Words follow Zipf's law without its stop words. Each size runs in processes of its own: one
that writes and one that answers, so that memory and caches are theirs alone.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.child import run
from benchmarks.results import Cell, Table, write
from corpus import Document, Passage, Span
from corpus.records import Facets
from corpus.text import document_id, text_sha256
from index import EVERYTHING, Filters, Vectors
from index.engines.approximate import NearIndex, write_near
from index.engines.vectors import VectorIndex, best, write_vectors
from index.home import Home
from index.library import FileRow, Library, Looked
from index.publishing import content_digest, remove_old
from index.rows import Entry, PassageRow, hash_of
from index.snapshot import open_current
from index.terms import names, stems
from index.updating import update

SIZES = (1_000, 10_000, 100_000)  # passages
VECTORS_ONLY = 1_000_000
SENTENCES_A_PASSAGE = 6
PASSAGES_A_DOCUMENT = 8
WORDS_A_PASSAGE = 65  # stop words aside, as over 664 articles
VOCABULARY = 60_000
DIMENSION = 384
QUERIES = 200
REFRESHES = 5
K = 10
COUNTRIES = ("BE", "DE", "FR", "IT", "NL", "PL", "PT", "SE", "SI", "ES")
RECIPE = "scale"
NOW = "2026-01-01T00:00:00+00:00"


class Invented:
    """Documents and vectors, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = np.random.default_rng(seed)
        letters = "bdfgklmnprstvz"
        self._words = [_word(number, letters) for number in range(VOCABULARY)]
        self._stems = [" ".join(stems(word, "en")) for word in self._words]
        self._names = [" ".join(names(word, "en")) for word in self._words]
        # The most frequent are stop words and not here. From 30 on, six words have as many
        # postings together as those of a question over 664 articles: 23 in 100 passages.
        share = 1 / np.arange(30, VOCABULARY + 30)
        self._share = share / share.sum()
        self._spectrum = (np.arange(1, DIMENSION + 1) ** -0.42).astype(np.float32)
        self._common = _unit(self._chance.standard_normal((1, DIMENSION), np.float32))

    def entry(self, number: int, version: int) -> Entry:
        """One document; another version has another text."""
        drawn = self._chance.choice(
            VOCABULARY, (PASSAGES_A_DOCUMENT, WORDS_A_PASSAGE), p=self._share
        )
        parts = [" ".join(self._words[word] for word in row) for row in drawn.tolist()]
        text = f"Version {version}.\n\n" + "\n\n".join(parts) + "\n"
        source, digest = f"invented/{number:07d}.txt", text_sha256(text)
        document = Document(
            document_id(source, digest), source, text, digest, f"Number {number}", "en", "text"
        )
        rows, place = [], text.index("\n\n") + 2
        for ordinal, (part, row) in enumerate(zip(parts, drawn.tolist(), strict=True)):
            span = Span(place, place + len(part))
            place = span.end + 2
            facets = Facets((COUNTRIES[(number + ordinal) % len(COUNTRIES)],), (), ("article",))
            rows.append(
                PassageRow(
                    Passage(document.id, ordinal, span, (span,), ()),
                    hash_of(f"{source}#{ordinal}@{version}"),
                    facets,
                    " ".join(self._stems[word] for word in row),
                    " ".join(self._names[word] for word in row),
                )
            )
        return Entry(document, (), tuple(rows))

    def vectors(self, count: int) -> Vectors:
        """Unit vectors in clusters of about twenty, shape (count, DIMENSION)."""
        found = np.empty((count, DIMENSION), np.float32)
        for start in range(0, count, 50_000):
            size = min(50_000, count - start)
            centres = self._directions(max(1, size // 20))
            chosen = centres[self._chance.integers(0, len(centres), size)]
            found[start : start + size] = _unit(
                math.sqrt(0.79) * self._common
                + math.sqrt(0.12) * chosen
                + math.sqrt(0.09) * self._directions(size)
            )
        return found

    def matrices(self, count: int) -> list[Vectors]:
        """``vectors``, each followed by as many rows as a real passage has sentences."""
        return list(np.repeat(self.vectors(count)[:, None], 1 + SENTENCES_A_PASSAGE, axis=1))

    def queries(self, vectors: Vectors) -> Vectors:
        """Vectors as far from some of ``vectors`` as questions are from passages."""
        some = vectors[self._chance.integers(0, len(vectors), QUERIES)]
        own = _unit(some - math.sqrt(0.79) * self._common)
        leaning = _unit(0.6 * own + 0.8 * self._directions(len(some)))
        return _unit(0.846 * self._common + 0.533 * leaning)

    def questions(self) -> list[str]:
        """Six words each, drawn as a text's are."""
        drawn = self._chance.choice(VOCABULARY, (QUERIES, 6), p=self._share)
        return [" ".join(self._words[word] for word in row) for row in drawn.tolist()]

    def _directions(self, count: int) -> Vectors:
        drawn = self._chance.standard_normal((count, DIMENSION), np.float32)
        return _unit(drawn * self._spectrum)


def _unit(vectors: NDArray[np.float32]) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return unit


def _word(number: int, letters: str) -> str:
    """A pronounceable word of its own for each number."""
    word = ""
    number += len(letters) * 5
    while number:
        number, rest = divmod(number, len(letters) * 5)
        word += letters[rest // 5] + "aeiou"[rest % 5]
    return word + "n"


@dataclass(frozen=True, slots=True)
class NoEncoder:
    """Stands where an encoder does; every vector is in the library already."""

    id: str = f"invented@{DIMENSION}"
    dimension: int = DIMENSION
    limit: int = 512
    selector: None = None
    method: Mapping[str, str | float] = field(default_factory=lambda: {"engine": "none"})

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        raise NotImplementedError

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        raise NotImplementedError

    def embed(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[Vectors]:
        raise NotImplementedError

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that something took."""

    wall: float
    cpu: float


def cost_of(action: Callable[[], object]) -> Cost:
    """What one call costs this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    action()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


# -- one size, in a process of its own ---------------------------------------------------


def building(folder: Path, passages: int) -> dict[str, Any]:
    """Fill a library, publish it, then change 1 % of it five times, each followed by a refresh."""
    home, encoder, invented = Home(folder), NoEncoder(), Invented()
    documents = max(1, passages // PASSAGES_A_DOCUMENT)
    with Library(home) as library:
        for start in range(0, documents, 500):
            _store(library, invented, range(start, min(start + 500, documents)), 0)
        full = cost_of(lambda: _refresh(home, library, encoder))
        refreshes = []
        for version in range(1, REFRESHES + 1):
            some = range(version, documents, 100)
            _store(library, invented, some, version)
            refreshes.append(cost_of(lambda: _refresh(home, library, encoder)))
    snapshot = open_current(home)
    np.save(home.path / "queries.npy", invented.queries(invented.vectors(QUERIES)))
    return {
        "full": (full.wall, full.cpu),
        "refreshes": [(cost.wall, cost.cpu) for cost in refreshes],
        "segments": len(snapshot.manifest.segments),
        "bytes": sum(size for _name, size, _sha256 in snapshot.manifest.files),
    }


def _store(library: Library, invented: Invented, numbers: range, version: int) -> None:
    """What reading and embedding leave in the library."""
    looked, hashes = [], []
    for number in numbers:
        entry = invented.entry(number, version)
        source = entry.document.source
        digest = sha256(source.encode()).hexdigest()
        row = FileRow("/invented", source, source, source, 1, 1, 1, digest, RECIPE)
        looked.append(Looked(row, (entry,), ()))
        hashes += [row.text_sha256 for row in entry.rows]
    library.store(looked, now=NOW)
    library.add_vectors(NoEncoder().id, hashes, invented.matrices(len(hashes)))


def _refresh(home: Home, library: Library, encoder: NoEncoder) -> None:
    """All that a refresh does once everything is read and embedded."""
    now = {s: version for found in library.versions().values() for s, version in found.items()}
    triples = ((source, digest, recipe) for source, (digest, recipe) in now.items())
    content = content_digest(triples, encoder.id, RECIPE)
    base = open_current(home) if home.current.exists() else None
    manifest, _embedded = update(
        home,
        library,
        encoder,
        base,
        now,
        recipe=RECIPE,
        content=content,
        created=NOW,
        progress=lambda _stage, _done, _total: None,
    )
    remove_old(home, {manifest.snapshot, manifest.parent})


def answering(folder: Path) -> dict[str, Any]:
    """Open what was published, and search it."""
    opening = cost_of(lambda: open_current(folder))
    snapshot = open_current(folder)
    invented = Invented(seed=2)
    vectors = np.load(folder / "queries.npy")
    questions = invented.questions()
    some = Filters(countries=COUNTRIES[:1])
    searches: dict[str, Callable[[str, Vectors], object]] = {
        "lexical": lambda text, _vector: snapshot.lexical(text, "en", K),
        "dense": lambda _text, vector: snapshot.dense(vector, K),
        "hybrid": lambda text, vector: snapshot.hybrid(text, "en", vector, K),
        "filtered": lambda text, vector: snapshot.hybrid(text, "en", vector, K, some),
    }
    first = cost_of(lambda: snapshot.hybrid(questions[0], "en", vectors[0], K))
    return {
        "open": (opening.wall, opening.cpu),
        "first": (first.wall, first.cpu),
        "filter_keeps": len(snapshot.passages(some)) / len(snapshot.passages(EVERYTHING)),
        **{name: _timed(search, questions, vectors) for name, search in searches.items()},
        "resident": _resident_bytes(),
    }


def _timed(
    search: Callable[[str, Vectors], object], questions: Sequence[str], vectors: Vectors
) -> tuple[float, float]:
    """CPU p50 and wall p95 of one search, milliseconds."""
    for text, vector in zip(questions, vectors, strict=True):
        search(text, vector)  # what is found is parsed once, by the first who finds it
    costs = [
        cost_of(lambda text=text, vector=vector: search(text, vector))  # type: ignore[misc]  # bound now
        for text, vector in zip(questions, vectors, strict=True)
    ]
    walls = sorted(cost.wall for cost in costs)
    median = statistics.median(cost.cpu for cost in costs)
    return 1e3 * median, 1e3 * walls[math.ceil(0.95 * len(walls)) - 1]


def _resident_bytes() -> int:
    """Memory of this process that no file backs: mapped files are the system's to drop."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    raise OSError("no RssAnon in /proc/self/status")


def nearest(folder: Path, count: int) -> dict[str, Any]:
    """Vectors alone: the approximate index of a large segment against exact search."""
    invented = Invented()
    exact_file, near_file = folder / "vectors.npy", folder / "near.faiss"
    vectors = invented.vectors(count)
    queries = invented.queries(vectors)
    writing = cost_of(lambda: write_vectors(exact_file, vectors))
    training = cost_of(lambda: write_near(near_file, vectors))
    exact, near = VectorIndex(exact_file), NearIndex(near_file)

    def wholly(vector: Vectors) -> list[int]:
        return [row for row, _ in best(np.arange(count), exact.scores(vector), K)]

    def nearly(vector: Vectors) -> list[int]:
        rows = near.candidates(vector, K, None)
        return [row for row, _ in best(rows, exact.scores(vector, rows), K)]

    truth = [wholly(vector) for vector in queries]
    found = [nearly(vector) for vector in queries]
    shares = [len({*a} & {*b}) / K for a, b in zip(truth, found, strict=True)]
    texts = [""] * len(queries)
    return {
        "write": (writing.wall, writing.cpu),
        "train": (training.wall, training.cpu),
        "exact": _timed(lambda _text, vector: wholly(vector), texts, queries),
        "near": _timed(lambda _text, vector: nearly(vector), texts, queries),
        "recall": statistics.fmean(shares),
        "bytes": (exact_file.stat().st_size, near_file.stat().st_size),
    }


# -- all sizes, and what they say together -----------------------------------------------

_STAGES: Mapping[str, Callable[[Path, int], dict[str, Any]]] = {
    "building": building,
    "answering": lambda folder, _passages: answering(folder),
    "nearest": nearest,
}


def measured(stage: str, folder: Path, count: int) -> dict[str, Any]:
    """One stage of one size, in a process of its own; ``peak`` is that of its memory, bytes."""
    command = [sys.executable, "-m", "benchmarks.scale", "--stage", stage]
    finished = run([*command, "--count", str(count), "--folder", str(folder)])
    if finished.returncode:
        raise RuntimeError(
            f"{stage} of {count} ended with {finished.returncode}: {finished.stderr}"
        )
    found: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    return {**found, "peak": finished.peak_mib * 2**20}


def main(argv: Sequence[str]) -> None:
    """Measure every size and write the suite's result. Articles and questions are not needed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("--articles", help="not needed: texts are invented")
    parser.add_argument("--questions", help="not needed: words are invented")
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="passages, with commas")
    parser.add_argument("--vectors", type=int, default=VECTORS_ONLY, help="0: leave this out")
    parser.add_argument("--stage", choices=_STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.stage:
        print(json.dumps(_STAGES[options.stage](options.folder, options.count)))
        return
    built, answered = {}, {}
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="townbook-scale-") as name:
            built[size] = measured("building", Path(name), size)
            answered[size] = measured("answering", Path(name), size)
    tables = [_writing(built, answered), _searching(answered)]
    if options.vectors:
        with tempfile.TemporaryDirectory(prefix="townbook-scale-") as name:
            tables.append(
                _approximate(options.vectors, measured("nearest", Path(name), options.vectors))
            )
    print(write("scale", "python -m benchmarks.scale", tables), file=sys.stderr)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _writing(built: Mapping[int, Any], answered: Mapping[int, Any]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for size, found in built.items():
        walls = [wall for wall, _cpu in found["refreshes"]]
        cpus = [cpu for _wall, cpu in found["refreshes"]]
        rows.append(
            (
                size,
                found["full"][1],
                found["full"][0],
                statistics.median(cpus),
                statistics.median(walls),
                max(walls),
                answered[size]["open"][0],
                found["bytes"] / 1e6,
                found["peak"] / 2**20,
            )
        )
    return Table(
        "Growing corpora: writing",
        "Index-only: everything is read and embedded already. *Full* is a first build of all"
        f" passages, {PASSAGES_A_DOCUMENT} a document. *1 %* is a refresh after one document in a"
        " hundred has changed, from comparing what is stored to removing the snapshot before:"
        f" the median of {REFRESHES} in a row, each with a change of its own, and the slowest of"
        " them, which is the one that merged most. *Open* verifies every byte of every file; a"
        " refresh by a new process does that once before the rest."
        f" {_law('A full build costs', {s: f['full'][1] for s, f in built.items()})}"
        f" {_law('A refresh of 1 % costs', {s: _median_cpu(f) for s, f in built.items()})}",
        (
            "passages",
            "full, CPU s",
            "full, wall s",
            "1 %, CPU s",
            "1 %, wall s",
            "1 %, slowest wall s",
            "open, wall s",
            "files, MB",
            "peak memory of building, MiB",
        ),
        tuple(rows),
    )


def _median_cpu(found: Mapping[str, Any]) -> float:
    return float(statistics.median(cpu for _wall, cpu in found["refreshes"]))


def _searching(answered: Mapping[int, Any]) -> Table:
    kinds = ("lexical", "dense", "hybrid", "filtered")
    rows: list[tuple[Cell, ...]] = [
        (
            size,
            *(number for kind in kinds for number in found[kind]),
            1e3 * found["first"][0],
            found["resident"] / 2**20,
        )
        for size, found in answered.items()
    ]
    laws = " ".join(
        _law(f"A {kind} search costs", {s: f[kind][0] for s, f in answered.items()})
        for kind in kinds[:3]
    )
    keeps = next(iter(answered.values()))["filter_keeps"]
    return Table(
        "Growing corpora: searching",
        f"{QUERIES} queries of six words and a vector, ten hits, one thread, CPU p50 and wall p95"
        " in milliseconds; analysing the words is in it, encoding the question is not, and what"
        " is found was found before. Vectors"
        f" are compared exactly. *Filtered* is hybrid under a filter that keeps {keeps:.0%} of the"
        " passages. *First* is the first hybrid search after opening. *Resident* leaves out the"
        f" mapped files, which the system may drop. {laws}",
        (
            "passages",
            *(f"{kind}, {what}" for kind in kinds for what in ("CPU p50", "wall p95")),
            "first, wall",
            "resident, MiB",
        ),
        tuple(rows),
    )


def _approximate(count: int, found: Mapping[str, Any]) -> Table:
    exact_bytes, near_bytes = found["bytes"]
    rows: list[tuple[Cell, ...]] = [
        ("exact", found["write"][1], *found["exact"], 1.0, exact_bytes / 1e6),
        (
            "inverted file, rescored",
            found["train"][1],
            *found["near"],
            found["recall"],
            near_bytes / 1e6,
        ),
    ]
    return Table(
        f"{count:,} vectors alone",
        "What a segment of more than 200,000 passages is searched with: an inverted file of FAISS"
        " names candidates, and their scores are computed exactly from the vectors. Recall@10 is"
        f" against exact search, over {QUERIES} queries.",
        ("search", "build, CPU s", "CPU p50 ms", "wall p95 ms", "recall@10", "file, MB"),
        tuple(rows),
    )


def _law(what: str, costs: Mapping[int, float]) -> str:
    """The exponent of growth between the sizes, least squares on logarithms, as a sentence."""
    if len(costs) < 2:
        return ""
    sizes = np.log([float(size) for size in costs])
    exponent = float(np.polyfit(sizes, np.log(list(costs.values())), 1)[0])
    last, before = sorted(costs, reverse=True)[:2]
    end = math.log(costs[last] / costs[before]) / math.log(last / before)
    return (
        f"{what} passages to the power {exponent:.2f} (CPU; {end:.2f} between"
        f" {before:,} and {last:,})."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
