"""The door's manners and patience: robots.txt, pauses, retries, redirects, kinds, sizes."""

from __future__ import annotations

import gzip
import zlib

import httpx
import pytest

from corpus.web.door import Limits
from corpus.web.outcomes import Fetched, Gone, Missing, Trouble, Unmodified
from tests.corpus.web.fakes import HTML, PAGE, Answer, Clock, Names, Web, door

URL = "https://city.example/news"
AT = "city.example/news"
ROBOTS = "city.example/robots.txt"
SMALL = Limits(bytes=1000)


def robots(*lines: str) -> Answer:
    return Answer(200, {"content-type": "text/plain"}, "\n".join(lines).encode())


def reason(outcome: object) -> str:
    assert isinstance(outcome, Trouble)
    return outcome.reason


def test_a_page_comes_with_what_a_second_request_needs() -> None:
    headers = {
        "content-type": "text/html; charset=ISO-8859-1",
        "etag": 'W/"1"',
        "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT",
    }
    web = Web({AT: Answer(200, headers, b"<p>Words</p>")})
    assert door(web).fetch(URL) == Fetched(
        URL, b"<p>Words</p>", ".html", "iso-8859-1", 'W/"1"', "Thu, 01 Jan 2026 00:00:00 GMT"
    )
    told = web.pages[0].headers
    assert told["user-agent"].startswith("townbook")
    assert told["accept-encoding"] == "gzip"
    assert "if-none-match" not in told


def test_a_request_for_what_is_kept_is_conditional() -> None:
    web = Web({AT: Answer(304)})
    assert door(web).fetch(URL, etag='"1"', last_modified="yesterday") == Unmodified(URL)
    assert web.pages[0].headers["if-none-match"] == '"1"'
    assert web.pages[0].headers["if-modified-since"] == "yesterday"


def test_an_etag_that_would_write_headers_of_its_own_is_not_sent_back() -> None:
    web = Web({AT: PAGE})
    assert isinstance(door(web).fetch(URL, etag='"1"\r\nX-Evil: 1'), Fetched)
    assert "if-none-match" not in web.pages[0].headers


@pytest.mark.parametrize(("status", "outcome"), [(404, Missing(URL)), (410, Gone(URL))])
def test_missing_and_gone_are_told_apart(status: int, outcome: object) -> None:
    assert door(Web({AT: Answer(status)})).fetch(URL) == outcome


@pytest.mark.parametrize("status", [204, 206, 300, 401, 403, 451, 501])
def test_every_other_status_is_trouble_that_names_it(status: int) -> None:
    web = Web({AT: Answer(status)})
    assert reason(door(web).fetch(URL)) == f"answered {status}"
    assert len(web.pages) == 1


# -- robots.txt ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "is_allowed"),
    [
        (("User-agent: *", "Disallow: /"), False),
        (("User-agent: *", "Disallow: /n*s$"), False),
        (("User-agent: *", "Disallow: /", "Allow: /news"), True),
        (("User-agent: townbook", "Disallow: /news", "", "User-agent: *", "Allow: /"), False),
        (("User-agent: townbook", "Disallow:", "", "User-agent: *", "Disallow: /"), True),
        (("User-agent: other", "Disallow: /"), True),
        (("<!doctype html>", "<p>no such file"), True),
    ],
)
def test_robots_txt_is_respected(lines: tuple[str, ...], is_allowed: bool) -> None:
    web = Web({AT: PAGE, ROBOTS: robots(*lines)})
    outcome = door(web).fetch(URL)
    assert isinstance(outcome, Fetched) == is_allowed
    assert len(web.pages) == is_allowed
    if not is_allowed:
        assert "robots.txt of city.example does not allow it" in reason(outcome)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_robots_txt_allows_everything(status: int) -> None:
    web = Web({AT: PAGE, ROBOTS: Answer(status)})
    assert isinstance(door(web).fetch(URL), Fetched)


@pytest.mark.parametrize(
    "reply", [Answer(500), Answer(429), httpx.ConnectError("refused")], ids=["500", "429", "down"]
)
def test_a_site_that_cannot_say_what_it_allows_is_left_alone(reply: Answer | Exception) -> None:
    web = Web({AT: PAGE, ROBOTS: reply})
    outcome = door(web).fetch(URL)
    assert reason(outcome).startswith("robots.txt of city.example")
    assert isinstance(outcome, Trouble)
    assert outcome.is_out_of_reach
    assert web.pages == []


def test_robots_txt_is_asked_once_an_hour_and_for_each_host() -> None:
    clock = Clock()
    web = Web({AT: PAGE, "other.example/": PAGE})
    site = door(web, clock=clock)
    for _ in range(3):
        site.fetch(URL)
    site.fetch("https://other.example/")
    assert len(web.asked) - len(web.pages) == 2
    clock.now += 3700
    site.fetch(URL)
    assert len(web.asked) - len(web.pages) == 3


