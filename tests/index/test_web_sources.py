"""Web sources through a whole refresh: a loopback site, a real door, a fake encoder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import TownbookError, UsageError
from corpus.reading import ReaderPool
from corpus.web.mirrors import Mirrors
from corpus.web.names import folder_of
from index.changes import Found, plan
from index.home import Home
from index.library import FileRow, Library
from index.purging import readmit
from index.refresh import Progress, RefreshReport, purge, refresh
from index.snapshot import open_current
from tests.corpus.web.fakes import article, feed
from tests.corpus.web.site import Site, local_door, serving
from tests.index.fakes import HashingEncoder

XML = "application/rss+xml"


@pytest.fixture
def site() -> Iterator[Site]:
    """A feed of two articles."""
    with serving() as one:
        one.put("/feed.xml", feed("/news/lamps", "/news/boats"), XML)
        one.put("/news/lamps", article("Lamps", "Ghent mends lamps every Thursday evening."))
        one.put("/news/boats", article("Boats", "Lyon lends boats to its schools in summer."))
        yield one


class Town:
    """A home whose sources are on the web."""

    def __init__(self, folder: Path, pool: ReaderPool) -> None:
        self.home = Home(folder / "home")
        self.encoder = HashingEncoder()
        self.pool = pool

    def refresh(
        self, *sources: str, dry_run: bool = False, most_gone: float = 1.0
    ) -> RefreshReport:
        self.steps: list[Progress] = []
        return refresh(
            self.home,
            sources,
            self.encoder,
            dry_run=dry_run,
            most_gone=most_gone,
            pool=self.pool,
            progress=self.steps.append,
            web=Mirrors(self.home.fetched, None if dry_run else local_door()),
        )

    def urls(self) -> dict[str, str | None]:
        return {d.source: d.url for d in open_current(self.home).documents()}

    def remembered(self) -> tuple[str, ...]:
        with Library(self.home, read_only=True) as library:
            return library.sources()


@pytest.fixture
def town(tmp_path: Path, pool: ReaderPool) -> Town:
    return Town(tmp_path, pool)


def counts(report: RefreshReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def test_a_feed_becomes_documents_with_the_addresses_they_were_fetched_from(
    site: Site, town: Town
) -> None:
    report = town.refresh(f"{site.url}/feed.xml")
    assert counts(report) == (2, 0, 0, 0)
    host = site.url.removeprefix("http://")
    assert town.urls() == {
        f"{host}/news/boats": f"{site.url}/news/boats",
        f"{host}/news/lamps": f"{site.url}/news/lamps",
    }
    assert town.remembered() == (f"{site.url}/feed.xml",)
    assert Progress("fetch", 2, 2) in town.steps


def test_a_second_refresh_is_answered_with_304_and_changes_nothing(site: Site, town: Town) -> None:
    town.refresh(f"{site.url}/feed.xml")
    site.asked.clear()
    town.encoder.encoded.clear()
    report = town.refresh()
    assert counts(report) == (0, 0, 0, 2)
    assert report.snapshot == "000001"
    assert [status for path, status in site.asked if path != "/robots.txt"] == [304, 304, 304]
    assert town.encoder.encoded == []


def test_changes_and_deletions_on_the_site_reach_the_index(site: Site, town: Town) -> None:
    town.refresh(f"{site.url}/feed.xml")
    site.put("/news/lamps", article("Lamps", "Ghent mends lamps and radios on Mondays now."))
    site.statuses["/news/boats"] = 410
    site.put("/news/trams", article("Trams", "Oulu heats the stops of its trams in winter."))
    site.put("/feed.xml", feed("/news/trams", "/news/lamps", "/news/boats"), XML)
    assert counts(town.refresh()) == (1, 1, 1, 0)
    site.put("/feed.xml", feed("/news/trams"), XML)  # lamps roll off
    assert counts(town.refresh()) == (0, 0, 0, 2)


def test_a_source_out_of_reach_removes_nothing_and_is_told(site: Site, town: Town) -> None:
    town.refresh(f"{site.url}/feed.xml")
    for trouble in (500, 404, 410):
        site.statuses["/feed.xml"] = trouble
        report = town.refresh()
        assert counts(report) == (0, 0, 0, 2)
        assert "what was fetched before stays" in report.remarks[0]
    del site.statuses["/feed.xml"]
    site.put("/feed.xml", feed(), XML)
    report = town.refresh()
    assert counts(report) == (0, 0, 0, 2)
    assert "lists nothing" in report.remarks[0]


def test_a_single_page_that_is_removed_for_good_leaves_the_index(site: Site, town: Town) -> None:
    town.refresh(f"{site.url}/news/lamps", f"{site.url}/news/boats")
    site.statuses["/news/lamps"] = 410
    report = town.refresh()
    assert counts(report) == (0, 0, 1, 1)
    assert report.remarks == ()


def test_a_site_that_loses_most_of_its_pages_keeps_them_until_removals_are_allowed(
    site: Site, town: Town
) -> None:
    town.refresh(f"{site.url}/feed.xml")
    site.statuses |= {"/news/lamps": 410, "/news/boats": 410}
    report = town.refresh(most_gone=0.3)
    assert (report.withheld, report.removed) == (2, 0)
    assert "--allow-removals" in report.remarks[0]
    assert town.refresh(most_gone=0.3).withheld == 2
    assert town.refresh(most_gone=1.0).removed == 2


def test_a_dry_run_asks_nobody(site: Site, town: Town) -> None:
    with pytest.raises(TownbookError, match="not asked for yet"):
        town.refresh(f"{site.url}/feed.xml", dry_run=True)
    assert not town.home.path.exists()
    town.refresh(f"{site.url}/feed.xml")
    site.asked.clear()
    site.statuses["/news/lamps"] = 410
    assert counts(town.refresh(dry_run=True)) == (0, 0, 0, 2)
    assert site.asked == []


def test_a_new_source_that_does_not_answer_is_not_remembered(site: Site, town: Town) -> None:
    with pytest.raises(TownbookError, match="was not found"):
        town.refresh(f"{site.url}/nowhere")
    assert town.remembered() == ()
    with pytest.raises(UsageError):
        town.refresh("http://0x7f.1/")
    town.refresh(f"{site.url}/news/lamps")
    assert [path.name for path in town.home.fetched.iterdir()] == [
        folder_of(f"{site.url}/news/lamps")
    ]


def test_removing_a_source_removes_its_documents_and_its_mirror_with_the_next_refresh(
    site: Site, town: Town
) -> None:
    town.refresh(f"{site.url}/feed.xml", f"{site.url}/news/lamps")
    with Library(town.home) as library:
        assert library.remove_source(f"{site.url}/feed.xml")
    town.refresh()
    assert list(town.urls().values()) == [f"{site.url}/news/lamps"]  # a source of its own
    assert [path.name for path in town.home.fetched.iterdir()] == [
        folder_of(f"{site.url}/news/lamps")
    ]


def test_what_is_purged_is_gone_from_the_mirror_and_not_fetched_again(
    site: Site, town: Town
) -> None:
    town.refresh(f"{site.url}/feed.xml")
    lamps = next(source for source in town.urls() if source.endswith("lamps"))
    purge(town.home, lamps, town.encoder)
    assert not any(b"mends lamps" in p.read_bytes() for p in town.home.fetched.rglob("*.*"))
    site.asked.clear()
    assert counts(town.refresh()) == (0, 0, 0, 1)
    assert site.statuses_of("/news/lamps") == []
    with Library(town.home) as library:
        assert readmit(library, f"{site.url}/feed.xml", lamps)
    assert counts(town.refresh()) == (1, 0, 0, 1)
    purge(town.home, f"{site.url}/feed.xml", town.encoder)
    assert list(town.home.fetched.iterdir()) == []


def test_a_refresh_without_a_door_leaves_web_sources_as_they_were(site: Site, town: Town) -> None:
    town.refresh(f"{site.url}/feed.xml")
    report = refresh(town.home, (), town.encoder, pool=town.pool)
    assert counts(report) == (0, 0, 0, 2)
    assert "fetches nothing" in report.remarks[0]


def test_only_a_source_that_is_certain_of_it_may_turn_out_empty() -> None:
    row = FileRow("https://a.example/", "a", "a", "/gone/a.html", 1, 1, 9, "0" * 64, "r")
    known = {row.key: row}
    unsure = plan([Found(row.root, ())], known, "r", lambda path: False)
    assert unsure.gone == ()
    certain = plan([Found(row.root, (), is_certain=True)], known, "r", lambda path: False)
    assert certain.gone == (row.key,)
