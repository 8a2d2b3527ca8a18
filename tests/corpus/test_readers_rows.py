"""Tables: a document a row, and a bad row costs itself only."""

from __future__ import annotations

import json
from datetime import date

import pytest

from corpus import Document
from corpus.readers import Failure, parse

WORDS = "The council opened a workshop where neighbours mend their bicycles together."


def read(name: str, raw: bytes) -> list[Document | Failure]:
    return [*parse(name, name, raw)]


def sources(found: list[Document | Failure]) -> tuple[list[str], list[str]]:
    """The sources of the documents, and of the failures."""
    return (
        [one.source for one in found if isinstance(one, Document)],
        [one.source for one in found if isinstance(one, Failure)],
    )


def test_rows_of_a_fetched_table_keep_their_own_addresses_and_else_have_the_tables() -> None:
    rows = f"text,url\n{WORDS},https://elsewhere.example/1\n{WORDS},\n"
    found = [*parse("t.csv", "t.csv", rows.encode(), "https://city.example/t.csv")]
    assert [one.url for one in found if isinstance(one, Document)] == [
        "https://elsewhere.example/1",
        "https://city.example/t.csv",
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_row_is_a_document_described_by_its_columns(delimiter: str) -> None:
    header = ["Title", "text", "url", "published", "language", "budget"]
    cells = ["Mending", f'"{WORDS}\nSecond line."', "https://x.example/1", "05/04/2023", "en", "10"]
    rows = "\r\n".join([delimiter.join(header), delimiter.join(cells), ""])
    (document,) = read("news.csv", b"\xef\xbb\xbf" + rows.encode())
    assert isinstance(document, Document)
    assert document.source == "news.csv#1"
    assert document.text == f"{WORDS}\nSecond line."
    assert document.title == "Mending"
    assert document.url == "https://x.example/1"
    assert document.published == date(2023, 4, 5)
    assert document.language == "en"
    assert document.kind == "row"
    assert document.metadata == (("budget", "10"),)


def test_broken_csv_rows_cost_only_themselves() -> None:
    rows = [
        "title,text",
        f"One,{WORDS}",
        f"Two,too,many {WORDS}",
        'Three,"an unclosed quote',
        f"Four,{WORDS}",
        "Five,",
        f'Six,"{WORDS}"',
        'Seven,"quote" inside',
        f"Eight,{WORDS}\0",
    ]
    documents, failures = sources(read("t.csv", "\n".join(rows).encode()))
    assert documents == ["t.csv#1", "t.csv#4", "t.csv#6", "t.csv#8"]
    assert failures == ["t.csv#2", "t.csv#3", "t.csv#5", "t.csv#7"]


def test_a_thousand_unclosed_quotes_end_in_time() -> None:
    rows = "title,text\n" + 'a,"b\n' * 1_000 + f"last,{WORDS}\n"
    documents, failures = sources(read("t.csv", rows.encode()))
    assert len(failures) >= 50
    assert len(documents) <= 1


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"a,b\n1,2\n", b'"text', b"title,text\n"])
def test_a_csv_without_a_text_column_or_rows_is_one_failure(raw: bytes) -> None:
    (failure,) = read("t.csv", raw)
    assert isinstance(failure, Failure)
    assert failure.source == "t.csv"


def test_broken_json_lines_cost_only_themselves() -> None:
    lines = [
        json.dumps({"title": "One", "text": WORDS, "published": "2020-01-02", "size": 3}),
        "",
        "{not json",
        "[1, 2]",
        '{"title": "no text"}',
        '{"text": 5}',
        '{"text": "' + WORDS + ' \\ud800"}',
        "[" * 100_000,
        '{"text": "12"}',
        json.dumps({"text": WORDS, "title": ["not", "a", "string"], "draft": True}),
    ]
    found = read("t.jsonl", "\n".join(lines).encode())
    documents, failures = sources(found)
    assert documents == ["t.jsonl#1", "t.jsonl#7", "t.jsonl#10"]
    assert failures == [f"t.jsonl#{n}" for n in (3, 4, 5, 6, 8, 9)]
    first = found[0]
    assert isinstance(first, Document)
    assert first.published == date(2020, 1, 2)
    assert first.metadata == (("size", "3"),)


def test_a_lone_surrogate_in_json_is_replaced_and_counted() -> None:
    (document,) = read("t.jsonl", b'{"text": "Words \\udfff about a town"}')
    assert isinstance(document, Document)
    assert document.text == "Words \ufffd about a town"
    assert document.metadata == (("replacements", "1"),)
