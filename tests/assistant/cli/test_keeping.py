"""``refresh`` and ``sources``: what is read, what is refused, and what is said about it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

BAD = {"source": "broken.pdf", "sha256": "0" * 64, "stage": "parse", "reason": "no page tree"}


def test_refresh_prints_the_report_to_stdout_and_progress_to_stderr(
    run: Run, tmp_path: Path
) -> None:
    ran = run("refresh", str(tmp_path), "--json")
    assert ran.code == 0
    assert list(ran.json) == [
        *("snapshot", "parent", "added", "changed", "removed"),
        *("unchanged", "quarantined", "withheld", "seconds"),
    ]
    assert ran.err == "townbook: reading 1 of 2\ntownbook: reading 2 of 2\n"


def test_refresh_hands_on_absolute_paths(
    run: Run, library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "articles").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run("refresh", "articles").code == 0
    assert library.remembered == [str((tmp_path / "articles").resolve())]


def test_compact_is_asked_for_by_name(run: Run, library: Any) -> None:
    run("refresh")
    assert library.compacted == 0
    assert run("refresh", "--compact").code == 0
    assert library.compacted == 1


def test_files_kept_from_removal_make_it_exit_1_until_removals_are_allowed(
    run: Run, library: Any
) -> None:
    library.withheld = 4
    library.remarks = ("/a: 4 of its 10 files are gone",)
    assert run("refresh").code == 1
    assert run("refresh", "--allow-removals").code == 0
    assert library.removals_allowed == 1


def test_web_addresses_are_left_alone_when_asked_to(run: Run, library: Any) -> None:
    run("refresh")
    assert library.unfetched == 0
    assert run("refresh", "--no-fetch").code == 0
    assert library.unfetched == 1


def test_sources_take_a_home_wherever_it_stands(run: Run, tmp_path: Path) -> None:
    home, source = str(tmp_path / "home"), str(tmp_path)
    for words in (
        ("--home", home, "sources", "add", source),
        ("sources", "--home", home, "add", source),
        ("sources", "add", source, "--home", home),
    ):
        assert run(*words).code == 0


def test_a_dry_run_says_so_and_remembers_nothing(run: Run, library: Any, tmp_path: Path) -> None:
    ran = run("refresh", str(tmp_path), "--dry-run")
    assert "nothing was written" in ran.out
    assert "would be: 2 added" in ran.out
    assert library.remembered == []


@pytest.mark.parametrize(("strict", "code"), [((), 0), (("--strict",), 1)], ids=["lax", "strict"])
def test_something_set_aside_is_named_and_only_strict_makes_it_exit_1(
    run: Run, library: Any, strict: tuple[str, ...], code: int
) -> None:
    library.quarantined.append(BAD)
    ran = run("refresh", *strict)
    assert ran.code == code
    assert "1 quarantined" in ran.out
    assert "  - broken.pdf: parse: no page tree" in ran.out


@pytest.mark.parametrize(("strict", "code"), [((), 0), (("--strict",), 1)], ids=["lax", "strict"])
def test_a_source_out_of_reach_is_told_and_only_strict_makes_it_exit_1(
    run: Run, library: Any, strict: tuple[str, ...], code: int
) -> None:
    library.remarks = ("/mnt/share could not be reached; its articles stay",)
    ran = run("refresh", "--json", *strict)
    assert ran.code == code
    assert ran.err.endswith("townbook: /mnt/share could not be reached; its articles stay\n")


def test_strict_with_nothing_set_aside_exits_0(run: Run) -> None:
    assert run("refresh", "--strict").code == 0


@pytest.mark.parametrize(
    "source",
    [
        "www.city.example",
        "ftp://x.example/a",
        "https://me:secret@x.example/",
        "http://0x7f.1/",
        "https://",
    ],
)
@pytest.mark.parametrize("command", [("refresh",), ("sources", "add")], ids=" ".join)
def test_an_address_that_cannot_be_asked_is_refused(
    run: Run, library: Any, command: tuple[str, ...], source: str
) -> None:
    ran = run(*command, source)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "secret" not in ran.err
    assert "https://" in ran.err
    assert library.remembered == []


@pytest.mark.parametrize("command", [("refresh",), ("sources", "add")], ids=" ".join)
def test_an_address_is_handed_on_in_its_one_spelling(
    run: Run, library: Any, command: tuple[str, ...]
) -> None:
    assert run(*command, "HTTPS://City.example:443/feed.xml#top").code == 0
    assert library.remembered == ["https://city.example/feed.xml"]
    assert run("sources", "--json").json == ["https://city.example/feed.xml"]
    assert run("sources", "remove", "https://CITY.example/feed.xml").code == 0
    assert library.remembered == []


def test_a_path_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    ran = run("refresh", str(tmp_path / "absent"))
    assert (ran.code, "does not exist" in ran.err) == (2, True)


@pytest.mark.parametrize("option", ["--workers", "--threads"])
def test_what_this_version_does_not_do_is_not_offered(run: Run, option: str) -> None:
    assert run("refresh", option).code == 2
    assert option not in run("refresh", "--help").out


@pytest.mark.parametrize("other", ["--dry-run", "--strict", "--compact"])
def test_watching_goes_with_nothing_that_is_done_once(run: Run, library: Any, other: str) -> None:
    ran = run("refresh", "--watch", other)
    assert (ran.code, other in ran.err) == (2, True)
    assert library.refreshed == 0


def test_progress_for_a_program_is_lines_of_json(run: Run) -> None:
    ran = run("refresh", "--json", "--progress", "json")
    assert [json.loads(line) for line in ran.err.splitlines()] == [
        {"progress": {"stage": "reading", "done": 1, "total": 2}},
        {"progress": {"stage": "reading", "done": 2, "total": 2}},
    ]


def test_sources_are_added_listed_and_removed(run: Run, tmp_path: Path) -> None:
    assert run("sources").out == ""
    assert run("sources", "add", str(tmp_path)).code == 0
    assert run("sources").out == f"{tmp_path}\n"
    assert run("sources", "list").out == f"{tmp_path}\n"
    assert run("sources", "list", "--json").json == [str(tmp_path)]
    assert run("sources", "--json").json == [str(tmp_path)]
    assert run("sources", "remove", str(tmp_path)).code == 0
    assert run("sources", "--json").json == []


def test_a_source_whose_folder_is_gone_can_still_be_removed(
    run: Run, library: Any, tmp_path: Path
) -> None:
    library.remembered.append(str(tmp_path / "gone"))
    assert run("sources", "remove", str(tmp_path / "gone")).code == 0
    assert library.remembered == []


def test_removing_what_is_no_source_is_bad_usage(run: Run) -> None:
    ran = run("sources", "remove", "nowhere")
    assert (ran.code, "nowhere is no source" in ran.err) == (2, True)
