"""LangChain: a recursive splitter, a FAISS store kept up to date by the indexing API, BM25 beside.

As its tutorials on semantic search (1,000 characters, 200 shared), on indexing (a record manager,
full cleanup) and on hybrid search (EnsembleRetriever, equal weights) say. Nothing documented
stores BM25, so it is made again from the stored passages whenever an index is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
from langchain_classic.indexes import SQLRecordManager, index
from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.docstore.in_memory import InMemoryDocstore
from langchain_community.document_loaders import DirectoryLoader, TextLoader
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from benchmarks.peers.commandline import Found, Peer, Search, minilm, serve

DIMENSION = 384  # of MiniLM's vectors


class LangChain(Peer):
    """A chunk size is in characters; a fifth of it is shared with the next, as by default."""

    def count(self, articles: Path, size: int | None) -> int:
        return len(_documents(articles, size))

    def build(self, articles: Path, index: Path, size: int | None) -> int:
        store = FAISS(
            embedding_function=_embeddings(),
            index=faiss.IndexFlatL2(DIMENSION),
            docstore=InMemoryDocstore(),
            index_to_docstore_id={},
        )
        _bring_up_to_date(store, _documents(articles, size), index)
        return len(store.index_to_docstore_id)

    def refresh(
        self, articles: Path, changed: Sequence[Path], index: Path, size: int | None
    ) -> None:
        _bring_up_to_date(_load(index), _documents(articles, size), index)

    def open(self, index: Path) -> Search:
        store = _load(index)
        words = BM25Retriever.from_documents(
            store.get_by_ids(list(store.index_to_docstore_id.values()))
        )

        def search(query: str, k: int) -> list[Found]:
            words.k = k
            meaning = store.as_retriever(search_kwargs={"k": k})
            both = EnsembleRetriever(retrievers=[words, meaning], weights=[0.5, 0.5])
            return [
                (Path(hit.metadata["source"]).name, hit.page_content)
                for hit in both.invoke(query)[:k]
            ]

        return search


def _documents(articles: Path, size: int | None) -> list[Document]:
    loader = DirectoryLoader(
        str(articles), loader_cls=TextLoader, loader_kwargs={"encoding": "utf-8"}
    )
    chunk_size = 1000 if size is None else size
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=chunk_size, chunk_overlap=chunk_size // 5, add_start_index=True
    )
    documents: list[Document] = splitter.split_documents(loader.load())
    return documents


def _embeddings() -> HuggingFaceEmbeddings:
    return HuggingFaceEmbeddings(model_name=str(minilm()))


def _load(folder: Path) -> FAISS:
    # Its store is pickled; this one was written by this very suite.
    return FAISS.load_local(str(folder), _embeddings(), allow_dangerous_deserialization=True)


def _bring_up_to_date(store: FAISS, documents: Sequence[Document], folder: Path) -> None:
    records = SQLRecordManager("faiss/articles", db_url=f"sqlite:///{folder}/records.sqlite")
    records.create_schema()
    index(
        documents,
        records,
        store,
        cleanup="full",
        source_id_key="source",
        key_encoder="sha256",
    )
    store.save_local(str(folder))


if __name__ == "__main__":
    serve(LangChain())
