"""Headings are found where they stand, and only their words are covered."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.headings import find_headings, locate_headings
from corpus.text import canonical


def found(text: str) -> list[tuple[int, str]]:
    return [(heading.level, heading.span.of(text)) for heading in find_headings(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# One\ntext\n### Two ##\n", [(1, "One"), (3, "Two")], id="hashes"),
        pytest.param("## **Bold** end\n# _All_", [(2, "**Bold** end"), (1, "All")], id="emphasis"),
        pytest.param("Intro\n\n#3 – Town (XX)\n\ntext", [(2, "#3 – Town (XX)")], id="number"),
        pytest.param("Title\n===\n\nPart\n---\ntext", [(1, "Title"), (2, "Part")], id="underlined"),
        pytest.param("```\n# a comment\n```\n# Real", [(1, "Real")], id="not in code"),
        pytest.param("first line\nlast line\n---\n", [], id="a rule under a paragraph"),
        pytest.param("#hashtag and #2 on the list", [], id="hashtags"),
        pytest.param("- item\n---\n| a |\n|---|\n", [], id="lists and tables"),
        pytest.param("# " + "x" * 300, [], id="a paragraph behind a hash"),
        pytest.param("#\n##   \n", [], id="empty"),
    ],
)  # fmt: skip
def test_headings_of_plain_text_and_markdown(text: str, expected: list[tuple[int, str]]) -> None:
    assert found(text) == expected


lines = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
        st.builds("{} {}".format, st.sampled_from(["#", "####", "#4 –"]), st.text("ab *_#")),
        st.sampled_from(["===", "---", "```", "", "A short line", "**b**"]),
    ),
    max_size=20,
)  # fmt: skip


@given(lines)
def test_spans_are_whole_words_on_one_line_in_order(raw: list[str]) -> None:
    text = canonical("\n".join(raw))
    end = 0
    for heading in find_headings(text):
        words = heading.span.of(text)
        assert words
        assert words == words.strip()
        assert "\n" not in words
        assert heading.span.start >= end
        assert 1 <= heading.level <= 6
        end = heading.span.end


@pytest.mark.parametrize(
    "line", ["# a" + " " * 200_000 + "b", "#" * 200_000, "#1 –" + " -" * 99_999]
)
def test_a_hostile_line_takes_no_time(line: str) -> None:
    began = time.process_time()
    assert find_headings(f"{line}\n---\n" * 5) == ()
    assert time.process_time() - began < 1


def test_a_thousand_equal_headings_are_located_each_in_its_place() -> None:
    headings = locate_headings("x\ny\n" * 20_000, [(2, "x")] * 20_000)
    assert [heading.span.start for heading in headings] == [*range(0, 80_000, 4)]


def test_named_headings_are_located_in_order_and_missing_ones_left_out() -> None:
    text = "About\nwords\n  When and   where \nmore\nAbout"
    named = [(1, "About"), (2, "Gone"), (2, "When and where"), (3, "About"), (3, "About")]
    headings = locate_headings(text, named)
    assert [(h.level, h.span.of(text)) for h in headings] == [
        (1, "About"),
        (2, "When and   where"),
        (3, "About"),
    ]
    assert headings[2].span.start == text.rindex("About")
