"""Whole answers over the starter articles: complete, cited, deterministic, or honestly refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Answer, Turn
from assistant.service import Townbook
from assistant.settings import Settings
from corpus.errors import EncoderError, UsageError
from index import Filters


def _same_bytes(answer: Answer) -> str:
    published: dict[str, Any] = answer.to_json()
    published.pop("seconds")
    return json.dumps(published, sort_keys=True)


def _check_promises(townbook: Townbook, answer: Answer) -> None:
    """Every quote stands where it says; every marker has a citation; answered means cited."""
    for citation in answer.citations:
        document = townbook.document(citation.document)
        assert document is not None
        assert document.text[citation.start : citation.end] == citation.quote
        assert document.sha256 == citation.sha256
    issued = {citation.n for citation in answer.citations}
    assert {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)} <= issued
    assert {n for item in answer.items for n in item.citations} <= issued
    if answer.answered:
        assert answer.citations
    else:
        assert not answer.citations
        assert answer.kind == "refusal"


def test_a_list_names_every_place_with_a_quote_and_says_what_was_looked_at(
    starter: Townbook,
) -> None:
    answer = starter.ask("Which cities run a repair café?")
    _check_promises(starter, answer)
    names = " ".join(item.name for item in answer.items)
    assert {"Roeselare", "Hürth", "Magdeburg"} <= set(re.findall(r"\w+", names))
    assert answer.coverage is not None
    assert answer.coverage.documents == starter.status()["documents"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many people visit the hub in Roeselare each day?", ["120"]),
        ("How many startups came out of the Tech Hub in Amarante?", ["15"]),
        ("Which network is older, AIVP or LUCI?", ["AIVP", "1988", "2002"]),
        (
            "Which has the larger budget, the NGO House in Riga or the clean-up in Tallinn?",
            ["Riga", "126", "95"],
        ),
        ("When and where is the URBACT City Festival?", ["2017-10-04", "2017-10-05", "Tallinn"]),
        ("Seit wann gibt es das Repair-Café in Hürth?", ["2015"]),
    ],
)
def test_facts_numbers_dates_and_comparisons_are_answered_with_citations(
    starter: Townbook, question: str, expected: list[str]
) -> None:
    answer = starter.ask(question)
    _check_promises(starter, answer)
    assert answer.answered
    assert all(part in answer.text for part in expected), answer.text


def test_events_of_a_month_are_listed_by_day(starter: Townbook) -> None:
    answer = starter.ask("Which events take place in June 2017?")
    _check_promises(starter, answer)
    assert [place for place in ("Brno", "Bordeaux", "Lyon") if place in answer.text] == [
        "Brno",
        "Bordeaux",
        "Lyon",
    ]


def test_a_follow_up_takes_its_subject_from_the_turns_before(starter: Townbook) -> None:
    history = [
        Turn("user", "What is the Community Innovation Hub in Roeselare?"),
        Turn("assistant", "A meeting place where residents get tools and advice."),
    ]
    answer = starter.ask("And how many visitors does it get in a day?", history=history)
    _check_promises(starter, answer)
    assert "120" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How much does the Näsby project in Kristianstad cost?",
        "What is the telephone number of the hub in Roeselare?",
        "Who won the football match between Braga and Porto?",
        "Why was the hub in Roeselare closed?",
    ],
)
def test_what_the_articles_do_not_hold_is_refused_with_the_nearest_passages(
    starter: Townbook, question: str
) -> None:
    answer = starter.ask(question)
    _check_promises(starter, answer)
    assert not answer.answered
    assert answer.nearest


def test_the_same_question_gives_the_same_bytes(starter: Townbook) -> None:
    question = "Which cities have a participatory budget?"
    assert _same_bytes(starter.ask(question)) == _same_bytes(starter.ask(question))


def test_filters_restrict_what_is_cited(starter: Townbook) -> None:
    answer = starter.ask("Which cities run a repair café?", filters=Filters(countries=("DE",)))
    _check_promises(starter, answer)
    assert all(item.country == "DE" for item in answer.items)
    assert answer.items


@pytest.mark.parametrize(
    "question",
    [
        "Which events take place in June 2017?",
        "Which city networks have their secretariat in France?",
        "Which network is older, AIVP or LUCI?",
        "When and where is the URBACT City Festival?",
        "Which cities run a repair café?",
    ],
)
def test_filters_that_leave_nothing_leave_no_answer(starter: Townbook, question: str) -> None:
    assert starter.ask(question).answered
    answer = starter.ask(question, filters=Filters(cities=("Reykjavik",)))
    _check_promises(starter, answer)
    assert not answer.answered


def test_a_refusal_speaks_the_language_of_the_question_throughout(starter: Townbook) -> None:
    answer = starter.ask("Was kostet das Projekt Näsby in Kristianstad?")
    assert not answer.answered
    assert "ein Geldbetrag" in answer.text


def test_what_is_stored_can_be_shown_by_source_and_by_id(starter: Townbook) -> None:
    source = "roeselare-community-innovation-hub.md"
    shown = starter.show(source)
    assert starter.show(shown["document"]) == shown
    for passage in shown["passages"]:
        assert shown["text"][passage["start"] : passage["end"]] == passage["text"]
    with pytest.raises(UsageError, match="no-such-file"):
        starter.show("no-such-file.md")


def test_records_name_the_source_they_were_read_from(starter: Townbook) -> None:
    events = starter.records("event")
    assert len(events) == starter.status()["events"]
    for event in events:
        text = starter.show(event["source"])["text"]
        start, end = event["name"]["span"]
        assert text[start:end]
    assert len(starter.documents()) == starter.status()["documents"]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(question=st.text(max_size=120))
def test_no_text_whatsoever_breaks_a_promise(quick: Townbook, question: str) -> None:
    _check_promises(quick, quick.ask(question))


def test_a_change_of_model_leaves_the_old_snapshot_serving(
    tmp_path: Path, hashing: type[Any]
) -> None:
    home = tmp_path / "home"
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "tram.txt").write_text("Trams\n\nThe tram in Graz runs all night.\n")
    serving = Townbook(Settings(home=home), encoder=hashing(dimension=64))
    serving.refresh([str(articles)])
    (hit,) = serving.search("night tram")

    Townbook(Settings(home=home), encoder=hashing(dimension=96)).refresh()
    assert serving.search("night tram") == [hit]
    status = serving.status()
    assert not status["sound"]
    assert "encoder" in status["degraded"]
    serving.close()

    with pytest.raises(EncoderError):
        Townbook(Settings(home=home), encoder=hashing(dimension=64)).search("night tram")
    changed = Townbook(Settings(home=home), encoder=hashing(dimension=96))
    assert [found.text for found in changed.search("night tram")] == [hit.text]
    assert changed.status()["sound"]
