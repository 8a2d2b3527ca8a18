"""BM25 search over stems and written words, in a tantivy index.

Text is analysed before it comes here (index.terms), so tantivy only splits at spaces and
nothing of a query is ever parsed: no character in it has a meaning, and none can fail.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from index.engines.vectors import Rows

_STEMS, _NAMES, _ROW = "stems", "names", "row"
_TOKENIZER = "spaces"
_HEAP_BYTES = 128_000_000  # one segment up to about half a million passages
# A question has some twenty words; a pasted document must not cost a thousand times more.
_MOST_TERMS = 256


def write_lexical(folder: Path, rows: Iterable[tuple[str, str]]) -> None:
    """Write an index of (stems, names), each separated by spaces, in row order."""
    folder.mkdir()
    index = tantivy.Index(_schema(), path=str(folder))
    _register(index)
    writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
    for number, (stems, names) in enumerate(rows):
        document = tantivy.Document()
        document.add_text(_STEMS, stems)
        document.add_text(_NAMES, names)
        document.add_unsigned(_ROW, number)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    del writer, index
    for lock in folder.glob(".tantivy-*.lock"):
        lock.unlink()


class LexicalIndex:
    """The full-text index of one snapshot. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        with _doorway(folder) as place:
            index = tantivy.Index.open(str(place))
            _register(index)
            index.config_reader(reload_policy="manual")
            self._searcher = index.searcher()
        self._schema = index.schema

    def __len__(self) -> int:
        return self._searcher.num_docs

    def document_frequency(self, stem: str) -> int:
        """How many passages hold this stem."""
        if not stem.isprintable():  # no stem is; a lone surrogate could not even be passed on
            return 0
        return self._searcher.doc_freq(_STEMS, stem)

    def search(
        self, stems: Sequence[str], names: Sequence[str], k: int, rows: Rows | None = None
    ) -> list[tuple[int, float]]:
        """The k best (row, BM25 score) that hold any of the words, best first, ties by row.

        ``rows`` restricts what is returned; word statistics stay those of the whole index.
        """
        wanted = [
            *(self._term(_STEMS, term) for term in _distinct(stems)),
            *(self._term(_NAMES, term) for term in _distinct(names)),
        ]
        if not wanted or k <= 0 or (rows is not None and not len(rows)):
            return []
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in wanted])
        if rows is not None:
            among = tantivy.Query.term_set_query(self._schema, _ROW, rows.tolist())
            unscored = tantivy.Query.const_score_query(among, 0.0)
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, unscored)]
            )
        return self._top(query, k)

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term, index_option="freq")

    def _top(self, query: tantivy.Query, k: int) -> list[tuple[int, float]]:
        """The first k by (score, row), however many share the k-th score."""
        limit = k + 1
        while True:
            hits = self._searcher.search(query, limit, count=False).hits
            if len(hits) < limit or hits[-1][0] < hits[k - 1][0] or limit >= len(self):
                break
            limit *= 2
        rows = self._searcher.fast_field_values(_ROW, [address for _score, address in hits])
        found = [
            (int(row), float(score))
            for row, (score, _address) in zip(rows, hits, strict=True)
            if row is not None
        ]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in (_STEMS, _NAMES):
        builder.add_text_field(field, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_unsigned_field(_ROW, indexed=True, fast=True)
    return builder.build()


def _register(index: tantivy.Index) -> None:
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, analyzer)


def _distinct(terms: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(terms))[:_MOST_TERMS]


@contextmanager
def _doorway(folder: Path) -> Iterator[Path]:
    """A folder of links to the index, for as long as opening it takes.

    Opening an index creates a lock file beside it. A snapshot is never written to, and a
    read-only home cannot be; the files themselves are mapped into memory and outlive this.
    """
    with tempfile.TemporaryDirectory(prefix="townbook-") as name:
        place = Path(name)
        for file in folder.iterdir():
            link = place / file.name
            try:
                os.symlink(file.absolute(), link)
            except OSError:  # Windows gives links to administrators only
                shutil.copyfile(file, link)
        yield place
