"""A library of any age: brought up to date in one transaction, or refused with what to do."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.errors import HomeError
from index import library, migrating
from index.home import Home
from index.library import Library
from index.migrating import MIGRATIONS, OLDEST, Migration, newest
from index.quarantine import Quarantined
from tests.index.workshop import ARTICLES, Workshop

FORMAT_1 = (Path(__file__).with_name("library_of_format_1.sql")).read_text(encoding="utf-8")


@pytest.fixture
def old(tmp_path: Path) -> Home:
    """A home whose library the first version wrote."""
    home = Home(tmp_path / "old")
    home.path.mkdir()
    run(home, FORMAT_1)
    return home


def run(home: Home, script: str) -> None:
    with closing(sqlite3.connect(home.library)) as connection:
        connection.executescript(script)


def schema(home: Home) -> list[tuple[str, str, str]]:
    """Every table's, index's and trigger's definition, however its words are spaced."""
    with closing(sqlite3.connect(home.library)) as connection:
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
        )
        return [(kind, name, " ".join(sql.split())) for kind, name, sql in rows]


def format_of(home: Home) -> str:
    with closing(sqlite3.connect(home.library)) as connection:
        found: str = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()[0]
        return found


def content(home: Home) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(home.library)) as connection:
        tables = ("sources", "files", "documents", "passages", "vectors", "quarantine")
        return {
            table: connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - ours
            for table in tables
        }


def test_every_migration_begins_where_the_one_before_it_ended() -> None:
    assert MIGRATIONS[0].before == OLDEST
    assert all(migration.after == migration.before + 1 for migration in MIGRATIONS)
    assert all(one.after == other.before for one, other in pairwise(MIGRATIONS))
    assert newest() == MIGRATIONS[-1].after


def test_an_old_library_keeps_all_it_held_and_has_the_tables_of_a_new_one(
    old: Home, tmp_path: Path
) -> None:
    before = content(old)
    with Library(old) as opened:
        assert opened.sources() == ("/articles of before",)
        assert [row.name for row in opened.files().values()] == ["harbour.txt", "torn.pdf"]
        assert [row.reason for row in opened.quarantined()] == ["no pages"]
    after = content(old)
    assert {
        table: [row[: len(rows[0])] for row in after[table]] for table, rows in before.items()
    } == before
    assert format_of(old) == str(newest())
    fresh = Home(tmp_path / "fresh")
    with Library(fresh):
        pass
    assert schema(old) == schema(fresh)
    assert format_of(fresh) == str(newest())


def test_texts_that_were_unused_before_they_were_noted_let_go_of_their_vectors(old: Home) -> None:
    with Library(old) as opened:
        assert opened.drop_unused_vectors("hashing@64") == 1
    with closing(sqlite3.connect(old.library)) as connection:
        assert connection.execute("SELECT text_sha256 FROM vectors").fetchall() == [("in use",)]


def test_a_library_that_had_the_table_before_the_number_is_migrated_as_well(old: Home) -> None:
    run(old, ";\n".join(MIGRATIONS[0].statements) + ";")
    assert format_of(old) == "1"
    with Library(old):
        pass
    assert format_of(old) == str(newest())


def test_an_old_library_is_read_without_being_changed(old: Home) -> None:
    bytes_before = old.library.read_bytes()
    with Library(old, read_only=True) as opened:
        assert opened.sources() == ("/articles of before",)
        assert opened.quarantined() == (Quarantined("torn.pdf", "bb", "parse", "no pages"),)
    assert old.library.read_bytes() == bytes_before


def test_an_old_library_is_refreshed_like_a_new_one(indexed: Workshop) -> None:
    run(
        indexed.home,
        "DROP TRIGGER passage_deleted; DROP TABLE loose; DROP TABLE sketches;"
        " DROP TABLE former; DROP TABLE changes; DROP TABLE barred;"
        " ALTER TABLE quarantine DROP COLUMN seen;"
        " UPDATE meta SET value = '1' WHERE key = 'format';",
    )
    indexed.write("trees.txt", "Trees\n\nPorto planted a thousand trees.\n")
    assert indexed.refresh().added == 1
    assert indexed.sources() == sorted([*ARTICLES, "trees.txt"])
    assert format_of(indexed.home) == str(newest())


def later(statement: str, *, read: bool = False) -> tuple[Migration, ...]:
    """The list as a later version may have it."""
    return (*MIGRATIONS, Migration(newest(), newest() + 1, (statement,), read=read))


def use(monkeypatch: pytest.MonkeyPatch, migrations: tuple[Migration, ...]) -> None:
    """Have the library know these migrations and no others."""
    monkeypatch.setattr(
        library, "missing", lambda path, found: migrating.missing(path, found, migrations)
    )
    monkeypatch.setattr(library, "newest", lambda: migrating.newest(migrations))


@pytest.mark.parametrize("read_only", [True, False])
def test_a_library_of_a_later_version_is_refused_and_left_alone(
    indexed: Workshop, monkeypatch: pytest.MonkeyPatch, read_only: bool
) -> None:
    with monkeypatch.context() as patch:
        use(patch, later("ALTER TABLE sources ADD COLUMN colour TEXT"))
        with Library(indexed.home):
            pass
    before = schema(indexed.home), content(indexed.home)
    expected = rf"of format {newest() + 1}; expected format {newest()} or older; use the version"
    with pytest.raises(HomeError, match=expected):
        Library(indexed.home, read_only=read_only)
    assert (schema(indexed.home), content(indexed.home)) == before


@pytest.mark.parametrize("found", ["0", "-1", "two", ""])
def test_a_format_that_is_none_is_refused(indexed: Workshop, found: str) -> None:
    run(indexed.home, f"UPDATE meta SET value = '{found}' WHERE key = 'format'")  # noqa: S608 - ours
    with pytest.raises(HomeError, match="move the file away"):
        Library(indexed.home)


def test_what_reading_needs_is_asked_for_with_the_command(
    old: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, later("ALTER TABLE quarantine ADD COLUMN last TEXT", read=True))
    with pytest.raises(HomeError, match=rf"format 1; expected format {newest() + 1}; run `townb"):
        Library(old, read_only=True)
    with Library(old) as opened:
        assert len(opened.quarantined()) == 1
    with Library(old, read_only=True) as opened:
        assert len(opened.quarantined()) == 1


def test_a_migration_that_fails_changes_nothing(old: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema(old), content(old)
    with monkeypatch.context() as patch:
        use(patch, later("ALTER TABLE nowhere ADD COLUMN colour TEXT"))
        with pytest.raises(HomeError, match="no such table: nowhere"):
            Library(old)
    assert format_of(old) == "1"
    assert (schema(old), content(old)) == before
    with Library(old):  # with the list mended it goes on from where it was
        pass
    assert format_of(old) == str(newest())


def test_many_that_open_an_old_library_at_once_migrate_it_once(
    old: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, later("ALTER TABLE sources ADD COLUMN colour TEXT"))  # twice is an error
    problems: list[Exception] = []
    ready = threading.Barrier(6)

    def open_it() -> None:
        ready.wait()
        try:
            with Library(old):
                pass
        except HomeError as error:
            problems.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert format_of(old) == str(newest() + 1)


def test_a_library_without_any_table_yet_is_read_as_empty_and_made_by_the_next_writer(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    home.library.touch()  # a writer was killed after opening it
    with Library(home, read_only=True) as opened:
        assert opened.sources() == ()
    assert home.library.read_bytes() == b""
    with Library(home) as opened:
        assert opened.add_source("/somewhere", now="2026-01-01")
