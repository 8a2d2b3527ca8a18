"""Answers in the conversation: tables, refusals, coverage, growth."""

from __future__ import annotations

from typing import Any

from assistant import Coverage, Item, Nearest
from assistant.present import answer as view
from assistant.present.days import country


def test_an_answer_grows_in_few_steps_to_its_whole_form(
    make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    text = " ".join(f"Sentence number {i}. [1]" for i in range(40))
    answer = make_answer(text, make_citation(make_document("It rained."), "It rained."))
    stages = view.stages(answer)
    assert 2 <= len(stages) <= view.MAX_STAGES
    assert stages[-1] == view.whole(answer)
    assert sorted(stages, key=len) == list(stages)


def test_a_one_sentence_answer_is_whole_at_once(make_answer: Any) -> None:
    assert len(view.stages(make_answer("It rained."))) == 1


def test_a_list_is_a_table_with_a_quote_and_links_in_each_row(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    document = make_document("Gent mends bikes. Brno mends coats.")
    answer = make_answer(
        "2 found:\n- **Gent** (BE) — Gent mends bikes. [1]\n- **Brno** — coats [2]\n\nAll checked.",
        make_citation(document, "Gent mends bikes."),
        make_citation(document, "Brno mends coats.", 2),
        kind="list",
        items=(Item("Gent", "BE", (1,)), Item("Brno", "CZ", (2,))),
        coverage=Coverage(12, 1),
    )
    html = view.whole(answer)
    seen = browse(html)
    assert len(seen.of("tr")) == 3
    assert [a["href"] for a in seen.of("a")] == ["#s-ab12-1", "#s-ab12-2"]
    assert seen.words.count("Gent mends bikes.") == 1
    assert "Belgium" in seen.words
    assert seen.words.index("2 found:") < seen.words.index("Gent") < seen.words.index("All checked")


def test_one_sentence_behind_many_rows_is_quoted_once(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    answer = make_answer(
        "2 found:",
        make_citation(make_document("Gent and Brno mend."), "Gent and Brno mend."),
        items=(Item("Gent", None, (1,)), Item("Brno", None, (1,))),
    )
    seen = browse(view.whole(answer))
    assert seen.words.count("Gent and Brno mend.") == 1
    assert len(seen.of("a")) == 2


def test_coverage_names_what_is_uncertain_when_the_text_does_not(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    answer = make_answer(
        "1 found:",
        make_citation(make_document("Gent mends."), "Gent mends."),
        items=(Item("Gent", "BE", (1,)),),
        coverage=Coverage(1200, 2, ("Brno",)),
    )
    words = browse(view.whole(answer)).words
    assert "1,200 articles checked, 2 matched, 1 uncertain: Brno." in words


def test_a_refusal_says_so_and_links_the_nearest_passages(browse: Any, make_answer: Any) -> None:
    near = Nearest("a.txt", "d" * 16, "Rain", None, "2024-03-05", None, 0, 5, "Rain fell.")
    answer = make_answer(
        "The articles do not say.", answered=False, kind="refusal", nearest=(near,)
    )
    seen = browse(view.whole(answer))
    assert seen.of("div")[0]["class"] == "answer refused"
    assert seen.of("a")[0]["href"] == "#s-ab12-1"
    assert "Rain fell." in seen.words
    assert "verbatim" not in seen.words


def test_a_country_code_is_shown_as_its_name_and_an_unknown_one_as_it_is() -> None:
    assert country("SE") == "Sweden"
    assert country(None) == ""


def test_every_hostile_field_of_an_answer_is_inert(
    hostile: str, browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    document = make_document(f"x {hostile} y", source=hostile, title=hostile, url=hostile)
    near = Nearest(hostile, "d", hostile, hostile, hostile, hostile, 0, 1, hostile)
    cited = make_citation(document, hostile, section=hostile)
    common: dict[str, Any] = {
        "question": hostile,
        "standalone": hostile,
        "language": hostile,
        "understood": hostile,
        "snapshot": hostile,
        "answer_id": hostile,
    }
    row = Item(hostile, hostile, (1,))
    checked = Coverage(1, 1, (hostile,))
    for answer in (
        make_answer(f"{hostile} [1]", cited, items=(row,), coverage=checked, **common),
        make_answer(hostile, answered=False, nearest=(near,), **common),
    ):
        for html in (*view.stages(answer), view.question(hostile), view.notice(hostile)):
            assert browse(html).inert
            assert "\n" not in html
            assert not {"$", "{", "`"} & set(html)
