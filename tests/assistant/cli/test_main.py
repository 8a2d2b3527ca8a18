"""The edge of the program: exit codes, streams, start-up cost, and errors in one line."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import parser

Run = Callable[..., Any]
ROOT = Path(__file__).parents[3]
HEAVY = ("torch", "faiss", "gradio", "pandas", "sentence_transformers", "transformers")


def commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command and its own commands, as ``townbook`` would be typed."""
    waiting = [("townbook", parser())]
    while waiting:
        name, one = waiting.pop()
        yield name, one
        for action in one._actions:
            if isinstance(action, argparse._SubParsersAction):
                waiting += [(f"{name} {word}", sub) for word, sub in action.choices.items()]


def test_every_option_and_argument_has_help() -> None:
    silent = [
        (name, action.dest)
        for name, one in commands()
        for action in one._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]
    assert silent == []


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = {name.split()[1] for name, _ in commands() if " " in name}
    assert sorted(name for name in names if f"townbook {name}" not in readme) == []


def test_every_command_takes_home(run: Run) -> None:
    for name, _ in commands():
        words = name.split()
        if len(words) == 2:
            assert "--home DIR" in run(words[1], "--help").out, name


def test_help_fits_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for name, _ in commands():
        ran = run(*name.split()[1:], "--help")
        assert ran.code == 0
        assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("argv", [["--help"], ["--version"], ["refresh", "--help"]], ids=" ".join)
def test_help_and_version_load_no_model_search_or_page_library(argv: list[str]) -> None:
    code = (
        "import sys; from assistant.cli import main; code = main(sys.argv[1:]);"
        f"print(code, [m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *argv], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stderr == "0 []\n"


def test_version_is_one_line(run: Run) -> None:
    ran = run("--version")
    assert ran.code == 0
    assert ran.out.startswith("townbook ")
    assert ran.out.count("\n") == 1


@pytest.mark.parametrize("argv", [(), ("fly",), ("--fly",), ("status", "extra")], ids=" ".join)
def test_a_command_line_that_is_none_exits_2_with_one_line(run: Run, argv: tuple[str, ...]) -> None:
    ran = run(*argv)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert "--help" in ran.err


def test_an_unexpected_error_is_one_line_with_exit_3(run: Run, library: Any) -> None:
    library.failure = ZeroDivisionError("first line\nsecond line")
    ran = run("ask", "x")
    assert ran.code == 3
    assert ran.err.startswith("townbook: unexpected ZeroDivisionError: first line second line;")
    assert ran.err.count("\n") == 1


def test_debug_adds_the_traceback(run: Run, library: Any) -> None:
    library.failure = ZeroDivisionError("x")
    ran = run("ask", "x", environ={"TOWNBOOK_DEBUG": "1"})
    assert ran.code == 3
    assert "Traceback" in ran.err


def test_an_interrupt_is_quiet_with_exit_130(run: Run, library: Any) -> None:
    library.failure = KeyboardInterrupt()
    ran = run("ask", "x")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_the_service_is_closed_even_when_it_fails(run: Run, library: Any) -> None:
    library.failure = ZeroDivisionError()
    run("ask", "x")
    assert library.closed


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_is_quiet(unbuffered: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "--help"],
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as ran:
        assert ran.stdout
        assert ran.stderr
        ran.stdout.close()
        assert ran.stderr.read() == b""
    assert ran.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_one_line_with_exit_3(unbuffered: str) -> None:
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "assistant", "config"],
            cwd=ROOT,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 3
    assert "No space left on device" in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_closed_streams_are_no_error() -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" -m assistant config <&- >&-', sys.executable],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_output_is_utf8_whatever_the_locale() -> None:
    environ = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "--help"],
        cwd=ROOT,
        env=os.environ | environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert "…".encode() in ran.stdout


def test_a_question_typed_in_a_plain_c_locale_arrives_as_typed(run: Run) -> None:
    as_python_hands_it_on = "café".encode().decode("ascii", "surrogateescape")
    assert run("ask", as_python_hands_it_on, "--json").json["question"] == "café"
