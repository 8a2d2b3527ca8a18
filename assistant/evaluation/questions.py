"""A question set: what is asked, what a right answer holds, and where it stands.

Knows the file: one object a line with ``id, type, question, expected, docs`` and, where they
apply, ``lang, history, aliases, also, evidence``. A line with ``to_do`` waits for a person to say
what is expected, and is passed over. Other keys are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assistant import Turn
from assistant.jsonlines import Line
from corpus.errors import UsageError


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document that support the answer."""

    doc: str  # file name
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its judgements."""

    id: str
    type: str  # "list" | "fact" | "number" | "event" | "compare" | …
    question: str
    expected: tuple[str, ...]  # facts; empty: the corpus has no answer
    docs: tuple[str, ...]  # file names that support the answer: the qrels
    history: tuple[Turn, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also: tuple[str, ...] = ()  # list items neither asked for nor wrong
    evidence: tuple[Evidence, ...] = ()
    language: str | None = None  # ISO 639-1, where the file tells it

    @property
    def answerable(self) -> bool:
        """Whether the corpus holds the answer."""
        return bool(self.expected)

    def spellings(self, fact: str) -> tuple[str, ...]:
        """``fact`` and its aliases."""
        return (fact, *self.aliases.get(fact, ()))


def read_questions(lines: Iterable[Line]) -> tuple[Question, ...]:
    """The questions in file order. Raises UsageError naming the line that is none."""
    found, waiting = [], 0
    for line in lines:
        question = _question(line)
        if line.value.get("to_do"):
            waiting += 1
        else:
            found.append(question)
    if not found:
        raise UsageError(
            f"got no questions, but {waiting} that wait" if waiting else "got no questions",
            "one JSON object a line, without to_do",
            "do what to_do says and remove it" if waiting else "check the file",
        )
    return tuple(found)


def _question(line: Line) -> Question:
    value = line.value
    for key in ("id", "type", "question"):
        if not isinstance(value.get(key), str):
            raise line.wrong(f"{key}={value.get(key)!r}", "a text")
    try:
        return Question(
            id=value["id"],
            type=value["type"],
            question=value["question"],
            expected=_texts(value["expected"]),
            docs=_texts(value["docs"]),
            history=tuple(Turn(t["role"], t["content"]) for t in value.get("history") or ()),
            aliases={f: _texts(forms) for f, forms in (value.get("aliases") or {}).items()},
            also=_texts(value.get("also") or []),
            evidence=tuple(Evidence(e["doc"], e["text"]) for e in value.get("evidence") or ()),
            language=value.get("lang"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise line.wrong(
            f"{type(error).__name__}: {error}",
            "id, type, question, expected, docs; history, aliases, also, evidence where they apply",
        ) from None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_checked(value))


def _checked(value: object) -> Iterator[str]:
    if not isinstance(value, list):
        raise TypeError(f"got {value!r}, expected a list of texts")
    for text in value:
        if not isinstance(text, str):
            raise TypeError(f"got {text!r}, expected a text")
        yield text
