"""A question and sentences as one row of tokens: what the selector reads, and where each stands.

    <s> query: QUESTION </s> TITLE </s> SENTENCE </s> SENTENCE </s> TITLE </s> SENTENCE </s>

Documents come in the order of their first candidate, the sentences of each in that of the text,
so that one may lean on the one before it. Knows room and order; refuses to know what is likely:
candidates come best first, and the last ones are left out when room runs short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index import Candidate

START, END = 0, 2  # <s> and </s> of XLM-R's vocabulary, which e5 has
QUERY_PROMPT = "query: "
MOST_TOKENS = 256
_QUESTION_TOKENS = 64
_SENTENCE_TOKENS = 72
_TITLE_TOKENS = 14


@dataclass(frozen=True, slots=True)
class Row:
    """Token ids, whether each belongs to a candidate (1) or the question (0), and sentences.

    ``sentences`` has (candidate's number, first token, token after the last), in reading order.
    """

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    sentences: tuple[tuple[int, int, int], ...]


def texts_of(question: str, candidates: Sequence[Candidate]) -> list[str]:
    """The texts to cut into tokens for ``pack``: the question, then each title and sentence."""
    titles = dict.fromkeys(c.title for c in candidates)
    return [QUERY_PROMPT + question, *titles, *(c.text for c in candidates)]


def pack(
    candidates: Sequence[Candidate], tokens: Sequence[Sequence[int]], most: int = MOST_TOKENS
) -> Row:
    """One row of at most ``most`` tokens; ``tokens`` are those of ``texts_of``, bare of ends."""
    titles = list(dict.fromkeys(c.title for c in candidates))
    title_ids = {
        title: [*ids[:_TITLE_TOKENS], END]
        for title, ids in zip(titles, tokens[1 : 1 + len(titles)], strict=True)
    }
    texts = [[*ids[:_SENTENCE_TOKENS], END] for ids in tokens[1 + len(titles) :]]
    headings: dict[str, list[int]] = {}  # of each document, by its first candidate
    for candidate in candidates:
        headings.setdefault(candidate.document, title_ids[candidate.title])
    ids = [START, *tokens[0][:_QUESTION_TOKENS], END]
    kinds = [0] * len(ids)
    kept = _within(candidates, texts, headings, most - len(ids))
    documents = list(dict.fromkeys(c.document for c in candidates))
    kept.sort(key=lambda n: (documents.index(candidates[n].document), candidates[n].place))
    sentences = []
    document = None
    for number in kept:
        candidate = candidates[number]
        if candidate.document != document:
            document = candidate.document
            ids += headings[document]
        sentences.append((number, len(ids), len(ids) + max(1, len(texts[number]) - 1)))
        ids += texts[number]
    kinds += [1] * (len(ids) - len(kinds))
    return Row(tuple(ids), tuple(kinds), tuple(sentences))


def _within(
    candidates: Sequence[Candidate],
    texts: Sequence[Sequence[int]],
    headings: dict[str, list[int]],
    room: int,
) -> list[int]:
    """The numbers of the candidates there is room for, the first ones first."""
    kept: list[int] = []
    seen: set[str] = set()
    for number, candidate in enumerate(candidates):
        cost = len(texts[number])
        cost += 0 if candidate.document in seen else len(headings[candidate.document])
        if cost <= room:
            kept.append(number)
            seen.add(candidate.document)
            room -= cost
    return kept
