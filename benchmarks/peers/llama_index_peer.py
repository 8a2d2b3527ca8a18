"""LlamaIndex: a vector index of a folder, persisted, refreshed by document hash.

As its starter tutorial and "Document Management" say: SimpleDirectoryReader with file names as
ids, VectorStoreIndex over the default in-memory stores, ``refresh_ref_docs``. The default node
parser is SentenceSplitter, 1,024 tokens with 200 shared; a chunk size keeps that proportion.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from llama_index.core import (
    Document,
    Settings,
    SimpleDirectoryReader,
    StorageContext,
    VectorStoreIndex,
    load_index_from_storage,
)
from llama_index.core.node_parser import SentenceSplitter
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from benchmarks.peers.commandline import Found, Peer, Search, minilm, serve


class LlamaIndex(Peer):
    """Dense retrieval alone: what VectorStoreIndex gives."""

    def count(self, articles: Path, size: int | None) -> int:
        return len(_splitter(size).get_nodes_from_documents(_documents(articles)))

    def build(self, articles: Path, index: Path, size: int | None) -> int:
        _configure(size)
        built = VectorStoreIndex.from_documents(_documents(articles))
        built.storage_context.persist(persist_dir=str(index))
        return len(built.docstore.docs)

    def refresh(
        self, articles: Path, changed: Sequence[Path], index: Path, size: int | None
    ) -> None:
        _configure(size)
        stored = _load(index)
        stored.refresh_ref_docs(_documents(articles))
        stored.storage_context.persist(persist_dir=str(index))

    def open(self, index: Path) -> Search:
        _configure(None)
        stored = _load(index)

        def search(query: str, k: int) -> list[Found]:
            retriever = stored.as_retriever(similarity_top_k=k)
            return [
                (hit.node.metadata["file_name"], hit.node.get_content())
                for hit in retriever.retrieve(query)
            ]

        return search


def _documents(articles: Path) -> list[Document]:
    reader = SimpleDirectoryReader(str(articles), filename_as_id=True)
    documents: list[Document] = reader.load_data()
    return documents


def _splitter(size: int | None) -> SentenceSplitter:
    if size is None:
        return SentenceSplitter()
    return SentenceSplitter(chunk_size=size, chunk_overlap=size * 200 // 1024)


def _configure(size: int | None) -> None:
    Settings.embed_model = HuggingFaceEmbedding(model_name=str(minilm()))
    Settings.node_parser = _splitter(size)
    Settings.llm = None  # retrieval alone; the default would ask for an account


def _load(index: Path) -> VectorStoreIndex:
    return load_index_from_storage(StorageContext.from_defaults(persist_dir=str(index)))


if __name__ == "__main__":
    serve(LlamaIndex())
