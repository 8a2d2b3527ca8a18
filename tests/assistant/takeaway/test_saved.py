"""Answers from outside: only what stands is exported, told of as the articles tell it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from assistant.takeaway.saved import MOST_ANSWERS, Unvouched, parse_answers, vouched
from assistant.verify import read_answers
from corpus.errors import UsageError


def parsed(*values: Any) -> Any:
    return parse_answers(read_answers(json.dumps(list(values)).encode(), "saved.json"))


def test_an_answer_reads_back_as_it_was(talk: Any) -> None:
    assert parsed(*(answer.to_json() for answer in talk)) == talk


def test_a_batch_gives_numbers_as_ids(talk: Any) -> None:
    assert parsed(talk[0].to_json() | {"id": 7})[0].id == "7"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"answered": "yes"}, "answered"),
        ({"citations": [{"n": 1}]}, r"citations\.0"),
        ({"text": 5}, "text"),
        ({"items": [["Gent"]]}, r"items\.0"),
        ({"snapshot": None}, "snapshot"),
    ],
    ids=lambda value: str(value),
)
def test_what_is_no_answer_is_named(talk: Any, change: Any, told: str) -> None:
    with pytest.raises(UsageError, match=f"saved.json, line 2: {told}"):
        parsed(talk[0].to_json(), talk[0].to_json() | change)


def test_too_many_answers_and_none_are_refused(talk: Any) -> None:
    with pytest.raises(UsageError, match="at most 200"):
        parsed(*[talk[0].to_json()] * (MOST_ANSWERS + 1))
    with pytest.raises(UsageError, match="no answers"):
        parsed()


def test_answers_that_stand_are_vouched_for(talk: Any, shelf: Any) -> None:
    # None of the two articles has a section called so.
    [rows, again, refusal] = vouched(talk, shelf)
    assert rows.citations[1] == replace(talk[0].citations[1], section=None)
    assert (again.text, refusal) == (talk[1].text, talk[2])


@pytest.mark.parametrize(
    "change",
    [{"quote": "The workshop mends 41 bicycles a week."}, {"start": 39}, {"sha256": "0" * 64}],
    ids=str,
)
def test_an_answer_with_a_quote_that_does_not_stand_is_refused(
    talk: Any, shelf: Any, change: Any
) -> None:
    forged = replace(talk[0], citations=(replace(talk[0].citations[0], **change),))
    with pytest.raises(Unvouched, match="do not stand"):
        vouched([talk[1], forged], shelf)


@pytest.mark.parametrize("change", [{"text": "Braga pays."}, {"source": "gent.md"}, {"end": 999}])
def test_a_passage_beside_a_refusal_must_stand_too(talk: Any, shelf: Any, change: Any) -> None:
    forged = replace(talk[2], nearest=(replace(talk[2].nearest[0], **change),))
    with pytest.raises(Unvouched, match="not as the answer shows it"):
        vouched([forged], shelf)


def test_what_is_said_of_an_article_is_taken_from_the_article(talk: Any, shelf: Any) -> None:
    forged = replace(
        talk[0].citations[0],
        title="The Ministry",
        url="https://ministry.example",
        published="2030-01-01",
        section="Decisions",
    )
    [answer] = vouched([replace(talk[1], text="So. [1]", citations=(forged,))], shelf)
    assert answer.citations[0] == replace(talk[0].citations[0], section=None)


def test_a_section_that_the_quote_stands_in_is_kept(talk: Any, shelf: Any) -> None:
    from corpus import Heading, Span

    gent = shelf.documents[0]
    at = gent.text.index("Gent, Belgium")
    shelf.documents[0] = replace(gent, headings=(Heading(Span(at, at + 13), 2),))
    cited = replace(talk[0].citations[0], section="Gent, Belgium")
    [answer] = vouched([replace(talk[1], text="So. [1]", citations=(cited,))], shelf)
    assert answer.citations[0].section == "Gent, Belgium"
