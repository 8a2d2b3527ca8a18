"""How fast passages are encoded, and how well every way agrees with the reference.

    python -m benchmarks.encoder [--articles DIR] [--speed]

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

from benchmarks.homes import MODELS, home_of, options
from benchmarks.results import FOLDER, Row, Table, read, write
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
REFERENCE = "sentence-transformers"
Encode = Callable[[Sequence[str]], Vectors]


def main(argv: Sequence[str]) -> None:
    """Measure every packaged model in every precision this processor has.

    ``--speed`` leaves the half hour that agreement takes out, and keeps what was found before.
    """
    speed_only = "--speed" in argv
    chosen = options([part for part in argv if part != "--speed"], __doc__)
    home = Home(home_of(chosen.articles, chosen.homes))
    snapshot = open_current(home)
    texts = [
        passage_text(snapshot.document(passage.document), passage)
        for passage in snapshot.passages()
    ]
    snapshot.close()
    speeds: list[Row] = []
    agreements: list[Row] = []
    # A whole comparison takes twenty minutes of a core: the second model gets a tenth.
    for model, some in zip(MODELS, (texts, texts[::10]), strict=True):
        ways, prompted = _ways(model, home, some)
        speeds += _speeds(model, ways, prompted)
        if not speed_only:
            agreements += _agreements(model, ways, prompted)
    if speed_only:
        agreements = list(read(FOLDER / "encoder.json").tables[1].rows)
    speed = Table(
        "Encoding: speed",
        f"Median of {ROUNDS} rounds over {SAMPLE} passages as they stand in the index, every way"
        " once a round, CPU time of the process. The reference is sentence-transformers as it"
        " comes: fp32, batches of 32.",
        ("model", "way", "passages / CPU s", "ratio"),
        tuple(speeds),
    )
    agreement_table = Table(
        "Encoding: agreement",
        "With the reference, over the passages and the conversion's own sample: the lowest cosine"
        " of a passage's two vectors, and the mean share of its ten nearest passages that stay.",
        ("model", "way", "passages", "lowest cosine", "top-10 agreement"),
        tuple(agreements),
    )
    command = "python -m benchmarks.encoder --articles ARTICLES"
    write("encoder", command, [speed, agreement_table])


def _ways(model: str, home: Home, texts: Sequence[str]) -> tuple[dict[str, Encode], list[str]]:
    """Every way to encode with ``model``, the reference first, and the texts with its prompt."""
    folder = find_model(model, home)
    profile = profile_of(folder.name)
    encoder = load_encoder(model, home)
    reference = ReferenceModel(folder, encoder.limit, device="cpu")

    def as_it_comes(some: Sequence[str]) -> Vectors:
        vectors: Vectors = reference.model.encode(
            list(some), prompt="", normalize_embeddings=True, show_progress_bar=False
        )
        return vectors

    wishes: list[Wish] = ["f32"]
    wishes += ["bf16"] if can_compute("bf16") else []
    wishes += ["int8"] if find_spec("nncf") and model == SMALL_MODEL else []
    ways: dict[str, Encode] = {REFERENCE: as_it_comes}
    for wish in wishes:
        fast = load_encoder(model, home, wish)
        ways[wish] = partial(_encode, fast, len(profile.passage_prompt))
    return ways, [profile.passage_prompt + text for text in (*texts, *sample_texts())]


def _speeds(model: str, ways: dict[str, Encode], prompted: Sequence[str]) -> list[Row]:
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
    rows: list[Row] = [
        (model, way, len(sample) / taken, median[REFERENCE] / taken)
        for way, taken in median.items()
    ]
    print(*rows, sep="\n", file=sys.stderr, flush=True)
    return rows


def _agreements(model: str, ways: dict[str, Encode], prompted: Sequence[str]) -> list[Row]:
    expected = ways[REFERENCE](prompted)
    rows: list[Row] = []
    for way, encode in ways.items():
        if way != REFERENCE:
            same = agreement(expected, encode(prompted))
            cosine, neighbours = f"{same.cosine:.6f}", f"{same.neighbours:.4f}"
            rows.append((model, way, len(prompted), cosine, neighbours))
            print(rows[-1], file=sys.stderr, flush=True)
    return rows


def _encode(encoder: LoadedEncoder, prompt_length: int, prompted: Sequence[str]) -> Vectors:
    return encoder.encode_passages([text[prompt_length:] for text in prompted])


if __name__ == "__main__":
    main(sys.argv[1:])
