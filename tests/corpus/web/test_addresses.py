"""Which addresses are asked, and that a checked IP address is the one that is connected to."""

from __future__ import annotations

import threading

import httpx
import pytest

from corpus.errors import TownbookError, UsageError
from corpus.web.addresses import AddressRefused, parse_address, pin, within
from corpus.web.outcomes import Fetched, Trouble
from corpus.web.reach import Allowed
from tests.corpus.web.fakes import PAGE, PUBLIC, Answer, Names, Web, door

# Every way of writing an address that must not be asked.
BLOCKED = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://127.0.0.01/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7f.1/",
    "http://１２７.０.０.１/",
    "http://①②⑦.0.0.1/",
    "http://127。0。0。1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://10.0.0.8/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://192.0.0.170/",
    "http://192.0.2.5/",
    "http://192.88.99.1/",
    "http://198.18.0.1/",
    "http://203.0.113.9/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://256.1.1.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
    "http://[2001:db8::1]/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://localhost/",
    "http://LOCALHOST:8080/",
    "http://localhost./",
    "http://city.example./",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://router.home.arpa/",
    "http://intranet/",
    "http://user@city.example/",
    "http://user:secret@city.example/",
    "http://city.example@127.0.0.1/",
    "http://city.example\\@127.0.0.1/",
    "http://city.example%00.evil.example/",
    "http://city.example/\r\nHost: evil.example",
    "http://city .example/",
    "http://ci%74y.example/",
    "http://city..example/",
    "http:///etc/passwd",
    "http://city.example:25/",
    "http://city.example:0/",
    "http://city.example:99999/",
    "file:///etc/passwd",
    "ftp://city.example/",
    "gopher://city.example/",
    "javascript:alert(1)",
    "data:text/html,hello",
    "//city.example/",
    "city.example",
    "",
]
# Without those that are relative to where they come from, or that no header can carry.
REDIRECTS = [url for url in BLOCKED if "://" in url and "///" not in url and "\r" not in url]
PRIVATE_ANSWERS = [
    ["127.0.0.1"],
    ["10.1.2.3"],
    ["169.254.169.254"],
    ["100.100.0.1"],
    ["::1"],
    ["::ffff:10.0.0.1"],
    ["fe80::1%eth0"],
    ["64:ff9b::a00:1"],
    ["2002:a00:1::1"],
    ["0.0.0.0"],  # noqa: S104 - an answer, bound to by nobody
    [PUBLIC, "192.168.0.1"],
    ["not an address"],
]


@pytest.mark.parametrize("url", BLOCKED, ids=ascii)
def test_nothing_is_connected_to_for_a_blocked_address(url: str) -> None:
    web = Web({})
    outcome = door(web).fetch(url)
    assert isinstance(outcome, Trouble)
    assert web.asked == []


@pytest.mark.parametrize("answer", PRIVATE_ANSWERS, ids=str)
def test_nothing_is_connected_to_for_a_name_that_leads_into_a_network(answer: list[str]) -> None:
    web = Web({"rebound.example/": PAGE})
    outcome = door(web, Names(**{"rebound.example": [answer]})).fetch("http://rebound.example/")
    assert isinstance(outcome, Trouble)
    assert "not public" in outcome.reason
    assert web.asked == []


@pytest.mark.parametrize("target", REDIRECTS, ids=ascii)
def test_a_redirect_to_a_blocked_address_is_not_followed(target: str) -> None:
    moved = Answer(302, {"location": target})
    web = Web({"city.example/": moved})
    outcome = door(web).fetch("http://city.example/")
    assert isinstance(outcome, Trouble)
    assert set(web.ips) == {PUBLIC}
    assert {request.headers["host"] for request in web.asked} == {"city.example"}


def test_a_name_that_changes_its_answer_is_asked_at_the_one_that_was_checked() -> None:
    # robots.txt is one hop, the page another: each is resolved once and checked.
    names = Names(**{"rebound.example": [[PUBLIC], ["93.184.216.35"], ["127.0.0.1"]]})
    web = Web({"rebound.example/": [Answer(503), PAGE]})
    outcome = door(web, names).fetch("https://rebound.example/")
    assert isinstance(outcome, Fetched)
    assert web.ips == [PUBLIC, "93.184.216.35", "93.184.216.35"]  # the retry is not resolved anew


