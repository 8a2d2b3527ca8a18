"""Scores by hand, by rule, and against the outside scorer where it is at hand."""

from __future__ import annotations

import importlib.util
import json
import math
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Answer, Citation, Item
from assistant.evaluation.answers import score, summary
from assistant.evaluation.matching import holds, normal, overlaps, same_item
from assistant.evaluation.measuring import Evaluation, articles_in
from assistant.evaluation.questions import Evidence, Question, read_questions
from assistant.evaluation.ranking import ndcg, recall
from assistant.jsonlines import parse

ARTICLES = {
    "gent.txt": "Gent mends 1,000 bicycles a year in a workshop at the old docks.",
    "braga.txt": "Braga lends drills – free of charge – to all neighbours of the centre.",
}
QUESTION = Question("q", "fact", "How many?", ("1000",), ("gent.txt",))


def cite(source: str, quote: str) -> Citation:
    return Citation(1, source, "d", source, None, None, None, 0, len(quote), quote, "0" * 64)


def reply(
    text: str, *citations: Citation, items: tuple[str, ...] = (), answered: bool = True
) -> Answer:
    return Answer(
        id="q",
        question="",
        standalone="",
        language="en",
        kind="fact",
        answered=answered,
        text=text,
        items=tuple(Item(name, None, (1,)) for name in items),
        coverage=None,
        citations=citations,
        nearest=(),
        method="extractive",
        snapshot="000001",
        answer_id="a",
    )


def stored(source: str) -> str | None:
    text = ARTICLES.get(source)
    return normal(text) if text else None


def test_spellings_that_mean_the_same_are_found_and_others_are_not() -> None:
    text = normal("About 1 000 bicycles — the City’s own.")
    assert holds(text, ["1,000"])
    assert holds(text, ["city's own"])
    assert not holds(text, ["100"])
    assert not holds(text, ["bicycle"])


def test_items_match_when_one_name_holds_the_other() -> None:
    assert same_item("City of Gent", ["Gent"])
    assert same_item("Gent", ["Gent (BE)"])
    assert not same_item("Ge", ["Gent"])
    assert not same_item("Braga", ["Gent"])


def test_evidence_overlaps_by_eight_words_in_a_row_or_most_of_the_shorter() -> None:
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    assert overlaps(" ".join(words[:8]), " ".join(words))
    assert not overlaps("one two three", " ".join(words))
    assert overlaps("one two three four x", "four three two one")
    assert not overlaps("one two x y", " ".join(words))
    assert not overlaps("", "one")


def test_a_fact_after_the_counted_words_earns_nothing() -> None:
    [near] = score([QUESTION], {"q": reply("word " * 119 + "1000")}, stored)
    [far] = score([QUESTION], {"q": reply("word " * 120 + "1000")}, stored)
    assert (near.facts, far.facts) == (1.0, 0.0)
    [compared] = score(
        [replace(QUESTION, type="compare")], {"q": reply("word " * 120 + "1000")}, stored
    )
    assert compared.facts == 1.0


def test_a_list_is_scored_by_the_names_of_its_items() -> None:
    question = replace(
        QUESTION,
        type="list",
        expected=("Gent", "Braga"),
        also=("Brest",),
        aliases={"Gent": ("Ghent",)},
    )
    [row] = score([question], {"q": reply("", items=("Ghent", "Brest", "Oslo"))}, stored)
    assert (row.recall, row.precision, row.lost, row.extra) == (0.5, 0.5, ("Braga",), ("Oslo",))
    assert row.facts == 0.5
    assert row.complete is False


def test_quotes_are_looked_up_in_the_article_they_name() -> None:
    right = cite("gent.txt", "1,000 bicycles a year")
    wrong = cite("braga.txt", "1,000 bicycles a year")
    [row] = score([QUESTION], {"q": reply("1000", right, wrong)}, stored)
    assert row.quotes == (True, False)
    assert row.supported == (True, False)
    assert row.bad_quotes == 1


def test_a_question_without_an_answer_counts_as_missing_and_as_refused() -> None:
    rows = score([QUESTION, replace(QUESTION, id="u", expected=())], {}, stored)
    total = summary(rows)
    assert (total["missing"], total["false_refusal"], total["refused"]) == (2, 1.0, 1.0)
    assert total["verbatim"] is None