def test_a_redirect_into_what_robots_txt_forbids_is_not_followed() -> None:
    rules = robots("User-agent: *", "Disallow: /private")
    web = Web({AT: Answer(302, {"location": "/private"}), ROBOTS: rules})
    assert "does not allow" in reason(door(web).fetch(URL))


# -- pauses and retries ----------------------------------------------------------------------


def test_a_host_is_asked_once_a_second_and_another_host_at_once() -> None:
    clock = Clock()
    web = Web({AT: PAGE, "other.example/": PAGE})
    site = door(web, clock=clock)
    site.fetch(URL)  # robots.txt, a second, the page
    assert clock.slept == [1.0]
    site.fetch(URL)
    assert clock.slept == [1.0, 1.0]
    clock.now += 5
    site.fetch(URL)
    assert clock.slept == [1.0, 1.0]
    site.fetch("https://other.example/")
    assert clock.slept == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(("asked", "slept"), [("4", 4.0), ("0.2", 1.0), ("900", 10.0)])
def test_a_crawl_delay_is_kept_within_reason(asked: str, slept: float) -> None:
    clock = Clock()
    web = Web({AT: PAGE, ROBOTS: robots("User-agent: *", f"Crawl-delay: {asked}")})
    door(web, clock=clock).fetch(URL)
    assert clock.slept == [slept]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again_twice_with_growing_pauses(status: int) -> None:
    clock = Clock()
    web = Web({AT: [Answer(status), Answer(status), PAGE]})
    site = door(web, clock=clock, limits=Limits(pause_seconds=0))
    assert isinstance(site.fetch(URL), Fetched)
    assert clock.slept == [1.0, 2.0]  # jitter in the middle of its range
    assert len(web.pages) == 3


def test_a_third_failure_is_the_last() -> None:
    web = Web({AT: Answer(503)})
    outcome = door(web).fetch(URL)
    assert reason(outcome) == "answered 503"
    assert len(web.pages) == 3


def test_a_connection_that_fails_is_tried_again() -> None:
    web = Web({AT: [httpx.ConnectError("refused"), httpx.ReadError("reset"), PAGE]})
    assert isinstance(door(web).fetch(URL), Fetched)
    silent = Web({AT: httpx.ConnectError("refused")})
    outcome = door(silent).fetch(URL)
    assert reason(outcome) == "no connection (refused)"
    assert isinstance(outcome, Trouble)
    assert outcome.is_out_of_reach


@pytest.mark.parametrize(
    ("headers", "slept"),
    [
        ({"retry-after": "7"}, 7.0),
        (
            {
                "date": "Thu, 01 Jan 2026 00:00:00 GMT",
                "retry-after": "Thu, 01 Jan 2026 00:00:09 GMT",
            },
            9.0,
        ),
        ({"retry-after": "soon"}, 1.0),
        ({"retry-after": "-5"}, 1.0),
    ],
    ids=["seconds", "date", "neither", "negative"],
)
def test_retry_after_is_honoured(headers: dict[str, str | bytes], slept: float) -> None:
    clock = Clock()
    web = Web({AT: [Answer(503, headers), PAGE]})
    site = door(web, clock=clock, limits=Limits(pause_seconds=0))
    assert isinstance(site.fetch(URL), Fetched)
    assert clock.slept == [slept]


def test_a_server_that_asks_for_a_long_wait_is_not_waited_for() -> None:
    clock = Clock()
    web = Web({AT: Answer(429, {"retry-after": "3600"})})
    assert reason(door(web, clock=clock).fetch(URL)) == "answered 429"
    assert clock.slept == [1.0]
    assert len(web.pages) == 1


def test_time_on_the_network_is_counted_over_redirects_and_retries() -> None:
    clock = Clock()

    def slow(request: httpx.Request) -> Answer:
        clock.now += 11  # without sleeping: the network took it
        return Answer(503)

    web = Web({AT: slow})
    outcome = door(web, clock=clock).fetch(URL)
    assert reason(outcome) == "took longer than 20 seconds"
    assert len(web.pages) == 2


# -- redirects -------------------------------------------------------------------------------


def test_three_redirects_are_followed_and_a_fourth_is_not() -> None:
    hops: dict[str, Answer] = {
        f"city.example/{n}": Answer(301, {"location": f"/{n + 1}"}) for n in range(4)
    }
    web = Web({**hops, "city.example/4": PAGE})
    found = door(web).fetch("https://city.example/1")
    assert isinstance(found, Fetched)
    assert found.url == "https://city.example/4"
    assert reason(door(web).fetch("https://city.example/0")) == "redirected more than 3 times"


def test_each_hop_is_resolved_and_pinned_for_itself() -> None:
    names = Names(**{"old.example": [["93.184.216.1"]], "new.example": [["93.184.216.2"]]})
    web = Web({"old.example/": Answer(308, {"location": "//new.example/a"}), "new.example/a": PAGE})
    assert isinstance(door(web, names).fetch("https://old.example/"), Fetched)
    assert [(r.url.host, r.headers["host"]) for r in web.pages] == [
        ("93.184.216.1", "old.example"),
        ("93.184.216.2", "new.example"),
    ]


