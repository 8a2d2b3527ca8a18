"""``serve``: what an empty home gets before the page opens."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assistant.jobs import JobState
from index.home import Home

Run = Callable[..., Any]
PACKAGED = Path(__file__).parents[3] / "corpus" / "articles"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Stands for ui.py, whose own tests open the page; keeps what it was called with."""
    calls: list[tuple[object, ...]] = []
    ui = ModuleType("ui")

    def serve(
        service: object, host: str, port: int, *, insecure: bool, allow_changes: bool
    ) -> None:
        calls.append((service, host, port, insecure, allow_changes))

    ui.serve = serve  # type: ignore[attr-defined]  # a module made by hand
    monkeypatch.setitem(sys.modules, "ui", ui)
    return calls


def starter(tmp_path: Path) -> Path:
    return Home(tmp_path / "home").articles / "starter"


def publish(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.path.mkdir(exist_ok=True)
    home.current.write_text(f"000001 {'0' * 64}\n")


def test_an_empty_home_gets_the_starter_articles_and_is_indexed_before_the_page_opens(
    run: Run, library: Any, page: list[tuple[object, ...]], tmp_path: Path
) -> None:
    ran = run("serve")
    assert ran.code == 0
    assert page == [(library, "127.0.0.1", 7860, False, False)]
    assert library.refreshed == 1
    copied = {path.name: path.read_bytes() for path in starter(tmp_path).iterdir()}
    assert copied == {path.name: path.read_bytes() for path in PACKAGED.glob("*.md")}
    assert len(copied) > 10
    assert ran.out == ""
    assert "starter articles" in ran.err


def test_a_home_with_a_snapshot_is_left_as_it_is(
    run: Run, library: Any, page: list[tuple[object, ...]], tmp_path: Path
) -> None:
    publish(tmp_path)
    assert run("serve", "--host", "0.0.0.0", "--port", "0", "--insecure").code == 0  # noqa: S104
    assert page == [(library, "0.0.0.0", 0, True, False)]  # noqa: S104 - handed on, not listened on
    assert library.refreshed == 0
    assert not starter(tmp_path).exists()


def test_other_machines_change_the_library_only_when_that_is_asked_for(
    run: Run, library: Any, page: list[tuple[object, ...]], tmp_path: Path
) -> None:
    publish(tmp_path)
    assert run("serve", "--insecure", "--allow-changes").code == 0
    assert page == [(library, "127.0.0.1", 7860, True, True)]


@pytest.mark.usefixtures("page")
def test_articles_dropped_in_before_the_first_start_are_indexed_alone(
    run: Run, library: Any, tmp_path: Path
) -> None:
    articles = Home(tmp_path / "home").articles
    articles.mkdir(parents=True)
    (articles / "own.md").write_text("Our own.")
    assert run("serve").code == 0
    assert [path.name for path in articles.iterdir()] == ["own.md"]
    assert library.refreshed == 1


@pytest.mark.usefixtures("page")
def test_a_home_whose_sources_were_never_read_is_indexed_without_starter_articles(
    run: Run, library: Any, tmp_path: Path
) -> None:
    library.remembered.append("/somewhere")
    assert run("serve").code == 0
    assert library.refreshed == 1
    assert not starter(tmp_path).exists()


@pytest.mark.usefixtures("page")
def test_a_first_start_that_was_cut_short_goes_on(run: Run, library: Any, tmp_path: Path) -> None:
    assert run("serve").code == 0
    before = sorted(starter(tmp_path).iterdir())
    assert run("serve").code == 0
    assert sorted(starter(tmp_path).iterdir()) == before
    assert library.refreshed == 2


@pytest.mark.usefixtures("page")
def test_an_address_that_is_refused_begins_nothing(
    run: Run, library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    warmed: list[bool] = []
    monkeypatch.setattr(library, "warm", lambda: warmed.append(True))
    run("serve", "--host", "0.0.0.0")  # noqa: S104 - to be refused by the page
    assert library.refreshed == 0
    assert warmed == []


def test_starter_articles_are_copied_whole_or_not_at_all(
    run: Run, page: list[tuple[object, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[Path] = []

    def fill_up(_: Path, target: Path) -> None:
        copied.append(target)
        if len(copied) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", fill_up)
    ran = run("serve")
    assert ran.code == 3
    assert "No space left" in ran.err
    assert page == []
    assert list((tmp_path / "home").iterdir()) == [Home(tmp_path / "home").articles]
    assert list(Home(tmp_path / "home").articles.iterdir()) == []


@pytest.mark.usefixtures("page")
def test_an_address_the_page_will_refuse_costs_no_indexing(
    run: Run, library: Any, tmp_path: Path
) -> None:
    run("serve", "--host", "192.0.2.1")
    assert library.refreshed == 0
    assert not starter(tmp_path).exists()


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("options", "watched"), [((), True), (("--watch",), True), (("--no-watch",), False)]
)
def test_sources_are_watched_while_the_page_is_open_unless_told_otherwise(
    run: Run,
    library: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    watched: bool,
) -> None:
    publish(tmp_path)
    seen: list[tuple[object, ...]] = []

    @contextmanager
    def watching(jobs: object, home: Home, told: Callable[[JobState], None]) -> Iterator[None]:
        seen.append((jobs, home.path))
        told(JobState("failed", error="no room on the disk"))
        yield
        seen.append(("closed before the service", library.closed))

    monkeypatch.setattr("assistant.watching.watching", watching)
    ran = run("serve", *options)
    assert ran.code == 0
    expected = [(library.jobs, tmp_path / "home"), ("closed before the service", False)]
    assert seen == (expected if watched else [])
    assert ("a refresh failed: no room on the disk" in ran.err) == watched


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_bad_usage(run: Run, port: str) -> None:
    assert run("serve", f"--port={port}").code == 2
