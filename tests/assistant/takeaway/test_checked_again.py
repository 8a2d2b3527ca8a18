"""What is exported can be checked: all of it stands, and any change of it is found."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.present.escape import web_address
from assistant.takeaway import markdown, word
from assistant.verify_exports import is_export, read_export
from corpus.errors import UsageError
from tests.payloads import PAYLOADS


def as_markdown(answers: Any) -> bytes:
    return markdown.conversation(answers).encode()


FORMATS = pytest.mark.parametrize(
    "write", [as_markdown, word.conversation], ids=["markdown", "word"]
)
Write = Callable[[Any], bytes]
RENDERER = MarkdownIt("gfm-like", {"html": True, "linkify": False})
# Values made by function-scoped fixtures here are functions or frozen.
MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def changed(content: bytes, old: str, new: str) -> bytes:
    """``content``, of either format, with ``old`` replaced once where it is written last."""
    if not content.startswith(b"PK"):
        assert old.encode() in content
        return new.encode().join(content.rsplit(old.encode(), 1))
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                assert old.encode() in part
                part = new.encode().join(part.rsplit(old.encode(), 1))
            target.writestr(name, part)
    return written.getvalue()


@FORMATS
def test_every_quote_of_an_export_stands(write: Write, talk: Any, shelf: Any, check: Any) -> None:
    verified = check(write(talk), shelf)
    assert (verified.answers, verified.citations, verified.faults) == (3, 4, ())


@FORMATS
def test_hostile_words_are_exported_and_found_again(
    write: Write, hostile: str, hostile_talk: Any, check: Any
) -> None:
    answer, shelf = hostile_talk(hostile)
    if "\ud800" <= max(hostile) <= "\udfff":
        return  # no document holds one
    verified = check(write([answer]), shelf)
    assert (verified.citations, verified.faults) == (2, ())


@FORMATS
@MANY
@given(st.data())
def test_any_quote_of_any_text_is_found_again_and_a_changed_letter_or_offset_is_not(
    write: Write, check: Any, make: Any, data: Any
) -> None:
    text = data.draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        return
    answer, shelf = make(text, start, end)
    assert check(write([answer]), shelf).faults == ()
    at = data.draw(st.integers(0, end - start - 1))
    letter = data.draw(st.characters(codec="utf-8"))
    quote = text[start:end]
    altered = quote[:at] + letter + quote[at + 1 :]
    moved = data.draw(st.sampled_from([{"start": start + 1}, {"end": end + 1}]))
    for change in ({"quote": altered}, moved):
        if change != {"quote": quote}:
            assert check(write([make(text, start, end, change)[0]]), shelf).faults


@pytest.fixture
def make() -> Any:
    from dataclasses import replace
    from importlib.util import module_from_spec, spec_from_file_location
    from pathlib import Path

    spec = spec_from_file_location("takeaway_answers", Path(__file__).parent / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    import sys

    sys.modules["takeaway_answers"] = made
    spec.loader.exec_module(made)

    def answer(text: str, start: int, end: int, change: Any = {}) -> Any:  # noqa: B006 - only read
        document = made.stored("any.md", text, title="Any")
        citation = replace(made.cite(document, start, end), **change)
        return made.answered("It is so. [1]", citation), made.Shelf([document])

    return answer


@FORMATS
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("40 bicycles", "41 bicycles", "mends 41 bicycles"),
        ("borrow drills —", "borrow drills -", "borrow drills - free"),
        ("40-78 ", "41-78 ", "gent.md[41:78]"),
        ("38-80 ", "38-81 ", "notes/braga lends.md[38:81]"),
        ("sha256:f", "sha256:0", "0"),
        (" notes/braga", " notes/lisboa", "no stored document"),
        ("79-99 sha256", "79-99 sha512", "start=None"),
    ],
    ids=lambda value: value.strip() if isinstance(value, str) else None,
)
def test_a_change_of_a_reference_is_found(
    write: Write, talk: Any, shelf: Any, check: Any, old: str, new: str, told: str
) -> None:
    faults = check(changed(write(talk), old, new), shelf).faults
    assert faults
    assert told in str(faults[0])


@FORMATS
def test_a_row_of_a_table_that_says_other_words_than_its_reference_is_found(
    write: Write, talk: Any, shelf: Any, check: Any
) -> None:
    content = write(talk)
    row = "“The workshop mends 40 bicycles a week.” [1]"
    if content.startswith(b"PK"):
        content = first_changed(content, "40 bicycles", "90 bicycles")
    else:
        content = content.replace(row.encode(), row.replace("40", "90").encode())
    [fault] = check(content, shelf).faults
    assert "mends 90 bicycles" in str(fault)


def first_changed(content: bytes, old: str, new: str) -> bytes:
    """A Word file whose text says ``new`` where it said ``old`` last but one: in the table."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        xml = source.read("word/document.xml").decode()
    at = xml.index("<w:tbl>") + xml[xml.index("<w:tbl>") :].index(old)
    whole = xml[at - 40 : at + 60]
    return changed(content, whole, whole.replace(old, new))


