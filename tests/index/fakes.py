"""An encoder for tests that behaves: same text, same vector; shared words, near vectors.

A hashed bag of folded words, normalised. It counts words as tokens, so limits can be reached
with short texts, and it counts what it was asked to encode.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from corpus import Span
from corpus.words import fold, words
from index import Vectors


class HashingEncoder:
    """Implements index.IndexingEncoder without a model."""

    selector = None

    def __init__(self, name: str = "hashing", dimension: int = 64, limit: int = 256) -> None:
        self.id = f"{name}@{dimension}"
        self.dimension = dimension
        self.limit = limit
        self.encoded: list[str] = []  # every passage text encoded, in order

    @property
    def method(self) -> dict[str, str | float]:
        return {"engine": "hashing"}

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(words(text)) + 2 for text in texts]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return self._encode(texts)

    def embed(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[Vectors]:
        self.encoded += texts
        matrices = []
        for text, spans in zip(texts, sentences, strict=True):
            matrix = self._encode([text, *(span.of(text) for span in spans)])
            matrix[1:][[not len(span) for span in spans]] = 0.0
            matrices.append(matrix)
        return matrices

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors: Vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for word in words(text):
                digest = hashlib.sha256(f"{self.id}\0{fold(word.text)}".encode()).digest()
                place = int.from_bytes(digest[:4], "big") % self.dimension
                vectors[row, place] += 1.0 if digest[4] & 1 else -1.0
            if not vectors[row].any():
                vectors[row, 0] = 1.0
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors
