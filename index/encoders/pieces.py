"""A Unigram tokenizer's vocabulary on disk, for cutting a few texts without loading all of it.

Loading a vocabulary of 250,000 pieces takes most of a second and 300 MB, because the whole of
it goes into a search tree. Yet only pieces that stand in a text can take part in cutting it.
So the pieces lie sorted in a mapped file; those found in the text make a small vocabulary, and
the tokenizer library does the rest with it: normalising, splitting and the Viterbi search are
its own, and the ids come out equal.

It knows Unigram tokenizers without byte fallback; any other kind is loaded whole
(``write_pieces`` says False), and so is this kind for texts that spell out a special token.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_Piece = tuple[str, float, int]  # the piece, its score and its id
# Words whose pieces are remembered; some 300 bytes each.
_MOST_SEEN = 20_000

SKELETON = "tokenizer-skeleton.json"
PIECES = "tokenizer-pieces.npy"


def write_pieces(tokenizer: Tokenizer, folder: Path) -> bool:
    """Write the table of ``tokenizer`` into ``folder``; False when it is of another kind."""
    whole: dict[str, Any] = json.loads(tokenizer.to_str())
    model = whole["model"]
    vocabulary: list[tuple[str, float]] = model.get("vocab") or []
    texts = [piece.encode() for piece, _score in vocabulary] if isinstance(vocabulary, list) else []
    if (
        model.get("type") != "Unigram"
        or model.get("byte_fallback")
        or model.get("unk_id") is None
        or len(set(texts)) != len(texts)
        or any(text.endswith(b"\0") for text in texts)  # numpy drops them
    ):
        return False
    scores = [score for _piece, score in vocabulary]
    special = tokenizer.encode("a").special_tokens_mask
    specials = [i for i, s in zip(tokenizer.encode("a").ids, special, strict=True) if s]
    before = special.index(0)
    row = np.dtype([("piece", f"S{max(map(len, texts))}"), ("id", "<i4"), ("score", "<f8")])
    table = np.empty(len(texts), row)
    table["piece"], table["id"], table["score"] = texts, range(len(texts)), scores
    np.save(folder / PIECES, table[np.argsort(table["piece"], kind="stable")])
    lowest = int(np.argmin(scores))
    skeleton = {
        "before": specials[:before],
        "after": specials[before:],
        "added": [added["content"] for added in whole["added_tokens"]],
        "longest": max(len(piece) for piece, _score in vocabulary),
        "unknown": [*vocabulary[model["unk_id"]], model["unk_id"]],
        # The penalty for an unknown character is counted from the lowest score of all.
        "lowest": [*vocabulary[lowest], lowest],
        "tokenizer": {
            **whole,
            "added_tokens": [],
            "post_processor": None,
            "model": {**model, "vocab": []},
        },
    }
    (folder / SKELETON).write_text(json.dumps(skeleton, ensure_ascii=False), encoding="utf-8")
    return True


class PieceTable:
    """The table ``write_pieces`` wrote. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError or ValueError when there is none or it is damaged."""
        self._skeleton: dict[str, Any] = json.loads((folder / SKELETON).read_bytes())
        self._table = np.load(folder / PIECES, mmap_mode="r")
        self._column = self._table["piece"]
        self._seen: dict[str, tuple[_Piece, ...]] = {}

    @property
    def ends(self) -> tuple[int, int]:
        """How many special tokens stand before and after every text."""
        return len(self._skeleton["before"]), len(self._skeleton["after"])

    def suits(self, texts: Sequence[str]) -> bool:
        """Whether none of the texts spells out a token that is no piece."""
        return not any(added in text for added in self._skeleton["added"] for text in texts)

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of each text that suits, special tokens included."""
        from tokenizers import Tokenizer
        from tokenizers.models import Unigram

        found = self._pieces_in(self._words(texts))
        real = [id for _piece, _score, id in found]
        vocabulary = [(piece, score) for piece, score, _id in found]
        # Built from its parts: as JSON, written and parsed, it took most of the time of all this.
        small = Tokenizer(Unigram(vocabulary, real.index(self._skeleton["unknown"][2]), False))
        if (normalizer := self._empty.normalizer) is not None:
            small.normalizer = normalizer
        if (splitter := self._empty.pre_tokenizer) is not None:
            small.pre_tokenizer = splitter
        before, after = self._skeleton["before"], self._skeleton["after"]
        return [
            [*before, *map(real.__getitem__, encoding.ids), *after]
            for encoding in small.encode_batch_fast(list(texts))
        ]

    @cached_property
    def _empty(self) -> Tokenizer:
        """Normalises and splits as the whole tokenizer does; knows no piece but the unknown."""
        from tokenizers import Tokenizer

        piece, score, _id = self._skeleton["unknown"]
        skeleton = dict(self._skeleton["tokenizer"])
        skeleton["model"] = {**skeleton["model"], "vocab": [[piece, score]], "unk_id": 0}
        return Tokenizer.from_str(json.dumps(skeleton))

    def _words(self, texts: Iterable[str]) -> set[str]:
        """The distinct words that pieces are looked for in, as they stand after normalising."""
        normalizer, splitter = self._empty.normalizer, self._empty.pre_tokenizer
        words: set[str] = set()
        for text in texts:
            normal = normalizer.normalize_str(text) if normalizer else text
            split = splitter.pre_tokenize_str(normal) if splitter else [(normal, (0, 0))]
            words.update(word for word, _place in split)
        return words

    def _pieces_in(self, words: Iterable[str]) -> list[tuple[str, float, int]]:
        """(piece, score, id) of every piece in the words, the unknown and the lowest one.

        In the order of ids, as they stand in the whole vocabulary.
        """
        wanted = set(words)
        known = {word: self._seen[word] for word in wanted if word in self._seen}
        if new := wanted - known.keys():
            looked_up = self._looked_up(new)
            if len(self._seen) > _MOST_SEEN:
                self._seen = {}  # replaced, not cleared: another thread may be reading it
            self._seen.update(looked_up)
            known |= looked_up
        found = {piece[2]: piece for pieces in known.values() for piece in pieces}
        for piece, score, id in (self._skeleton["unknown"], self._skeleton["lowest"]):
            found[id] = (piece, score, id)
        return [found[id] for id in sorted(found)]

    def _looked_up(self, words: Iterable[str]) -> dict[str, tuple[_Piece, ...]]:
        """For each word the pieces that stand in it."""
        longest, width = self._skeleton["longest"], self._column.dtype.itemsize
        parts = {
            word: {
                part
                for start in range(len(word))
                for end in range(start + 1, min(len(word), start + longest) + 1)
                if len(part := word[start:end].encode()) <= width
            }
            for word in words
        }
        wanted = np.array(sorted(set().union(*parts.values())), self._column.dtype)
        places = np.searchsorted(self._column, wanted)
        places = places[places < len(self._column)]
        rows = self._table[np.unique(places)]
        rows = rows[np.isin(rows["piece"], wanted)]
        pieces = {
            bytes(row["piece"]): (row["piece"].decode(), float(row["score"]), int(row["id"]))
            for row in rows
        }
        return {
            word: tuple(pieces[part] for part in sorted(own) if part in pieces)
            for word, own in parts.items()
        }
