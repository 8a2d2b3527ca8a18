"""A mirror keeps what was fetched, and removes only what its server says is gone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.errors import HomeError, TownbookError, Unreadable
from corpus.raw import read_raw
from corpus.sources import Survey
from corpus.web.links import Listing, read_listing
from corpus.web.mirror import Mirror, MirrorReport
from corpus.web.mirrors import Mirrors, remove_others
from corpus.web.names import file_name_of, folder_of, source_of
from corpus.web.outcomes import Fetched, Trouble
from tests.corpus.web.fakes import Shelf, article, feed

FEED = "https://city.example/feed.xml"
ONE, TWO, THREE = (f"https://city.example/news/{name}" for name in ("one", "two", "three"))
DAY = 86_400.0


@dataclass
class Kept:
    """A mirror of one address, its shelf of replies and its clock."""

    folder: Path
    address: str = FEED
    shelf: Shelf = field(default_factory=Shelf)
    now: float = 1_000_000.0

    def update(self, most_pages: int = 500) -> MirrorReport:
        self.shelf.asked.clear()
        self.now += 60
        return self.mirror.update(self.address, self.shelf, read_listing, most_pages=most_pages)

    @property
    def mirror(self) -> Mirror:
        return Mirror(self.folder, now=lambda: self.now)

    def survey(self) -> Survey:
        return self.mirror.survey(self.address)

    def sources(self) -> list[str]:
        return [item.source for item in self.survey().items]


def counts(report: MirrorReport) -> tuple[int, int, int]:
    return report.fetched, report.unchanged, report.gone


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """A feed of two articles, fetched once."""
    kept = Kept(tmp_path / "mirror")
    kept.shelf.held = {FEED: feed(ONE, TWO), ONE: article("One"), TWO: article("Two")}
    assert counts(kept.update()) == (2, 0, 0)
    return kept


def test_pages_are_files_that_readers_take_with_their_address(kept: Kept) -> None:
    items = kept.survey().items
    assert [(item.source, item.url, item.origin) for item in items] == [
        ("city.example/news/one", ONE, FEED),
        ("city.example/news/two", TWO, FEED),
    ]
    assert items[0].path.name.startswith("one-")
    assert items[0].path.suffix == ".html"
    assert read_raw(items[0]).data == article("One").encode()


def test_a_second_update_asks_and_writes_nothing(kept: Kept) -> None:
    before = {item.path: item.path.stat().st_mtime_ns for item in kept.survey().items}
    assert counts(kept.update()) == (0, 2, 0)
    assert {item.path: item.path.stat().st_mtime_ns for item in kept.survey().items} == before


def test_a_changed_page_is_replaced_and_the_same_bytes_are_not(kept: Kept) -> None:
    kept.shelf.held[ONE] = article("One", "Now it mends radios as well, on Mondays.")
    # A server without etags sends everything again.
    kept.shelf.held[TWO] = Fetched(TWO + "?session=7", article("Two").encode(), ".html")
    stamp = kept.survey().items[1].mtime_ns
    assert counts(kept.update()) == (1, 1, 0)
    items = kept.survey().items
    assert b"radios" in (read_raw(items[0]).data or b"")
    assert (items[1].mtime_ns, items[1].url) == (stamp, TWO)


def test_an_article_that_rolls_off_the_feed_stays(kept: Kept) -> None:
    kept.shelf.held |= {FEED: feed(THREE), THREE: article("Three")}
    assert counts(kept.update()) == (1, 0, 0)
    assert kept.shelf.asked == [FEED, THREE]  # what rolled off is asked for once a day
    assert len(kept.sources()) == 3
    kept.now += DAY
    assert counts(kept.update()) == (0, 3, 0)
    assert len(kept.sources()) == 3


def test_410_deletes_at_once(kept: Kept) -> None:
    kept.shelf.gone(ONE)
    assert counts(kept.update()) == (0, 1, 1)
    assert kept.sources() == ["city.example/news/two"]
    assert len(list(kept.folder.glob("one-*"))) == 0


def test_404_deletes_in_the_second_update_in_a_row(kept: Kept) -> None:
    del kept.shelf.held[ONE]
    report = kept.update()
    assert report.gone == 0
    assert "404" in report.remarks[0]
    assert len(kept.sources()) == 2
    kept.shelf.held[ONE] = article("One")
    kept.update()  # back: the count begins anew
    del kept.shelf.held[ONE]
    assert kept.update().gone == 0
    assert kept.update().gone == 1
    assert kept.sources() == ["city.example/news/two"]


def test_404_of_an_article_that_rolled_off_is_looked_at_again_the_next_time(kept: Kept) -> None:
    kept.shelf.held[FEED] = feed(TWO)
    del kept.shelf.held[ONE]
    kept.update()
    kept.now += DAY
    assert kept.update().gone == 0
    assert kept.update().gone == 1


def test_a_deleted_page_that_comes_back_is_fetched_again(kept: Kept) -> None:
    kept.shelf.gone(ONE)
    kept.update()
    kept.update()
    assert ONE not in kept.shelf.asked
    kept.shelf.held[ONE] = article("One")
    kept.now += DAY
    assert counts(kept.update()) == (1, 1, 0)
    assert len(kept.sources()) == 2


@pytest.mark.parametrize("empty", [feed(), "<?xml version='1.0'?><svg/>", article("Log in")])
def test_a_feed_that_lists_nothing_removes_nothing_and_is_told(kept: Kept, empty: str) -> None:
    kept.shelf.held[FEED] = empty
    report = kept.update()
    assert report.gone == 0
    assert report.remarks[0].startswith(f"{FEED}: ")
    assert report.remarks[0].endswith("; what was fetched before stays")
    assert len(kept.sources()) == 2
    kept.shelf.held[FEED] = feed(ONE, TWO)
    assert kept.update().remarks == ()


@pytest.mark.parametrize("how", ["silent", "gone"])
def test_a_feed_out_of_reach_removes_nothing_and_is_told(kept: Kept, how: str) -> None:
    getattr(kept.shelf, how)(FEED)
    for _ in range(3):
        report = kept.update()
        assert report.gone == 0
        assert "what was fetched before stays" in report.remarks[0]
    assert len(kept.sources()) == 2
    assert (kept.shelf.asked == [FEED]) == (how == "silent")  # the host is not asked for more


def test_a_page_that_cannot_be_fetched_keeps_its_last_bytes(kept: Kept) -> None:
    kept.shelf.held |= {ONE: Trouble(ONE, "answered 500"), TWO: b""}
    report = kept.update()
    assert counts(report) == (0, 0, 0)
    assert report.troubles == (f"{ONE}: answered 500", f"{TWO}: answered with nothing")
    assert "answered 500, and 1 more" in report.remarks[0]
    assert read_raw(kept.survey().items[0]).data == article("One").encode()


def test_a_host_that_stops_answering_is_not_asked_for_every_page(kept: Kept) -> None:
    urls = [f"https://slow.example/{n}" for n in range(20)]
    kept.shelf.held[FEED] = feed(*urls, ONE)
    for url in urls:
        kept.shelf.silent(url)
    report = kept.update()
    assert len([url for url in kept.shelf.asked if "slow" in url]) == 5
    assert ONE in kept.shelf.asked
    assert any("15 pages were not asked for" in remark for remark in report.remarks)


def test_an_update_takes_the_newest_pages_and_the_rest_next_time(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "mirror")
    urls = [f"https://city.example/{n}" for n in range(5)]
    days = ["2026-01-03", "2026-01-05", "", "2026-01-01", "2026-01-04"]
    kept.shelf.held = {FEED: feed(*urls, dates=days), **{url: article(url) for url in urls}}
    report = kept.update(most_pages=2)
    assert kept.shelf.asked == [FEED, urls[1], urls[4]]
    assert "3 more pages are fetched by the next refresh" in report.remarks[0]
    kept.update(most_pages=2)
    assert kept.shelf.asked == [FEED, urls[0], urls[3]]
    kept.update(most_pages=2)
    assert kept.shelf.asked == [FEED, urls[2], urls[1]]
    assert len(kept.sources()) == 5


def test_a_new_day_in_the_feed_puts_a_known_page_first(kept: Kept) -> None:
    kept.shelf.held |= {FEED: feed(ONE, TWO, dates=["", "2026-02-01"]), TWO: article("Two", "New")}
    assert kept.update(most_pages=1).fetched == 1
    assert kept.shelf.asked == [FEED, TWO]


def test_a_sitemap_index_is_followed_one_level(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "mirror", "https://city.example/sitemap.xml")
    first, second, third = (f"https://city.example/{n}.xml" for n in (1, 2, 3))
    kept.shelf.held = {
        kept.address: sitemap("sitemap", first, second, third),
        first: sitemap("url", ONE),
        second: sitemap("url", TWO),
        third: sitemap("sitemap", first),
        ONE: article("One"),
        TWO: article("Two"),
    }
    report = kept.update()
    assert counts(report) == (2, 0, 0)
    assert "index inside an index" in report.remarks[0]
    kept.shelf.held[kept.address] = sitemap("sitemap", first)
    assert counts(kept.update()) == (0, 1, 0)  # what the other listed has rolled off
    assert len(kept.sources()) == 2


def test_a_single_page_is_a_source_too(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "mirror", ONE, Shelf({ONE: article("One")}))
    assert counts(kept.update()) == (1, 0, 0)
    assert kept.sources() == ["city.example/news/one"]
    assert counts(kept.update()) == (0, 1, 0)
    kept.shelf.silent(ONE)
    assert kept.update().remarks == (
        f"{ONE}: could not be fetched this time: no connection;"
        " what was fetched of them before stays",
    )
    assert not kept.survey().is_certain
    kept.shelf.gone(ONE)
    assert counts(kept.update()) == (0, 0, 1)
    assert kept.survey() == Survey(ONE, (), (), is_certain=True)


def test_an_address_that_never_answered_has_no_survey(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "mirror", ONE)
    with pytest.raises(TownbookError, match="not asked for yet"):
        kept.survey()
    kept.update()
    with pytest.raises(TownbookError, match="was not found"):
        kept.survey()
    assert kept.shelf.asked == [ONE]


def test_a_listing_is_parsed_by_what_is_handed_in_only(kept: Kept) -> None:
    def refuses(data: bytes, url: str) -> Listing:
        raise Unreadable("limits", "took longer than 20 seconds")

    kept.shelf.held[FEED] = feed(THREE)
    report = kept.mirror.update(FEED, kept.shelf, refuses)
    assert "took longer" in report.remarks[0]
    assert len(kept.sources()) == 2


def test_a_kill_between_two_pages_leaves_whole_files_and_no_leftovers(kept: Kept) -> None:
    kept.shelf.held[FEED] = feed(THREE, ONE, TWO)

    class Killed(BaseException):
        """What a signal is to the code it interrupts."""

    def killed(url: str, **conditions: str | None) -> object:
        if url == ONE:
            (kept.folder / ".two.tmp").write_bytes(b"half a pa")
            raise Killed
        return Shelf.fetch(kept.shelf, url)

    shelf = Shelf(kept.shelf.held | {THREE: article("Three")})
    kept.shelf = shelf
    shelf.fetch = killed  # type: ignore[method-assign,assignment]  # one call of it dies
    with pytest.raises(Killed):
        kept.update()
    assert len(kept.sources()) == 2
    kept.shelf = Shelf(shelf.held)
    assert counts(kept.update()) == (1, 2, 0)
    assert len(kept.sources()) == 3
    assert not list(kept.folder.glob(".*"))
    assert len(list(kept.folder.iterdir())) == 4


def test_a_file_somebody_removed_is_fetched_whole_again(kept: Kept) -> None:
    kept.survey().items[0].path.unlink()
    assert kept.sources() == ["city.example/news/two"]
    assert counts(kept.update()) == (1, 1, 0)
    assert len(kept.sources()) == 2


def test_a_damaged_state_is_named_and_nothing_is_removed(kept: Kept) -> None:
    (kept.folder / "mirror.json").write_text('{"format": 1')
    for act in (kept.survey, kept.update):
        with pytest.raises(HomeError, match=r"mirror\.json"):
            act()
    assert len(list(kept.folder.glob("*.html"))) == 2


def test_the_state_says_what_a_person_may_want_to_know(kept: Kept) -> None:
    kept.shelf.silent(FEED)
    kept.update()
    state = json.loads((kept.folder / "mirror.json").read_text())
    assert (state["address"], state["kind"]) == (FEED, "feed")
    assert state["trouble"] == "no connection"
    assert state["pages"][ONE]["file"].startswith("one-")
    assert state["pages"][ONE]["misses"] == 0


def test_an_encoding_only_the_header_names_is_kept_readable(kept: Kept) -> None:
    text = "Zażółć gęślą jaźń"
    kept.shelf.held[ONE] = Fetched(ONE, text.encode("iso-8859-2"), ".txt", charset="iso-8859-2")
    kept.update()
    data = read_raw(kept.survey().items[0]).data or b""
    assert data.decode("utf-8-sig") == text


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://city.example/", "city.example"),
        ("https://city.example/a%20b/c/", "city.example/a b/c"),
        ("https://city.example/caf%C3%A9", "city.example/café"),
        ("https://city.example/cafe%CC%81", "city.example/café"),
        ("https://city.example/?id=3&x=%231", "city.example?id=3&x=%231"),
        ("http://city.example:8080/a%0Ab", "city.example:8080/a b"),
        ("https://xn--mnchen-3ya.example/a", "münchen.example/a"),
    ],
)
def test_a_page_is_called_by_its_address_as_people_read_it(url: str, source: str) -> None:
    assert source_of(url) == source


def test_names_are_short_safe_and_unique(kept: Kept) -> None:
    long = "https://city.example/" + "very-long-" * 150
    assert len(source_of(long)) < 220
    nasty = "https://city.example/..%2F..%2Fetc%2Fpasswd"
    for url in (long, nasty, "https://city.example/%00%FF", "https://city.example/" + "ы" * 200):
        name = file_name_of(url, ".html")
        assert len(name.encode()) < 90
        assert "/" not in name
        assert not name.startswith(".")
    other = ONE.replace("https", "http")
    kept.shelf.held |= {FEED: feed(ONE, other), other: article("Other")}
    kept.update()
    assert len(set(kept.sources())) == 3


def test_mirrors_are_updated_with_a_door_and_only_looked_at_without(tmp_path: Path) -> None:
    shelf = Shelf({ONE: article("One")})
    with pytest.raises(TownbookError):
        Mirrors(tmp_path, None).survey(ONE)
    assert len(Mirrors(tmp_path, shelf).survey(ONE).items) == 1
    shelf.silent(ONE)
    assert Mirrors(tmp_path, shelf).survey(ONE).remarks
    shelf.asked.clear()
    assert len(Mirrors(tmp_path, None).survey(ONE).items) == 1
    assert shelf.asked == []


def test_mirrors_of_other_addresses_are_removed_whole(tmp_path: Path) -> None:
    for url in (ONE, TWO):
        Mirrors(tmp_path, Shelf({url: article(url)})).survey(url)
    remove_others(tmp_path, [TWO])
    assert [path.name for path in tmp_path.iterdir()] == [folder_of(TWO)]
    remove_others(tmp_path / "absent", [])


def sitemap(entry: str, *urls: str) -> str:
    """A sitemap of pages, or an index of sitemaps."""
    root = {"url": "urlset", "sitemap": "sitemapindex"}[entry]
    listed = "".join(f"<{entry}><loc>{url}</loc></{entry}>" for url in urls)
    return f"<?xml version='1.0'?><{root}>{listed}</{root}>"
