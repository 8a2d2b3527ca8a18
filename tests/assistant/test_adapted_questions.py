"""What the query adapter is for, on articles and questions that it was not trained on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.questions import Question, read_questions
from assistant.jsonlines import parse
from assistant.service import Townbook
from index.encoders import LoadedEncoder, profile_of
from index.home import Home

QUESTIONS = Path(__file__).parent / "evaluation" / "questions.jsonl"


def test_answers_stand_higher_among_all_sentences(starter: Townbook) -> None:
    shelf = starter.shelf()
    adapted = shelf.encoder
    assert isinstance(adapted, LoadedEncoder)
    plain = LoadedEncoder(adapted.folder, profile_of(adapted.name), Home(starter.settings.home))
    vectors, told = [], []
    for document in shelf.snapshot.documents():
        of_document = shelf.snapshot.sentence_vectors(document.id)
        for line in shelf.reading(document).lines:
            vectors.append(of_document[line.place])
            told.append((document.source, _plain(line.span.of(document.text))))
    asked = [
        (question, right)
        for question in read_questions(parse(QUESTIONS.read_bytes().splitlines(), QUESTIONS.name))
        if not question.history and (right := _answers(question, told))
    ]
    assert len(asked) > 30
    every = np.stack(vectors)

    def mean_reciprocal_rank(encoder: LoadedEncoder) -> float:
        scores = encoder.encode_queries([question.question for question, _ in asked]) @ every.T
        return float(
            np.mean(
                [_reciprocal(row, right) for row, (_, right) in zip(scores, asked, strict=True)]
            )
        )

    assert mean_reciprocal_rank(adapted) > mean_reciprocal_rank(plain) + 0.03


def _answers(question: Question, told: list[tuple[str, str]]) -> list[int]:
    """The lines that are evidence for the question."""
    known = [(e.doc, _plain(e.text)) for e in question.evidence]
    return [
        number
        for number, (source, text) in enumerate(told)
        if any(source == document and len(text) > 10 and text in quote for document, quote in known)
    ]


def _reciprocal(scores: NDArray[np.float32], right: list[int]) -> float:
    return 1.0 / (1 + int((scores > scores[right].max()).sum()))


def _plain(text: str) -> str:
    return " ".join(text.split())
