"""What people said of answers, as questions that ``townbook evaluate`` asks.

Knows what a thumb up vouches for: the words that were cited, the things that were listed, or
that there is no answer. A thumb down says only that something is wrong, so its question waits,
with a note of what is to be filled in, until a person has written what is expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assistant.evaluation.answers import WORDS
from assistant.evaluation.matching import file_name, holds, normal

_FILL_IN = "fill in expected and docs (both empty: there is no answer), then remove this key"
_NO_FACTS = "fill in expected, the facts of a right answer, then remove this key"


def questions(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """One question for each of ``assistant.feedback.Feedback.listed``, in its order.

    Those with the key ``to_do`` are passed over by ``evaluate`` until it is removed.
    """
    for row in rows:
        answer = row["answer"]
        vouched = row["useful"] and not row["withheld"]
        cited = answer["citations"] if vouched else []
        expected = _expected(answer) if vouched and answer["answered"] else []
        question = {
            "id": f"feedback-{row['id']}",
            "type": answer["kind"],
            "question": answer["standalone"] or answer["question"],
            "lang": answer["language"],
            "expected": expected,
            "docs": sorted({file_name(citation["source"]) for citation in cited}),
            "evidence": [
                {"doc": file_name(citation["source"]), "text": citation["quote"]}
                for citation in cited
            ],
            "feedback": {key: row[key] for key in ("useful", "reason", "comment", "snapshot")},
        }
        if not vouched:
            question["to_do"] = _FILL_IN
        elif answer["answered"] and not expected:
            question["to_do"] = _NO_FACTS
        yield question


def _expected(answer: Mapping[str, Any]) -> list[str]:
    """The facts of an answer that somebody vouched for, such that it scores as complete itself."""
    if answer["kind"] == "list":
        return [item["name"] for item in answer["items"]]
    first_words = normal(" ".join(answer["text"].split()[:WORDS]))
    quotes = dict.fromkeys(citation["quote"] for citation in answer["citations"])
    return [quote for quote in quotes if holds(first_words, (quote,))]
