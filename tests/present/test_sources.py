"""The sources panel opens the article that was cited, or says why it cannot."""

from __future__ import annotations

from typing import Any

from assistant import Nearest
from assistant.present import sources
from assistant.present.reference import quoted
from assistant.takeaway.markdown import conversation


def test_the_open_card_marks_the_quote_in_its_whole_article(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    document = make_document("First it rained. Then it snowed.", url="https://city.example/a")
    answer = make_answer(
        "Rain [1], snow [2].",
        make_citation(document, "First it rained."),
        make_citation(document, "Then it snowed.", 2),
    )
    seen = browse(sources.panel(answer, 2, document))
    assert seen.marked == "Then it snowed."
    assert "First it rained. Then it snowed." in seen.words
    assert "5 March 2024" in seen.words
    rows = [link for link in seen.of("a") if link.get("class") == "cite row"]
    assert [row.get("aria-current") for row in rows] == [None, "true"]
    outside = next(link for link in seen.of("a") if link.get("target"))
    assert outside["href"] == "https://city.example/a"
    assert outside["rel"] == "noopener noreferrer nofollow"


def test_an_article_that_changed_since_the_answer_is_not_marked_but_explained(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    answer = make_answer("[1]", make_citation(make_document("It rained."), "It rained."))
    for now in (make_document("It hailed. It rained."), None):
        seen = browse(sources.panel(answer, 1, now))
        assert "mark" not in seen.tags
        assert "It rained." in seen.words
        assert "changed or removed" in seen.words


def test_a_refusals_nearest_passage_opens_in_its_article(
    browse: Any, make_answer: Any, make_document: Any
) -> None:
    document = make_document("It rained. It snowed.")
    near = Nearest("notes.txt", document.id, "Notes", None, None, None, 11, 21, "It snowed.")
    answer = make_answer("No.", answered=False, nearest=(near,))
    seen = browse(sources.panel(answer, 1, document))
    assert seen.marked == "It snowed."
    assert "Nearest passage" in seen.words


def test_a_number_that_was_never_issued_opens_nothing(make_answer: Any) -> None:
    for n in (-1, 0, 1, 99):
        assert sources.panel(make_answer("No."), n, None) == sources.empty()


def test_every_hostile_field_of_a_source_is_inert(
    hostile: str, browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    document = make_document(f"x {hostile} y", source=hostile, title=hostile, url=hostile)
    answer = make_answer(
        hostile,
        make_citation(document, hostile, section=hostile),
        make_citation(document, hostile, 2),
        question=hostile,
        answer_id=hostile,
    )
    for now in (document, None):
        html = sources.panel(answer, 1, now)
        assert browse(html).inert
        assert not {"$", "{", "`"} & set(html)


def test_what_is_copied_for_a_briefing_is_the_answer_as_it_is_exported(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    document = make_document("It rained on the fair.", url="https://city.example/a")
    answer = make_answer("It rained. [1]", make_citation(document, "It rained on the fair."))
    *_, button = browse(sources.panel(answer, 1, document)).of("button")
    assert button["data-copy"] == conversation((answer,), "en")


def test_a_quote_is_copied_with_all_that_is_needed_to_find_it(
    make_document: Any, make_citation: Any
) -> None:
    document = make_document("It rained on the fair.", url="https://city.example/a")
    written = quoted(make_citation(document, "It rained", section="Weather"), document, "en")
    assert written.splitlines() == [
        "“It rained”",
        "— Notes; 2024-03-05; Section: Weather; File: notes.txt; https://city.example/a; [0, 9);"
        f" SHA-256 {document.sha256[:16]}…",
    ]


def test_a_document_that_others_repeat_names_them(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    document = make_document("It rained.")
    answer = make_answer("[1]", make_citation(document, "It rained."))
    seen = browse(sources.panel(answer, 1, document, "nl", ("<b>copy</b>.txt", "other.txt")))
    assert "Ook te vinden in<b>copy</b>.txt, other.txt" in seen.words
    assert "Artikel openen" in seen.words
    assert seen.inert


def test_the_panel_speaks_the_language_of_the_page(
    browse: Any, make_answer: Any, make_document: Any, make_citation: Any
) -> None:
    document = make_document("It rained.")
    answer = make_answer("[1]", make_citation(document, "It rained."))
    words = browse(sources.panel(answer, 1, document, "pl")).words
    assert "Źródło" in words
    assert "5 marca 2024" in words
    assert "Source" not in words
