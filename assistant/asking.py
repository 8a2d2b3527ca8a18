"""One question over one shelf: understood, answered, and made into the published value.

Knows the order of the steps and what is cut off a question. Refuses to know where the shelf
comes from.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from assistant import Answer, Turn
from assistant.answering import Draft, draft_answer
from assistant.conversation import StandAlone, spoken, stand_alone, without_preamble
from assistant.phrases import say
from assistant.question import Question, language_of, loosened, understand
from assistant.shelf import Shelf
from assistant.spread import spread
from assistant.understanding import describe, parts
from corpus.text import canonical
from index import Filters, Hit

Restate = Callable[[str, Sequence[Turn], StandAlone], StandAlone]
"""A follow-up, the turns before it and what the rules made of them, restated or left as it is."""

# What is read of one question. Longer ones are texts pasted by mistake, or worse.
_LONGEST_QUESTION = 2_000
_MOST_TURNS = 40


def ask(
    question: str,
    shelf: Shelf,
    *,
    id: str | None,
    history: Sequence[Turn],
    filters: Filters,
    today: date,
    restate: Restate | None = None,
) -> Answer:
    """A cited answer from the shelf, or a refusal; see ``Townbook.ask``."""
    started = time.perf_counter()
    reading = read_question(question, history, today, restate)
    understood = reading.question
    if understood is not None:
        draft = draft_answer(understood, shelf, filters)
    else:
        understood = Question(reading.own, language_of(reading.own), "fact", frozenset(), ())
        refusal = say("refusal", understood.language)
        draft = Draft("refusal", answered=False, text=refusal)
    answer = Answer(
        id=id,
        question=canonical(question),
        standalone=reading.standalone,
        language=understood.language,
        kind=draft.kind,
        answered=draft.answered,
        text=draft.text,
        items=draft.items,
        coverage=draft.coverage,
        citations=draft.citations,
        nearest=draft.nearest,
        method="extractive",
        snapshot=shelf.snapshot.id,
        answer_id="",
        understood=describe(understood, filters),
        reading=parts(understood, reading.standalone, filters),
    )
    return replace(
        answer,
        answer_id=_fingerprint(answer, filters),
        seconds={"total": round(time.perf_counter() - started, 4)},
    )


@dataclass(frozen=True, slots=True)
class Understood:
    """One question as it is read: alone, and as a value; None where there is nothing to read."""

    own: str
    standalone: str
    question: Question | None


def read_question(
    question: str, history: Sequence[Turn], today: date, restate: Restate | None = None
) -> Understood:
    """``question`` as its own words and the turns before it are to be understood.

    Where the rules only carry a topic along, ``restate`` may say it better.
    """
    own = canonical(question)[:_LONGEST_QUESTION].strip()
    turns = list(history)[-_MOST_TURNS:]
    alone = stand_alone(own, turns)
    if restate is not None and alone.carried:
        alone = restate(own, turns, alone)
    if not any(c.isalnum() for c in own):
        return Understood(own, alone.text, None)
    # Carried terms are appended for the reader; what is asked stays the question's own.
    asking, aside = without_preamble(alone.asking)
    understood = understand(
        asking,
        carried=(*alone.carried, *aside),
        today=today,
        language=spoken(asking, history),
    )
    if alone.loosely and understood.kind != "list":
        understood = loosened(understood)
    return Understood(own, alone.text, understood)


def search(query: str, shelf: Shelf, k: int, filters: Filters) -> list[Hit]:
    """At most ``k`` passages by words and meaning together, best first.

    Those seen first are of several documents and places, see :mod:`assistant.spread`.
    """
    text = canonical(query)[:_LONGEST_QUESTION].strip()
    if not any(c.isalnum() for c in text):
        return []
    vector = shelf.query_vector(text)
    language = language_of(text)
    return spread(lambda n: shelf.snapshot.hybrid(text, language, vector, n, filters), k)


def _fingerprint(answer: Answer, filters: Filters) -> str:
    """16 hex digits that change with the question, the snapshot or anything said."""
    published = {**answer.to_json(), "filters": asdict(filters)}
    del published["translations"]  # none is made yet
    canonical_form = json.dumps(published, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical_form.encode()).hexdigest()[:16]
