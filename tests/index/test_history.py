"""What the corpus held before, what a publish changed, and what a purge leaves: nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UsageError
from index import history
from index.library import Library
from index.quarantine import in_quarantine, read_again
from index.refresh import purge
from tests.index.test_refresh import holders
from tests.index.workshop import ARTICLES, Workshop, write_articles

BATHS = "Harbour baths\n\nRotterdam (NL) closed its swimming place on 1 October 2025.\n"
WORDS = "volunteers mend lamps and radios"
LONG_AGO = 36500  # days


def changed(workshop: Workshop) -> list[tuple[str, str, bool, bool]]:
    """Snapshot, source, and whether there was a version before and after, of each change."""
    with Library(workshop.home, read_only=True) as library:
        return [
            (c.snapshot, c.source, c.before is not None, c.after is not None)
            for c in history.changes(library)
        ]


def test_every_publish_notes_what_came_changed_and_went(indexed: Workshop) -> None:
    assert changed(indexed) == [("000001", source, False, True) for source in sorted(ARTICLES)]
    indexed.write("harbour.txt", BATHS)
    (indexed.folder / "mending.txt").unlink()
    indexed.write("new.txt", "New\n\nPorto planted a thousand trees.\n")
    indexed.refresh()
    indexed.refresh()
    assert changed(indexed)[len(ARTICLES) :] == [
        ("000002", "harbour.txt", True, True),
        ("000002", "mending.txt", True, False),
        ("000002", "new.txt", False, True),
    ]


def test_a_version_that_left_is_found_by_the_id_that_a_citation_holds(indexed: Workshop) -> None:
    cited = indexed.open().find_document("harbour.txt")
    assert cited is not None
    with Library(indexed.home, read_only=True) as library:
        assert history.find_former(library, cited.id) is None  # it is current
    indexed.write("harbour.txt", BATHS)
    indexed.refresh()
    with Library(indexed.home, read_only=True) as library:
        former = history.find_former(library, cited.id)
    assert former is not None
    assert former.document == cited
    indexed.write("harbour.txt", cited.text)
    indexed.refresh()
    with Library(indexed.home, read_only=True) as library:
        assert history.find_former(library, cited.id) is None  # it came back


def test_versions_are_kept_for_as_long_as_asked_for(indexed: Workshop) -> None:
    (indexed.folder / "mending.txt").unlink()
    indexed.refresh()
    assert "library.sqlite" in holders(indexed.home, WORDS)
    with Library(indexed.home) as library:
        assert history.forget(library, now="2999-01-01T00:00:00+00:00", days=400_000) == 0
        assert history.forget(library, now="2999-01-01T00:00:00+00:00", days=365) == 1
    assert "library.sqlite" not in holders(indexed.home, WORDS)


@pytest.mark.parametrize("published", [True, False], ids=["after the publish", "before it"])
def test_what_a_killed_refresh_announced_is_settled_or_dropped(
    indexed: Workshop, published: bool
) -> None:
    content = indexed.open().manifest.content
    before = changed(indexed)
    with Library(indexed.home) as library:
        history.announce(
            library,
            {"a.txt": "1"},
            {"a.txt": "2"},
            content=content if published else "of what was never published",
            now="2026-01-01T00:00:00+00:00",
        )
    assert changed(indexed) == before
    indexed.refresh()
    settled = [("000001", "a.txt", True, True)] if published else []
    assert changed(indexed) == before + settled


def test_a_purged_source_leaves_no_byte_in_the_home(indexed: Workshop) -> None:
    indexed.write("mending.txt", ARTICLES["mending.txt"].replace("Thursday", "Friday"))
    indexed.refresh()  # so that there is a former version, and a snapshot before this one
    other = indexed.folder.parent / "other"
    other.mkdir()
    (other / "trees.txt").write_text("Trees\n\nPorto planted a thousand trees.\n")
    indexed.refresh(str(other))
    assert holders(indexed.home, WORDS)

    purged, report = purge(indexed.home, str(indexed.folder), indexed.encoder)
    assert purged.documents == tuple(sorted(ARTICLES))
    assert report.removed == len(ARTICLES)
    assert holders(indexed.home, WORDS) == []
    assert holders(indexed.home, "mending") == []
    assert indexed.sources() == ["trees.txt"]
    assert indexed.home.snapshot_ids() == [report.snapshot]
    with Library(indexed.home, read_only=True) as library:
        assert library.sources() == (str(other),)
        assert len(library.rows("SELECT 1 FROM vectors")) == 1
    assert (indexed.folder / "mending.txt").exists()  # what lies outside is its owner's


def test_a_purged_article_stays_away_until_it_is_let_in_again(indexed: Workshop) -> None:
    purged, _report = purge(indexed.home, "mending.txt", indexed.encoder)
    assert purged.documents == ("mending.txt",)
    assert holders(indexed.home, WORDS) == []
    assert indexed.refresh().added == 0
    assert "mending.txt" not in indexed.sources()
    with Library(indexed.home) as library:
        assert history_root(library) == (str(indexed.folder), "mending.txt")
    assert indexed.refresh().added == 1


def test_a_purged_article_that_was_handed_in_loses_its_file_and_can_be_handed_in_again(
    indexed: Workshop,
) -> None:
    words = "Zagreb lends ladders"
    handed_in = indexed.home.articles / "more" / "ladders.txt"
    write_articles(indexed.home.articles, {"more/ladders.txt": f"Ladders\n\n{words}.\n"})
    indexed.refresh()
    assert "more/ladders.txt" in indexed.sources()
    purged, report = purge(indexed.home, "more/ladders.txt", indexed.encoder)
    assert purged.documents == ("more/ladders.txt",)
    assert report.remarks == ()
    assert not handed_in.exists()
    assert holders(indexed.home, words) == []
    assert holders(indexed.home, "ladders") == []
    assert indexed.refresh().added == 0
    handed_in.write_text(f"Ladders\n\n{words}.\n")
    assert indexed.refresh().added == 1


def test_a_handed_in_file_that_cannot_be_deleted_is_named_and_stays_away(
    indexed: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(indexed.home.articles, {"ladders.txt": "Ladders\n\nZagreb lends ladders.\n"})
    indexed.refresh()

    unlink = Path.unlink

    def refused(path: Path, missing_ok: bool = False) -> None:
        if path.name == "ladders.txt":
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refused)
    _purged, report = purge(indexed.home, "ladders.txt", indexed.encoder)
    [remark] = report.remarks
    assert str(indexed.home.articles / "ladders.txt") in remark
    assert "Permission denied" in remark
    assert indexed.refresh().added == 0
    assert "ladders.txt" not in indexed.sources()


def history_root(library: Library) -> tuple[str, str]:
    """Lets the one barred article in again; its key."""
    from index.purging import barred, readmit

    [key] = barred(library)
    assert readmit(library, *key)
    assert not readmit(library, *key)
    return key


def test_a_purge_killed_before_it_published_is_finished_by_the_next_refresh(
    indexed: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("index.refresh.update", killed)
        with pytest.raises(KeyboardInterrupt):
            purge(indexed.home, "mending.txt", indexed.encoder)
    assert "mending.txt" in indexed.sources()  # the old snapshot answers
    assert indexed.refresh().removed == 1
    assert holders(indexed.home, WORDS) == []
    assert [row[1] for row in changed(indexed)] == sorted({*ARTICLES} - {"mending.txt"})


def test_a_purge_beside_a_reader_is_finished_once_nobody_reads_what_was_before(
    indexed: Workshop,
) -> None:
    reading = indexed.open()
    _purged, report = purge(indexed.home, "mending.txt", indexed.encoder)
    assert report.remarks == ("still being read: snapshot 000001; the next refresh removes it",)
    assert reading.find_document("mending.txt") is not None
    assert "mending.txt" not in indexed.sources()
    del reading
    indexed.refresh()
    assert holders(indexed.home, WORDS) == []
    assert indexed.home.snapshot_ids() == ["000002"]


def test_what_nothing_is_called_and_the_homes_own_folder_are_refused(
    indexed: Workshop, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="no source and no article is called"):
        purge(indexed.home, str(tmp_path / "elsewhere"), indexed.encoder)
    with pytest.raises(UsageError, match="own folder of articles"):
        purge(indexed.home, str(indexed.home.articles), indexed.encoder)
    assert indexed.sources() == sorted(ARTICLES)


def test_a_quarantined_file_keeps_its_first_day_and_leaves_when_it_is_mended(
    indexed: Workshop,
) -> None:
    broken = indexed.write("broken.docx", "not a zip file")
    indexed.refresh()
    with Library(indexed.home) as library:
        [row] = in_quarantine(library)
        assert row.path == str(broken)
        with library.transaction() as execute:
            execute("UPDATE quarantine SET at = '2026-01-01', seen = '2026-01-01'", ())
    indexed.refresh()
    with Library(indexed.home, read_only=True) as library:
        [again] = in_quarantine(library)
    assert again.first_seen == "2026-01-01" < again.last_seen
    with Library(indexed.home) as library:
        assert read_again(library, ["another.docx"]) == 0
        assert read_again(library) == 1
    indexed.refresh()  # parsed once more, and still unreadable since the same day
    with Library(indexed.home, read_only=True) as library:
        assert [r.first_seen for r in in_quarantine(library)] == ["2026-01-01"]
    broken.unlink()
    indexed.write("broken.txt", "Mended\n\nIt can be read now.\n")
    indexed.refresh()
    with Library(indexed.home, read_only=True) as library:
        assert in_quarantine(library) == ()