def test_the_name_is_kept_in_the_host_header_and_in_the_handshake() -> None:
    web = Web({"city.example:8443/a?b=1": PAGE})
    assert isinstance(door(web).fetch("https://city.example:8443/a?b=1#c"), Fetched)
    request = web.pages[0]
    assert str(request.url) == f"https://{PUBLIC}:8443/a?b=1"
    assert request.headers["host"] == "city.example:8443"
    assert request.extensions["sni_hostname"] == "city.example"


def test_a_second_ip_address_is_tried_when_the_first_does_not_answer() -> None:
    names = Names(**{"two.example": [["2606:2800:220:1::1", PUBLIC]]})

    def page(request: httpx.Request) -> Answer | Exception:
        return httpx.ConnectError("unreachable") if ":" in request.url.host else PAGE

    web = Web({"two.example/": page})
    assert isinstance(door(web, names).fetch("http://two.example/"), Fetched)
    assert [request.url.host for request in web.pages] == ["2606:2800:220:1::1", PUBLIC]


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080/"),
        ("10.0.0.0/8", "http://10.9.8.7/"),
        ("fd00::/8", "http://[fd00::5]/"),
        ("intranet", "http://intranet/"),
        ("wiki.city.internal", "http://wiki.city.internal/"),
        ("192.168.0.0/16", "http://names.example/"),
    ],
)
def test_what_is_allowed_is_asked_and_nothing_else(entry: str, url: str) -> None:
    answers = {"intranet": [["10.1.1.1"]], "wiki.city.internal": [["10.1.1.2"]]}
    names = Names(**answers, **{"names.example": [["192.168.7.7"]]})
    web = Web()
    door(web, names, allowed=Allowed.of([entry])).fetch(url)
    assert web.pages
    web.asked.clear()
    door(web, names, allowed=Allowed.of([entry])).fetch("http://172.16.0.1/")
    door(web, names).fetch(url)
    assert web.asked == []


@pytest.mark.parametrize(
    "entry", ["0.0.0.0/0", "::/0", "10.0.0.1/8", "http://a.example", "*", "1.2"]
)
def test_an_allowed_host_that_is_none_is_a_usage_error(entry: str) -> None:
    with pytest.raises(UsageError, match="TOWNBOOK_ALLOW_HOSTS"):
        Allowed.of(["city.example", entry])


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("HTTPS://City.Example", "https://city.example/"),
        ("http://city.example:80/a", "http://city.example/a"),
        (
            "https://münchen.example/straße?q=ü#x",
            "https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%C3%BC",
        ),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("http://city.example//a/../b", "http://city.example//a/../b"),
        ("http://[2606:2800:220::1]:81/", "http://[2606:2800:220::1]:81/"),
        ("https://city.example/a%20b?x=%2F", "https://city.example/a%20b?x=%2F"),
    ],
)
def test_an_address_has_one_spelling_which_is_its_own(text: str, url: str) -> None:
    assert parse_address(text).url == url
    assert parse_address(url).url == url


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(AddressRefused) as caught:
        parse_address("http://me:hunter2@city.example/")
    assert "hunter2" not in str(caught.value)
    assert "user name" in str(caught.value)


def test_a_nat64_address_of_a_public_host_is_public() -> None:
    address = parse_address("http://city.example/")
    assert pin(address, lambda host, port: ["64:ff9b::5db8:d822"]).ips == ("64:ff9b::5db8:d822",)


def test_a_proxy_may_resolve_what_we_cannot_but_not_what_is_private() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError(None, "unknown")

    address = parse_address("http://city.example/")
    assert pin(address, unknown, is_proxied=True).ips == ()
    with pytest.raises(TownbookError, match="was not found"):
        pin(address, unknown)
    with pytest.raises(AddressRefused):
        pin(address, lambda host, port: ["10.0.0.1"], is_proxied=True)


def test_a_name_server_that_does_not_answer_is_not_waited_for() -> None:
    released = threading.Event()

    def slow(host: str, port: int) -> list[str]:
        released.wait(5.0)
        return [PUBLIC]

    with pytest.raises(TimeoutError):  # else it would return what the event lets through
        within(slow, 0.05)("city.example", 80)
    released.set()
