"""What a reader found in one file, and how that becomes a Document.

Knows the rules every format shares: limits, "no text found", and where a title, a day and a
language come from when the format itself names none. It refuses to know any format.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from corpus import Document, Heading
from corpus.errors import Unreadable
from corpus.languages import detect
from corpus.readers.published import published_in_header
from corpus.readers.titles import clean_title, title_of
from corpus.text import canonical, document_id, text_sha256

MOST_CHARACTERS = 5_000_000  # of one document
FEWEST_LETTERS = 3  # fewer is a scanned page's number, not a text
_LONGEST_METADATUM = 2_000  # characters
_LONGEST_URL = 2_048  # characters, as browsers take them


@dataclass(frozen=True, slots=True)
class Draft:
    """What one format's reader knows; None where the format itself does not say."""

    text: str  # canonical; headings point into it
    kind: str  # see Document.kind
    title: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None
    headings: tuple[Heading, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    # False where the opening lines must not be asked: the format states its day, or an event's.
    header_may_date_it: bool = True


def finish(draft: Draft, source: str, *, name: str, url: str | None = None) -> Document:
    """The Document of a draft; ``name`` is its file's, ``url`` where it was fetched from.

    Unreadable with stage "limits" for too long a text, "text" for one without words.
    """
    text = draft.text
    refuse_too_long(text)
    if not _has_letters(text):
        raise Unreadable("text", "no text found")
    sha256 = text_sha256(text)
    published = draft.published
    if published is None and draft.header_may_date_it:
        published = published_in_header(text)
    title = clean_title(draft.title or "")
    return Document(
        id=document_id(source, sha256),
        source=source,
        text=text,
        sha256=sha256,
        title=title or title_of(text, draft.headings, PurePosixPath(name).stem),
        language=draft.language or detect(text),
        kind=draft.kind,
        published=published,
        url=_address(draft.url, url),
        headings=draft.headings,
        metadata=tuple(
            (canonical(key), canonical(value)[:_LONGEST_METADATUM]) for key, value in draft.metadata
        ),
    )


def refuse_too_long(text: str) -> None:
    """Unreadable for more text than one document may hold; cheap, so ask before working on it."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(
            "limits", f"{len(text):,} characters of text; at most {MOST_CHARACTERS:,} are read"
        )


def web_address(value: str | None) -> str | None:
    """``value`` if it is a plain http(s) address, else None."""
    address = (value or "").strip()
    if not address.lower().startswith(("http://", "https://")) or len(address) > _LONGEST_URL:
        return None
    # White space or a control code inside is somebody's trick or mistake; no link either way.
    return address if address.isprintable() and " " not in address else None


def _address(stated: str | None, fetched: str | None) -> str | None:
    """What a page calls its own address, unless it came from another host than it names.

    A citation must not lead where the text never stood.
    """
    own = web_address(stated)
    if own is None or fetched is None:
        return own or fetched
    try:
        return own if urlsplit(own).hostname == urlsplit(fetched).hostname else fetched
    except ValueError:  # brackets that hold no IPv6 address
        return fetched


def _has_letters(text: str) -> bool:
    found = 0
    for character in text:
        if character.isalpha():
            found += 1
            if found >= FEWEST_LETTERS:
                return True
    return False
