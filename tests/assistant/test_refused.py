"""A request that cannot be read is told what was found, what was expected and what to do."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.refused import told


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: int = Field(default=0, ge=1)
    words: str = Field(max_length=3)


def refusal(sent: Any) -> str:
    with pytest.raises(ValidationError) as raised:
        Asked.model_validate(sent)
    first = raised.value.errors()[0]
    return told({**first, "loc": ("query", *first["loc"])})


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        ({"since": 0, "words": "x"}, "got since=0; expected greater than or equal to 1; "),
        ({"words": "four"}, "got words='four'; expected at most 3 characters; "),
        ({}, "got no words; expected one; "),
        ({"words": "x", "sinse": 1}, "got 'sinse', which nothing here is called; "),
        ("x", "got the body; expected a valid dictionary or instance of Asked; "),
    ],
    ids=str,
)
def test_a_part_that_cannot_be_read_is_named_with_what_was_expected(sent: Any, line: str) -> None:
    assert refusal(sent).startswith(line)


def test_what_was_sent_is_shown_in_part_only_and_on_one_line() -> None:
    line = refusal({"words": "secret\n" * 10_000})
    assert len(line) < 200
    assert "\n" not in line
