"""What a fetched page is called: as a source, for people, and as a file, for readers.

Pure: an address in, a name out. It refuses to make names unique; who keeps several does.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.text import canonical

_LONGEST_SOURCE = 200  # characters
_LONGEST_SLUG = 60  # characters; file systems take 255 bytes


def source_of(url: str) -> str:
    """``city.example/news/one`` for ``https://city.example/news/one/``: NFC, one line.

    A ``#`` would read as a row of a table, so it stays as it is written in the address.
    """
    parts = urlsplit(url)
    path = unquote(parts.path, errors="replace").replace("#", "%23").strip("/")
    query = unquote(parts.query, errors="replace").replace("#", "%23")
    name = f"{_host(url)}/{path}" if path else _host(url)
    name = " ".join(canonical(f"{name}?{query}" if query else name).split())
    if len(name) > _LONGEST_SOURCE:
        name = f"{name[:_LONGEST_SOURCE]}… {short_hash(url)}"
    return unicodedata.normalize("NFC", name)


def file_name_of(url: str, suffix: str) -> str:
    """``one-3f2a9c01.html``: a slug that may have to serve as a title, and a hash."""
    path = PurePosixPath(unquote(urlsplit(url).path, errors="replace"))
    words = path.name[: -len(path.suffix)] if path.suffix else path.name
    slug = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", words or _host(url))).strip("-")
    # Cut by bytes as file systems count, and never within a character.
    slug = slug.encode()[:_LONGEST_SLUG].decode(errors="ignore").strip("-").lower()
    return f"{slug or 'page'}-{short_hash(url)}{suffix}"


def short_hash(url: str) -> str:
    """8 hex digits."""
    return sha256(url.encode()).hexdigest()[:8]


def folder_of(address: str) -> str:
    """16 hex digits: what the mirror of ``address`` is kept under."""
    return sha256(address.encode()).hexdigest()[:16]


def _host(url: str) -> str:
    """Host and port, as people write the host."""
    netloc = urlsplit(url).netloc
    if "xn--" not in netloc:
        return netloc
    import idna  # only names with letters beyond ASCII need it

    host, colon, port = netloc.partition(":")
    try:
        return f"{idna.decode(host)}{colon}{port}"
    except idna.IDNAError:
        return netloc
