"""The loop most people write first: sentence-transformers and a flat FAISS index.

There is no documented way to cut: here the default is one passage a paragraph (text between blank
lines), and a chunk size is a number of words, regardless of paragraphs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from sentence_transformers import SentenceTransformer

from benchmarks.peers.commandline import Found, Peer, Search, articles_in, minilm, serve

DIMENSION = 384  # of MiniLM's vectors
Row = tuple[str, str]  # file name, text; its position is its id in the index


class Bare(Peer):
    """Vectors in one file, texts in another; a changed article's rows are removed by id."""

    def count(self, articles: Path, size: int | None) -> int:
        return len(_rows(articles_in(articles), size))

    def build(self, articles: Path, index: Path, size: int | None) -> int:
        rows = dict(enumerate(_rows(articles_in(articles), size)))
        model = SentenceTransformer(str(minilm()))
        vectors = faiss.IndexIDMap2(faiss.IndexFlatIP(DIMENSION))
        _add(vectors, model, rows)
        _save(vectors, rows, index)
        return len(rows)

    def refresh(
        self, articles: Path, changed: Sequence[Path], index: Path, size: int | None
    ) -> None:
        vectors, rows = _load(index)
        model = SentenceTransformer(str(minilm()))
        names = {path.name for path in changed}
        stale = [number for number, (name, _) in rows.items() if name in names]
        vectors.remove_ids(faiss.IDSelectorBatch(np.array(stale, dtype=np.int64)))
        first_free = max(rows) + 1
        fresh = dict(enumerate(_rows(changed, size), start=first_free))
        _add(vectors, model, fresh)
        kept = {number: row for number, row in rows.items() if row[0] not in names}
        _save(vectors, kept | fresh, index)

    def open(self, index: Path) -> Search:
        vectors, rows = _load(index)
        model = SentenceTransformer(str(minilm()))

        def search(query: str, k: int) -> list[Found]:
            encoded = model.encode([query], normalize_embeddings=True)
            _, numbers = vectors.search(encoded, k)
            return [rows[number] for number in numbers[0].tolist() if number >= 0]

        return search


def _rows(paths: Sequence[Path], size: int | None) -> list[Row]:
    return [
        (path.name, piece)
        for path in paths
        for piece in _pieces(path.read_text(encoding="utf-8"), size)
    ]


def _pieces(text: str, size: int | None) -> list[str]:
    if size is None:
        return [piece for piece in map(str.strip, text.split("\n\n")) if piece]
    words = text.split()
    return [" ".join(words[i : i + size]) for i in range(0, len(words), size)]


def _add(vectors: faiss.Index, model: SentenceTransformer, rows: dict[int, Row]) -> None:
    encoded = model.encode([text for _, text in rows.values()], normalize_embeddings=True)
    vectors.add_with_ids(encoded, np.fromiter(rows, dtype=np.int64))


def _save(vectors: faiss.Index, rows: dict[int, Row], index: Path) -> None:
    faiss.write_index(vectors, str(index / "vectors.faiss"))
    (index / "rows.json").write_text(json.dumps(list(rows.items())), encoding="utf-8")


def _load(index: Path) -> tuple[faiss.Index, dict[int, Row]]:
    vectors = faiss.read_index(str(index / "vectors.faiss"))
    stored = json.loads((index / "rows.json").read_text(encoding="utf-8"))
    return vectors, {number: (name, text) for number, (name, text) in stored}


if __name__ == "__main__":
    serve(Bare())
