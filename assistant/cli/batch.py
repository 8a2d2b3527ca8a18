"""Questions that come one a line: ``{id?, question, history?, filters?}``.

Knows that form and refuses anything else, naming the line. Refuses to know what is done with
the questions; one that asks nothing is passed on, and gets its refusal in its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assistant import Turn
from assistant.filters import parse_filters
from assistant.jsonlines import Line, open_file, parse
from corpus.errors import UsageError
from index import Filters

ROLES = ("user", "assistant")


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a batch. ``id`` is given back exactly as it came, text or number."""

    id: str | int | None
    question: str
    history: tuple[Turn, ...] = ()
    filters: Filters = Filters()  # noqa: RUF009 - frozen


def read_batch(name: str, stdin: BinaryIO) -> Iterable[Asked]:
    """The questions of a file, or of standard input ("-") as they arrive.

    A file is read to its end first: a bad last line is found before anything is answered.
    Raises UsageError naming the line.
    """
    if name == "-":
        return _asked(parse(stdin, name))
    with closing(open_file(name, stdin)) as file:
        return tuple(_asked(parse(file, name)))


def read_history(name: str) -> tuple[Turn, ...]:
    """Earlier turns from a file holding ``[{"role": …, "content": …}, …]``."""
    try:
        value = json.loads(Path(name).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(
            f"cannot read {name} ({error.strerror})", "a file of earlier turns", "name one"
        ) from None
    except ValueError as error:  # no UTF-8 or no JSON
        raise UsageError(f"{name}: no JSON ({error})", "a list of turns", "mend it") from None
    return _turns(Line(name, 1, {}), value)


def clean(text: str) -> str:
    """``text`` with each lone surrogate, which no store takes, shown as U+FFFD."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def _asked(lines: Iterable[Line]) -> Iterator[Asked]:
    for line in lines:
        number, question = line.value.get("id"), line.value.get("question")
        if not isinstance(number, str | int | None) or isinstance(number, bool):
            raise line.wrong(f"id={number!r}", "a text or a whole number")
        if not isinstance(question, str):
            raise line.wrong(f"question={question!r}", "a text")
        filters = line.value.get("filters") or {}
        if not isinstance(filters, dict):
            raise line.wrong(f"filters={filters!r}", "an object")
        try:
            parsed = parse_filters(filters)
        except UsageError as error:
            raise line.wrong(error.found, error.expected) from None
        history = _turns(line, line.value.get("history") or [])
        yield Asked(number, clean(question), history, parsed)


def _turns(line: Line, value: object) -> tuple[Turn, ...]:
    if not isinstance(value, list):
        raise line.wrong(f"history={value!r}", "a list of {role, content}")
    turns = []
    for turn in value:
        role = turn.get("role") if isinstance(turn, dict) else None
        content = turn.get("content") if isinstance(turn, dict) else None
        if role not in ROLES or not isinstance(content, str):
            raise line.wrong(
                f"a turn {turn!r}", f"{{role, content}} with role {' or '.join(ROLES)}"
            )
        turns.append(Turn(str(role), clean(content)))
    return tuple(turns)
