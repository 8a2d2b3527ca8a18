"""How fast passages are encoded, and how well every way agrees with the reference.

    python -m benchmarks.encoder [--articles DIR]

The reference is sentence-transformers as it comes: fp32, batches of 32. Speed is the median of
five rounds over one sample of passages, every way once a round, in CPU time of the process.
Agreement is over all passages and the sample of the conversion's own check.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec

import numpy as np

from benchmarks.homes import MODELS, home_of, options
from benchmarks.results import Row, Table, write
from corpus.passages import passage_text
from index import Vectors
from index.encoders import SMALL_MODEL, LoadedEncoder, Wish, load_encoder, profile_of
from index.encoders.converted import can_compute
from index.encoders.folders import find_model
from index.encoders.reference import ReferenceModel
from index.encoders.sample import agreement, sample_texts
from index.home import Home
from index.snapshot import open_current

ROUNDS = 5
SAMPLE = 120  # passages a round
Encode = Callable[[Sequence[str]], Vectors]


def main(argv: Sequence[str]) -> None:
    """Measure every packaged model in every precision this processor has."""
    chosen = options(argv, __doc__)
    home = Home(home_of(chosen.articles, chosen.homes))
    snapshot = open_current(home)
    texts = [
        passage_text(snapshot.document(passage.document), passage)
        for passage in snapshot.passages()
    ]
    snapshot.close()
    # The whole comparison takes twenty minutes of a core: the second model gets a tenth.
    rows = [
        row
        for model, some in zip(MODELS, (texts, texts[::10]), strict=True)
        for row in _rows(model, home, some)
    ]
    table = Table(
        "Encoding",
        "Passages as they stand in the index, with the conversion's own sample. The reference"
        " is sentence-transformers as it comes (fp32, batches of 32). Speed: median of"
        f" {ROUNDS} rounds over {SAMPLE} passages, every way once a round, CPU time. Agreement:"
        " lowest cosine to the reference, and the mean share of a passage's ten nearest that are"
        " the same.",
        (
            *("model", "way", "passages", "passages / CPU s", "ratio"),
            *("lowest cosine", "top-10 agreement"),
        ),
        tuple(rows),
    )
    write("encoder", "python -m benchmarks.encoder --articles ARTICLES", [table])


def _rows(model: str, home: Home, texts: Sequence[str]) -> list[Row]:
    folder = find_model(model, home)
    profile = profile_of(folder.name)
    encoder = load_encoder(model, home)
    prompted = [profile.passage_prompt + text for text in (*texts, *sample_texts())]
    reference = ReferenceModel(folder, encoder.limit, device="cpu")

    def as_it_comes(some: Sequence[str]) -> Vectors:
        vectors: Vectors = reference.model.encode(
            list(some), prompt="", normalize_embeddings=True, show_progress_bar=False
        )
        return vectors

    ways: dict[str, Encode] = {"sentence-transformers": as_it_comes}
    wishes: list[Wish] = ["f32"]
    wishes += ["bf16"] if can_compute("bf16") else []
    wishes += ["int8"] if find_spec("nncf") and model == SMALL_MODEL else []
    for wish in wishes:
        fast = load_encoder(model, home, wish)
        ways[wish] = partial(_encode, fast, len(profile.passage_prompt))
    # Every so many, so that every kind of document is in it.
    sample = prompted[:: max(1, len(prompted) // SAMPLE)][:SAMPLE]
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for encode in ways.values():
        encode(sample[:8])
    for _round in range(ROUNDS):
        for way, encode in ways.items():
            started = time.process_time()
            encode(sample)
            seconds[way].append(time.process_time() - started)
    median = {way: statistics.median(taken) for way, taken in seconds.items()}
    expected = as_it_comes(prompted)
    rows: list[Row] = []
    for way, encode in ways.items():
        found = expected if encode is as_it_comes else encode(prompted)
        same = agreement(np.asarray(expected), np.asarray(found))
        rows.append(
            (
                model,
                way,
                len(prompted),
                len(sample) / median[way],
                median["sentence-transformers"] / median[way],
                f"{same.cosine:.6f}",
                f"{same.neighbours:.4f}",
            )
        )
        print(rows[-1], file=sys.stderr, flush=True)
    return rows


def _encode(encoder: LoadedEncoder, prompt_length: int, prompted: Sequence[str]) -> Vectors:
    return encoder.encode_passages([text[prompt_length:] for text in prompted])


if __name__ == "__main__":
    main(sys.argv[1:])
