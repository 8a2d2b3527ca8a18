"""txtai: one embeddings database with stored content and hybrid search.

As its documentation on embeddings configuration (``hybrid``, ``content``), on segmentation
(paragraphs; for a chunk size, in characters, its sentence chunker) and on ``upsert`` and
``delete`` says. It has no notion of a changed file: rows are deleted by the ids that its own SQL
finds for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from txtai import Embeddings
from txtai.pipeline import Segmentation

from benchmarks.peers.commandline import Found, Peer, Search, articles_in, minilm, serve

MOST_ROWS = 1_000_000  # its SQL returns three rows unless told otherwise

Row = tuple[str, dict[str, str]]  # id; text and the article's file name


class Txtai(Peer):
    """A folder that ``save`` wrote and ``load`` reads."""

    def count(self, articles: Path, size: int | None) -> int:
        return sum(1 for _ in _rows(articles_in(articles), size))

    def build(self, articles: Path, index: Path, size: int | None) -> int:
        embeddings = Embeddings(path=str(minilm()), content=True, hybrid=True)
        embeddings.index(_rows(articles_in(articles), size))
        embeddings.save(str(index))
        count: int = embeddings.count()
        return count

    def refresh(
        self, articles: Path, changed: Sequence[Path], index: Path, size: int | None
    ) -> None:
        embeddings = _load(index)
        for path in changed:
            stale = embeddings.search(
                "select id from txtai where source = :name",
                limit=MOST_ROWS,
                parameters={"name": path.name},
            )
            embeddings.delete([row["id"] for row in stale])
        embeddings.upsert(_rows(changed, size))
        embeddings.save(str(index))

    def open(self, index: Path) -> Search:
        embeddings = _load(index)

        def search(query: str, k: int) -> list[Found]:
            rows = embeddings.search(
                "select text, source from txtai where similar(:query)",
                limit=k,
                parameters={"query": query},
            )
            return [(row["source"], row["text"]) for row in rows]

        return search


def _rows(paths: Sequence[Path], size: int | None) -> Iterator[Row]:
    if size is None:
        segment = Segmentation(paragraphs=True)
    else:
        segment = Segmentation(chunker="sentence", chunk_size=size)
    for path in paths:
        for number, text in enumerate(segment(path.read_text(encoding="utf-8"))):
            yield f"{path.name}#{number}", {"text": text, "source": path.name}


def _load(index: Path) -> Embeddings:
    embeddings = Embeddings()
    embeddings.load(str(index))
    return embeddings


if __name__ == "__main__":
    serve(Txtai())
