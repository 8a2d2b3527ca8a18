"""The 4-bit file that holds a whole multilingual-e5-small, read into arrays and a tokenizer.

Layout, little-endian throughout::

    "E5S1", version u32
    i32 hidden, layers, heads, feed-forward, vocabulary, positions, token types
    f32 layer-norm epsilon, i32 block size (32)
    tokenizer   i32 pieces, bos, eos, pad, unk; u64 blob bytes; u32 offsets[pieces + 1];
                f32 scores[pieces]; blob; i32 rules; u32 map bytes; normalisation map
    directory   i32 entries of (u16 name length, name, u8 type, u32 count,
                u64 offset from the file's start, u64 bytes)
    tensors     plain ones float32; packed ones in blocks of 32 weights: an fp16 scale and
                16 bytes, low nibbles weights 0-15, high nibbles 16-31, each minus 8

It knows this layout only: no file names, no hashes, no model library.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_BLOCK_WEIGHTS = 32


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes a BERT configuration needs."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    pad: int


@dataclass(frozen=True, slots=True)
class E5:
    """Everything in the file: sizes, BERT weights by their usual names, and the tokenizer."""

    shape: Shape
    weights: dict[str, NDArray[np.float32]]
    tokenizer: Tokenizer


class _Cursor:
    """A place in the file that moves on with every read."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def raw(self, size: int) -> bytes:
        self.at += size
        return bytes(self.data[self.at - size : self.at])

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def read(data: memoryview) -> E5:
    """The model in ``data``, weights widened to float32. Raises ValueError on another layout."""
    cursor = _Cursor(data)
    magic = cursor.raw(4)
    if magic != _MAGIC:
        raise ValueError(f"got a file that starts with {magic!r}, expected {_MAGIC!r}")
    cursor.take("I")
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = cursor.take("7i")
    (epsilon,) = cursor.take("f")
    (block,) = cursor.take("i")
    if block != _BLOCK_WEIGHTS:
        raise ValueError(f"got blocks of {block} weights, expected {_BLOCK_WEIGHTS}")
    tokenizer, pad = _tokenizer(cursor)
    shape = Shape(
        hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon, pad
    )
    return E5(shape, _weights(data, _directory(cursor), shape), tokenizer)


def _tokenizer(cursor: _Cursor) -> tuple[Tokenizer, int]:
    """The Unigram tokenizer and its padding id. XLM-R's normaliser map is close to NFKC."""
    count, bos, eos, pad, unknown = cursor.take("5i")
    (blob_bytes,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = cursor.raw(blob_bytes)
    cursor.take("i")
    (map_bytes,) = cursor.take("I")
    cursor.raw(map_bytes)
    pieces = [
        (blob[start:end].decode(), float(score))
        for start, end, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
    ]
    tokenizer = Tokenizer(Unigram(pieces, unk_id=unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", bos), ("</s>", eos)],
    )
    return tokenizer, pad


def _directory(cursor: _Cursor) -> dict[str, int]:
    """Where each tensor starts."""
    starts: dict[str, int] = {}
    (entries,) = cursor.take("i")
    for _ in range(entries):
        (length,) = cursor.take("H")
        name = cursor.raw(length).decode()
        _dtype, _count, offset, _size = cursor.take("BIQQ")
        starts[name] = offset
    return starts


def _weights(
    data: memoryview, starts: dict[str, int], shape: Shape
) -> dict[str, NDArray[np.float32]]:
    def plain(name: str, *dimensions: int) -> NDArray[np.float32]:
        values = np.frombuffer(data, "<f4", int(np.prod(dimensions)), starts[name])
        return values.reshape(dimensions)

    def packed(name: str, rows: int, columns: int) -> NDArray[np.float32]:
        blocks = np.frombuffer(data, _BLOCK, rows * columns // _BLOCK_WEIGHTS, starts[name])
        low = (blocks["nibbles"] & 15).astype(np.float32) - 8
        high = (blocks["nibbles"] >> 4).astype(np.float32) - 8
        scale = blocks["scale"].astype(np.float32)[:, None]
        return (np.concatenate([low, high], axis=1) * scale).reshape(rows, columns)

    hidden, wide = shape.hidden, shape.feed_forward
    weights = {
        "embeddings.word_embeddings.weight": packed("emb.word", shape.vocabulary, hidden),
        "embeddings.position_embeddings.weight": plain("emb.pos", shape.positions, hidden),
        "embeddings.token_type_embeddings.weight": plain("emb.type", shape.token_types, hidden),
        "embeddings.LayerNorm.weight": plain("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": plain("emb.ln.b", hidden),
    }
    linear = (
        ("q", "attention.self.query", hidden, hidden),
        ("k", "attention.self.key", hidden, hidden),
        ("v", "attention.self.value", hidden, hidden),
        ("ao", "attention.output.dense", hidden, hidden),
        ("fi", "intermediate.dense", wide, hidden),
        ("fo", "output.dense", hidden, wide),
    )
    norms = (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm"))
    for layer in range(shape.layers):
        here = f"encoder.layer.{layer}."
        for short, name, rows, columns in linear:
            weights[f"{here}{name}.weight"] = packed(f"l{layer}.{short}.w", rows, columns)
            weights[f"{here}{name}.bias"] = plain(f"l{layer}.{short}.b", rows)
        for short, name in norms:
            weights[f"{here}{name}.weight"] = plain(f"l{layer}.{short}.w", hidden)
            weights[f"{here}{name}.bias"] = plain(f"l{layer}.{short}.b", hidden)
    return weights
