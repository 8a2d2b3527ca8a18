"""Text for a terminal: width, bullets, and nothing in it that a document could do harm with."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.cli.wording import COLUMNS, plain, unmarked, wrapped


@pytest.mark.parametrize(
    "hostile",
    ["\x1b[2J", "\x9b31m", "\r", "\x07", "\u202etxt", "\u2066x", "\x00", "a\x08"],
    ids=ascii,
)
def test_no_control_character_reaches_the_terminal(hostile: str) -> None:
    shown = plain(f"before {hostile} after")
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@settings(deadline=None)  # a busy machine is no error
@given(st.text())
def test_plain_keeps_every_other_character_and_the_length(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, shown, strict=True))


@settings(deadline=None)  # a busy machine is no error
@given(st.lists(st.text("abcé–", min_size=1, max_size=20)), st.sampled_from(["", "    "]))
def test_wrapping_keeps_all_words_in_80_columns(words: list[str], indent: str) -> None:
    shown = wrapped(" ".join(words), indent=indent)
    assert shown.split() == words
    assert all(len(line) <= COLUMNS for line in shown.split("\n"))


def test_a_bullet_hangs_and_line_breaks_stay() -> None:
    assert wrapped("Two:\n- " + "word " * 20 + "\n- b").split("\n") == [
        "Two:",
        "- " + "word " * 14 + "word",
        "  word word word word word",
        "- b",
    ]


def test_a_table_row_is_not_broken() -> None:
    row = "| " + "cell | " * 20
    assert wrapped(row) == row


def test_markdown_is_shown_as_it_reads() -> None:
    assert unmarked(r"**Gent** (BE) — costs 5 \* 3 \[1\] of a\_b [1]") == (
        "Gent (BE) — costs 5 * 3 [1] of a_b [1]"
    )
    assert unmarked(r"a path C:\temp and \*\*stars\*\*") == r"a path C:\temp and **stars**"
