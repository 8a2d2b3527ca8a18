"""Word files: their paragraphs and headings; traps are refused before any XML is parsed."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import docx
import pytest

from corpus import Document
from corpus.readers import Failure, parse

WORDS = "The council opened a workshop where neighbours mend their bicycles together."


def word_file() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Workshop plan"
    document.core_properties.language = "en-GB"
    document.add_heading("Mending", level=1)
    document.add_paragraph(WORDS)
    document.add_heading("Numbers", level=2)
    table = document.add_table(rows=0, cols=2)
    for cells in (("Bicycles", "412"), ("Volunteers", "19")):
        row = table.add_row()
        row.cells[0].text, row.cells[1].text = cells
    document.add_paragraph("")
    document.add_paragraph("The end.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(change: Callable[[str, bytes], bytes], raw: bytes | None = None) -> bytes:
    """A Word file with each part passed through ``change``."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw or word_file())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            target.writestr(member.filename, change(member.filename, source.read(member)))
    return out.getvalue()


def body(xml: bytes) -> Callable[[str, bytes], bytes]:
    """Puts ``xml`` before the end of the document's body."""
    return lambda name, part: (
        part.replace(b"<w:sectPr", xml + b"<w:sectPr", 1) if name == "word/document.xml" else part
    )


def read(raw: bytes) -> Document | Failure:
    (found,) = parse("plan.docx", "plan.docx", raw)
    return found


def test_paragraphs_headings_and_tables_become_lines() -> None:
    document = read(word_file())
    assert isinstance(document, Document)
    assert document.text == f"Mending\n{WORDS}\nNumbers\nBicycles\t412\nVolunteers\t19\nThe end."
    assert document.title == "Workshop plan"
    assert document.language == "en"
    assert [(h.level, h.span.of(document.text)) for h in document.headings] == [
        (1, "Mending"),
        (2, "Numbers"),
    ]


DTD = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def with_entity(name: str, part: bytes) -> bytes:
    if name != "word/document.xml":
        return part
    return DTD + part.split(b"?>", 1)[1].replace(b"The council", b"&e; council")


def with_entity_in_utf16(name: str, part: bytes) -> bytes:
    return with_entity(name, part).decode().encode("utf-16") if "document" in name else part


def with_outside_template(name: str, part: bytes) -> bytes:
    link = (
        b'<Relationship Id="rId99" TargetMode="External" Target="http://192.0.2.1/x.dotm" Type='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
    )
    is_links = name == "word/_rels/document.xml.rels"
    return part.replace(b"</Relationships>", link + b"</Relationships>") if is_links else part


def with_hyperlink(name: str, part: bytes) -> bytes:
    return with_outside_template(name, part).replace(b"/attachedTemplate", b"/hyperlink")


@pytest.mark.parametrize(
    ("raw", "stage", "reason"),
    [
        pytest.param(changed(body(b"<w:p/>" * 1_000_000)), "limits", "", id="a million paragraphs"),
        pytest.param(changed(body(b"<!--" + b" " * 2**27 + b"-->")), "limits", "", id="bomb"),
        pytest.param(changed(with_entity), "parse", "entities", id="outside entity"),
        pytest.param(changed(with_entity_in_utf16), "parse", "entities", id="the same in UTF-16"),
        pytest.param(changed(with_outside_template), "parse", "outside", id="outside template"),
        pytest.param(word_file()[:2_000], "parse", "not a Word file", id="truncated"),
        pytest.param(b"\xd0\xcf\x11\xe0" * 200, "parse", "not a Word file", id="an old .doc"),
        pytest.param(changed(body(b"<w:p>")), "parse", "", id="broken XML"),
    ],
)
def test_traps_and_damage_are_refused_within_two_seconds(
    raw: bytes, stage: str, reason: str
) -> None:
    began = time.process_time()
    failure = read(raw)
    assert time.process_time() - began < 2
    assert isinstance(failure, Failure)
    assert failure.stage == stage
    assert reason in failure.reason


def test_a_hyperlink_is_no_outside_part() -> None:
    assert isinstance(read(changed(with_hyperlink)), Document)


def test_paragraphs_without_words_are_no_document() -> None:
    out = io.BytesIO()
    docx.Document().save(out)
    assert read(out.getvalue()) == Failure("plan.docx", "text", "no text found")
