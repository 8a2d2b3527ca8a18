"""Objects one a line: order, line numbers, and the one line that is wrong."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import jsonlines
from assistant.jsonlines import open_file, parse
from corpus.errors import UsageError

values = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none() | st.text(max_size=5) | st.integers(), lambda v: st.lists(v, max_size=3)
    ),
    max_size=3,
)


@settings(deadline=None)  # a busy machine is no error
@given(st.lists(values))
def test_what_was_written_one_a_line_is_read_back_with_its_line(
    written: list[dict[str, object]],
) -> None:
    content = "".join(json.dumps(value) + "\n\n" for value in written).encode()
    lines = list(parse(io.BytesIO(content), "file"))
    assert [line.value for line in lines] == written
    assert [line.number for line in lines] == [2 * n + 1 for n in range(len(written))]


@given(values)
def test_a_value_is_one_line_for_readers_of_any_kind(value: dict[str, object]) -> None:
    line = jsonlines.written(value)
    assert line.splitlines() == [line]
    assert json.loads(line) == value


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029", "\n", "\x1e"])
def test_what_ends_a_line_somewhere_is_escaped(sign: str) -> None:
    line = jsonlines.written({"quote": f"movers{sign}shakers, é"})
    assert line.splitlines() == [line]
    assert sign not in line
    assert "é" in line
    assert json.loads(line) == {"quote": f"movers{sign}shakers, é"}


def test_lines_are_given_as_they_arrive() -> None:
    def arriving() -> object:
        yield b'{"a": 1}\n'
        raise AssertionError("the second line was read before the first was used")

    assert next(parse(arriving(), "-")).value == {"a": 1}  # type: ignore[arg-type]  # a generator


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert next(parse([b'\xef\xbb\xbf{"a": 1}'], "file")).value == {"a": 1}


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (b'{"a": }', "file, line 2: no JSON"),
        (b'"text"', "file, line 2: a JSON str"),
        (b"\xe9", "file, line 2: bytes that are not UTF-8"),
        (b"[" * 100_000, "file, line 2: JSON nested too deeply"),
    ],
    ids=["no JSON", "no object", "not UTF-8", "too deep"],
)
def test_a_bad_line_is_named(bad: bytes, told: str) -> None:
    lines = parse([b"{}\n", bad], "file")
    next(lines)
    with pytest.raises(UsageError, match=told):
        next(lines)


def test_standard_input_is_called_so() -> None:
    with pytest.raises(UsageError, match="standard input, line 1"):
        next(parse([b"x"], "-"))


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read .*absent.*No such file"):
        open_file(str(tmp_path / "absent"), io.BytesIO())
    with pytest.raises(UsageError, match="Is a directory"):
        open_file(str(tmp_path), io.BytesIO())
