"""``verify`` and ``evaluate`` from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant import cli

Run = Callable[..., Any]
ROOT = Path(__file__).parents[3]

QUESTION = {
    "id": "q1",
    "type": "number",
    "question": "bicycles",
    "expected": ["40"],
    "docs": ["gent.txt"],
    "evidence": [{"doc": "gent.txt", "text": "The workshop in Gent mends 40 bicycles a week."}],
}


def test_answers_as_ask_prints_them_are_cleared(run: Run, tmp_path: Path) -> None:
    saved = tmp_path / "answers.jsonl"
    saved.write_text(run("ask", "--json", "bicycles").out + run("ask", "--json", "drills").out)
    ran = run("verify", str(saved))
    assert (ran.code, ran.out) == (0, "answers 2, citations 2, faults 0\n")


def test_a_changed_quote_is_named_with_exit_1(run: Run) -> None:
    answer = run("ask", "--json", "bicycles").json
    answer["citations"][0]["quote"] = answer["citations"][0]["quote"].replace("40", "400")
    ran = run("verify", "-", stdin=json.dumps(answer).encode())
    assert ran.code == 1
    assert "'bicycles': citation [1]: gent.txt[23:69] is" in ran.out
    assert ran.out.endswith("answers 1, citations 1, faults 1\n")
    ran = run("verify", "-", "--json", stdin=json.dumps(answer).encode())
    assert ran.code == 1
    assert [fault["n"] for fault in ran.json["faults"]] == [1]


def test_a_file_that_is_not_there_is_bad_usage(run: Run) -> None:
    assert run("verify", "absent.json").code == 2


def test_verify_opens_no_service(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise AssertionError("the service was opened")

    monkeypatch.setattr(cli, "open_townbook", refuse)
    assert run("verify", "-", stdin=b"[]").code == 0


def test_verify_loads_no_model_or_vector_library(tmp_path: Path) -> None:
    code = (
        "import sys; from assistant.cli import main; main(sys.argv[1:]);"
        "print([m for m in ('torch', 'faiss', 'openvino', 'sentence_transformers', 'gradio')"
        " if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "verify", "-", "--home", str(tmp_path)],
        cwd=ROOT,
        input="[]",
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines()[-1] == "[]"


def test_evaluate_prints_totals_ranking_seconds_and_rows(run: Run, tmp_path: Path) -> None:
    unanswerable = QUESTION | {"id": "q2", "question": "zeppelin", "expected": [], "docs": []}
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps(QUESTION) + "\n" + json.dumps(unanswerable) + "\n")
    ran = run("evaluate", str(questions), "--json")
    assert ran.code == 0
    assert list(ran.json) == [
        "total",
        "by_language",
        "intervals",
        "ranking",
        "seconds",
        "rows",
    ]
    total = ran.json["total"]
    assert {name: total[name] for name in ("facts", "verbatim", "evidence", "refused")} == {
        "facts": 1.0,
        "verbatim": 1.0,
        "evidence": 1.0,
        "refused": 1.0,
    }
    assert ran.json["ranking"] == {
        "queries": 1,
        "ndcg@10": 1.0,
        "recall@10": 1.0,
        "evidence@10": 1.0,
    }
    assert ran.json["by_language"]["same language"]["questions"] == 1
    assert ran.json["by_language"]["across languages"]["questions"] == 0
    assert "facts            1  (95 %: 1.000 to 1.000)\n" in run("evaluate", str(questions)).out


def test_evaluate_explains_what_went_wrong(run: Run, tmp_path: Path) -> None:
    wrong = QUESTION | {"id": "q2", "expected": ["41"]}
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps(QUESTION) + "\n" + json.dumps(wrong) + "\n")
    [explained] = run("evaluate", str(questions), "--explain", "--json").json["explained"]
    assert (explained["id"], explained["expected"]) == ("q2", ["41"])
    assert [candidate["gold"] for candidate in explained["candidates"]] == [True]
    printed = run("evaluate", str(questions), "--explain").out
    assert "q2: bicycles" in printed
    assert "way: answer_from_sentences, answered" in printed
    assert " +> score 1.50 covers 0.80" in printed
    assert "check names: passed" in printed
    assert "check value: missing: a number" in printed
    assert "q1:" not in printed


def test_evaluate_only_some_questions(run: Run, tmp_path: Path) -> None:
    other = QUESTION | {"id": "q2", "type": "fact"}
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps(QUESTION) + "\n" + json.dumps(other) + "\n")
    for name in ("q2", "fact"):
        rows = run("evaluate", str(questions), "--only", name, "--json").json["rows"]
        assert [row["id"] for row in rows] == ["q2"]
    ran = run("evaluate", str(questions), "--only", "q3")
    assert (ran.code, "its types are fact, number" in ran.err) == (2, True)


def test_evaluate_looks_quotes_up_in_the_folder_given(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps(QUESTION))
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "gent.txt").write_text("Other words than those that are stored.")
    ran = run("evaluate", str(questions), "--articles", str(tmp_path / "articles"))
    assert "q1: 1 quotes not in their article" in ran.out


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{}",
        '{"id": "a", "type": "fact", "question": "x", "expected": "40", "docs": []}',
        '{"id": "a", "type": "fact", "question": "x", "expected": ["40"]}',
    ],
    ids=["empty", "no keys", "a text for a list", "no docs"],
)
def test_a_question_set_that_is_none_is_bad_usage(run: Run, tmp_path: Path, line: str) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(line + "\n")
    ran = run("evaluate", str(questions))
    assert (ran.code, ran.err.count("\n")) == (2, 1)


def test_articles_that_are_no_folder_are_bad_usage(run: Run, tmp_path: Path) -> None:
    assert run("evaluate", "-", "--articles", str(tmp_path / "absent")).code == 2


def test_evaluate_compares_records_with_a_gold_sample(run: Run, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    expected = {"kind": "practice", "name": "Elsewhere", "city": "Elsewhere"}
    gold.write_text(json.dumps({"doc": "gent.txt", "records": [expected]}))
    value = json.loads(run("evaluate", "--records", str(gold), "--json").out)
    assert value["documents"] == 1
    assert value["fields"]["practice.city"]["f1"] == 0.0
    assert [fault["expected"] for fault in value["faults"]].count("Elsewhere") == 2
    found = next(fault["found"] for fault in value["faults"] if fault["found"])
    gold.write_text(
        json.dumps({"doc": "gent.txt", "records": [{**expected, "name": found, "city": found}]})
    )
    assert "practice.city" in run("evaluate", "--records", str(gold)).out
    again = json.loads(run("evaluate", "--records", str(gold), "--json").out)
    assert again["faults"] == []


def test_evaluate_needs_one_thing_to_score_and_documents_that_are_there(
    run: Run, tmp_path: Path
) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"doc": "absent.txt", "records": []}')
    ran = run("evaluate", "--records", str(gold))
    assert ran.code == 2
    assert "absent.txt" in ran.err
    assert run("evaluate").code == 2
    assert run("evaluate", str(gold), "--records", str(gold)).code == 2
    gold.write_text('{"doc": 1}')
    assert "records" in run("evaluate", "--records", str(gold)).err
