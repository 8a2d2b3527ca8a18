"""``status``, ``show``, ``config`` and ``models``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import DEFAULT_MODEL, PRECISIONS
from index import encoders

Run = Callable[..., Any]


def test_status_json_has_exactly_the_published_keys(run: Run) -> None:
    assert list(run("status", "--json").json) == [
        *("snapshot", "created", "documents", "aliases", "passages", "practices", "events"),
        *("languages", "encoder", "quarantined", "sources", "sound", "checked"),
        *("refresh", "llm"),
    ]


def test_status_for_people_has_a_line_a_key(run: Run) -> None:
    out = run("status").out
    assert "documents    2\n" in out
    assert "languages    en 2\n" in out
    assert "sound        yes\n" in out
    assert "checked      2026-05-01T08:00:00 UTC, snapshot 000007: every file as published\n" in out


def test_status_that_is_not_sound_exits_1(
    run: Run, library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = library.status() | {"sound": False, "degraded": "vectors.faiss is altered"}
    monkeypatch.setattr(type(library), "status", lambda _: damaged)
    assert run("status").code == 1
    ran = run("status", "--json")
    assert ran.json["sound"] is False
    assert "degraded" not in ran.json
    assert ran.err == "townbook: vectors.faiss is altered\n"


def test_an_index_that_is_not_ready_exits_3_with_one_line(run: Run, library: Any) -> None:
    library.ready = False
    for argv in (["status"], ["ask", "x"], ["search", "x"]):
        ran = run(*argv)
        assert ran.code == 3
        assert ran.err == (
            "townbook: nothing is indexed yet; expected a snapshot; run: townbook refresh FOLDER\n"
        )


def test_show_prints_the_stored_text_to_the_last_byte(run: Run, library: Any) -> None:
    text = library.articles["gent.txt"].text
    assert run("show", "gent.txt", "--json").json["text"] == text
    assert run("show", "gent.txt").out.endswith("\n\n" + text + "\n")


def test_show_for_people_counts_what_was_read_out_of_the_text(
    run: Run, library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = library.show("gent.txt") | {"events": [{"name": "a"}, {"name": "b"}]}
    monkeypatch.setattr(type(library), "show", lambda *_: shown)
    out = run("show", "gent.txt").out
    assert "events     2\n" in out
    assert "practices  0\n" in out


def test_show_takes_a_document_as_citations_give_it(run: Run, library: Any) -> None:
    assert run("show", library.articles["gent.txt"].id, "--json").json["source"] == "gent.txt"


def test_show_of_what_is_not_there_is_bad_usage(run: Run) -> None:
    assert run("show", "absent.txt").code == 2


def test_config_says_what_is_in_force_and_where_it_came_from(run: Run, tmp_path: Path) -> None:
    environ = {
        "TOWNBOOK_MODEL": "all-MiniLM-L6-v2",
        "TOWNBOOK_LLM_API_KEY": "s3cret",
        "TOWNBOOK_LLM_KEY": "s3cret",
    }
    ran = run("--home", str(tmp_path), "config", "--json", environ=environ)
    assert ran.json == {
        "settings": {
            "home": {"value": str(tmp_path), "from": "option --home"},
            "model": {"value": "all-MiniLM-L6-v2", "from": "environment TOWNBOOK_MODEL"},
            "precision": {"value": "auto", "from": "default"},
            "today": {"value": None, "from": "default"},
            "removals": {"value": "0.3", "from": "default"},
            "retention": {"value": "365", "from": "default"},
            "allow_hosts": {"value": None, "from": "default"},
            "llm_base_url": {"value": None, "from": "default"},
            "llm_model": {"value": None, "from": "default"},
            "llm_api_key": {
                "value": "********",
                "from": "environment TOWNBOOK_LLM_API_KEY",
            },
            "llm_timeout": {"value": "7", "from": "default"},
            "llm_unsupported": {"value": "drop", "from": "default"},
        },
        "ignored": ["TOWNBOOK_LLM_KEY"],
    }
    spoken = run("config", environ=environ)
    assert "s3cret" not in spoken.out + spoken.err
    assert "TOWNBOOK_LLM_KEY" in spoken.err


def test_home_may_stand_before_or_after_the_command(run: Run, tmp_path: Path) -> None:
    before = run("--home", str(tmp_path / "a"), "config", "--json").json
    after = run("config", "--home", str(tmp_path / "a"), "--json").json
    assert before == after


def test_the_precisions_offered_are_the_encoders_own() -> None:
    assert PRECISIONS == encoders.WISHES


def test_the_default_model_is_the_encoders_own_default() -> None:
    assert DEFAULT_MODEL == encoders.DEFAULT_MODEL
