"""Plain text and Markdown files, with or without front matter, to a Draft.

The two share one reader because the texts cities publish do: ``.txt`` files carry Markdown
headings and front matter as often as ``.md`` files do. It refuses to render: marks stay in
the text, so that every quote still stands in the raw file.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.errors import Unreadable
from corpus.languages import language_code
from corpus.readers.decoding import decode
from corpus.readers.draft import MOST_CHARACTERS, Draft, refuse_too_long, web_address
from corpus.readers.front_matter import Pairs, split_front_matter
from corpus.readers.headings import find_headings
from corpus.readers.published import published_in_pairs
from corpus.text import canonical

# No encoding takes more than four bytes a character; checked before any work is done.
_MOST_BYTES = 4 * MOST_CHARACTERS + 65_536
_LANGUAGE_KEYS = ("language", "lang", "locale")
_URL_KEYS = ("url", "canonical_url", "canonical", "link", "source", "permalink")


def read(raw: bytes, kind: str) -> Draft:
    """The draft of a file's bytes; ``kind`` is "text" or "markdown"."""
    if len(raw) > _MOST_BYTES:
        raise Unreadable("limits", f"{len(raw):,} bytes of text; at most {_MOST_BYTES:,} are read")
    decoded = decode(raw)
    pairs, rest = split_front_matter(canonical(decoded.text))
    # A body may itself begin with a BOM or blank lines; canonical twice changes nothing else.
    text = canonical(rest).strip()
    return draft_of(text, pairs, kind, notes=decoded.metadata())


def draft_of(text: str, pairs: Pairs, kind: str, notes: Pairs = ()) -> Draft:
    """The draft of canonical ``text`` described by ``pairs``; what no rule takes is metadata."""
    refuse_too_long(text)
    published, used = published_in_pairs(pairs)
    taken = set(used)
    title = _first(pairs, ("title",), taken)
    language = _first(pairs, _LANGUAGE_KEYS, taken, language_code)
    url = _first(pairs, _URL_KEYS, taken, web_address)
    kept = tuple((key, value) for key, value in pairs if key not in taken)
    return Draft(
        text=text,
        kind=kind,
        title=title,
        published=published,
        language=language,
        url=url,
        headings=find_headings(text),
        metadata=kept + notes,
        header_may_date_it=published is None and not any(k.lower() == "date" for k, _ in kept),
    )


def _first(
    pairs: Pairs,
    keys: tuple[str, ...],
    taken: set[str],
    parse: Callable[[str], str | None] = str,
) -> str | None:
    """The first of ``keys`` whose value ``parse`` accepts; its key is added to ``taken``."""
    for wanted in keys:
        for key, value in pairs:
            if key.lower() == wanted and (parsed := parse(value)):
                taken.add(key)
                return parsed
    return None
