"""What came of asking for one address: five values, and which kinds of content are taken.

Knows content types and the file endings that the readers choose by. It refuses to look at the
content itself: what a page claims to be is what its reader will be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

LISTING = ".xml"  # a feed or a sitemap, for corpus.web.links; no reader of files takes it


@dataclass(frozen=True, slots=True)
class Fetched:
    """Content that was sent whole."""

    url: str  # where it was found in the end
    body: bytes  # decompressed
    suffix: str  # the file ending its kind is read by, or LISTING
    charset: str | None = None  # as the reply's header names it
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Unmodified:
    """The server says that what is kept is what it still has (304)."""

    url: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The server says that it was removed for good (410)."""

    url: str


@dataclass(frozen=True, slots=True)
class Missing:
    """The server does not have it (404), which may be a mistake of the moment."""

    url: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """It could not be had this time; nothing follows about whether it still exists."""

    url: str
    reason: str  # one line
    is_out_of_reach: bool = False  # the host did not answer: its other pages will not either


Outcome = Fetched | Unmodified | Gone | Missing | Trouble

ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, text/markdown, text/plain;q=0.9, application/pdf, "
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document, text/csv, "
    "application/x-ndjson, application/json;q=0.8, */*;q=0.1"
)

_SUFFIX_OF = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/csv": ".csv",
    "application/csv": ".csv",
    "application/json": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/x-jsonlines": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/rss+xml": LISTING,
    "application/atom+xml": LISTING,
    "application/rdf+xml": LISTING,
    "application/xml": LISTING,
    "text/xml": LISTING,
    "application/gzip": LISTING,
    "application/x-gzip": LISTING,
}
# Where a server does not know what it sends, the address's own ending is believed.
_UNKNOWN = frozenset(("", "application/octet-stream", "binary/octet-stream", "text/plain"))
_SUFFIX_OF_NAME = {
    ".html": ".html",
    ".htm": ".html",
    ".txt": ".txt",
    ".md": ".md",
    ".markdown": ".md",
    ".pdf": ".pdf",
    ".docx": ".docx",
    ".csv": ".csv",
    ".jsonl": ".jsonl",
    ".xml": LISTING,
    ".rss": LISTING,
    ".atom": LISTING,
    ".gz": LISTING,
}


def suffix_for(media_type: str, url: str) -> str | None:
    """The file ending content of that type is read by; None when nothing reads it."""
    if media_type in _UNKNOWN:
        name = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
        if known := _SUFFIX_OF_NAME.get(name):
            return known
    return _SUFFIX_OF.get(media_type)
