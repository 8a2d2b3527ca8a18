"""What feeds and sitemaps list, and what is refused in them."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from corpus.errors import Unreadable
from corpus.reading import ReaderPool
from corpus.web.links import MOST_LINKS, Link, Listing, read_listing
from tests.corpus.web.fakes import feed

BASE = "https://city.example/news/feed.xml"
A, B = "https://city.example/a", "https://city.example/news/b?x=1&y=2"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>News</title><link>https://city.example/</link><atom:link href="x" rel="self"/>
<item><title>A</title><atom:link href="no"/><link> https://city.example/a#top </link>
<pubDate>Thu, 01 Jan 2026 10:00:00 +0100</pubDate></item>
<item><link><![CDATA[b?x=1&y=2]]></link><pubDate>someday</pubDate></item>
<item><guid>https://city.example/c</guid></item>
<item><guid isPermaLink="false">4711</guid></item>
<item><link>javascript:alert(1)</link></item><item><link>https://city.example/a</link></item>
<item><link>file:///etc/passwd</link></item><item><link>http://[broken/</link></item>
</channel></rss>"""
RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>https://city.example/</link></channel>
<item rdf:about="a"><link>https://city.example/a</link><dc:date>2026-01-01</dc:date></item>
</rdf:RDF>"""
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://city.example/"><link href="/"/>
<entry xml:base="news/"><link rel="enclosure" href="film.mp4"/><link rel="edit" href="e"/>
<link href="b?x=1&amp;y=2"/><updated>2026-01-02T00:00:00Z</updated></entry>
<entry><link rel="alternate" href="a"/><published>2026-01-01T01:00:00+01:00</published></entry>
<entry><title>no link</title></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://city.example/a</loc><lastmod>2026-01-01</lastmod></url>
<url><lastmod>2026-01-01</lastmod></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://city.example/a.xml.gz</loc></sitemap></sitemapindex>"""

FIRST = "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "kind", "links"),
    [
        (RSS, "feed", [Link(A, "2026-01-01T09:00:00+00:00"), Link(B), Link(A[:-1] + "c")]),
        (RDF, "feed", [Link(A, FIRST)]),
        (ATOM, "feed", [Link(B, "2026-01-02T00:00:00+00:00"), Link(A, FIRST)]),
        (SITEMAP, "sitemap", [Link(A, FIRST)]),
        (INDEX, "index", [Link("https://city.example/a.xml.gz")]),
        ('<rss version="2.0"><channel/></rss>', "feed", []),
    ],
    ids=["RSS 2.0", "RSS 1.0", "Atom", "sitemap", "sitemap index", "empty"],
)
def test_every_form_gives_addresses_and_days(text: str, kind: str, links: list[Link]) -> None:
    found = read_listing(text.encode(), BASE)
    assert (found.kind, list(found.links)) == (kind, links)
    assert Listing.from_json(found.to_json()) == found
    assert read_listing(gzip.compress(text.encode()), BASE) == found


def test_a_malformed_feed_is_read_as_far_as_it_goes() -> None:
    broken = RSS.replace("<title>A</title>", "<title>Q & A &nbsp; <br></title>")
    assert A in [link.url for link in read_listing(broken.encode(), BASE).links]


def test_another_encoding_is_read() -> None:
    latin = feed("https://city.example/caf\u00e9").replace('"1.0"', '"1.0" encoding="iso-8859-1"')
    found = read_listing(latin.encode("latin-1"), BASE)
    assert [link.url for link in found.links] == ["https://city.example/caf\u00e9"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BAD = {
    "a billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>'
    "<rss><channel><item><link>http://city.example/&l9;</link></item></channel></rss>",
    "an entity from a file": '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><link>http://city.example/&f;</link></item></channel></rss>",
    "a doctype from elsewhere": '<!DOCTYPE rss SYSTEM "http://127.0.0.1/rss.dtd"><rss/>',
    "a page": "<!DOCTYPE html><html><body>Words</body></html>",
    "other XML": "<svg/>",
    "no XML": "words",
    "nothing": "",
    "too many": feed(*(f"https://city.example/{n}" for n in range(MOST_LINKS + 1))),
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_what_is_no_listing_or_hostile_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_listing(text.encode(), BASE)


def test_a_doctype_in_another_encoding_is_seen_too() -> None:
    text = BAD["an entity from a file"]
    with pytest.raises(Unreadable, match="DOCTYPE"):
        read_listing(f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16"), BASE)


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(bytes(100 * 2**20)), gzip.compress(SITEMAP.encode())[:-12], b"\x1f\x8bno"],
    ids=["bomb", "cut short", "not gzip"],
)
def test_a_gzip_that_is_none_or_a_bomb_is_refused(packed: bytes) -> None:
    with pytest.raises(Unreadable):
        read_listing(packed, BASE)


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(workers=1, timeout_seconds=10.0) as one:
        yield one


def test_a_reader_process_reads_listings_and_says_why_it_cannot(pool: ReaderPool) -> None:
    assert pool.links(RSS.encode(), BASE) == read_listing(RSS.encode(), BASE)
    with pytest.raises(Unreadable, match="DOCTYPE"):
        pool.links(BAD["a billion laughs"].encode(), BASE)
    assert pool.links(INDEX.encode(), BASE).kind == "index"


def test_a_listing_that_takes_too_long_costs_its_reader_and_no_other_listing() -> None:
    with ReaderPool(workers=1, timeout_seconds=0.001) as hurried:
        with pytest.raises(Unreadable, match="took longer"):
            hurried.links(feed(*(f"{A}{n}" for n in range(40_000))).encode(), BASE)
        hurried._timeout_seconds = 20.0
        assert hurried.links(RSS.encode(), BASE).kind == "feed"