def test_ndcg_and_recall_are_those_worked_by_hand() -> None:
    ranked = ["a", "x", "b"]
    assert ndcg(ranked, {"a", "b"}, 10) == pytest.approx(
        (1 + 1 / math.log2(4)) / (1 + 1 / math.log2(3))
    )
    assert ndcg(ranked, {"b"}, 2) == 0.0
    assert recall(ranked, {"a", "b"}, 2) == 0.5


@settings(deadline=None)  # a busy machine is no error
@given(st.lists(st.sampled_from("abcdef"), unique=True), st.sets(st.sampled_from("abcdef")))
def test_a_ranking_is_perfect_only_with_the_relevant_first(
    ranked: list[str], wanted: set[str]
) -> None:
    value = ndcg(ranked, wanted, 10)
    assert 0 <= value <= 1 + 1e-9
    first = bool(wanted) and set(ranked[: len(wanted)]) == wanted
    assert first == (value == pytest.approx(1))


def test_seconds_are_told_by_nearest_rank() -> None:
    told = Evaluation((), {}, tuple(range(1, 21))).to_json()["seconds"]
    assert told == {"total": 210, "median": 10.5, "p95": 19}
    assert Evaluation((), {}, (1.0, 9.0, 2.0)).to_json()["seconds"]["p95"] == 9.0


@pytest.fixture(scope="module")
def outside(shared: Path) -> ModuleType:
    """The scorer that outside checks use, which shares no code with this one."""
    path = shared / "tools" / "score.py"
    if not path.is_file():
        pytest.skip("the outside scorer is not beside this checkout")
    spec = importlib.util.spec_from_file_location("outside_score", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


WORDS = [
    *("1000", "1,000", "Gent", "Braga", "drills", "–", "neighbours", "bicycles"),
    *("a", "year", "old", "docks", "the", "of", "is"),
]
phrases = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
names = st.lists(st.sampled_from(["Gent", "Braga", "Oslo", "City of Gent", "Ge"]), max_size=4)
cited = st.lists(
    st.builds(
        cite,
        st.sampled_from([*ARTICLES, "folder/gent.txt", "absent.txt"]),
        st.one_of(phrases, st.sampled_from([t[5:45] for t in ARTICLES.values()])),
    ),
    max_size=3,
)
questions = st.builds(
    Question,
    id=st.just("q"),
    type=st.sampled_from(["list", "fact", "compare"]),
    question=st.just("?"),
    expected=names.map(tuple),
    docs=st.lists(st.sampled_from([*ARTICLES]), unique=True).map(tuple),
    aliases=st.sampled_from([{}, {"Gent": ("Ghent", "1000")}]),
    also=st.sampled_from([(), ("Oslo",)]),
    evidence=st.lists(
        st.builds(Evidence, st.sampled_from([*ARTICLES]), st.sampled_from([*ARTICLES.values()])),
        max_size=2,
    ).map(tuple),
)
replies = st.builds(
    lambda text, citations, items, answered: reply(
        text, *citations, items=tuple(items), answered=answered
    ),
    phrases,
    cited,
    names,
    st.booleans(),
)


@settings(max_examples=300, deadline=None)  # a busy machine is no error
@given(st.lists(st.tuples(questions, st.one_of(st.none(), replies)), min_size=1, max_size=4))
def test_the_figures_equal_the_outside_scorers(
    outside: ModuleType, folder: Path, pairs: list[tuple[Question, Answer | None]]
) -> None:
    asked = [replace(question, id=f"q{n}") for n, (question, _) in enumerate(pairs)]
    given_answers = {f"q{n}": answer for n, (_, answer) in enumerate(pairs) if answer}
    ours = summary(score(asked, given_answers, articles_in(folder)))
    theirs, _ = outside.score(
        [
            {
                "id": q.id,
                "type": q.type,
                "expected": list(q.expected),
                "aliases": {fact: list(forms) for fact, forms in q.aliases.items()},
                "docs": list(q.docs),
                "also": list(q.also),
                "evidence": [{"doc": e.doc, "text": e.text} for e in q.evidence],
            }
            for q in asked
        ],
        {name: answer.to_json() for name, answer in given_answers.items()},
        folder,
    )
    assert json.loads(json.dumps(ours)) == json.loads(json.dumps(theirs))


def test_the_shared_question_set_is_read_whole(shared: Path) -> None:
    path = shared / "data" / "questions-dev.jsonl"
    with path.open("rb") as file:
        read = read_questions(parse(file, path.name))
    assert len(read) == sum(1 for line in path.read_text().splitlines() if line.strip())
    assert any(question.history for question in read)
    assert any(question.also for question in read)
