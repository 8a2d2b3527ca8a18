"""What a feed or a sitemap lists: addresses with the days they were last changed on.

Knows RSS 0.9 to 2.0, Atom, and sitemaps with their indexes, plain or gzipped. Malformed feeds
are read as far as they go. It refuses every DOCTYPE, so no entity is ever expanded, opens
nothing, and is run in a reader's child process (``corpus.reading.ReaderPool.links``) only.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import urljoin

from corpus.errors import Unreadable
from corpus.readers.draft import web_address

if TYPE_CHECKING:
    from lxml.etree import _Element

Kind = Literal["feed", "sitemap", "index"]  # an index lists sitemaps

MOST_LINKS = 50_000  # of one listing, as sitemaps.org has it
_MOST_BYTES = 10 * 2**20  # decompressed
_LONGEST_DATE = 100  # characters


@dataclass(frozen=True, slots=True)
class Link:
    """One listed address, absolute; ``changed`` is ISO 8601 in UTC, None where not said."""

    url: str
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one feed or sitemap lists, in its own order, each address once."""

    kind: Kind
    links: tuple[Link, ...]

    def to_json(self) -> dict[str, Any]:
        """What ``from_json`` takes."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Listing:
        """Raises ValueError, KeyError or TypeError for what ``to_json`` did not write."""
        if value["kind"] not in get_args(Kind):
            raise ValueError(f"got {value['kind']!r}, expected one of {get_args(Kind)}")
        return cls(value["kind"], tuple(Link(**link) for link in value["links"]))


def read_listing(raw: bytes, url: str) -> Listing:
    """What ``raw``, fetched from ``url``, lists; Unreadable for what is no listing."""
    root = _root(_unzipped(raw))
    kind, found = _found(root, url)
    links: dict[str, Link] = {}
    for target, changed in found:
        absolute = _absolute(url, target)
        if absolute is not None and absolute not in links:
            if len(links) == MOST_LINKS:
                raise Unreadable("limits", f"lists more than {MOST_LINKS:,} addresses")
            links[absolute] = Link(absolute, _moment(changed))
    return Listing(kind, tuple(links.values()))


def _unzipped(raw: bytes) -> bytes:
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = inflate.decompress(raw, _MOST_BYTES + 1)
    except zlib.error as error:
        raise Unreadable("decode", f"not gzip: {error}") from error
    if len(plain) > _MOST_BYTES:
        raise Unreadable("limits", f"more than {_MOST_BYTES:,} bytes when decompressed")
    if not inflate.eof:
        raise Unreadable("decode", "its compressed content ends early")
    return plain


def _root(raw: bytes) -> _Element:
    # Imported here: only listings need it.
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        recover=True,  # a feed with a bare & still lists its articles
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("parse", f"not XML: {error}") from error
    if root is None:
        raise Unreadable("parse", "not XML")
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("parse", "has a DOCTYPE; a feed or a sitemap needs none")
    return root


def _found(root: _Element, url: str) -> tuple[Kind, Iterator[tuple[str, str]]]:
    name = _name(root)
    if name == "urlset":
        return "sitemap", _located(root, "url")
    if name == "sitemapindex":
        return "index", _located(root, "sitemap")
    if name == "feed":
        return "feed", _atom(root, url)
    if name in ("rss", "rdf"):
        return "feed", _rss(root)
    raise Unreadable("parse", f"<{name[:40]}> is neither a feed nor a sitemap")


def _located(root: _Element, entry: str) -> Iterator[tuple[str, str]]:
    for element in root:
        if _name(element) == entry:
            yield _text(element, "loc"), _text(element, "lastmod")


def _rss(root: _Element) -> Iterator[tuple[str, str]]:
    for item in root.iter():
        if _name(item) != "item":
            continue
        link = _text(item, "link")
        if not link:
            # RSS 2.0: a guid is the article's address unless it says that it is none.
            guid = next((child for child in item if _name(child) == "guid"), None)
            if guid is not None and guid.get("isPermaLink", "true").lower() == "true":
                link = _text(item, "guid")
        yield link, _text(item, "pubdate") or _text(item, "date")


def _atom(root: _Element, url: str) -> Iterator[tuple[str, str]]:
    for entry in root.iter():
        if _name(entry) != "entry":
            continue
        links = [child for child in entry if _name(child) == "link" and child.get("href")]
        page = next((link for link in links if link.get("rel", "alternate") == "alternate"), None)
        if page is not None:
            base = _absolute(url, page.base or "") or url
            target = urljoin(base, (page.get("href") or "").strip())
            yield target, _text(entry, "updated") or _text(entry, "published")


def _name(element: _Element) -> str:
    """An element's name in lower case, whatever namespace it claims."""
    # Not a string: what is left of a comment or an entity.
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _text(element: _Element, name: str) -> str:
    for child in element:
        if _name(child) == name and (text := (child.text or "").strip()):
            return text
    return ""


def _absolute(url: str, target: str) -> str | None:
    try:
        return web_address(urljoin(url, target).partition("#")[0]) if target else None
    except ValueError:  # brackets that hold no IPv6 address
        return None


def _moment(text: str) -> str | None:
    """A date of RFC 822 or ISO 8601, in UTC; None for what is neither."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(text[:_LONGEST_DATE])
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
            return moment.astimezone(UTC).isoformat(timespec="seconds")
        except (ValueError, TypeError, OverflowError):
            continue
    return None