def test_a_row_that_lost_its_number_is_found(talk: Any, shelf: Any, check: Any) -> None:
    content = as_markdown(talk).replace("a week.” [1] |".encode(), "a week.” |".encode())
    assert any("points at [0]" in str(fault) for fault in check(content, shelf).faults)


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        (r"`40-78 .*`\n", "start=None"),
        (r"> The workshop .*\n", "quote=None"),
        (r"\*\*\[1\]\*\* .*\n", "numbered None"),
        (r"(?s)\*\*\[1\]\*\* .*?\n(?=\*\*\[2)", r"marker [1]"),
    ],
)
def test_a_lost_part_of_a_reference_is_found(
    talk: Any, shelf: Any, check: Any, lost: str, told: str
) -> None:
    content = re.sub(lost, "", as_markdown(talk).decode()).encode()
    assert any(told in str(fault) for fault in check(content, shelf).faults)


def test_a_quote_put_into_the_answer_by_hand_is_found(talk: Any, shelf: Any, check: Any) -> None:
    content = as_markdown(talk).replace(b"2 found:", b"2 found:\n\n> Trams are free.")
    assert any("numbered None" in str(fault) for fault in check(content, shelf).faults)


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_markdown_that_an_editor_wrapped_anew_is_still_found(
    talk: Any, shelf: Any, check: Any, end: str
) -> None:
    content = as_markdown(talk).decode().replace("\n", end)
    content = content.replace(" free of charge.\n\n`", f"{end}> free of charge.\n\n`")
    content = "\ufeff" + content.replace(
        " free of charge.\r\n\r\n`", f"{end}> free of charge.\r\n\r\n`"
    )
    assert check(content.encode(), shelf).faults == ()


def test_word_text_that_was_cut_into_runs_is_still_found(talk: Any, shelf: Any, check: Any) -> None:
    cut = "40 bicy</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:t>cles"
    assert check(changed(word.conversation(talk), "40 bicycles", cut), shelf).faults == ()


@FORMATS
def test_a_number_in_brackets_that_an_article_says_is_no_marker(
    write: Write, talk: Any, shelf: Any, check: Any
) -> None:
    from dataclasses import replace

    other = replace(talk[1], text="It is free (see \\[99\\]). [1] It opens. [2]", question="[98]?")
    assert check(write([other]), shelf).faults == ()


def test_an_article_that_changed_since_is_named(talk: Any, shelf: Any, check: Any) -> None:
    from dataclasses import replace

    shelf.documents[0] = replace(shelf.documents[0], id="0" * 16, text="Rewritten.")
    assert "as stored now" in str(check(as_markdown(talk), shelf).faults[0])


def test_json_is_no_export_and_exports_are_no_json(talk: Any) -> None:
    assert not is_export(json.dumps(talk[0].to_json()).encode())
    assert not is_export(b"[]")
    assert is_export(as_markdown(talk))
    assert is_export(word.conversation(talk))


def zipped(xml: bytes, name: str = "word/document.xml") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, xml)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"# Notes\n\nNothing of ours.\n", "no exported answers"),
        (b"# \xff", "not UTF-8"),
        (b"PK\x03\x04 broken", "no Word file"),
        (zipped(b"<a/>", "else.xml"), "no Word file"),
        (zipped(b"<a>"), "no Word file"),
        (zipped(b"<a/>"), "no exported answers"),
        (zipped(b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'), "document type declaration"),
        (zipped("<!DOCTYPE a><a/>".encode("utf-16")), "document type declaration"),
        (zipped(b" " * (64 * 1024 * 1024 + 1)), "more than"),
    ],
    ids=["notes", "bytes", "no zip", "no text", "no xml", "empty", "entities", "utf-16", "bomb"],
)
def test_a_file_that_is_no_export_is_refused_in_one_line(content: bytes, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        list(read_export(content, "saved"))


@FORMATS
def test_every_payload_of_the_pages_own_set_is_exported_and_found_again(
    write: Write, hostile_talk: Any, check: Any, see: Any
) -> None:
    # No document holds a lone surrogate.
    made = [hostile_talk(p.encode("utf-8", "replace").decode()) for p in PAYLOADS]
    shelf = made[0][1]
    shelf.documents = [document for _, own in made for document in own.documents]
    content = write([answer for answer, _ in made])
    verified = check(content, shelf)
    assert (verified.citations, verified.faults) == (2 * len(made), ())
    if write is as_markdown:
        plain = as_markdown([hostile_talk("plain")[0]]).decode()
        harmless = {*see(RENDERER.render(plain)).tags, "br", "ul", "li"}
        seen = see(RENDERER.render(content.decode()))
        assert (set(seen.tags) - harmless, seen.attributes) == ({"a"}, {"href"})
        # An article's own address leads to it, if it is one that a link can hold.
        addresses = [p for p in PAYLOADS if web_address(p) and re.fullmatch(r"[!#-;=?-~]+", p)]
        assert 0 < len(seen.links) <= 2 * len(addresses)
        assert all(link.startswith(("http://", "https://")) for link in seen.links)
