"""Texts → token ids, by the model's own tokenizer and without the model.

It counts, cuts at the model's limit and pads; it refuses to know prompts, weights and vectors.
A model's whole tokenizer may take longer to load than a question takes to answer, so where a
piece table stands ready (index.encoders.pieces) a few short texts are cut by that instead.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EncoderError
from index.encoders.pieces import PieceTable

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TokenIds = NDArray[np.int64]
Placed = tuple[list[int], list[tuple[int, int]]]  # ids, and each token's start and end

T = TypeVar("T")

# As much text as the sentences of one question; beyond it the whole tokenizer is faster.
_FEW_CHARACTERS = 12_000


class TextTokens:
    """The tokenizer of one model folder, loaded by the first call that needs all of it."""

    def __init__(self, folder: Path, limit: int) -> None:
        """``limit``: most tokens of one text, special tokens included."""
        self._folder = folder
        self._limit = limit
        self._loading = threading.Lock()
        self._whole: Tokenizer | None = None
        self._pieces: PieceTable | None = None

    def use(self, pieces: PieceTable) -> None:
        """Cut short texts with this table, which was made from the same tokenizer."""
        self._pieces = pieces

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens included, uncut."""
        return [len(encoding.ids) for encoding in self._tokenizer().encode_batch_fast(texts)]

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text, cut at the limit, special tokens included."""
        pieces = self._pieces
        few = sum(map(len, texts)) <= _FEW_CHARACTERS
        if pieces is not None and self._whole is None and few and pieces.suits(texts):
            return [_cut(ids, self._limit, *pieces.ends) for ids in pieces.ids(texts)]
        tokenizer = self._tokenizer()
        before, after = _ends(tokenizer)
        encodings = tokenizer.encode_batch_fast(texts)
        return [_cut(encoding.ids, self._limit, before, after) for encoding in encodings]

    def with_places(self, texts: Sequence[str]) -> list[Placed]:
        """``ids`` of each text, with the characters of the text that each token stands for.

        Special tokens stand for none: their two ends are equal.
        """
        tokenizer = self._tokenizer()
        before, after = _ends(tokenizer)
        return [
            (
                _cut(encoding.ids, self._limit, before, after),
                _cut(encoding.offsets, self._limit, before, after),
            )
            for encoding in tokenizer.encode_batch(texts)
        ]

    def _tokenizer(self) -> Tokenizer:
        with self._loading:
            if self._whole is None:
                self._whole = load_tokenizer(self._folder)
            return self._whole


def load_tokenizer(folder: Path) -> Tokenizer:
    """The folder's tokenizer, neither cutting nor padding. Raises EncoderError without one."""
    file = folder / "tokenizer.json"
    if not file.is_file():
        raise EncoderError(
            f"got model folder {folder} without tokenizer.json",
            "a model with a fast tokenizer",
            "save it with transformers' save_pretrained, or choose another --model",
        )
    # Without a choice here, every later fork prints a warning; readers' child processes never
    # tokenize, so threads here cannot harm them.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def padding_id(folder: Path) -> int:
    """The id a model pads with, as its configuration names it."""
    try:
        value = json.loads((folder / "config.json").read_bytes()).get("pad_token_id")
    except (OSError, ValueError):
        return 0
    return value if isinstance(value, int) else 0


def padded(rows: Sequence[Sequence[int]], padding: int) -> tuple[TokenIds, TokenIds]:
    """Ids and attention mask, both of shape (len(rows), longest row), padded on the right."""
    width = max(map(len, rows))
    ids = np.full((len(rows), width), padding, np.int64)
    mask = np.zeros((len(rows), width), np.int64)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return ids, mask


def _ends(tokenizer: Tokenizer) -> tuple[int, int]:
    """How many special tokens the tokenizer puts before and after a text."""
    special = tokenizer.encode("a").special_tokens_mask
    before = next((place for place, mark in enumerate(special) if not mark), len(special))
    after = next((place for place, mark in enumerate(reversed(special)) if not mark), 0)
    return before, after


def _cut(ids: Sequence[T], limit: int, before: int, after: int) -> list[T]:
    """``ids`` with the text cut on the right, so that special tokens stay within ``limit``."""
    if len(ids) <= limit:
        return list(ids)
    return [*ids[: limit - after], *ids[len(ids) - after :]] if after else list(ids[:limit])
