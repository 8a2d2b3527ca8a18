"""Paraphrases and subtle errors written by hand over the starter articles, as cases for the gate.

``tuned`` was looked at while the gate was written, ``fresh`` was written after it and changed
nothing. Each row names an article and where its quotes begin and end; the claims are our own words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from assistant import Answer
from benchmarks.planting.lines import Line, answer
from corpus import Document
from corpus.readers import parse

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "corpus" / "articles"
_FOLDER = ROOT / "tests" / "assistant" / "gate"
FILES = {
    "tuned": _FOLDER / "paraphrases.jsonl",
    "fresh": _FOLDER / "paraphrases_fresh.jsonl",
}


def handmade(file: Path) -> Iterator[tuple[str, str, Answer]]:
    """The kind of each row ("true", or that of its error), its claim, and what it may cite."""
    for row in file.read_text(encoding="utf-8").splitlines():
        told = json.loads(row)
        name = f"{told['article']}.md"
        (document,) = parse(name, name, (ARTICLES / name).read_bytes())
        if not isinstance(document, Document):
            raise ValueError(f"got {document}, expected the article {name}")
        cited = [_quote(document, quote) for quote in told["quotes"]]
        yield told["kind"], told["text"], answer(cited, told["language"])


def _quote(document: Document, shortened: str) -> Line:
    """The words of the article from the ones before "…" to the ones after it."""
    first, _, last = shortened.partition("…")
    start = document.text.index(first)
    end = document.text.index(last, start + len(first)) + len(last) if last else start + len(first)
    return Line(document, start, end)
