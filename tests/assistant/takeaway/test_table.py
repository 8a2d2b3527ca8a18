"""Rows as .csv and .json: read by spreadsheets, run by none."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.present.escape import visible
from assistant.takeaway import table

GOLDEN = Path(__file__).parent / "golden"


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def restored(cell: str) -> str:
    """A cell as docs/takeaway.md says it is read back."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r\n＝＋－＠]", cell) else cell


def test_a_table_is_as_in_the_golden_file() -> None:
    rows: list[dict[str, Any]] = [
        {"name": 'Free trams; "all" of them', "population": 400000, "budget": 18500.0},
        {"name": "=1+1", "keywords": ["trams", "fares"], "budget": 0.5},
        {"name": {"value": "Night\nbus", "span": [0, 9], "inferred": False}, "other": 1},
        {"budget": {"value": {"amount": 20.0, "currency": "EUR"}, "span": [1, 2]}},
    ]
    content = table.csv(rows, ("name", "population", "budget", "keywords"))
    assert content == (GOLDEN / "practices.csv").read_bytes()


def test_a_table_begins_with_the_mark_that_spreadsheets_need_and_ends_lines_as_they_do() -> None:
    content = table.csv([{"a": "é"}], ("a",))
    assert content == b"\xef\xbb\xbfa\r\n\xc3\xa9\r\n"


@pytest.mark.parametrize(
    "first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'="]
)
def test_no_text_begins_like_a_formula(first: str) -> None:
    [_, [cell]] = read(table.csv([{"a": f"{first}cmd"}], ("a",)))
    assert cell.startswith("'") or cell[0] == "‹"  # a carriage return is spelled out


@given(st.text())
def test_a_text_reads_back_from_its_cell_and_no_cell_is_a_formula(words: str) -> None:
    [_, [cell, _]] = read(table.csv([{"a": words, "b": 1}], ("a", "b")))
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)
    assert restored(cell) == visible(words)


def test_a_negative_number_stays_a_number() -> None:
    assert read(table.csv([{"a": -3}], ("a",)))[1] == ["-3"]


def test_what_json_holds_is_exactly_what_the_rows_hold(hostile: str) -> None:
    rows = [{"name": hostile, "list": [hostile], "none": None}]
    value = json.loads(table.as_json("practices", rows, "000007"))
    assert value == {"snapshot": "000007", "practices": rows}


def test_lines_of_json_hold_one_answer_each(talk: Any, shelf: Any) -> None:
    from assistant.verify import read_answers, verify

    lines = table.json_lines(answer.to_json() for answer in talk)
    assert len(lines.splitlines()) == len(talk)
    assert verify(read_answers(lines, "answers"), shelf).faults == ()
