"""What a refresh of 1 % of a large corpus costs, as a share of the CPU time of building it all.

    python -m benchmarks.share [--passages 20000] [--sample 1000]

The articles are sentences of the starter articles in a new order each. The large home is read,
cut and written as always, with vectors of no meaning; the refresh of 1 % and a sample of new
articles are embedded by the real encoder. A full build is then what reading and writing cost,
plus the sample's cost of embedding a passage times the passages: embedding costs the same for
each. Every refresh has a process of its own, which loads its encoder.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import platformdirs

from benchmarks.build import STAGES, measured
from benchmarks.homes import path_of
from benchmarks.run import STARTER
from corpus import Span
from index import IndexingEncoder, Vectors
from index.encoders import DEFAULT_MODEL, load_encoder

WORDS_A_DOCUMENT = 1_000
PASSAGES_A_DOCUMENT = 8  # of that many words, about
SHARE = 100  # one document in so many is changed


class Meaningless:
    """The real encoder with vectors that cost nothing; everything else is its own."""

    selector = None

    def __init__(self, real: IndexingEncoder) -> None:
        self._real = real
        self._chance = np.random.default_rng(1)
        self.id, self.dimension, self.limit = real.id, real.dimension, real.limit
        self.method = dict(real.method)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._real.count_tokens(texts)

    def embed(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[Vectors]:
        return [self._some(1 + len(spans)) for spans in sentences]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._some(len(texts))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._some(len(texts))

    def _some(self, rows: int) -> Vectors:
        found: Vectors = self._chance.standard_normal((rows, self.dimension), np.float32)
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        return found


def main(argv: Sequence[str]) -> None:
    """Print the costs as JSON, CPU seconds."""
    if argv[:1] == ["--child"]:
        articles, home, kind = Path(argv[1]), Path(argv[2]), argv[3]
        encoder: IndexingEncoder = load_encoder(DEFAULT_MODEL, home)
        print(
            json.dumps(
                measured(articles, home, Meaningless(encoder) if kind == "none" else encoder)
            )
        )
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--sample", type=int, default=1_000)
    chosen = parser.parse_args(argv)
    homes = platformdirs.user_cache_path("townbook-benchmarks") / "homes"
    kept = path_of(STARTER, homes, DEFAULT_MODEL)
    load_encoder(DEFAULT_MODEL, kept).encode_queries(["ready"])
    with tempfile.TemporaryDirectory() as place:
        large, sample = Path(place, "large"), Path(place, "sample")
        written = chosen.passages // PASSAGES_A_DOCUMENT
        _write(large, range(written))
        _write(sample, range(10**6, 10**6 + chosen.sample // PASSAGES_A_DOCUMENT))
        whole = _run(large, Path(place, "home"), kept, "none")
        part = _run(sample, Path(place, "small"), kept, "real")
        _write(large, range(0, written, SHARE), seed=2)
        refreshed = _run(large, Path(place, "home"), kept, "real")
    # The slope between the two, or the loading of the encoder would count for every passage.
    more = part["embedded"] - refreshed["embedded"]
    a_passage = (part["embed"] - refreshed["embed"]) / more
    full = whole["all"] + whole["passages"] * a_passage
    found = {
        "full build without embedding": whole,
        "sample": part,
        "1 % refreshed": refreshed,
        "embedding a passage, CPU s": a_passage,
        "full build, CPU s": full,
        "share": refreshed["all"] / full,
    }
    print(json.dumps(found, indent=1))


def _run(articles: Path, home: Path, kept: Path, kind: str) -> dict[str, float]:
    if not home.exists():
        home.mkdir()
        (home / "models").symlink_to(kept / "models")
    child = [sys.executable, "-m", "benchmarks.share", "--child", str(articles), str(home), kind]
    done = subprocess.run(child, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - our own
    values = json.loads(done.stdout.splitlines()[-1])
    names = ("documents", "passages", "embedded", *STAGES, "all", "wall")
    found = dict(zip(names, values, strict=True))
    print(kind, found, file=sys.stderr, flush=True)
    return found


def _write(folder: Path, numbers: range, seed: int = 1) -> None:
    """Articles of these numbers; another ``seed`` gives them other sentences."""
    folder.mkdir(exist_ok=True)
    texts = [path.read_text(encoding="utf-8") for path in sorted(STARTER.glob("*.md"))]
    bodies = [text.split("---", 2)[-1] for text in texts if "language: en" in text]
    sentences = [s for body in bodies for s in re.findall(r"[A-Z][^.\n#]{40,300}\.", body)]
    for number in numbers:
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - repeatable, not a secret
        words, paragraphs = 0, [f"# Article {number}"]
        while words < WORDS_A_DOCUMENT:
            told = chance.sample(sentences, 5)
            words += sum(len(sentence.split()) for sentence in told)
            paragraphs.append(" ".join(told))
        (folder / f"{number}.md").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
