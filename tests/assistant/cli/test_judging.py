"""``feedback`` as people run it: listed, written as questions, removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def given(library: Any) -> Any:
    """A thumb up in the first days of March, and one down the day after."""
    library.give_feedback(library.ask("bicycles"), True)
    library.give_feedback(library.ask("drills"), False, "wrong", "Not free.\x1b[31m")
    return library


@pytest.mark.usefixtures("given")
def test_feedback_is_listed_for_a_person_without_control_characters(run: Run) -> None:
    assert run("feedback").out == (
        "0000000000000001  2026-03-01  useful\n"
        "  bicycles\n\n"
        "0000000000000002  2026-03-02  not useful: wrong\n"
        "  drills\n"
        "  “Not free.�[31m”\n"
    )


@pytest.mark.usefixtures("given")
def test_feedback_is_listed_for_a_program_from_a_day_on(run: Run) -> None:
    assert [row["question"] for row in run("feedback", "--json").json] == ["bicycles", "drills"]
    [row] = run("feedback", "--json", "--since", "2026-03-02").json
    assert row["answer"]["citations"][0]["source"] == "braga.txt"


def test_no_feedback_is_said_to_be_none(run: Run) -> None:
    assert (run("feedback").out, run("feedback", "--json").json) == ("", [])
    assert run("feedback").err == "townbook: no feedback was given\n"


@pytest.mark.usefixtures("given")
def test_feedback_becomes_questions_that_evaluate_takes(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    ran = run("feedback", "--questions", str(file))
    assert ran.out == f"{file}: 2 questions, 1 to do\n"
    [up, down] = [json.loads(line) for line in file.read_text().splitlines()]
    assert up["docs"] == ["gent.txt"]
    assert down["to_do"]
    scores = run("evaluate", str(file), "--json").json["total"]
    assert scores["questions"] == 1
    assert scores["facts"] == scores["evidence"] == 1
    assert run("feedback", "--questions", str(file)).code == 2
    assert run("feedback", "--questions", str(file), "--force").code == 0


def test_feedback_is_removed_by_its_id_or_altogether(run: Run, given: Any) -> None:
    assert run("feedback", "--remove", "0000000000000001").err.startswith("townbook: 1 removed")
    assert [row["question"] for row in given.said] == ["drills"]
    assert run("feedback", "--remove-all").err.startswith("townbook: 1 removed")
    assert given.said == []


def test_feedback_older_than_a_number_of_days_is_removed_and_no_other(run: Run, given: Any) -> None:
    def forget(days: int) -> str:
        environ = {"TOWNBOOK_TODAY": "2026-03-31"}
        ran = run("feedback", "--remove-older-than", str(days), environ=environ)
        assert ran.code == 0
        return str(ran.err)

    assert forget(30) == "townbook: 0 from before 2026-03-01 removed, with every byte of it\n"
    assert len(given.said) == 2  # given on the day itself is not older
    assert forget(29) == "townbook: 1 from before 2026-03-02 removed, with every byte of it\n"
    assert [row["question"] for row in given.said] == ["drills"]
    forget(0)
    assert given.said == []


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("--since", "soon"), "a date as YYYY-MM-DD"),
        (("--remove", "9"), "an id that 'townbook feedback' lists"),
        (("--remove", "9", "--remove-all"), "not allowed with"),
        (("--remove-all", "--since", "2026-01-01"), "--since with --remove"),
        (("--remove-older-than", "-1"), "a whole number of days"),
        (("--remove-older-than", "soon"), "a whole number of days"),
        (("--remove-older-than", "1", "--since", "2026-01-01"), "--since with --remove"),
        (("--remove-older-than", "1", "--remove-all"), "not allowed with"),
        (("--questions", "nowhere/q.jsonl"), "is no folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_bad_usage_removes_nothing(
    run: Run, library: Any, argv: tuple[str, ...], told: str
) -> None:
    ran = run("feedback", *argv)
    assert ran.code == 2
    assert told in ran.err
    assert len(library.said) == 2
