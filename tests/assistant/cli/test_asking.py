"""``ask`` and ``search``: what is printed, in which order, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Turn
from assistant.facets import Count, Facets
from assistant.llm.phrasing import Phrasing, Said
from index import Filters

Run = Callable[..., Any]


def test_an_answer_is_printed_with_its_numbered_quote_source_and_day(run: Run) -> None:
    ran = run("ask", "how many bicycles does Gent mend?")
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out == (
        "The workshop in Gent mends 40 bicycles a week. [1]\n"
        "\n"
        "Sources\n"
        "  [1] “The workshop in Gent mends 40 bicycles a week.”\n"
        "      gent.txt, 2026-02-19\n"
    )


def test_a_refusal_is_printed_with_the_nearest_passages(run: Run) -> None:
    ran = run("ask", "zeppelin?")
    assert ran.code == 0
    assert ran.out.startswith("The articles do not say.\n\nNearest passages\n    - ")
    assert "braga.txt" in ran.out


def test_json_gives_the_published_form_with_the_quote_where_it_says(run: Run, library: Any) -> None:
    answer = run("ask", "--json", "bicycles").json
    [citation] = answer["citations"]
    text = library.articles[citation["source"]].text
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert list(answer)[:5] == ["id", "question", "standalone", "language", "kind"]


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_city_that_no_article_is_about_is_named_with_those_spelled_nearly_so(
    run: Run, library: Any, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    held = Facets(9, 0, 0, cities=(Count("Brugge", 5), Count("Braga", 4)))
    monkeypatch.setattr(library, "facets", lambda: held)
    if command == "search":
        monkeypatch.setattr(library, "search", lambda query, k, filters: [])
    ran = run(command, "zeppelin?", "--city", "Brugg", "--city", "Bruges", "--city", "Xyz\x1b[2J")
    assert ran.code == 0
    assert "townbook: no article is about Brugg; near in spelling: Brugge" in ran.err
    assert "no article is about Bruges" not in ran.err
    assert ran.err.endswith("no article is about Xyz\ufffd[2J\n")
    assert ran.out  # the refusal itself stays on its own stream


def test_an_answer_says_nothing_of_cities(run: Run) -> None:
    assert run("ask", "bicycles", "--city", "Nowhere").err == ""


def test_a_batch_answers_in_order_one_object_a_line_with_ids_as_given(
    run: Run, tmp_path: Path
) -> None:
    batch = tmp_path / "batch.jsonl"
    questions = [
        {"id": "b", "question": "drills"},
        {"id": 7, "question": "bicycles"},
        {"question": "x"},
    ]
    batch.write_text("\n\n".join(map(json.dumps, questions)), encoding="utf-8-sig")
    ran = run("ask", "--batch", str(batch))
    assert ran.code == 0
    assert [line["id"] for line in ran.lines] == ["b", 7, None]
    assert [line["question"] for line in ran.lines] == ["drills", "bicycles", "x"]


def test_a_batch_line_hands_on_its_history_and_filters(run: Run, library: Any) -> None:
    line = {
        "question": "and there?",
        "history": [{"role": "user", "content": "Gent?"}, {"role": "assistant", "content": "Yes."}],
        "filters": {"city": "Gent", "languages": ["en", "nl"], "from": "2026-01-01"},
    }
    assert run("ask", "--batch", "-", stdin=json.dumps(line).encode()).code == 0
    [asked] = library.asked
    assert asked["history"] == (Turn("user", "Gent?"), Turn("assistant", "Yes."))
    assert asked["filters"] == Filters(
        cities=("Gent",), languages=("en", "nl"), since=date(2026, 1, 1)
    )


def test_a_line_that_asks_nothing_gets_its_own_answer_in_its_place(
    run: Run, tmp_path: Path
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": 1, "question": "bicycles"}\n{"id": 2, "question": " "}\n')
    ran = run("ask", "--batch", str(batch))
    assert ran.code == 0
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == [1, 2]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "no JSON"),
        ("[]", "a JSON list"),
        ("{}", "question=None"),
        ('{"question": 7}', "question=7"),
        ('{"question": "x", "id": [1]}', "id=[1]"),
        ('{"question": "x", "filters": {"colour": "red"}}', "filter 'colour'"),
        ('{"question": "x", "filters": {"to": "soon"}}', "to='soon'"),
        ('{"question": "x", "history": [{"role": "system", "content": "y"}]}', "role user"),
    ],
    ids=str,
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_bad_batch_line_stops_with_its_number_before_anything_is_answered(
    run: Run, tmp_path: Path, command: str, line: str, told: str
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text(f'{{"question": "bicycles"}}\n{line}\n')
    ran = run(command, "--batch", str(batch))
    assert ran.code == 2
    assert ran.out == ""
    assert "line 2" in ran.err
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_bytes_that_are_not_utf8_are_a_bad_line(run: Run) -> None:
    ran = run("ask", "--batch", "-", stdin=b'{"question": "caf\xe9"}\n')
    assert (ran.code, "line 1" in ran.err, "UTF-8" in ran.err) == (2, True, True)


def test_a_lone_surrogate_in_a_batch_is_answered_and_the_output_stays_utf8(run: Run) -> None:
    ran = run("ask", "--batch", "-", stdin=b'{"id": "\\ud800", "question": "bicycles \\ud800"}\n')
    assert ran.code == 0
    assert ran.json["id"] == "\ud800"
    assert "\ud800" not in ran.json["question"]


def test_filters_repeat_as_alternatives(run: Run, library: Any) -> None:
    run(
        *("ask", "bicycles", "--city", "Gent", "--city", "Braga", "--language", "EN"),
        *("--kind", "practice", "--source", "a/", "--from", "2026-01-01", "--to", "2026-12-31"),
    )
    assert library.asked[0]["filters"] == Filters(
        cities=("Gent", "Braga"),
        languages=("en",),
        kinds=("practice",),
        sources=("a/",),
        since=date(2026, 1, 1),
        until=date(2026, 12, 31),
    )


def test_a_history_file_is_handed_on(run: Run, library: Any, tmp_path: Path) -> None:
    file = tmp_path / "history.json"
    file.write_text('[{"role": "user", "content": "Gent?"}]')
    assert run("ask", "bicycles", "--history", str(file)).code == 0
    assert library.asked[0]["history"] == (Turn("user", "Gent?"),)


@pytest.mark.parametrize("given", ["option", "environment"])
def test_the_day_asked_from_is_handed_on(run: Run, library: Any, given: str) -> None:
    if given == "option":
        run("ask", "bicycles", "--today", "2026-05-01")
    else:
        run("ask", "bicycles", environ={"TOWNBOOK_TODAY": "2026-05-01"})
    assert library.asked[0]["today"] == date(2026, 5, 1)


@pytest.mark.parametrize(
    "argv",
    [
        ("ask",),
        ("ask", " "),
        ("ask", "x", "--batch", "-"),
        ("ask", "--batch", "-", "--history", "h.json"),
        ("ask", "--batch", "absent.jsonl"),
        ("ask", "x", "--history", "absent.json"),
        ("ask", "x", "--today", "soon"),
        ("ask", "x", "--from", "soon"),
        ("ask", "x", "--kind", "recipe"),
        ("ask", "x", "--language", "english"),
        ("search",),
        ("search", "x", "-k", "0"),
        ("search", "x", "-k", "many"),
        ("search", "x", "--jsn"),
        ("ask", "x", "--js"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_used_is_told_in_one_line_with_exit_2(
    run: Run, argv: tuple[str, ...]
) -> None:
    ran = run(*argv)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("townbook: ")
    assert ran.err.count("\n") == 1


def test_search_prints_rank_source_score_and_words(run: Run) -> None:
    assert run("search", "braga", "-k", "1").out == (
        "  1. braga.txt, 19-70 (1.0000)\n     Neighbours in Braga borrow drills — free of charge.\n"
    )


def test_search_json_has_exactly_the_published_keys(run: Run, library: Any) -> None:
    ran = run("search", "braga", "--json", "-k", "2")
    assert list(ran.json) == ["hits"]
    hits = ran.json["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2]
    for hit in hits:
        assert list(hit) == ["rank", "score", "source", "document", "start", "end", "text"]
        assert library.articles[hit["source"]].text[hit["start"] : hit["end"]] == hit["text"]


def test_a_batch_of_searches_keeps_order_and_ids(run: Run) -> None:
    lines = b'{"id": "x", "question": "braga"}\n{"question": "gent"}\n'
    ran = run("search", "--batch", "-", "-k", "1", stdin=lines)
    assert [(line["id"], line["hits"][0]["source"]) for line in ran.lines] == [
        ("x", "braga.txt"),
        (None, "gent.txt"),
    ]


def phrasing(answer: Answer, text: str, **changes: Any) -> Phrasing:
    """The end of a phrasing: the model's text, or the extractive answer with a reason."""
    said = () if changes.get("reason") else (Said(text, True), Said("Wrong.", False, "number"))
    return Phrasing(answer, answer.text, said, final=True, **changes)


