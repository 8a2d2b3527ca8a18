"""``export`` as people run it: the ending decides, nothing is overwritten, nothing is forged."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("what", "ending", "begins"),
    [
        ("events", "ics", b"BEGIN:VCALENDAR\r\n"),
        ("events", "csv", b"\xef\xbb\xbfname,start,end,place,"),
        ("events", "JSON", b'{\n "snapshot": "000001",\n "events"'),
        ("practices", "csv", b"\xef\xbb\xbfname,city,country,"),
        ("practices", "json", b'{\n "snapshot": "000001",\n "practices"'),
    ],
)
def test_the_ending_decides_the_format(
    run: Run, tmp_path: Path, what: str, ending: str, begins: bytes
) -> None:
    file = tmp_path / f"out.{ending}"
    ran = run("export", what, "--to", str(file))
    assert (ran.code, ran.out) == (0, f"{file}: 2 of 2 {what}\n")
    assert file.read_bytes().startswith(begins)
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("ending", ["md", "docx", "csv", "json"])
def test_an_answer_is_asked_for_and_written(run: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"answer.{ending}"
    ran = run("export", "answer", "bicycles", "--to", str(file))
    assert (ran.code, ran.out) == (0, f"{file}: 1 answer with 1 quote\n")
    if ending != "csv":
        assert run("verify", str(file)).out == "answers 1, citations 1, faults 0\n"


def test_saved_answers_become_one_file_headed_in_the_language_asked_for(
    run: Run, tmp_path: Path
) -> None:
    saved = run("ask", "--json", "bicycles").out + run("ask", "--json", "drills").out
    file = tmp_path / "talk.md"
    arguments = ("--from", "-", "--to", str(file), "--language", "de")
    ran = run("export", "answer", *arguments, stdin=saved.encode())
    assert ran.out == f"{file}: 2 answers with 2 quotes\n"
    assert file.read_text().startswith("# Antworten mit ihren Quellen\n")
    assert run("verify", str(file)).out == "answers 2, citations 2, faults 0\n"


def test_a_batch_of_answers_with_numbers_as_ids_is_taken(run: Run, tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": n, "question": "bicycles"}) + "\n" for n in (1, 2))
    saved = tmp_path / "answers.jsonl"
    saved.write_text(run("ask", "--batch", "-", stdin=lines.encode()).out)
    ran = run("export", "answer", "--from", str(saved), "--to", str(tmp_path / "a.docx"))
    assert ran.code == 0


def test_a_forged_answer_is_not_written(run: Run, tmp_path: Path) -> None:
    answer = run("ask", "--json", "bicycles").json
    answer["citations"][0]["quote"] = answer["citations"][0]["quote"].replace("40", "400")
    file = tmp_path / "a.md"
    ran = run(
        "export", "answer", "--from", "-", "--to", str(file), stdin=json.dumps(answer).encode()
    )
    assert ran.code == 2
    assert "do not stand" in ran.err
    assert "400" in ran.err
    assert not file.exists()


def test_filters_and_days_leave_some_events(run: Run, tmp_path: Path) -> None:
    def names(*options: str) -> list[str]:
        ran = run("export", "events", "--to", "-", "--format", "json", *options)
        assert ran.code == 0
        return [event["name"] for event in ran.json["events"]]

    assert names("--country", "Belgium") == ["Gent repairs bicycles"]
    assert names("--since", "2026-06-01") == ["Braga lends tools"]
    assert names("--until", "2026-06-01") == ["Gent repairs bicycles"]
    assert names("--upcoming", "--today", "2026-06-01") == ["Braga lends tools"]
    assert names("--past", "--today", "2026-06-01") == ["Gent repairs bicycles"]
    assert names("--source", "gent.txt", "--country", "PT") == []


def test_what_goes_to_standard_output_is_the_file_and_nothing_else(run: Run) -> None:
    ran = run("export", "events", "--to", "-", "--format", "ics")
    assert ran.out.startswith("BEGIN:VCALENDAR")
    assert ran.out.endswith("END:VCALENDAR\n") or ran.out.endswith("END:VCALENDAR\r\n")
    assert ran.err == "townbook: 2 of 2 events\n"


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("events", "--to", "a.xlsx"), ".ics, .csv or .json"),
        (("events", "--to", "a.docx"), ".ics, .csv or .json"),
        (("practices", "--to", "a.ics"), ".csv or .json"),
        (("answer", "bicycles", "--to", "a.ics"), ".md, .docx, .csv or .json"),
        (("events", "--to", "a"), ".ics, .csv or .json"),
        (("events", "--to", "-"), "--format"),
        (("answer", "--to", "a.md"), "neither QUESTION nor --from"),
        (("answer", "x", "--from", "y", "--to", "a.md"), "got both"),
        (("answer", " ", "--to", "a.md"), "empty question"),
        (("answer", "--from", "absent.json", "--to", "a.md"), "cannot read absent.json"),
        (("events", "--to", "nowhere/a.csv"), "is no folder"),
        (("events", "--to", "folder.csv", "--force"), "is a folder"),
        (
            ("events", "--to", "a.csv", "--since", "soon"),
            "since='soon'; expected a date as YYYY-MM-DD",
        ),
        (("events", "--to", "a.csv", "--country", "Atlantis"), "country 'Atlantis'"),
        (("events", "--to", "a.csv", "--past", "--upcoming"), "not allowed with"),
        ((), "arguments are required"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_bad_usage_is_told_before_anything_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.csv").mkdir()
    ran = run("export", *argv)
    assert ran.code == 2
    assert told in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"]


def test_a_file_that_is_there_is_kept_unless_it_is_to_be_replaced(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_text("mine")
    assert run("export", "events", "--to", str(file)).code == 2
    assert file.read_text() == "mine"
    assert run("export", "events", "--to", str(file), "--force").code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfname")


def test_a_write_that_fails_leaves_the_file_as_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index import durable

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "write_file", full)
    file = tmp_path / "events.csv"
    file.write_text("mine")
    ran = run("export", "events", "--to", str(file), "--force")
    assert (ran.code, file.read_text()) == (3, "mine")
    assert "No space left" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["events.csv"]


def test_an_empty_home_is_told_of(run: Run, library: Any, tmp_path: Path) -> None:
    library.ready = False
    ran = run("export", "events", "--to", str(tmp_path / "e.ics"))
    assert ran.code == 3
    assert "townbook refresh" in ran.err


def test_exporting_loads_no_format_that_was_not_asked_for() -> None:
    code = (
        "import sys; import assistant.takeaway.formats as f; f.written_answers('md', [], 'en');"
        "print([m for m in ('docx', 'icalendar', 'gradio', 'torch') if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"
