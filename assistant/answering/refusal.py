"""The honest no: says what is missing and shows what comes closest."""

from __future__ import annotations

from assistant.answering.draft import Draft, inline
from assistant.citations import nearest
from assistant.evidence import Gathered
from assistant.phrases import say
from assistant.question import Question
from assistant.shelf import Shelf
from assistant.understanding import describe
from corpus import Record
from index import Filters

_SHOWN = 3


def refuse(question: Question, gathered: Gathered, missing: str | None) -> Draft:
    """A refusal in the question's language, with up to three of the nearest passages."""
    seen: dict[str, None] = {}
    closest = []
    for evidence in gathered.evidence:
        passage = evidence.reading.lines[evidence.index].passage
        if passage.id in seen:
            continue
        seen[passage.id] = None
        closest.append(nearest(evidence.document, passage))
        if len(closest) == _SHOWN:
            break
    parts = [say("refusal", question.language)]
    if missing and missing != question.text:
        parts.append(say("missing", question.language, what=inline(missing, 20)))
    if closest:
        parts.append(say("nearest", question.language))
    return Draft("refusal", answered=False, text=" ".join(parts), nearest=tuple(closest))


def none_found(question: Question, kind: type[Record], shelf: Shelf, filters: Filters) -> Draft:
    """The refusal for a list that nothing meets: what was asked for, among how many records."""
    looked_at = sum(isinstance(record, kind) for record in shelf.records(filters))
    told = f"{describe(question, filters)} (0 / {looked_at})"
    text = f"{say('refusal', question.language)} {say('missing', question.language, what=told)}"
    return Draft("refusal", answered=False, text=text)
