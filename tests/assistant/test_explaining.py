"""An explanation tells of the very answer that is given, on the starter articles."""

from __future__ import annotations

from assistant import Turn
from assistant.service import Townbook


def test_it_names_the_sentences_that_are_quoted(starter: Townbook) -> None:
    question = "How many cards do the citizens of Gijón hold?"
    answer, explained = starter.ask(question), starter.explain(question)
    assert (explained.way, explained.answered) == ("answer_from_sentences", True)
    assert set(explained.chosen) <= {(c.start, c.end) for c in answer.citations}
    assert all(check.missing is None for check in explained.checks)
    best = explained.candidates[0]
    assert best.score == max(candidate.score for candidate in explained.candidates)
    assert explained.understood["places"] == ["Gijón"]
    assert explained.understood["asked"] == ["count"]


def test_it_names_the_check_that_refused(starter: Townbook) -> None:
    question = "Who was the architect of the NGO House in Riga?"
    explained = starter.explain(question)
    assert not explained.answered
    failed = [check for check in explained.checks if check.missing is not None]
    assert failed[0].name == "role"
    assert failed[0].missing == "architect"


def test_history_is_read_as_ask_reads_it(starter: Townbook) -> None:
    history = [Turn("user", "How many cards do the citizens of Gijón hold?")]
    follow_up = "And what is its budget?"
    answer = starter.ask(follow_up, history=history)
    assert starter.explain(follow_up, history=history).standalone == answer.standalone


def test_other_ways_are_named_and_nothing_is_read_where_nothing_is_asked(
    starter: Townbook,
) -> None:
    assert starter.explain("Which cities run repair cafés?").way != "answer_from_sentences"
    empty = starter.explain("?!")
    assert (empty.way, empty.answered, empty.candidates) == ("refused unread", False, ())