# -- kinds and sizes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "suffix"),
    [
        ("text/html", "a", ".html"),
        ("Application/XHTML+xml; charset=utf-8", "a", ".html"),
        ("text/plain", "a", ".txt"),
        ("text/plain", "readme.md", ".md"),
        ("text/markdown", "a", ".md"),
        ("application/pdf", "a", ".pdf"),
        ("application/octet-stream", "a.PDF", ".pdf"),
        ("", "a.docx", ".docx"),
        ("text/csv", "a", ".csv"),
        ("application/x-ndjson", "a", ".jsonl"),
        ("application/rss+xml", "a", ".xml"),
        ("application/gzip", "sitemap.xml.gz", ".xml"),
        ("text/html", "a.pdf", ".html"),
    ],
)
def test_the_kind_of_content_chooses_its_reader(kind: str, name: str, suffix: str) -> None:
    web = Web({f"city.example/{name}": Answer(200, {"content-type": kind}, b"x")})
    found = door(web).fetch(f"https://city.example/{name}")
    assert isinstance(found, Fetched)
    assert found.suffix == suffix


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/zip", "", "text/css"])
def test_what_no_reader_takes_is_not_even_downloaded(kind: str) -> None:
    def explode() -> list[bytes]:
        raise AssertionError("the body was read")

    class Untouched(list[bytes]):
        def __iter__(self) -> None:  # type: ignore[override]  # fails whoever reads it
            explode()

    web = Web({AT: Answer(200, {"content-type": kind}, Untouched([b"x"]))})
    assert "which is not read" in reason(door(web).fetch(URL))


@pytest.mark.parametrize("announced", [True, False])
def test_too_long_a_body_is_cut_off(announced: bool) -> None:
    sent = 0

    def pieces() -> object:
        nonlocal sent
        while True:
            sent += 1
            yield b"x" * 100

    class Endless(list[bytes]):
        def __iter__(self) -> object:  # type: ignore[override]  # a body without an end
            return pieces()

    headers = HTML | ({"content-length": "5000"} if announced else {})
    web = Web({AT: Answer(200, headers, Endless())})
    assert reason(door(web, limits=SMALL).fetch(URL)) == "more than 1,000 bytes"
    assert sent == (0 if announced else 11)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda raw: zlib.compress(raw)[2:-4]),
        ("gzip", lambda raw: gzip.compress(raw[:50]) + gzip.compress(raw[50:])),
        ("identity", bytes),
    ],
    ids=["gzip", "x-gzip", "zlib", "raw deflate", "two members", "identity"],
)
def test_a_compressed_body_is_unpacked_however_it_is_cut(coding: str, pack: object) -> None:
    assert callable(pack)
    body = b"".join(b"%d words " % n for n in range(60_000))
    packed = pack(body)
    for size in (7, 1000, len(packed)):
        pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
        web = Web({AT: Answer(200, HTML | {"content-encoding": coding}, pieces)})
        found = door(web).fetch(URL)
        assert isinstance(found, Fetched)
        assert found.body == body


def test_a_gzip_bomb_is_cut_off_while_it_unpacks() -> None:
    bomb = gzip.compress(bytes(50 * 2**20))
    web = Web({AT: Answer(200, HTML | {"content-encoding": "gzip"}, bomb)})
    assert reason(door(web).fetch(URL)) == f"more than {10 * 2**20:,} bytes"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"words" * 500)[:-20]),
        ("gzip", b"<p>"),
        ("br", b""),
        ("gzip, gzip", b""),
    ],
    ids=["cut short", "not gzip", "brotli", "twice"],
)
def test_a_body_that_cannot_be_unpacked_is_trouble(coding: str, body: bytes) -> None:
    web = Web({AT: Answer(200, HTML | {"content-encoding": coding}, body)})
    assert reason(door(web).fetch(URL))


def test_a_proxy_is_asked_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.web.addresses import parse_address
    from corpus.web.exchange import environment_proxy

    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert environment_proxy(parse_address(URL)) is None
    monkeypatch.setenv("HTTPS_PROXY", "proxy.city.example:3128")
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    assert environment_proxy(parse_address(URL)) == "http://proxy.city.example:3128"
    assert environment_proxy(parse_address("http://city.example/")) is None
    assert environment_proxy(parse_address("https://intranet.example/")) is None
    web = Web({AT: PAGE})
    site = door(web, proxy_for=environment_proxy)
    assert isinstance(site.fetch(URL), Fetched)
    assert str(web.pages[0].url) == URL
    monkeypatch.setenv("HTTPS_PROXY", "socks5://proxy.city.example")
    assert "socks5" in reason(site.fetch(URL))
