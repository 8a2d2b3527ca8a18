"""Haystack: cleaner, splitter and embedder into the in-memory store, BM25 and vectors fused.

As the usage examples of its components say: TextFileToDocument, DocumentCleaner, DocumentSplitter
(200 words by default), DocumentWriter; MultiRetriever over the store's two retrievers with
reciprocal rank fusion; ``save_to_disk`` and ``load_from_disk``. The store has no notion of a
changed file: what came from it is deleted by filter, then written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.converters import TextFileToDocument
from haystack.components.preprocessors import DocumentCleaner, DocumentSplitter
from haystack.components.retrievers import MultiRetriever, TextEmbeddingRetriever
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.document_stores.types import DuplicatePolicy
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.peers.commandline import Found, Peer, Search, articles_in, minilm, serve


class Haystack(Peer):
    """A chunk size is in words."""

    def count(self, articles: Path, size: int | None) -> int:
        converted = TextFileToDocument().run(sources=articles_in(articles))["documents"]
        cleaned = DocumentCleaner().run(documents=converted)["documents"]
        pieces: list[Document] = _splitter(size).run(documents=cleaned)["documents"]
        return len(pieces)

    def build(self, articles: Path, index: Path, size: int | None) -> int:
        store = InMemoryDocumentStore()
        _add(store, articles_in(articles), size)
        store.save_to_disk(_file(index))
        count: int = store.count_documents()
        return count

    def refresh(
        self, articles: Path, changed: Sequence[Path], index: Path, size: int | None
    ) -> None:
        store = InMemoryDocumentStore.load_from_disk(_file(index))
        names = [path.name for path in changed]
        store.delete_by_filter({"field": "meta.file_path", "operator": "in", "value": names})
        _add(store, changed, size)
        store.save_to_disk(_file(index))

    def open(self, index: Path) -> Search:
        store = InMemoryDocumentStore.load_from_disk(_file(index))
        meaning = TextEmbeddingRetriever(
            retriever=InMemoryEmbeddingRetriever(document_store=store),
            text_embedder=SentenceTransformersTextEmbedder(model=str(minilm()), progress_bar=False),
        )
        words = InMemoryBM25Retriever(document_store=store)
        both = MultiRetriever(retrievers={"bm25": words, "embedding": meaning})

        def search(query: str, k: int) -> list[Found]:
            hits = both.run(query=query, top_k_per_retriever=k, top_k=k)["documents"]
            return [(hit.meta["file_path"], hit.content) for hit in hits]

        return search


def _splitter(size: int | None) -> DocumentSplitter:
    return DocumentSplitter() if size is None else DocumentSplitter(split_length=size)


def _add(store: InMemoryDocumentStore, paths: Sequence[Path], size: int | None) -> None:
    pipeline = Pipeline()
    steps = {
        "converter": TextFileToDocument(),
        "cleaner": DocumentCleaner(),
        "splitter": _splitter(size),
        "embedder": SentenceTransformersDocumentEmbedder(model=str(minilm()), progress_bar=False),
        # Two passages of the same words have the same id, so that failing is no choice.
        "writer": DocumentWriter(document_store=store, policy=DuplicatePolicy.OVERWRITE),
    }
    for name, step in steps.items():
        pipeline.add_component(name, step)
    names = list(steps)
    for name, following in pairwise(names):
        pipeline.connect(name, following)
    pipeline.run({"converter": {"sources": list(paths)}})


def _file(index: Path) -> str:
    return str(index / "store.json")


if __name__ == "__main__":
    serve(Haystack())
