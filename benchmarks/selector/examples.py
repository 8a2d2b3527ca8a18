"""Training examples for the selector: a question, candidate sentences, and which of them answer.

Two kinds of source. Questions over articles (questions.jsonl here: our own questions, answers
given as places in the articles, whose text is not kept) get the candidates that the product
itself finds for them. SQuAD 2.0 paragraphs (Rajpurkar et al. 2018, CC BY-SA 4.0) are their own
candidates, with a few sentences from other paragraphs of the same article among them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant import Turn
from assistant.asking import read_question
from assistant.evaluation.matching import holds, normal
from assistant.evidence import gather
from assistant.service import Townbook
from corpus import Document, Span
from corpus.sentences import sentences
from index import EVERYTHING, Candidate

TODAY = date(2017, 6, 1)
_CANDIDATES = 60
_DISTRACTORS = 3  # paragraphs, two sentences each
_SEED = 3


@dataclass(frozen=True, slots=True)
class Example:
    """Candidates best first; ``labels`` are 2 for an answer, 1 for what only touches one."""

    question: str
    answerable: bool
    candidates: tuple[Candidate, ...]
    labels: tuple[int, ...]


def of_articles(lines: Sequence[str], townbook: Townbook) -> Iterator[Example]:
    """An example for each line of questions.jsonl, with what the product finds for it."""
    shelf = townbook.shelf()
    documents = {d.source: d for d in shelf.snapshot.documents()}
    for line in lines:
        asked = json.loads(line)
        history = [Turn(turn["role"], turn["content"]) for turn in asked.get("history", ())]
        question = read_question(asked["question"], history, TODAY).question
        if question is None:
            continue
        found = gather(question, shelf, EVERYTHING).evidence[:_CANDIDATES]
        if not found:
            continue
        yield Example(
            question.search_text if history else question.text,
            bool(asked["answers"]),
            tuple(Candidate(e.document.id, e.document.title, e.index, e.text) for e in found),
            tuple(label_of(e.document, e.span, asked, documents) for e in found),
        )


def label_of(
    document: Document, span: Span, asked: Mapping[str, Any], documents: Mapping[str, Document]
) -> int:
    """2 where a sentence is in known evidence and holds an answer, 1 for one of both.

    ``asked`` is a line of questions.jsonl, ``documents`` are by source.
    """
    if document.source not in asked["docs"]:
        return 0
    text = normal(span.of(document.text))
    says = any(
        holds(text, [fact, *asked.get("aliases", {}).get(fact, [])]) for fact in asked["answers"]
    )
    known = any(
        documents[source].id == document.id and span.start < end and start < span.end
        for source, start, end in asked["evidence"]
        if source in documents
    )
    return int(says) + int(known)


def of_squad(path: Path) -> Iterator[Example]:
    """An example for each question of a SQuAD 2.0 file."""
    chance = random.Random(_SEED)  # noqa: S311 - picks distractors, guards nothing
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        texts = [paragraph["context"] for paragraph in article["paragraphs"]]
        cut = [sentences(text, "en") for text in texts]
        for number, paragraph in enumerate(article["paragraphs"]):
            for asked in paragraph["qas"]:
                starts = (
                    ()
                    if asked["is_impossible"]
                    else [answer["answer_start"] for answer in asked["answers"]]
                )
                picked = [
                    (number, place, 2 * any(span.start <= at < span.end for at in starts))
                    for place, span in enumerate(cut[number])
                ]
                for other in chance.sample(range(len(texts)), min(_DISTRACTORS, len(texts))):
                    if other != number:
                        places = range(len(cut[other]))
                        picked += [
                            (other, place, 0)
                            for place in chance.sample(places, min(2, len(places)))
                        ]
                chance.shuffle(picked)
                answerable = any(label for _, _, label in picked)
                if answerable == asked["is_impossible"]:
                    continue  # no sentence begins before its answer does
                yield Example(
                    asked["question"],
                    answerable,
                    tuple(
                        Candidate(
                            article["title"],
                            article["title"],
                            1_000 * text + place,
                            cut[text][place].of(texts[text]),
                        )
                        for text, place, _label in picked
                    ),
                    tuple(label for _, _, label in picked),
                )
