"""Canonical text is a fixed point, storable everywhere, and words are left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import canonical, count_replacements, document_id, text_sha256

# Every code point, lone surrogates and controls among them: what files really hold.
anything = st.text(st.characters(exclude_categories=()))


@given(anything)
def test_canonical_twice_is_canonical_once(raw: str) -> None:
    assert canonical(canonical(raw)) == canonical(raw)


@given(anything)
def test_canonical_text_can_be_stored_and_shown(raw: str) -> None:
    text = canonical(raw)
    text.encode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    controls = {c for c in text if unicodedata.category(c) == "Cc"}
    assert controls <= {"\n", "\t", "\x85"}
    assert not text.startswith("\ufeff")


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn"))))
def test_wording_survives_up_to_white_space_and_nfkc(raw: str) -> None:
    def words(text: str) -> list[str]:
        return unicodedata.normalize("NFKC", text.lstrip("\ufeff")).split()

    assert words(canonical(raw)) == words(raw)


@given(anything, st.integers(0, 50), st.integers(0, 50))
def test_any_part_of_canonical_text_is_normalised_too(raw: str, start: int, length: int) -> None:
    part = canonical(raw)[start : start + length]
    assert unicodedata.is_normalized("NFC", part)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("a\r\nb\rc\nd", "a\nb\nc\nd", id="line ends"),
        pytest.param("\ufeffCity", "City", id="byte order mark"),
        pytest.param("cafe\u0301", "caf\u00e9", id="decomposed accent"),
        pytest.param("a\0b\x1b[31mc\x9b", "ab[31mc", id="NUL and terminal escapes"),
        pytest.param("page one\fpage two", "page one\npage two", id="form feed"),
        pytest.param("x\ud800y", "x\ufffdy", id="lone surrogate"),
        pytest.param("**bold** _and_ `code`", "**bold** _and_ `code`", id="Markdown marks stay"),
        pytest.param("zero\u200bwidth", "zero\u200bwidth", id="zero-width space stays"),
        pytest.param("oﬃce", "oﬃce", id="ligature stays"),
    ],
)
def test_canonical_text_of_known_troubles(raw: str, expected: str) -> None:
    assert canonical(raw) == expected


def test_what_canonical_takes_away_is_counted() -> None:
    assert count_replacements("a\0b\ud800c\r\nd\f") == 2


def test_a_document_id_changes_with_its_source_and_with_its_text() -> None:
    one = document_id("a.txt", text_sha256("One"))
    assert len(one) == 16
    assert int(one, 16) >= 0
    assert one == document_id("a.txt", text_sha256("One"))
    assert one != document_id("b.txt", text_sha256("One"))
    assert one != document_id("a.txt", text_sha256("Two"))
