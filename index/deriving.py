"""Document → what is stored beside it: passages, records, facets, and the words to find it by.

A pure step between reading and storing. It knows which function makes which; what they know
about text is theirs.
"""

from __future__ import annotations

from corpus import Document
from corpus.passages import passage_text, sentences_in_text, split
from corpus.records import extract, facets
from index import IndexingEncoder
from index.rows import Entry, PassageRow, embedded_hash
from index.terms import names, stems


def derive(document: Document, encoder: IndexingEncoder) -> Entry:
    """Everything that is indexed of ``document``; equal input gives an equal entry."""
    records = extract(document)
    rows = []
    for passage in split(document, encoder.count_tokens, encoder.limit):
        text = passage_text(document, passage)
        rows.append(
            PassageRow(
                passage,
                embedded_hash(text, sentences_in_text(document, passage)),
                facets(document, passage, records),
                " ".join(stems(text, document.language)),
                " ".join(names(text, document.language)),
            )
        )
    return Entry(document, records, tuple(rows))