@pytest.fixture
def extractive(library: Any) -> Answer:
    found = library.ask("bicycles")
    assert isinstance(found, Answer)
    return found


def test_an_answer_is_printed_in_the_models_words_with_its_sources(
    run: Run, library: Any, extractive: Answer
) -> None:
    words = "Gent mends 40 bicycles [1]."
    told = replace(extractive, text=words, method="llm", translations={"1": "Gent herstelt."})
    library.phrasings = [
        Phrasing(extractive, "Gent me"),
        replace(phrasing(told, words), shown=f"~~Wrong.~~ (number) {words}"),
    ]
    out = run("ask", "bicycles").out
    assert out.startswith(f"~~Wrong.~~ (number) {words}\n\nSources\n  [1] “The workshop")
    assert "translated by a model: Gent herstelt." in out
    value = run("ask", "bicycles", "--json").json
    assert (value["text"], value["method"]) == (words, "llm")
    assert value["phrasing"] == {
        "reason": None,
        "told": "",
        "sentences": 2,
        "unsupported": [{"reason": "number", "sentence": None}],
        "left_out": 0,
    }


def test_a_model_that_fails_leaves_the_answer_and_a_line_beside_it(
    run: Run, library: Any, extractive: Answer
) -> None:
    library.phrasings = [phrasing(extractive, "", reason="silent", told="h said \x1bnothing")]
    ran = run("ask", "bicycles")
    assert ran.code == 0
    assert ran.out.startswith(extractive.text)
    assert ran.err == "townbook: not rephrased: h said \ufffdnothing\n"
    assert run("ask", "bicycles", "--json").json["phrasing"]["reason"] == "silent"


def test_a_batch_prints_one_final_answer_a_line(
    run: Run, library: Any, extractive: Answer, tmp_path: Path
) -> None:
    told = replace(extractive, text="So [1].", method="llm")
    library.phrasings = [Phrasing(extractive, "So"), phrasing(told, "So [1].")]
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": 1, "question": "bicycles"}\n{"id": 2, "question": "drills"}\n')
    lines = run("ask", "--batch", str(batch)).lines
    assert [(line["id"], line["text"], line["method"]) for line in lines] == [
        (1, "So [1].", "llm"),
        (2, "So [1].", "llm"),
    ]


def test_without_a_model_or_when_none_is_wanted_nothing_is_said_of_one(
    run: Run, library: Any, extractive: Answer
) -> None:
    assert "phrasing" not in run("ask", "bicycles", "--json").json
    library.phrasings = [phrasing(replace(extractive, text="So [1]."), "So [1].")]
    library.phrased.clear()
    assert "phrasing" not in run("ask", "bicycles", "--json", "--no-llm").json
    assert library.phrased == []
    assert library.asked[-1]["llm"] is False
