"""Bytes of one file to Documents: one reader a format, chosen by the file's suffix.

Knows which suffixes are read and turns whatever goes wrong into a Failure. It refuses to
open files, to use the network and to guess a format from contents. Parsers are imported when
their format first turns up; run them in a child process (corpus.reading), for hostile files
can take any amount of time and memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus import Document
from corpus.errors import Unreadable
from corpus.readers.draft import Draft, finish, web_address
from corpus.text import canonical

SUFFIXES = frozenset(
    (".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".jsonl", ".csv")
)

_LONGEST_REASON = 300  # characters; a parser's message may quote half the file


@dataclass(frozen=True, slots=True)
class Failure:
    """Why one source did not become a Document."""

    source: str
    stage: str  # "fetch" | "open" | "decode" | "parse" | "text" | "limits"
    reason: str  # one line


def parse(
    source: str, name: str, raw: bytes, url: str | None = None
) -> Iterator[Document | Failure]:
    """Every document in ``raw``, the bytes of a file called ``name``, and every failure.

    A table gives one of the two a row, with the source ``table.csv#3``; other formats give
    exactly one. ``url`` is where the file was fetched from, if it was.
    """
    suffix = PurePosixPath(name).suffix.lower()
    try:
        if suffix in (".csv", ".jsonl"):
            yield from _rows(source, name, suffix, raw, url)
        else:
            yield finish(_draft(suffix, raw), source, name=name, url=url)
    except Exception as error:  # noqa: BLE001 - parsers raise anything on hostile files
        yield failure_of(source, error)


def failure_of(source: str, error: BaseException) -> Failure:
    """``error`` as the one line a person reads in the list of quarantined files."""
    if isinstance(error, Unreadable):
        stage, reason = error.stage, error.reason
    elif isinstance(error, MemoryError):
        stage, reason = "limits", "needs more memory than one file may use"
    elif isinstance(error, RecursionError):
        stage, reason = "limits", "nested too deep to be read"
    else:
        stage, reason = "parse", f"{type(error).__name__}: {error}"
    return Failure(source, stage, " ".join(canonical(reason).split())[:_LONGEST_REASON])


def _draft(suffix: str, raw: bytes) -> Draft:
    if not raw:
        raise Unreadable("text", "no text found")
    # Each reader is imported where it is chosen: a folder of .txt never pays for pypdf.
    match suffix:
        case ".txt" | ".md" | ".markdown":
            from corpus.readers.text import read as read_text

            return read_text(raw, "text" if suffix == ".txt" else "markdown")
        case ".html" | ".htm":
            from corpus.readers.html import read as read_html

            return read_html(raw)
        case ".pdf":
            from corpus.readers.pdf import read as read_pdf

            return read_pdf(raw)
        case ".docx":
            from corpus.readers.docx import read as read_docx

            return read_docx(raw)
    known = " ".join(sorted(SUFFIXES))
    raise Unreadable("open", f"no reader for {suffix or 'a file without suffix'}; known: {known}")


def _rows(
    source: str, name: str, suffix: str, raw: bytes, url: str | None
) -> Iterator[Document | Failure]:
    from corpus.readers.rows import read_csv, read_jsonl

    read = read_csv if suffix == ".csv" else read_jsonl
    any_row = False
    for number, row in read(raw):
        any_row = True
        row_source = f"{source}#{number}"
        try:
            if isinstance(row, Unreadable):
                raise row
            # A table tells of pages elsewhere: a row's own address stands.
            address = web_address(row.url) or url
            row_name = f"{PurePosixPath(name).stem} {number}"
            yield finish(row, row_source, name=row_name, url=address)
        except Exception as error:  # noqa: BLE001 - one bad row must not cost the others
            yield failure_of(row_source, error)
    if not any_row:  # else the file would be neither read nor quarantined
        raise Unreadable("text", "no rows found")
