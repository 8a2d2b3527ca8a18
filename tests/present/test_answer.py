"""Answers in the conversation: tables, refusals, coverage, growth."""

from __future__ import annotations

from typing import Any

from assistant import Coverage, Item, Nearest, Part
from assistant.facets import Count, Facets
from assistant.present import answer as view
from assistant.present.days import country


def test_an_answer_grows_in_few_steps(
    make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    text = " ".join(f"Sentence number {i}. [1]" for i in range(40))
    answer = make_answer(text, make_citation(make_document("It rained."), "It rained."))
    stages = view.stages(answer)
    assert 1 <= len(stages) < view.MAX_STAGES
    assert sorted((*stages, view.whole(answer)), key=len) == [*stages, view.whole(answer)]


def test_a_one_sentence_answer_is_whole_at_once(make_answer: Any) -> None:
    assert view.stages(make_answer("It rained.")) == ()


def listed(make_answer: Any, make_document: Any, make_citation: Any, **more: Any) -> Any:
    document = make_document("Gent mends bikes. Brno mends coats.")
    values: dict[str, Any] = {
        "kind": "list",
        "items": (Item("Gent", "BE", (1,)), Item("Brno", "CZ", (2,))),
        "coverage": Coverage(1200, 1),
    }
    return make_answer(
        "2 found:\n- **Gent** (BE) — Gent mends bikes. [1]\n- **Brno** — coats [2]\n\n"
        "1200 documents were looked at; 1 match.",
        make_citation(document, "Gent mends bikes."),
        make_citation(document, "Brno mends coats.", 2),
        **{**values, **more},
    )


def test_a_list_is_a_table_with_a_quote_and_links_in_each_row(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    seen = browse(view.whole(listed(make_answer, make_document, make_citation)))
    assert len(seen.of("tr")) == 3
    assert [a["href"] for a in seen.of("a")] == ["#s-ab12-1", "#s-ab12-2"]
    assert seen.words.count("Gent mends bikes.") == 1
    assert "Belgium" in seen.words
    assert "2 found · 1,200 articles checked" in seen.words
    assert "documents were looked at" not in seen.words  # the same, said once


def test_a_list_grows_row_by_row(make_answer: Any, make_document: Any, make_citation: Any) -> None:
    stages = view.stages(listed(make_answer, make_document, make_citation))
    assert len(stages) == 1
    assert "Gent" in stages[0]
    assert "Brno" not in stages[0]


def test_a_list_is_framed_in_the_language_of_the_question_and_handled_in_the_pages(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    answer = listed(
        make_answer,
        make_document,
        make_citation,
        language="fr",
        coverage=Coverage(1200, 1, ("Brno",)),
    )
    words = browse(view.whole(answer, "de", is_last=True)).words
    assert "2 trouvés · 1 200 articles examinés · 1 incertain: Brno" in words.replace("\u202f", " ")
    assert "Belgique" in words
    assert "Noch einmal fragen" in words


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


def test_what_a_list_says_beyond_its_rows_stays(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    answer = make_answer(
        "The oldest is Gent [1].\n- **Gent** — Gent mends. [1]",
        make_citation(make_document("Gent mends."), "Gent mends."),
        kind="list",
        items=(Item("Gent", "BE", (1,)),),
    )
    assert "The oldest is Gent" in browse(view.whole(answer)).words


def test_a_comparison_stands_side_by_side_with_value_quote_and_mark(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    document = make_document("AIVP began in 1988. LUCI was founded in 2002.")
    answer = make_answer(
        "**AIVP** comes first: 1988 against 2002 [1][2].\n"
        "- **AIVP** (FR): 1988 [1]\n- **LUCI** (FR): 2002 [2]",
        make_citation(document, "AIVP began in 1988."),
        make_citation(document, "LUCI was founded in 2002.", 2),
        kind="compare",
        items=(Item("AIVP", "FR", (1,)), Item("LUCI", "FR", (2,))),
    )
    seen = browse(view.whole(answer))
    assert len([s for s in seen.of("section") if s["class"] == "side"]) == 2
    assert len(seen.of("blockquote")) == 2
    first, second = seen.words.split("LUCIFrance")
    assert "AIVP began in 1988." in first
    assert "LUCI was founded in 2002." in second
    assert "- **" not in seen.words


def test_a_comparison_that_quotes_already_does_not_quote_twice(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    document = make_document("Gent mends bikes. Brno mends coats.")
    answer = make_answer(
        "- **Gent**: Gent mends bikes. [1]\n- **Brno**: Brno mends coats. [2]",
        make_citation(document, "Gent mends bikes."),
        make_citation(document, "Brno mends coats.", 2),
        kind="compare",
        items=(Item("Gent", None, (1,)), Item("Brno", None, (2,))),
    )
    assert browse(view.whole(answer)).words.count("Gent mends bikes.") == 1


def test_values_put_first_are_set_out_and_others_stand_out_where_they_are(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    cited = make_citation(make_document("Size: 264 716 people in 2016."), "Size: 264 716 people")
    first = make_answer("**264 716** [1]\n\nSize: 264 716 people. [1]", cited, kind="number")
    assert {"class": "values"} in browse(view.whole(first)).of("div")
    inside = make_answer("Size: 264 716 people in 2016. [1]", cited, kind="number")
    assert '<strong class="figure">264 716</strong>' in view.whole(inside)
    assert "2016</strong>" not in view.whole(inside)
    dated = make_answer("It opened on 3 May 2019. [1]", cited, kind="event")
    assert '<strong class="figure">3 May 2019</strong>' in view.whole(dated)


def test_a_refusal_tells_what_the_library_does_hold(browse: Any, make_answer: Any) -> None:
    answer = make_answer("No.", answered=False, kind="refusal", language="de")
    held = Facets(
        664, 171, 65, countries=(Count("BE", 3),), themes=(Count("Food", 9), Count("<b>", 2))
    )
    seen = browse(view.whole(answer, covered=held))
    assert "664 Artikel · 171 Praktiken · 65 Veranstaltungen · 1 Land" in seen.words
    assert "Food, <b>." in seen.words
    assert seen.inert


def test_a_refusal_says_so_and_links_the_nearest_passages(browse: Any, make_answer: Any) -> None:
    near = Nearest("a.txt", "d" * 16, "Rain", None, "2024-03-05", None, 0, 5, "Rain fell.")
    answer = make_answer(
        "The articles do not say.", answered=False, kind="refusal", nearest=(near,)
    )
    seen = browse(view.whole(answer))
    assert seen.of("div")[0]["class"] == "answer refused"
    assert "date unknown" not in seen.words
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
        "reading": (
            Part("country", "SE", hostile, hostile),
            Part("filter", f"theme={hostile}", hostile),
            Part(hostile, hostile),
        ),
        "snapshot": hostile,
        "answer_id": hostile,
    }
    row = Item(hostile, hostile, (1,))
    checked = Coverage(1, 1, (hostile,))
    for answer in (
        make_answer(f"{hostile} [1]", cited, items=(row,), coverage=checked, **common),
        make_answer(hostile, answered=False, nearest=(near,), **common),
    ):
        for html in (
            *view.stages(answer),
            view.whole(answer, is_last=True),
            view.question(hostile),
            view.notice(hostile),
            view.editing(hostile, hostile, "en"),
        ):
            assert browse(html).inert
            assert "\n" not in html
            assert not {"$", "{", "`"} & set(html)
