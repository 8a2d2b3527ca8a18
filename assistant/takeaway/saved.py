"""Answers that come back from outside, before they are made into a file that people trust.

Knows the published form of an answer, and that anybody can write such a thing: every quote is
looked up where it claims to be, and what is said of its article is taken from the article. A
sentence around a quote cannot be looked up; that is for its reader, and the file says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from assistant import Answer, Citation, Nearest
from assistant.jsonlines import Line
from assistant.verify import FormerText, verify
from corpus import Document
from corpus.errors import UsageError
from corpus.sections import sections

MOST_ANSWERS = 200  # of one conversation; a page keeps fewer

_ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)
_Cited = TypeVar("_Cited", Citation, Nearest)
_TOLD = 3  # faults that an error names


class Stored(Protocol):
    """Where documents are looked up; ``index.texts.Texts`` is one."""

    def find_document(self, source_or_id: str, /) -> Document | None:
        """The stored document of that id or source, or None."""

    def find_former(self, id: str, /) -> FormerText | None:
        """The text of that document id, if it was replaced or removed and is kept."""


class Unvouched(UsageError):
    """Answers with a quote that does not stand where they say."""


def parse_answers(lines: Iterable[Line]) -> tuple[Answer, ...]:
    """The answers of ``assistant.verify.read_answers``; UsageError names the first that is none."""
    answers = []
    for line in lines:
        value = line.value
        if isinstance(value.get("id"), int):  # a batch gives ids back as they came
            value = value | {"id": str(value["id"])}
        try:
            # Through JSON: only there a list is a tuple, and nothing else is taken for another.
            answers.append(_ANSWER.validate_json(json.dumps(value), strict=True))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"])) or "it"
            found = f"{place}: {first['msg'].lower()}"
            raise line.wrong(found, "an answer as 'ask --json' prints it") from None
    if not answers:
        raise UsageError("got no answers", "one as 'ask --json' prints it", "check the file")
    if len(answers) > MOST_ANSWERS:
        raise UsageError(
            f"got {len(answers)} answers", f"at most {MOST_ANSWERS}", "export them in parts"
        )
    return tuple(answers)


def vouched(answers: Sequence[Answer], stored: Stored) -> tuple[Answer, ...]:
    """``answers`` whose every quote stands in ``stored``, with titles, days and addresses of there.

    Raises Unvouched when one does not: one that was altered, or whose article changed or went.
    """
    lines = [
        Line("the answers", number, _as_read(answer)) for number, answer in enumerate(answers, 1)
    ]
    faults = [*map(str, verify(lines, stored).faults)]
    faults += [
        f"{near.source} [{near.start}:{near.end}] is not as the answer shows it"
        for answer in answers
        for near in answer.nearest
        if not _stands(near, stored)
    ]
    if faults:
        more = f", and {len(faults) - _TOLD} more" if len(faults) > _TOLD else ""
        raise Unvouched(
            f"got answers that do not stand: {'; '.join(faults[:_TOLD])}{more}",
            "quotes that stand in the stored articles",
            "ask again and export the new answer",
        )
    return tuple(_restated(answer, stored) for answer in answers)


def _as_read(answer: Answer) -> dict[str, object]:
    value: dict[str, object] = json.loads(json.dumps(answer.to_json()))
    return value


def _stands(near: Nearest, stored: Stored) -> bool:
    document = stored.find_document(near.document)
    if document is None or document.source != near.source:
        return False
    return document.text[near.start : near.end] == near.text and near.end <= len(document.text)


def _restated(answer: Answer, stored: Stored) -> Answer:
    return replace(
        answer,
        citations=tuple(_from_article(c, stored) for c in answer.citations),
        nearest=tuple(_from_article(n, stored) for n in answer.nearest),
    )


def _from_article(cited: _Cited, stored: Stored) -> _Cited:
    document = stored.find_document(cited.document)
    if document is None:  # it was there a moment ago: a refresh came between
        raise Unvouched(f"{cited.source} went just now", "quotes of stored articles", "ask again")
    holding = (s for s in sections(document) if s.span.start <= cited.start < s.span.end)
    headings = {heading for section in holding for heading in section.headings}
    return replace(
        cited,
        title=document.title,
        url=document.url,
        published=document.published.isoformat() if document.published else None,
        section=cited.section if cited.section in headings else None,
    )
