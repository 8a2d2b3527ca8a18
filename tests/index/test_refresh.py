"""A refresh reads what changed, embeds what is new, and never takes more away than was asked."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import filelock
import pytest

from corpus.errors import Busy, HomeError, UsageError
from index import refresh as refreshing
from index.home import Home
from index.library import Library
from index.refresh import Progress, RefreshReport
from index.snapshot import SnapshotReader, current_id
from tests.index.fakes import HashingEncoder
from tests.index.workshop import ARTICLES, Workshop, write_articles


def counts(report: RefreshReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def test_the_first_refresh_adds_every_article(workshop: Workshop) -> None:
    report = workshop.refresh()
    assert counts(report) == (5, 0, 0, 0)
    assert (report.snapshot, report.parent) == ("000001", None)
    assert workshop.sources() == sorted(ARTICLES)


def test_the_report_has_the_published_form(workshop: Workshop) -> None:
    workshop.write("broken.docx", "not a zip file")
    value = json.loads(json.dumps(workshop.refresh().to_json()))
    assert list(value) == [
        "snapshot",
        "parent",
        "added",
        "changed",
        "removed",
        "unchanged",
        "quarantined",
        "withheld",
        "remarks",
        "seconds",
    ]
    assert [list(row) for row in value["quarantined"]] == [["source", "sha256", "stage", "reason"]]


def test_a_refresh_without_changes_embeds_nothing_and_publishes_nothing(indexed: Workshop) -> None:
    indexed.encoder.encoded.clear()
    before = sorted(indexed.home.snapshots.iterdir())
    report = indexed.refresh()
    assert counts(report) == (0, 0, 0, 5)
    assert report.snapshot == "000001"
    assert indexed.encoder.encoded == []
    assert sorted(indexed.home.snapshots.iterdir()) == before


def test_only_new_texts_are_embedded(indexed: Workshop) -> None:
    indexed.encoder.encoded.clear()
    indexed.write("trees.txt", "Trees\n\nPorto planted a thousand trees along its tram lines.\n")
    report = indexed.refresh()
    assert counts(report) == (1, 0, 0, 5)
    assert report.embedded == len(indexed.encoder.encoded) == 1
    assert "thousand trees" in indexed.encoder.encoded[0]


def test_changed_and_removed_files_are_noticed(indexed: Workshop) -> None:
    indexed.write("harbour.txt", ARTICLES["harbour.txt"].replace("nothing", "two euros"))
    (indexed.folder / "garten/hof.txt").unlink()
    report = indexed.refresh()
    assert counts(report) == (0, 1, 1, 3)
    assert (report.snapshot, report.parent) == ("000002", "000001")
    texts = {document.source: document.text for document in indexed.open().documents()}
    assert "two euros" in texts["harbour.txt"]
    assert "garten/hof.txt" not in texts


def test_a_new_time_on_the_same_bytes_is_no_change(indexed: Workshop) -> None:
    os.utime(indexed.folder / "harbour.txt", ns=(1, 1))
    assert counts(indexed.refresh()) == (0, 0, 0, 5)
    assert current_id(indexed.home) == "000001"


def test_a_change_that_keeps_size_and_time_is_found_while_the_time_is_fresh(
    indexed: Workshop,
) -> None:
    path = indexed.folder / "mending.txt"
    facts = path.stat()
    path.write_text(ARTICLES["mending.txt"].replace("40", "90"), encoding="utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert counts(indexed.refresh()) == (0, 1, 0, 4)


def test_files_whose_size_and_time_stand_are_not_even_opened(workshop: Workshop) -> None:
    for path in workshop.folder.rglob("*.*"):
        os.utime(path, ns=(10**18, 10**18))
    workshop.refresh()
    stages: list[Progress] = []
    workshop.refresh(progress=stages.append)
    assert {progress.stage for progress in stages} == {"look"}


def test_a_given_source_is_remembered(indexed: Workshop, tmp_path: Path) -> None:
    other = write_articles(tmp_path / "other", {"quay.txt": "Quays\n\nLyon closed its quays.\n"})
    indexed.refresh(str(other))
    indexed.write("bench.txt", "Benches\n\nTurin put benches in every square of the centre.\n")
    (other / "snow.txt").write_text("Snow\n\nOulu clears its cycle paths before its roads.\n")
    with Library(indexed.home, read_only=True) as library:
        assert library.sources() == (str(indexed.folder), str(other))
    assert counts(indexed.refresh()) == (2, 0, 0, 6)


def test_the_articles_folder_of_the_home_is_always_looked_at(workshop: Workshop) -> None:
    write_articles(
        workshop.home.articles, {"own.txt": "Own\n\nMalmö lends tools at its library.\n"}
    )
    assert counts(workshop.refresh(str(workshop.home.articles))) == (1, 0, 0, 0)
    with Library(workshop.home, read_only=True) as library:
        assert library.sources() == ()


@pytest.mark.parametrize("loss", ["missing", "empty", "a file now"])
def test_a_source_that_is_lost_removes_nothing_by_itself(indexed: Workshop, loss: str) -> None:
    away = indexed.folder.with_name("away")
    indexed.folder.rename(away)
    if loss == "empty":
        indexed.folder.mkdir()
    if loss == "a file now":
        indexed.folder.write_text("no folder")
    report = indexed.refresh()
    assert counts(report) == (0, 0, 0, 5)
    assert len(report.remarks) == 1
    assert str(indexed.folder) in report.remarks[0]
    assert indexed.sources() == sorted(ARTICLES)


def test_a_source_that_lost_most_of_its_files_keeps_them_until_it_is_allowed(
    indexed: Workshop,
) -> None:
    for name in ("harbour.txt", "mending.txt", "velo.md"):
        (indexed.folder / name).unlink()
    kept = indexed.refresh(most_gone=0.3)
    assert (counts(kept), kept.withheld) == ((0, 0, 0, 5), 3)
    assert "--allow-removals" in kept.remarks[0]
    allowed = indexed.refresh(most_gone=1.0)
    assert (counts(allowed), allowed.withheld) == ((0, 0, 3, 2), 0)


def test_a_forgotten_source_takes_its_documents_along(indexed: Workshop) -> None:
    with Library(indexed.home) as library:
        assert library.remove_source(str(indexed.folder))
        assert not library.remove_source(str(indexed.folder))
    write_articles(indexed.home.articles, {"own.txt": "Own\n\nMalmö lends tools.\n"})
    report = indexed.refresh(str(indexed.home.articles))
    assert counts(report) == (1, 0, 5, 0)
    assert indexed.sources() == ["own.txt"]


def test_a_new_source_that_is_not_there_is_refused_and_not_remembered(indexed: Workshop) -> None:
    with pytest.raises(UsageError):
        indexed.refresh(str(indexed.folder / "nowhere"))
    with Library(indexed.home, read_only=True) as library:
        assert library.sources() == (str(indexed.folder),)


def test_two_sources_with_the_same_file_name_keep_both(indexed: Workshop, tmp_path: Path) -> None:
    other = write_articles(tmp_path / "other", {"harbour.txt": "Quay\n\nGdynia has a new quay.\n"})
    assert counts(indexed.refresh(str(other))) == (1, 0, 0, 5)
    assert "other/harbour.txt" in indexed.sources()
    (indexed.folder / "harbour.txt").unlink()
    assert "harbour.txt" in (indexed.refresh(), indexed.sources())[1]


def test_overlapping_sources_are_read_once(indexed: Workshop) -> None:
    assert counts(indexed.refresh(str(indexed.folder / "garten"))) == (0, 0, 0, 5)


def test_bad_files_are_quarantined_among_good_ones(workshop: Workshop) -> None:
    workshop.write("empty.txt", "")
    workshop.write("bad.pdf", "%PDF-1.7 and then nothing of the sort")
    report = workshop.refresh()
    assert report.added == 5
    assert [row.source for row in report.quarantined] == ["bad.pdf", "empty.txt"]
    assert all(row.reason and row.stage and len(row.sha256) == 64 for row in report.quarantined)


def test_a_quarantined_file_is_not_parsed_again_until_it_changes(workshop: Workshop) -> None:
    path = workshop.write("bad.pdf", "%PDF-1.7 and then nothing of the sort")
    workshop.refresh()
    with sqlite3.connect(workshop.home.library) as library:
        (first,) = library.execute("SELECT at || rowid FROM quarantine").fetchone()
    os.utime(path, ns=(5, 5))
    report = workshop.refresh()
    assert [row.source for row in report.quarantined] == ["bad.pdf"]
    with sqlite3.connect(workshop.home.library) as library:
        assert library.execute("SELECT at || rowid FROM quarantine").fetchone() == (first,)
    path.unlink()
    assert workshop.refresh().quarantined == ()


def test_a_document_that_turns_bad_leaves_the_answers(indexed: Workshop) -> None:
    indexed.write("harbour.txt", "")
    report = indexed.refresh()
    assert counts(report) == (0, 0, 1, 4)
    assert [row.source for row in report.quarantined] == ["harbour.txt"]


def test_a_dry_run_counts_and_writes_nothing(indexed: Workshop, tmp_path: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        # SQLite's shared memory is no data: it comes with a reader and goes with a writer.
        files = (p for p in indexed.home.path.rglob("*") if p.is_file() and "sqlite-" not in p.name)
        return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}

    indexed.write("harbour.txt", "Harbour\n\nThe harbour bath is closed.\n")
    indexed.write("new.txt", "New\n\nBilbao opened a covered market hall.\n")
    indexed.write("bad.pdf", "no pdf")
    (indexed.folder / "velo.md").unlink()
    before = state()
    report = indexed.refresh(str(tmp_path / "texts"), dry_run=True)
    assert counts(report) == (1, 1, 1, 3)
    assert [row.source for row in report.quarantined] == ["bad.pdf"]
    assert state() == before
    assert counts(indexed.refresh()) == counts(report)


def test_a_dry_run_in_a_new_home_does_not_even_create_it(workshop: Workshop) -> None:
    assert counts(workshop.refresh(dry_run=True)) == (5, 0, 0, 0)
    assert not workshop.home.path.exists()


def test_nothing_to_index_publishes_nothing(workshop: Workshop, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    report = workshop.refresh(str(tmp_path / "empty"))
    assert (report.snapshot, report.added) == (None, 0)
    assert not workshop.home.current.exists()


def test_a_second_refresh_at_the_same_time_is_refused_at_once(indexed: Workshop) -> None:
    with filelock.FileLock(indexed.home.writer_lock), pytest.raises(Busy, match="another process"):
        indexed.refresh()
    assert counts(indexed.refresh()) == (0, 0, 0, 5)


def test_another_encoder_makes_a_new_snapshot_and_keeps_the_old_vectors(indexed: Workshop) -> None:
    first = indexed.open()
    other = HashingEncoder("another", dimension=32)
    report = indexed.refresh(encoder=other)
    assert counts(report) == (0, 0, 0, 5)
    assert report.snapshot == "000002"
    assert indexed.open().encoder_id == other.id != first.encoder_id
    indexed.encoder.encoded.clear()
    assert indexed.refresh().snapshot == "000003"
    assert indexed.encoder.encoded == []


def test_a_home_that_is_a_file_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(HomeError, match="not a folder"):
        Home(tmp_path / "home")


def test_a_damaged_library_is_one_clear_line(indexed: Workshop) -> None:
    indexed.home.library.write_bytes(b"no database" * 1000)
    with pytest.raises(HomeError, match=r"library\.sqlite"):
        indexed.refresh()
    assert indexed.sources() == sorted(ARTICLES)


def test_a_removed_library_is_made_again(indexed: Workshop) -> None:
    indexed.home.library.unlink()
    assert counts(indexed.refresh()) == (0, 0, 0, 5)


def test_progress_goes_through_the_stages_in_order(workshop: Workshop) -> None:
    seen: list[Progress] = []
    workshop.refresh(progress=seen.append)
    assert list(dict.fromkeys(progress.stage for progress in seen)) == [
        "look",
        "read",
        "embed",
        "write",
    ]
    assert all(0 <= progress.done <= progress.total for progress in seen)


def holders(home: Home, words: str) -> list[str]:
    """The files below the home that hold these bytes."""
    files = sorted(path for path in home.path.rglob("*") if path.is_file())
    return [path.name for path in files if words.encode() in path.read_bytes()]


def test_a_compact_refresh_leaves_no_byte_of_what_was_removed(indexed: Workshop) -> None:
    words = "volunteers mend lamps and radios"
    (indexed.folder / "mending.txt").unlink()
    assert indexed.refresh().snapshot == "000002"
    assert "000001-catalogue.sqlite" in holders(indexed.home, words)
    assert indexed.refresh(compact=True).snapshot == "000003"
    assert holders(indexed.home, words) == []
    assert indexed.home.snapshot_ids() == ["000003"]
    assert len(indexed.sources()) == 4
    assert indexed.refresh(compact=True).snapshot == "000003"  # there is nothing to gain


def test_the_last_document_can_leave(workshop: Workshop) -> None:
    workshop.refresh()
    with Library(workshop.home) as library:
        library.remove_source(str(workshop.folder))
    report = workshop.refresh(str(workshop.home.articles))
    assert (report.removed, report.snapshot) == (5, "000002")
    snapshot = workshop.open()
    assert (snapshot.document_count, list(snapshot.passages()), snapshot.records()) == (0, [], ())
    vector = workshop.encoder.encode_queries(["trees"])[0]
    assert snapshot.hybrid("trees", "en", vector, 3) == []
    assert snapshot.similarities(vector) == {}
    workshop.refresh()
    assert workshop.sources() == sorted(ARTICLES)


def test_a_clock_a_year_back_changes_no_order(
    indexed: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = SnapshotReader(indexed.home)
    reader.current()
    monkeypatch.setattr(refreshing, "_now", lambda: "2001-01-01T00:00:00+00:00")
    indexed.write("trees.txt", "Trees\n\nPorto planted a thousand trees.\n")
    assert indexed.refresh().snapshot == "000002"
    assert reader.current().id == "000002"
    assert reader.current().created.startswith("2001")
    assert "trees.txt" in indexed.sources()
